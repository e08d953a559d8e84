import { type Line, type Words, wordsOf } from '../lines/line.ts'

const clause =
  /(?:^|[,;.(]\s*)((?:neu|khi|trong truong hop|truong hop|truoc khi|doi voi (?:cac )?(?:truong hop|don vi|nguoi|dang vien) (?:chua|khong|co|vang))\s[^,;.]{4,140})/

/** When a task is owed at all: `Trường hợp có vướng mắc, …`, `khi có chỉ đạo của cấp trên`. */
export function readCondition(line: Line): Words | undefined {
  const match = clause.exec(line.key)
  if (!match?.[1]) return undefined
  const at = match.index + match[0].length - match[1].length
  return wordsOf(line, at, at + match[1].length)
}
