import { joinLines, type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import { isRecipientsLabel, isSigningLine } from '../outline/papers.ts'

export interface RecipientRead {
  name: Words
  note: Words | undefined
}

const noteWords =
  /^(?:de\s|xin\s)?(?:[a-z]{1,3}\s?\/\s?[a-z]{1,6}|th|ph|bao cao|b\/cao|b\/c|bc|thuc hien|t\/h|th\/h|th\/hien|thi hanh|phoi hop|p\/h|ph\/h|p\/hop|biet|theo doi|chi dao|c\/d|cd|xin y kien|dang tai|dua tin|kiem tra|giup do|tham muu|t\/d|triển khai|trien khai|dang bai|thong bao|xem xet|bao cao;.*|quan triet|phe duyet)(?:[\s,;/&].{0,40})?$/

/**
 * Who gets the paper: the lines under `Nơi nhận:`, each `- Tên (để báo cáo);`. A name broken over two lines is
 * joined; lines of the signature that stand between them are not theirs.
 */
export function readRecipients(foot: readonly Line[]): RecipientRead[] {
  const startAt = foot.findIndex(isRecipientsLabel)
  if (startAt < 0) return []
  const items: Line[] = []
  const lead = foot[startAt]
  const after = lead && /^[^a-z]{0,4}noi\s?nhan\s*[:.]?[\s_*]*(?:[-–•]\s+)?/.exec(lead.key)
  if (lead && after && after[0].length < lead.text.length)
    items.push(...splitItems(sliceLine(lead, after[0].length)))
  for (let at = startAt + 1; at < foot.length; at++) {
    const line = foot[at]
    if (!line) continue
    const bullet = /^(?:[-–—+•*·]\s*|[.]\s)(?=\S)/u.exec(line.text)
    if (bullet) items.push(...splitItems(sliceLine(line, bullet[0].length)))
    else if (isSigningLine(line) || line.column > (lead?.column ?? 0)) continue
    else if (
      /^luu\b/.test(line.key) &&
      !(isPersonName(line.text) && foot.slice(startAt, at).some(isSigningLine))
    )
      items.push(line)
    else {
      const before = items.at(-1)
      const open = before && !/[;.]$/.test(before.text) && !(/,$/.test(before.text) && line.gap)
      if (
        before &&
        open &&
        !isLastRecipient(before) &&
        !line.gap &&
        line.text.length < 90 &&
        !isPersonName(line.text)
      )
        items[items.length - 1] = joinLines(before, line)
      else if (before && open && !isLastRecipient(before) && /^\p{Ll}|^\(/u.test(line.text))
        items[items.length - 1] = joinLines(before, line)
      else if (/[;,]$/.test(line.text) && line.text.length < 120 && !isLastRecipient(before))
        items.push(...splitItems(line))
    }
  }
  return items.map(readItem).filter((item) => item.name.text !== '')
}

const isLastRecipient = (line: Line | undefined): boolean => line !== undefined && /^luu\b/.test(line.key)

/** `- A; - B; - Lưu: VT.` on one line. */
function splitItems(line: Line): Line[] {
  const items: Line[] = []
  let start = 0
  for (const match of line.text.matchAll(/[;,.]\s*[-–•]\s+(?=\S)|\s[-–•]\s(?=Lưu\b)/gu)) {
    items.push(sliceLine(line, start, match.index + (match[0].startsWith(' ') ? 0 : 1)))
    start = match.index + match[0].length
  }
  if (items.length === 0 && (line.text.match(/;(?=.*\p{L}{2})/gu)?.length ?? 0) >= 2)
    return splitClauses(line)
  items.push(sliceLine(line, start))
  return items.filter((item) => item.text !== '')
}

/** `Đảng ủy Khối (b/c); các chi bộ; lưu VP.`: recipients run on in one line. */
function splitClauses(line: Line): Line[] {
  const items: Line[] = []
  let start = 0
  for (const match of line.text.matchAll(/;/gu)) {
    items.push(sliceLine(line, start, match.index))
    start = match.index + 1
  }
  items.push(sliceLine(line, start))
  return items.filter((item) => item.text !== '')
}

function readItem(line: Line): RecipientRead {
  let end = line.text.length
  while (end > 0 && /[\s;,./]/u.test(line.text.charAt(end - 1))) end--
  const bracket = /\s*\(([^()]{1,60})\)\s*$/u.exec(line.text.slice(0, end))
  if (bracket?.[1] !== undefined) {
    const from = bracket.index + bracket[0].indexOf(bracket[1])
    const key = line.key.slice(from, from + bracket[1].length).trim()
    if (noteWords.test(key))
      return { name: wordsOf(line, 0, bracket.index), note: wordsOf(line, from, from + bracket[1].length) }
  }
  const open = /\s*\(((?:để |)(?:báo cáo|b\/c|thực hiện))$/iu.exec(line.text.slice(0, end))
  if (open?.[1] !== undefined)
    return { name: wordsOf(line, 0, open.index), note: wordsOf(line, end - open[1].length, end) }
  return { name: wordsOf(line, 0, end), note: undefined }
}

/** `Nguyễn Thị Tuyết Loan`: two to six words, each with a capital and, but for an initial, a vowel. */
export function isPersonName(text: string): boolean {
  const named =
    /^(?:(?:ThS|TS|PGS|GS|BS|BSCKI{1,2}|KS|CN|NGƯT|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy)\.?,?\s*)*((?:\p{Lu}\p{L}*\.?\s+){1,5}\p{Lu}\p{L}*\.?)$/u.exec(
      text.trim(),
    )
  // What a scanner made of ink: "ST Âu".
  return (
    named?.[1]?.split(/\s+/u).every((word) => /^\p{L}\.?$|[aeiouyăâêôơư]/iu.test(word.normalize('NFD'))) ??
    false
  )
}
