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
      const full = fullFormBefore(line.text.slice(0, match.index))
      if (short !== '' && full !== '')
        found.push({ short, full, spans: spansOf(line, match.index, match.index + match[0].length) })
    }
  }
  return found
}

/** The name that stands before the bracket: from the last document, quote or clause on. */
function fullFormBefore(text: string): string {
  const trimmed = text.trimEnd()
  const clause = Math.max(trimmed.lastIndexOf('; '), trimmed.lastIndexOf('. '), trimmed.lastIndexOf(': '))
  const words = trimmed.slice(clause < 0 ? 0 : clause + 2)
  const noun =
    /(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Kế hoạch|Chương trình|Đề án|Nghị định|Luật|Hướng dẫn|Cuộc thi|bài viết|Quy định|Thông tư|Phong trào)[^;]*$/u.exec(
      words,
    )
  return (noun ? noun[0] : words).trim().slice(-240)
}
