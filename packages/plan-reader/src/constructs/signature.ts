import { isCapitals, joinWords, type Line, type Words, wordsOf } from '../lines/line.ts'
import { isSigningLine } from '../outline/papers.ts'
import { isPersonName } from './recipients.ts'

export interface SignatureRead {
  authority: Words | undefined
  position: Words | undefined
  name: Words | undefined
}

const authority = /^(?:(?:t\/m|k\/t|t\/l|tm|kt|tl|tuq)\s+|(?:t\/m|tm|kt|tl|tuq)[./]\s*)\p{L}/u

/**
 * Who signed: `T/M BAN THƯỜNG VỤ` (for whom), `BÍ THƯ` (as what), the name under it. Each is null where it
 * isn't there. `KT. CHỦ TỊCH` stands between the authority and the post of the deputy who signs.
 */
export function readSignature(all: readonly Line[]): SignatureRead {
  const foot = ownColumn(all)
  const authorities: Words[] = []
  const positions: Words[] = []
  let name: Words | undefined
  let started = false
  const startAt = foot.findIndex((line) => isSigningLine(line))
  foot.forEach((line, at) => {
    if (isSigningLine(line) && name === undefined) {
      started = true
      const cut = nameInside(line)
      // A dash of the scanner's behind the post is none of it.
      const printed = line.text.slice(0, cut ?? line.text.length).replace(/[\s\-–—_.]+$/u, '').length
      const words = wordsOf(line, 0, printed)
      if (authority.test(line.key)) authorities.push(words)
      else positions.push(words)
      if (cut !== undefined) name = wordsOf(line, cut)
      return
    }
    const signed = /^\(?(?:đã ký|da ky)\)?\s*[:.-]\s*(?=\p{Lu})/iu.exec(line.text)
    if (signed && isPersonName(line.text.slice(signed[0].length))) {
      name = wordsOf(line, signed[0].length)
      return
    }
    const text = line.text.replace(/^[-–\s]+/u, '')
    if (text !== line.text && !started) return
    if (/^[-–+•]/u.test(line.text) || /[;,:]$/.test(line.text)) return
    if (
      started &&
      isCapitals(text) &&
      !isPersonName(text) &&
      at <= startAt + 5 &&
      name === undefined &&
      !/^\(|^da ky|^ky\b/.test(line.key)
    ) {
      // A body's name that goes on, or a post this list does not know.
      const [last] = authorities.slice(-1)
      if (
        last &&
        positions.length === 0 &&
        /(?:CÁC|VÀ|,|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|ỦY BAN)$/u.test(last.text)
      )
        authorities[authorities.length - 1] = joinWords([last, wordsOf(line)])
      else positions.push(wordsOf(line))
      return
    }
    if (
      isPersonName(text) &&
      text.length >= 4 &&
      (started || at >= foot.length - 3) &&
      !/^noi nhan/.test(line.key)
    )
      name = wordsOf(line)
  })
  const first = authorities[0]
  const deputies = authorities.slice(1)
  // "KT. CHỦ TỊCH" alone says for whom the deputy signs.
  return {
    authority: first && joinWords([first, ...deputies]),
    position: positions.length > 0 ? joinWords(positions) : undefined,
    name,
  }
}

/** Where two bodies sign side by side, the one on the right issues the paper. */
function ownColumn(foot: readonly Line[]): readonly Line[] {
  const signed = foot.filter((line) => authority.test(line.key) && isSigningLine(line))
  const right = Math.max(0, ...signed.map((line) => line.column))
  return signed.length > 1 && signed.some((line) => line.column < right)
    ? foot.filter((line) => line.column === right)
    : foot
}

/** `THỦ TƯỚNG Nguyễn Văn A`: post and name that a cell ran together. */
function nameInside(line: Line): number | undefined {
  const match = /\s(?=\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*){1,4}$)/u.exec(line.text)
  return match ? match.index + 1 : undefined
}
