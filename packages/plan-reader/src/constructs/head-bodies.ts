import { isCapitals, joinLines, type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import { isSlogan } from '../outline/papers.ts'
import { readKindLine, readLetterSubject } from './kind-and-subject.ts'
import { readNumberLine } from './number-and-sign.ts'
import { readPlaceAndDate } from './place-and-date.ts'

export interface HeadBodies {
  superior: Words | undefined
  issuer: Words | undefined
}

// A line beginning so names a body of its own …
const opening =
  /^(?:dang uy|dang bo|dang doan|dang cong san|ban|chi bo|chi uy|tinh uy|thanh uy|huyen uy|quan uy|thi uy|uy ban|ubnd|ubmttq|mttq|mat tran|hdnd|hoi dong|hoi|doan|lien doan|cong doan|tong|so|bo|cuc|chi cuc|vien|hoc vien|phong|van phong|trung tam|truong|nha truong|khoa|cong an|bao hiem|kho bac|ngan hang|thue|toa an|tand|vien kiem sat|thanh tra|thu tuong|chinh phu|quoc hoi|van phong|tinh doan|thanh doan|huyen doan|xa doan|lien hiep|cong ty|tap doan|benh vien|bo chi huy|nha|to|bch|btv|ban quan ly|dai|bao|chu tich|thi doan|quan doan|lien doi|chi doan|chi hoi|hat|doi|tieu ban)\b/
// … unless the line before is unfinished, or it only adds where that body is.
const unfinished =
  /(?:[,&–-]|\b(?:va|thuoc|cua|cac))$|^(?:dang uy|dang bo|chi bo|chi uy|cong doan|ban chap hanh|ban thuong vu|doan thanh nien|doan tncs ho chi minh|van phong|hoi dong|uy ban kiem tra)$/
const wherever =
  /^(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu|viet nam|trung uong|khu vuc|cac|va|thuoc)\b(?! (?:uy|doan)\b)/

/**
 * The body above and the issuer, from the lines of a head: capitals that are neither slogan, number, date nor
 * kind. A Party head has both (`ĐẢNG BỘ TỈNH … / HUYỆN ỦY …`), a people's committee stands alone.
 */
export function readHeadBodies(head: readonly Line[], kindAt: number): HeadBodies {
  const bodies: Line[] = []
  let joinable = false
  for (let at = 0; at < head.length; at++) {
    const raw = head[at]
    if (!raw) continue
    // Where no kind is seen, the first numbered heading ends the head.
    if (at >= kindAt || /^(?:[IVX]+|\d{1,2}|[A-D])\s?[.)/–-]\s*\p{L}/u.test(raw.text)) break
    const line = withoutRule(raw)
    if (!line || notBody(line)) {
      if (line && readNumberLine(line)) joinable = false
      continue
    }
    const before = bodies.at(-1)
    const goesOn =
      before !== undefined &&
      joinable &&
      (unfinished.test(before.key) || wherever.test(line.key) || !opening.test(line.key)) &&
      !/^(?:ban|so|phong|truong|dang uy|chi bo)\b.*\b/.test(
        wherever.test(line.key) ? '' : unfinishedName(before, line),
      )
    if (before && goesOn) bodies[bodies.length - 1] = joinLines(before, line)
    else if (opening.test(line.key) || bodies.length === 0) bodies.push(line)
    joinable = true
  }
  const named = bodies
    .filter((body) => opening.test(body.key))
    .flatMap((body) => (bodies.length === 1 ? splitRunOn(body) : [body]))
  const issuer = named.at(-1)
  const superior = named.at(-2)
  return {
    superior: superior && wordsOf(superior),
    issuer: issuer && wordsOf(issuer),
  }
}

/** The new line, where the one before is no half of a name; an empty string where it is. */
function unfinishedName(before: Line, line: Line): string {
  return unfinished.test(before.key) || !opening.test(line.key) ? '' : line.key
}

function notBody(line: Line): boolean {
  return (
    !isCapitals(line.text) ||
    line.text.length > 160 ||
    isSlogan(line) ||
    readNumberLine(line) !== undefined ||
    readPlaceAndDate(line) !== undefined ||
    readLetterSubject(line) !== undefined ||
    readKindLine(line) !== undefined ||
    /^(?:du thao|mat|toi mat|khan|hoa toc|thuong khan)\b/.test(line.key) ||
    !/\p{L}{2}/u.test(line.text)
  )
}

function withoutRule(line: Line): Line | undefined {
  const rule = /\s*[*\-–_=]{2,}\s*$|\s*\*\s*$/u.exec(line.text)
  if (!rule) return line
  return rule.index === 0 ? undefined : sliceLine(line, 0, rule.index)
}

/** `UBND TỈNH LÀO CAI SỞ CÔNG THƯƠNG`: two bodies that a table's cell ran together. */
function splitRunOn(body: Line): Line[] {
  const match =
    /\b(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran)\s(?:[a-z.]+\s){1,4}?(?=(?:so|phong|ban|truong|trung tam|van phong|dang uy|chi bo|cong doan|hoi)\s)/.exec(
      body.key,
    )
  if (!match) return [body]
  const at = match.index + match[0].length
  return [sliceLine(body, 0, at), sliceLine(body, at)]
}
