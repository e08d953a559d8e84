import type { Entry } from '../lines/flow.ts'
import { isCapitals, joinWords, type Line, type Words, wordsOf } from '../lines/line.ts'

export interface AnnexRead {
  name: Words
  title: Words | undefined
  present: boolean
}

const heading = /^phu luc(?:\s+(?:so\s+)?([ivx]+|\d{1,2}|[a-z]))?(?=\s*[:.\-–]?\s*$|\s*[:.\-–]\s)/
const otherHeading =
  /^(?:de cuong|bieu mau|mau so|mau bao cao|danh sach|danh muc|bang phan cong|phan cong nhiem vu|chuong trinh|kich ban|du toan|lich )/
const mentioned =
  /phu luc(?:\s+(?:so\s+)?([ivx]+|\d{1,2})\b)?(?=[^.;]{0,40}(?:kem theo|dinh kem))|(?:kem theo|dinh kem|gui kem|theo|tai|co)\s+(?:cac\s+)?phu luc(?:\s+(?:so\s+)?([ivx]+|\d{1,2})\b)?|\(\s*(?:co |gui )?(?:kem(?: theo)?|dinh kem)\s+([^()]{3,80})\)|\((?:co )?([^()]{3,70}?)\s+(?:kem theo|dinh kem)\)/g

/** The annexes that stand after the signature, and those that the text speaks of but that are not there. */
export function readAnnexes(after: readonly Entry[], textLines: readonly Line[]): AnnexRead[] {
  const found = presentAnnexes(after)
  const hasAfter = after.some((entry) => entry.type === 'table' || entry.line.text.length > 2)
  for (const line of textLines) {
    if (!/phu luc|kem/.test(line.key) || /^\(?\s*(?:ban hanh )?kem theo/.test(line.key)) continue
    for (const match of line.key.matchAll(mentioned)) {
      const order = match[1] ?? match[2]
      const other = match[3] ?? match[4]
      if (other && !annexLike(other)) continue
      const at = other ? match.index + match[0].indexOf(other) : match.index + match[0].indexOf('phu luc')
      const length = other
        ? other.length
        : 'phu luc'.length +
          (order ? match[0].slice(match[0].indexOf('phu luc') + 7).indexOf(order) + order.length : 0)
      const name = wordsOf(line, at, at + length)
      if (other ? hasAfter : isThere(found, order, hasAfter)) continue
      if (found.some((annex) => annex.name.text.toLowerCase() === name.text.toLowerCase())) continue
      found.push({ name, title: undefined, present: false })
    }
  }
  return found
}

const annexLike = (key: string): boolean =>
  /phan cong|danh sach|mau|bieu|de cuong|chuong trinh|lich|du toan|phu luc|bang|noi dung|thong ke|tai lieu|the le/.test(
    key,
  ) && !/ke hoach nay|quyet dinh/.test(key)

function isThere(found: readonly AnnexRead[], order: string | undefined, hasAfter: boolean): boolean {
  const present = found.filter((annex) => annex.present)
  if (order === undefined) return present.length > 0 || hasAfter
  const wanted = new RegExp(`\\b${order}$`, 'i')
  return (
    present.some((annex) => wanted.test(annex.name.text)) ||
    (present.length === 1 && present[0]?.name.text.length === 7)
  )
}

function presentAnnexes(after: readonly Entry[]): AnnexRead[] {
  const found: AnnexRead[] = []
  for (let at = 0; at < after.length; at++) {
    const entry = after[at]
    if (entry?.type !== 'line') continue
    const match = heading.exec(entry.line.key)
    if (match && entry.line.text.length < 160) {
      const rest = wordsOf(
        entry.line,
        match[0].length + (/^\s*[:.\-–]\s*/u.exec(entry.line.text.slice(match[0].length))?.[0].length ?? 0),
      )
      found.push({
        name: wordsOf(entry.line, 0, match[0].length),
        title: rest.text ? rest : titleAfter(after, at + 1),
        present: true,
      })
    } else if (isCapitals(entry.line.text) && otherHeading.test(entry.line.key) && !followsPhuLuc(after, at))
      found.push({ name: wordsOf(entry.line), title: undefined, present: true })
  }
  return found
}

function followsPhuLuc(after: readonly Entry[], at: number): boolean {
  for (let back = at - 1; back >= Math.max(0, at - 3); back--) {
    const entry = after[back]
    if (entry?.type === 'line' && (heading.test(entry.line.key) || isCapitals(entry.line.text))) return true
  }
  return false
}

/** The title of an annex: its lines in capitals. */
function titleAfter(after: readonly Entry[], from: number): Words | undefined {
  const parts: Words[] = []
  for (let at = from; at < Math.min(after.length, from + 5); at++) {
    const entry = after[at]
    if (entry?.type !== 'line' || /^\(/.test(entry.line.text)) break
    if (parts.length > 0 && !isCapitals(entry.line.text)) break
    parts.push(wordsOf(entry.line))
    if (!isCapitals(entry.line.text)) break
  }
  return parts.length > 0 ? joinWords(parts) : undefined
}
