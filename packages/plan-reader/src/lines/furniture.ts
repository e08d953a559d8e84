import type { Line } from './line.ts'

const pageNumber =
  /^(?:-\s*)?\d{1,3}(?:\s*-)?$|^trang\s+\d{1,3}(?:\s*\/\s*\d{1,3})?$|^page\s+\d+(?:\s+of\s+\d+)?$/
const rule = /^[\s\-–—_*=~.…·•]{3,}$|^\s*[*]\s*$|^-\s*0\s*-$/u
const stamp =
  /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4} \d{1,2}:\d{2}:\d{2}(?: [+-]\d{2}:\d{2})?$|^(?:ky boi|nguoi ky|thoi gian ky|digitally signed)\s*:|^nguon\s*:\s*http|^source\s*:\s*http/

/** What stands on paper but says nothing: `- 2 -`, a drawn rule, a signature stamp `18-09-2025 10:55:35 +07:00`. */
export function isFurniture(line: Line): boolean {
  return (
    rule.test(line.text) || (line.text.length < 200 && (pageNumber.test(line.key) || stamp.test(line.key)))
  )
}
