/**
 * Folding: the keys under which Vietnamese text is searched and compared. The stored text is never
 * respelled; only keys are.
 */

const marks = /\p{M}+/gu

/**
 * A key without case and without marks: `Đảng ủy` and `ĐẢNG UỶ` both give `dang uy`. White space is
 * collapsed and trimmed. Use it to search; use {@link spellingKey} where marks must count.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(marks, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}

/**
 * Folds letter by letter, so that every UTF-16 offset of the key is an offset of `text` too: for searching
 * a place in text that has to be pointed at afterwards. `text` must be NFC (each Vietnamese letter one unit).
 */
export function foldInPlace(text: string): string {
  let key = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80 && (code < 0x41 || code > 0x5a)) continue
    const folded = foldedLetter(code)
    if (folded === code) continue
    key += text.slice(from, at) + String.fromCharCode(folded)
    from = at + 1
  }
  return from === 0 ? text : key + text.slice(from)
}

// Each letter is folded once and remembered: a plan has thousands of letters and about two hundred kinds.
const foldedLetters = new Uint16Array(0x1_0000)

function foldedLetter(code: number): number {
  const known = foldedLetters[code]
  if (known) return known
  const folded = foldLetter(String.fromCharCode(code)).charCodeAt(0)
  foldedLetters[code] = folded
  return folded
}

function foldLetter(letter: string): string {
  if (letter === 'đ' || letter === 'Đ') return 'd'
  const base = letter.normalize('NFD').charAt(0).toLowerCase()
  return base.length === 1 ? base : letter
}

// The tone may stand on either vowel of oa, oe, uy where no consonant follows: hòa/hoà, khỏe/khoẻ, ủy/uỷ.
const toneMark = '[\\u0300\\u0301\\u0303\\u0309\\u0323]'
const newStyleTone = new RegExp(
  `(?:(o)(a)(${toneMark})|(o)(e)(${toneMark})|(?<!q)(u)(y)(${toneMark}))(?!\\p{L})`,
  'gu',
)

/**
 * A key that keeps marks but not case, composition or the place of the tone: `hòa`, `hoà` and `HOÀ` give the
 * same key, `hoa` another.
 */
export function spellingKey(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(newStyleTone, (...groups) => {
      const [first, second, tone] = (groups as string[]).slice(1, 10).filter(Boolean)
      return `${first}${tone}${second}`
    })
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
}
