import { type Line, spansOf } from '../lines/line.ts'
import type { Span } from '../source-document.ts'

export interface AbbreviationRead {
  short: string
  full: string
  spans: Span[]
}

const defined =
  /\(\s*(?:sau day |duoi day )?(?:goi|viet) (?:chung |tat )?(?:la|tat)(?: la)?\s*:?\s*([^()]{2,90})\)|\(\s*(?:sau day )?(?:goi la|viet tat)\s*:?\s*([^()]{2,90})\)/g

/** Short forms that a text defines: `… của Tổng Bí thư (sau đây viết tắt là Bài viết)`. */
export function readAbbreviations(lines: readonly Line[]): AbbreviationRead[] {
  const found: AbbreviationRead[] = []
  for (const line of lines) {
    if (!line.key.includes('goi ') && !line.key.includes('viet tat')) continue
    for (const match of line.key.matchAll(defined)) {
      const inner = match[1] ?? match[2] ?? ''
      const at = match.index + match[0].lastIndexOf(inner)
      const short = line.text
        .slice(at, at + inner.length)
        .replace(/["“”]/gu, '')
        .trim()
      const full = fullFormBefore(line.text.slice(0, match.index), short)
      if (short !== '' && full !== '')
        found.push({ short, full, spans: spansOf(line, match.index, match.index + match[0].length) })
    }
  }
  return found
}

const nouns =
  /(?:nghị quyết|chỉ thị|kết luận|quyết định|kế hoạch|chương trình|đề án|nghị định|luật|hướng dẫn|cuộc thi|bài viết|quy định|thông tư|phong trào|hội nghị|hội thi|ban chỉ đạo|ủy ban|tổ công tác)/giu

/** The name that stands before the bracket: from the word that the short form begins with, else the last noun. */
function fullFormBefore(text: string, short: string): string {
  const trimmed = text.trimEnd()
  const [first = '', second = ''] = short.split(/\s+/u)
  const own = second ? trimmed.toLowerCase().lastIndexOf(`${first} ${second}`.toLowerCase()) : -1
  if (own >= 0 && trimmed.length - own > short.length) return trimmed.slice(own)
  const last = [...trimmed.matchAll(nouns)].at(-1)
  if (last) return trimmed.slice(last.index)
  const clause = Math.max(trimmed.lastIndexOf('; '), trimmed.lastIndexOf(', '), trimmed.lastIndexOf(': '))
  return trimmed.slice(clause < 0 ? 0 : clause + 2)
}
