import { type Line, type Words, wordsOf } from '../lines/line.ts'

const placeEnd =
  /(?<!\b(?:tp|tx|tt|q|p))[.;](?:\s|$)|\s*\(|,\s*(?:dia chi|duong |so (?:nha )?\d+\w*|pho |vao luc|bat dau|tu \d|thanh phan|do |moi |tung |tat ca |ket noi|truyen truc tiep|truc tuyen (?:toi|den)|noi toi|voi su tham)\b/u

/** The place that a label says: the first of its lines, without its address. */
export function placeOfLines(lines: readonly Line[]): Words | undefined {
  const line = lines.find((own) => own.text.length > 2 && !/:$/.test(own.text))
  if (!line) return undefined
  const from = /^(?:tai|du kien(?: tai)?|to chuc tai)\s*:?\s+/.exec(line.key)?.[0].length ?? 0
  const stop = placeEnd.exec(line.key.slice(from))
  return wordsOf(line, from, stop ? from + stop.index : line.text.length)
}

/** The place behind a moment: `… ngày 09/4/2024 (thứ Ba), tại Hội trường UBND xã.` */
export function placeAfter(line: Line, from: number): Words | undefined {
  const match =
    /^(?:[^.;]{0,60}?|[^.;]{0,40};)(?:[\s,)]tai|[,;.\s-]dia diem\s*:?(?:\s*tai)?|[\s,]o)\s+(?!cac\s|moi\s|tung\s|chi bo\b(?! )|don vi|co so|dia phuong|noi |nha rieng)(?=[\p{L}\d])/u.exec(
      line.key.slice(from),
    )
  if (!match) return undefined
  const start = from + match[0].length
  const stop = placeEnd.exec(line.key.slice(start))
  return wordsOf(line, start, stop ? start + stop.index : line.text.length)
}
