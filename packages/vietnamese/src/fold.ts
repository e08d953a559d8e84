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
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter < '\u0080') key += letter.toLowerCase()
    else if (letter === 'đ' || letter === 'Đ') key += 'd'
    else {
      const base = letter.normalize('NFD').charAt(0).toLowerCase()
      key += base.length === 1 ? base : letter
    }
  }
  return key
}

// The tone may stand on either vowel of oa, oe, uy where no consonant follows: hòa/hoà, khỏe/khoẻ, ủy/uỷ.
const toneMark = '[\\u0300\\u0301\\u0303\\u0309\\u0323]'
const newStyleTone = new RegExp(`(o)(a)(${toneMark})|(o)(e)(${toneMark})|(?<!q)(u)(y)(${toneMark})`, 'gu')

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
