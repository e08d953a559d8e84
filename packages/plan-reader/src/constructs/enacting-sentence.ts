import { type Line, type Words, wordsOf } from '../lines/line.ts'
import { startsLikeBody } from './bodies.ts'

export interface Enacting {
  issuer: Words | undefined
  /** Where the enacting clause begins in its line: before it, a basis may stand. */
  start: number
}

const verb =
  /\s(?:da )?(?:xay dung|ban hanh|lap|de ra|trien khai|to chuc|thong nhat|xay dung va trien khai|xay dung,? ban hanh|huong dan|thuc hien|phoi hop xay dung|cu the hoa)\s(?:noi dung |thuc hien |va to chuc thuc hien |va trien khai |ban )?(?:ban )?(?:ke hoach|chuong trinh|phuong an|huong dan|cuoc|ke hoach\b)/g

/**
 * The sentence that enacts: `Đảng ủy xã Tân Hòa xây dựng Kế hoạch … như sau:`. Its subject is the issuer, also
 * where the head is lost.
 */
export function readEnacting(line: Line): Enacting | undefined {
  const closes = /(?:nhu sau|sau day|noi dung sau|cu the)\s*[:.]?\s*$|:\s*$/.test(line.key)
  if (!closes && !/nhu sau/.test(line.key)) return undefined
  for (const match of line.key.matchAll(verb)) {
    const start = subjectStart(line, match.index)
    if (start === undefined) continue
    return { issuer: wordsOf(line, start, match.index), start }
  }
  return undefined
}

/** Where the subject of a verb begins: the nearest start of a clause whose words name a body. */
function subjectStart(line: Line, verbAt: number): number | undefined {
  for (let at = verbAt; at > 0; at--) {
    const before = line.text.charAt(at - 1)
    const here = line.text.charAt(at)
    if (!(here === ' ' && /[,;)”"]/.test(before))) continue
    if (/^\s*\p{Lu}/u.test(line.text.slice(at)) && startsLikeBody(line.text.slice(at).trimStart()))
      return at + 1
    if (verbAt - at > 160) break
  }
  return verbAt < 160 && startsLikeBody(line.text) ? 0 : undefined
}
