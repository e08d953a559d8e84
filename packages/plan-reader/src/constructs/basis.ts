import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { findDocumentNumbers } from '@trienkhai/vietnamese/document-number.ts'
import { type Line, type Words, wordsOf } from '../lines/line.ts'
import { findDates } from './date-words.ts'

export interface BasisRead {
  words: Words
  number: Words | undefined
  numberText: string | null
  date: CivilDate | null
  dateWords: Words | undefined
  issuer: Words | undefined
}

const opener =
  /^(?:[-+•]\s*)?(?:can cu(?: vao)?|thuc hien|xet|theo|tiep tuc thuc hien|tiep tuc trien khai|trien khai(?: thuc hien)?|thi hanh|quan triet(?: va)?(?: trien khai)?(?: thuc hien)?|tren co so|tiep theo|de trien khai(?: thuc hien)?|de thuc hien|nham trien khai(?: thuc hien)?|huong ung|cu the hoa|chap hanh)\b[\s,:]*/
// "Hướng tới kỷ niệm …, thực hiện Công văn số …": what it is for stands before the paper.
const openerBehind =
  /^(?:huong toi|de|nham|phat huy|gop phan|thiet thuc|chao mung|nhan dip|thiet thuc)\s[^;:]{5,240}?[,;]\s*(?:can cu|thuc hien|trien khai(?: thuc hien)?)\s+(?=(?:nghi quyet|chi thi|ket luan|quyet dinh|cong van|huong dan|chuong trinh|thong tri|thong bao|ke hoach)\s)/
const documentNoun =
  /^(?:(?:noi dung|tinh than|y kien|su|cac|mot so|tieu chi|quy dinh tai|diem|khoan|dieu \d+,?)\s)*(?:nghi quyet|nghi dinh|chi thi|ket luan|quyet dinh|quy che|quy dinh|quy trinh|cong van|cong dien|bao cao|huong dan|chuong trinh|thong tri|thong tu|thong bao|to trinh|bien ban|ke hoach|de an|phuong an|du an|dieu le|luat|bo luat|phap lenh|hien phap|van ban|so \d|the le|hop dong|giay moi|lich|de nghi|y kien|chi dao|nhiem vu nam hoc|chi tieu|du toan)/

/**
 * The bases of one paragraph: `Căn cứ Kết luận số 7-KL/TU, ngày 05/9/2025 của Tỉnh ủy về …;`. More
 * than one where documents are set apart by semicolons, or listed before any "về". A document named inside the
 * subject of another is no basis.
 */
export function readBases(line: Line, end = line.text.length): BasisRead[] {
  const lead = opener.exec(line.key) ?? openerBehind.exec(line.key)
  if (!lead) return []
  const always = /^(?:[-+•]\s*)?can cu/.test(line.key)
  const segments = segmentsOf(line, lead[0].length, end)
  const bases: BasisRead[] = []
  segments.forEach(([from, to], index) => {
    const key = line.key.slice(from, to).trim()
    const named = documentNoun.test(key.replace(/^(?:va|can cu|tren co so|thuc hien)\s+/, ''))
    const hasNumber = findDocumentNumbers(line.text.slice(from, to)).length > 0
    if (!named && !hasNumber) return
    if (
      !hasNumber &&
      /^(?:(?:su )?chi dao (?:cua )|y kien|de nghi|tinh hinh|nhu cau|nhiem vu)/.test(key) &&
      !always
    )
      return
    bases.push(readSegment(line, from, to, index === 0 ? 0 : from))
  })
  // "Chỉ thị số … và Kết luận số … của Bộ Chính trị": one body issued both.
  for (let at = bases.length - 2; at >= 0; at--) {
    const [basis, next] = [bases[at], bases[at + 1]]
    if (
      basis &&
      next?.issuer &&
      !basis.issuer &&
      basis.number &&
      next.number &&
      !/;/.test(line.text.slice(0, 400).split(next.numberText ?? '')[0] ?? '')
    )
      basis.issuer = next.issuer
  }
  return bases
}

// "… và ý kiến chỉ đạo của Thường trực Tỉnh ủy tại Thông báo số 502-TB/TU": a paper of its own.
const askedIn =
  /^ va (?:y kien|de nghi|chi dao)\b[^,;]{0,90}\btai (?:thong bao|cong van|to trinh|van ban|ket luan)(?: so)? \d/

function segmentsOf(line: Line, from: number, end: number): [number, number][] {
  const segments: [number, number][] = []
  let start = from
  let quoted = 0
  let about = false
  let aboutFrom = 0
  for (let at = from; at < end; at++) {
    const letter = line.text.charAt(at)
    if (letter === '“' || letter === '(') quoted++
    else if (letter === '”' || letter === ')') quoted = Math.max(0, quoted - 1)
    else if (letter === '"') quoted = quoted > 0 ? quoted - 1 : quoted + 1
    if (quoted > 0) continue
    const rest = line.key.slice(at, at + 60)
    if (letter === ';') {
      segments.push([start, at])
      start = at + 1
      about = false
    } else if (!about && /^ (?:ve|v\/v) /.test(rest)) {
      about = true
      aboutFrom = at
    } else if (
      ((!about || !/\bso \d/.test(line.key.slice(aboutFrom, at))) &&
        (!about || / (?:cua|giua) /.test(line.key.slice(start, aboutFrom))) &&
        /^(?:,| va)(?: tren co so| can cu)? (?:nghi quyet|nghi dinh|chi thi|ket luan|quyet dinh|cong van|huong dan|chuong trinh|thong tu|thong bao|ke hoach|de an|quy dinh)(?: so \d| \d+\s?[-/])/.test(
          rest,
        )) ||
      askedIn.test(line.key.slice(at, at + 160))
    ) {
      segments.push([start, at])
      start = at + (letter === ',' ? 1 : 3)
      about = false
    }
  }
  segments.push([start, end])
  return segments.filter(([a, b]) => line.text.slice(a, b).trim().length > 5)
}

function readSegment(line: Line, from: number, to: number, textFrom: number): BasisRead {
  const text = line.text.slice(from, to)
  const key = line.key.slice(from, to)
  const aboutAt = aboutStart(key)
  const numbers = findDocumentNumbers(text)
  const number = numbers.find((found) => found.start < aboutAt) ?? (aboutAt > 60 ? undefined : numbers[0])
  const searchFrom = number ? number.end : 0
  const near = findDates(key.slice(searchFrom, searchFrom + (number ? 60 : 400)))
  const date = near.find(
    (found) => found.date !== undefined && found.start + searchFrom < Math.max(aboutAt, searchFrom + 30),
  )
  const dateEnd = date ? searchFrom + date.end : searchFrom
  const issuer = issuerOf(line, from, dateEnd, to, number !== undefined || date !== undefined, aboutAt)
  return {
    words: wordsOf(line, textFrom, to),
    number: number && wordsOf(line, from + number.start, from + number.end),
    numberText: number?.number ?? null,
    date: date?.date ?? null,
    dateWords: date && wordsOf(line, from + searchFrom + date.start, from + searchFrom + date.end),
    issuer,
  }
}

function aboutStart(key: string): number {
  const match = /\s(?:ve|v\/v|quy dinh|huong dan thuc hien|sua doi|phe duyet|ban hanh)\s/.exec(key)
  return match ? match.index : key.length
}

const issuerEnd =
  /\s(?:về|v\/v|ban hành|quy định|hướng dẫn|sửa đổi|phê duyệt|triển khai|thực hiện|tổ chức(?= (?:thực|hội|các|cuộc|đại|triển|lễ|đợt))|trên địa bàn|năm \d{4}|giai đoạn|nhằm|lần thứ|nhiệm kỳ|trong (?:các|toàn|việc)|tại (?:[Pp]hiên|[Đđ]ại hội|[Vv]ăn bản|[Cc]ông văn|[Tt]ờ trình|[Hh]ội nghị|[Kk]ỳ họp|[Bb]uổi|[Tt]hông báo|[Kk]ết luận|[Bb]áo cáo|số )|ngày \d|số \d|công bố|giao |đã |cho |đợt|và (?:ý kiến|chỉ đạo|đề nghị|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Luật|Kế hoạch|Chỉ thị|Kết luận|Thông báo|Công văn|Hướng dẫn|Chương trình|Thông tư|Quy định|Đề án)|quý [ivx\d])|[;"“(:]|\.\s|\.$|$/u

/** The body after "của", or right after the date, up to what the document is about. */
function issuerOf(
  line: Line,
  from: number,
  after: number,
  to: number,
  dated: boolean,
  aboutAt: number,
): Words | undefined {
  const key = line.key.slice(from, to)
  const text = line.text.slice(from, to)
  const of = /(?:^|[\s,])(?:cua|giua)\s+/.exec(key.slice(after))
  let start: number | undefined
  if (of && after + of.index < Math.max(aboutAt, after + 40)) start = after + of.index + of[0].length
  else if (dated) {
    const direct = /^\s*,?\s*(?=\p{Lu})/u.exec(text.slice(after))
    if (direct) start = after + direct[0].length
  }
  if (start === undefined) {
    const before = dated ? /^[^“"(]{0,80}?\bcua\s+/.exec(key.slice(0, after)) : null
    if (before) start = before[0].length
  }
  if (start === undefined && !dated) {
    // "Nghị quyết Đại hội Đảng bộ xã lần thứ II": the congress stands right behind the noun.
    const congress = /^\s*nghi quyet(?= (?:dai hoi|hoi dong nhan dan|hdnd))\s+/.exec(key)
    if (congress) start = congress[0].length
  }
  if (start === undefined) {
    const asked = /\b(?:de nghi|dong y|y kien|chi dao|thong nhat|cho phep)\s+cua\s+/.exec(key)
    if (!asked || asked.index > 60) return undefined
    start = asked.index + asked[0].length
  }
  const rest = key.slice(start)
  const stop = issuerEnd.exec(text.slice(start))
  let end = start + (stop ? stop.index : rest.length)
  const comma = commaStop(text, key, start, end)
  if (comma !== undefined) end = comma
  const words = wordsOf(line, from + start, from + end)
  const trimmed = words.text.replace(/[\s,;.]+$/u, '')
  return trimmed.length > 1
    ? wordsOf(line, from + start, from + start + (text.slice(start).indexOf(trimmed) + trimmed.length))
    : undefined
}

/** A comma ends the issuer, but not inside `Sở Văn hóa, Thể thao và Du lịch`. */
function commaStop(text: string, key: string, start: number, end: number): number | undefined {
  for (let at = text.indexOf(',', start); at >= 0 && at < end; at = text.indexOf(',', at + 1)) {
    const after = text.slice(at + 1, end).trimStart()
    const inName =
      /^\p{Lu}[\p{L}\s]{2,30}(?:\s(?:và|-)\s\p{Lu}|,\s\p{Lu})/u.test(after) &&
      /(?:so|bo|phong|ban|uy ban)\s[a-z\s-]+$/.test(key.slice(start, at))
    if (!inName) return at
  }
  return undefined
}
