import { readAssignment } from '../constructs/assignment.ts'
import { namesGoOn, startsLikeBody } from '../constructs/bodies.ts'
import { countWords, isCapitals, type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import type { Node } from './outline.ts'

export interface Heading {
  title: Words
  rest: Line | undefined
}

// Words that give an order: a paragraph beginning so is work, not a title, once it ends as a sentence.
const order =
  /^(?:giao|phan cong|de nghi|yeu cau|chi dao|chu tri|phoi hop|to chuc|trien khai|xay dung|tham muu|thuc hien|huong dan|chuan bi|tuyen truyen|theo doi|kiem tra|bao cao|tong hop|ra soat|bo tri|lap|ban hanh|tang cuong|day manh|tiep tuc|nang cao|dam bao|bao dam|phat huy|chu dong|can cu|tap trung|hoan thanh|moi|cu)\b/

/**
 * The title of a numbered paragraph, or undefined where it is a sentence. `I.` and `A.` always head; `1. Thời
 * gian: 13h30` heads with its title before the colon; `1. Giao Văn phòng chuẩn bị hội trường.` is an item.
 */
export function readHeading(node: Node, next: Node | undefined): Heading | undefined {
  const { line, marker } = node
  if (!line || !marker || line.text === '' || marker.kind === 'bullet') return undefined
  if (marker.kind === 'bracket') return undefined
  const led = marker.rank > 3 ? boldTitle(line) : undefined
  if (led !== undefined) return split(line, led)
  const colon = titleColon(line)
  const whole = line.text
  const capitals = isCapitals(colon === undefined ? whole : whole.slice(0, colon))
  if (marker.rank <= 3) {
    if (colon !== undefined && colon < whole.length - 1) return split(line, colon)
    const stop = capitals ? undefined : sentenceEnd(line)
    if (stop !== undefined && countWords(whole) > 30) return split(line, stop)
    return { title: wordsOf(line, 0, tailAt(whole)), rest: undefined }
  }
  const leaf = node.children.length === 0
  if (colon !== undefined) {
    const words = countWords(whole.slice(0, colon))
    const last = colon >= whole.length - 1
    if (capitals && words <= 40) return last ? all(line) : split(line, colon)
    if (last) {
      if (marker.rank > 7 && leaf) return undefined
      if (
        words > 8 &&
        !line.bold &&
        /\bsau(?: day)?(?: cho phu hop)?$/.test(line.key.slice(0, colon).trimEnd())
      )
        return undefined
      return words <= 28 && !hasClause(line.key.slice(0, colon)) ? all(line) : undefined
    }
    if (words > 18) return undefined
    const after = whole.slice(colon + 1).trim()
    const body = startsLikeBody(whole)
    if (
      marker.rank > 4 &&
      !body &&
      ((marker.rank > 7 && words > 8) ||
        !(siblingsHead(node) || (marker.rank <= 7 && words <= 4 && /^\p{Lu}/u.test(after))))
    )
      return undefined
    if (order.test(line.key) && !body && !(line.bold && leaf) && (words > 9 || /^[“"(]?\p{Ll}/u.test(after)))
      return undefined
    return split(line, colon)
  }
  const words = countWords(whole)
  if (capitals && words <= 45) return all(line)
  const sentence = /[.;,!?]["”)]?$|\.\/\.?$/u.test(whole)
  const asks = leaf && words > 4 && (order.test(line.key) || readAssignment(line) !== undefined)
  if (sentence && !(line.bold && words <= 30 && !asks)) {
    // A slip of the pen ended a short title with a full stop.
    const bare =
      /^(?:muc dich|yeu cau|muc tieu|y nghia)\W*(?:(?:va |, )?(?:muc dich|yeu cau|y nghia))?\W*$/.test(
        line.key,
      )
    if (bare) return { title: wordsOf(line, 0, tailAt(whole)), rest: undefined }
    const short =
      words <= (hasTimeLabel(node) ? 30 : 14) &&
      !leaf &&
      !order.test(line.key) &&
      /[^;,]$/u.test(whole) &&
      !hasClause(line.key)
    const given = /^(?:giao|phân công|đề nghị|yêu cầu)\s/iu.test(whole)
    const named =
      !given &&
      startsLikeBody(whole) &&
      words <= 24 &&
      !hasClause(line.key) &&
      (!leaf || (isPlain(next) && readAssignment(line) === undefined))
    return short || named ? { title: wordsOf(line, 0, tailAt(whole)), rest: undefined } : undefined
  }
  if (line.bold && words <= 45) return all(line)
  if (leaf && marker.rank > 7) return undefined
  if (leaf && /[;,]$/.test(next?.line?.text ?? '') && next?.marker?.kind === marker.kind) return undefined
  if (words > 45 || (words > 25 && leaf)) return undefined
  if (leaf && order.test(line.key) && words > 14) return undefined
  return all(line)
}

/** Whether most items beside this one have a title before a colon, too: `a) Thời gian: …`, `b) Địa điểm: …`. */
function siblingsHead(node: Node): boolean {
  const beside = (node.parent?.children ?? []).filter((other) => other.marker?.kind === node.marker?.kind)
  const titled = beside.filter(
    (other) => /^[^.;]{2,80}:/u.test(other.line?.text ?? '') || other.children.length > 0,
  )
  return titled.length >= beside.length * 0.6
}

/** Whether what stands below says when, where and for whom: then the sentence above is what is held. */
function hasTimeLabel(node: Node): boolean {
  return node.children.some((child) =>
    /^(?:thoi gian|dia diem|doi tuong|thanh phan)\b[^.;]{0,30}:/.test(child.line?.key ?? ''),
  )
}

const isPlain = (node: Node | undefined): boolean => node?.marker === undefined && node?.line !== undefined

const all = (line: Line): Heading => ({ title: wordsOf(line, 0, tailAt(line.text)), rest: undefined })

function split(line: Line, at: number): Heading {
  const rest = sliceLine(line, at + 1)
  return { title: wordsOf(line, 0, at), rest: rest.text === '' ? undefined : rest }
}

function tailAt(text: string): number {
  return text.replace(/[\s:.;,]+$/u, '').length
}

/** The colon that parts a title from what follows: outside quotes and brackets, no hour's or ratio's. */
function titleColon(line: Line): number | undefined {
  let depth = 0
  const text = line.text
  for (let at = 0; at < Math.min(text.length, 320); at++) {
    const letter = text.charAt(at)
    if (letter === '(' || letter === '“') depth++
    else if (letter === ')' || letter === '”') depth--
    else if (
      letter === ':' &&
      depth <= 0 &&
      !/\d/.test(text.charAt(at + 1)) &&
      !namesGoOn(text, at) &&
      !/[\p{Lu}\d]:\d/u.test(text.slice(at - 1, at + 2))
    )
      return at
    else if (
      (letter === '.' || letter === ';') &&
      depth <= 0 &&
      text.charAt(at + 1) === ' ' &&
      at > 25 &&
      // "Các ban Đảng; các phòng, ban huyện: …": one heading names several.
      !(letter === ';' && startsLikeBody(text) && startsLikeBody(text.slice(at + 2)))
    )
      return undefined
  }
  return undefined
}

/** `**1. Lập danh mục dùng chung.** Ưu tiên …`: a short bold sentence at the beginning is the title of the rest. */
function boldTitle(line: Line): number | undefined {
  const { boldLeadEnd } = line
  if (boldLeadEnd === undefined) return undefined
  let end = 0
  line.pieces.forEach((piece, index) => {
    if (piece.start < boldLeadEnd)
      end = Math.min(piece.at + boldLeadEnd - piece.start, line.pieces[index + 1]?.at ?? line.text.length)
  })
  const bold = line.text.slice(0, end).trimEnd()
  const words = countWords(bold)
  const stops = /[^.]\.$/u.test(bold)
  if (!stops || words < 2 || words > 20 || line.text.slice(end).trim().length < 3) return undefined
  const named = sliceLine(line, 0, bold.length)
  return startsLikeBody(bold) && readAssignment(named) !== undefined ? undefined : bold.length - 1
}

function sentenceEnd(line: Line): number | undefined {
  const at = line.text.indexOf('. ')
  return at > 0 && at < 200 ? at : undefined
}

/** Whether words have a verb in the middle, as sentences have: "các chi bộ triển khai …, báo cáo …". */
function hasClause(key: string): boolean {
  return /\s(?:chiu trach nhiem|co trach nhiem|chu tri,? phoi hop|truoc ngay|cham nhat|cu the nhu sau|phai)\b/.test(
    key,
  )
}
