import { type KindLine, readKindLine } from '../constructs/kind-and-subject.ts'
import { readNumberLine } from '../constructs/number-and-sign.ts'
import { readPlaceAndDate } from '../constructs/place-and-date.ts'
import type { Entry } from '../lines/flow.ts'
import { isCapitals, type Line } from '../lines/line.ts'
import { readMarker } from './marker.ts'

/** One paper of a file, cut into its regions. A decision and the plan that it promulgates are two. */
export interface Paper {
  kindLine: KindLine | undefined
  /** All lines above the text: bodies, number, date, kind, subject. */
  head: Line[]
  /** The lines between the kind and the text. */
  underKind: Line[]
  body: Entry[]
  /** Recipients and signature. */
  foot: Line[]
  /** What stands after the signature. */
  after: Entry[]
}

const basisStart =
  /^(?:-\s*)?(?:can cu|thuc hien|xet|theo|tiep tuc|trien khai|xuat phat|tren co so|nham|de |duoc su|huong ung|chao mung|sau khi|hien nay|trong thoi gian|nam \d{4},|thi hanh|quan triet|kinh gui|kinh moi|phat huy|gop phan|nhan dip|de xuat)\b/

/** Cuts the flow of a file into its papers: the plan last, what promulgates it before. */
export function cutPapers(flow: readonly Entry[]): Paper[] {
  const first = cutPaper(flow, 0, flow.length)
  const kind = first.kindLine?.kind
  if (kind && /^(?:kế hoạch|chương trình)/u.test(kind)) return [first]
  const at = attachedPlanAt(flow, first)
  if (at === undefined) return [first]
  return [cutPaper(flow, 0, at), cutPaper(flow, at, flow.length)]
}

/** Where a plan begins that another paper carries: its kind line, or the head above it. */
function attachedPlanAt(flow: readonly Entry[], first: Paper): number | undefined {
  const firstKind = first.kindLine?.words.spans[0]?.[0] ?? -1
  for (let at = 0; at < flow.length; at++) {
    const line = lineAt(flow, at)
    if (!line || (line.pieces[0]?.start ?? 0) <= firstKind) continue
    const kind = readKindLine(line)
    if (!kind || !/^(?:kế hoạch|chương trình|phương án)/u.test(kind.kind) || !isCapitals(kind.words.text))
      continue
    if (!announcesPlan(flow, at)) continue
    let start = at
    while (start > 0 && isHeadPart(lineAt(flow, start - 1))) start--
    return start
  }
  return undefined
}

/** Whether what follows a kind line is a plan: the words of its promulgation, or numbered sections. */
function announcesPlan(flow: readonly Entry[], at: number): boolean {
  for (let next = at; next < Math.min(flow.length, at + 14); next++) {
    const line = lineAt(flow, next)
    if (!line) continue
    if (/kem theo|nhu sau|sau day/.test(line.key)) return true
    const marker = readMarker(line)
    if (next > at && marker && marker.rank <= 4 && marker.rank >= 0) return true
  }
  return false
}

function isHeadPart(line: Line | undefined): boolean {
  if (!line) return false
  return (
    isSlogan(line) ||
    readNumberLine(line) !== undefined ||
    readPlaceAndDate(line) !== undefined ||
    (isCapitals(line.text) &&
      /^(?:thu tuong chinh phu|uy ban|ubnd|so|bo|ban|dang|chi bo|huyen|tinh|thanh|phong|truong|hoi|doan|xa|phuong)\b/.test(
        line.key,
      ))
  )
}

/** `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`, `Độc lập - Tự do - Hạnh phúc`, `ĐẢNG CỘNG SẢN VIỆT NAM`, the Youth Union's name at the top right. */
export function isSlogan(line: Line): boolean {
  const squeezed = line.key.replace(/[^a-z]+/g, '')
  return /^(?:conghoaxahoichunghia|conghoaxhcn|doclaptudo|dangcongsanvietnam$|doantncshochiminh$|doanthanhniencongsanhochiminh$)/.test(
    squeezed,
  )
}

function lineAt(flow: readonly Entry[], at: number): Line | undefined {
  const entry = flow[at]
  return entry?.type === 'line' ? entry.line : undefined
}

function cutPaper(flow: readonly Entry[], from: number, to: number): Paper {
  const kindAt = findKind(flow, from, to)
  const kindLine = kindAt === undefined ? undefined : readKindLine(lineAt(flow, kindAt) as Line)
  const bodyAt = findBody(flow, from, to, kindAt)
  const footAt = findFoot(flow, bodyAt, to)
  const afterAt = findAfter(flow, footAt, to)
  const head = linesOf(flow, from, bodyAt)
  const underKind = kindAt === undefined ? [] : linesOf(flow, kindAt + 1, bodyAt)
  return {
    kindLine,
    head,
    underKind: underKind.filter(
      (line) => !readNumberLine(line) && !readPlaceAndDate(line) && !isSlogan(line),
    ),
    body: flow.slice(bodyAt, footAt),
    foot: linesOf(flow, footAt, afterAt),
    after: flow.slice(afterAt, to),
  }
}

function linesOf(flow: readonly Entry[], from: number, to: number): Line[] {
  return flow
    .slice(from, to)
    .flatMap((entry) =>
      entry.type === 'line' ? [entry.line] : entry.table.rows.flat().flatMap((cell) => cell.lines),
    )
}

function findKind(flow: readonly Entry[], from: number, to: number): number | undefined {
  let headed = false
  for (let at = from; at < Math.min(to, from + 45); at++) {
    const line = lineAt(flow, at)
    if (!line) continue
    if (headed && basisStart.test(line.key) && line.text.length > 40) return undefined
    if (/^kinh gui\b/.test(line.key)) return undefined
    if (isHeadPart(line)) headed = true
    // A page's own title may stand above the head, and name the kind in running letters.
    const kind = readKindLine(line)
    if (kind && !(line.heading && !isCapitals(kind.words.text))) return at
  }
  return undefined
}

/** Where the text begins: the first basis, enacting sentence or heading after the kind and the subject. */
function findBody(flow: readonly Entry[], from: number, to: number, kindAt: number | undefined): number {
  const start = kindAt === undefined ? from : kindAt + 1
  // Where a text has no empty lines at all, none can be asked for before its first sentence.
  const dense = !flow.slice(start + 1, to).some((entry) => entry.type === 'line' && entry.line.gap)
  for (let at = start; at < to; at++) {
    const entry = flow[at]
    if (entry?.type === 'table') return at
    const line = lineAt(flow, at)
    if (!line) continue
    if (kindAt === undefined && (isHeadPart(line) || isSlogan(line) || isCapitals(line.text))) continue
    if (/^kinh gui\b/.test(line.key)) return at
    if (kindAt === undefined && !(basisStart.test(line.key) || line.text.length > 90 || readMarker(line)))
      continue
    if (readNumberLine(line) || readPlaceAndDate(line) || isSlogan(line)) continue
    if (isCapitals(line.text) && !readMarker(line)) continue
    const marker = readMarker(line)
    if (marker && (marker.rank <= 4 || marker.kind === 'bullet')) return at
    if (basisStart.test(line.key) && (at > start || (line.gap && /[;,.:]$/.test(line.text)))) return at
    // A long sentence that ends as one is text, whatever it begins with.
    if (
      at > start &&
      (line.gap || dense) &&
      line.text.length > 120 &&
      !line.bold &&
      /[.;:,]$/u.test(line.text)
    )
      return at
    if (/(?:nhu sau|sau day)\s*[:.]?$/.test(line.key) && line.text.length > 60) return at
    if (at - start > 14) return at
  }
  return Math.min(to, start)
}

const signing = /^(?:(?:t\/m|k\/t|t\/l|tm|kt|tl|tuq)\s+|(?:t\/m|tm|kt|tl|tuq|q)[./]\s*)(?=\p{L})/u
const posts =
  /^(?:pho |quyen |q\. ?)?(?:bi thu|chu tich|giam doc|hieu truong|thu truong|tong giam doc|truong ban|chanh van phong|thu tuong|bo truong|truong phong|chu nhiem|vien truong|truong khoa|tong bi thu|truong doan|to truong|bi thu doan truong|nguoi lap|cuc truong|chi huy truong)\b/

/** Whether a line is of the signature: `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`, `BÍ THƯ`. */
export function isSigningLine(line: Line): boolean {
  if (line.text.length > 90 || !isCapitals(line.text.slice(0, 9))) return false
  if (readMarker(line)?.kind === 'bullet') return false
  return (
    (signing.test(line.key) && isCapitals(line.text.slice(0, 12))) ||
    (posts.test(line.key) && isCapitals(line.text.slice(0, 10)))
  )
}

/** `Nơi nhận:` at the foot; "Nơi nhận tác phẩm" is a heading of the text. */
export function isRecipientsLabel(line: Line): boolean {
  return /^[^a-z\d]{0,4}noi\s?nhan\s*(?:[:.]|$|[-–•_*])/.test(line.key)
}

function findFoot(flow: readonly Entry[], from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const line = lineAt(flow, at)
    if (!line) continue
    if (isRecipientsLabel(line) && line.key.length < 4000) return at
    if (at > from + 2 && isSigningLine(line)) return at
  }
  // A bare name at the very end signs, too.
  for (let at = to - 1; at > Math.max(from + 2, to - 4); at--) {
    const line = lineAt(flow, at)
    if (line && /^(?:\p{Lu}[\p{L}.]*\s){1,5}\p{Lu}\p{L}*$/u.test(line.text) && !readMarker(line)) return at
  }
  return to
}

const annexStart =
  /^(?:phu luc|phu bieu|bieu mau|bieu so|mau so|mau \d|mau bao cao|de cuong|danh sach|danh muc|bang (?:phan cong|tong hop)|phan cong nhiem vu|lich |chuong trinh|du toan|kich ban)/

/** Where the annexes begin: after recipients and signature. */
function findAfter(flow: readonly Entry[], from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const entry = flow[at]
    if (entry?.type === 'table') return stepBack(flow, at, from)
    const line = lineAt(flow, at)
    if (!line || at === from) continue
    if (/^\(?(?:ban hanh kem theo|kem theo|dinh kem)/.test(line.key)) return stepBack(flow, at, from)
    if (isCapitals(line.text.slice(0, 20)) && annexStart.test(line.key)) return at
    if (/^phu luc\b/.test(line.key) && line.text.length < 120) return at
    const marker = readMarker(line)
    if (marker && marker.rank <= 4 && marker.kind !== 'bullet' && at > from + 1 && !/^\d/.test(line.text))
      return stepBack(flow, at, from)
    if (at > from + 1 && isSlogan(line)) return stepBack(flow, at, from)
  }
  return to
}

/** The titles above an annex's first table belong to it. */
function stepBack(flow: readonly Entry[], at: number, from: number): number {
  let start = at
  while (start - 1 > from) {
    const line = lineAt(flow, start - 1)
    if (
      !line ||
      isSigningLine(line) ||
      readMarker(line) ||
      (!isCapitals(line.text) && !/^\(|^phu luc/.test(line.key))
    )
      break
    start--
  }
  return start
}
