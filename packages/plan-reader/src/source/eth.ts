const eths: Record<string, string> = { Ð: 'Đ', Ɖ: 'Đ', ð: 'đ' }

/**
 * The Icelandic eth and the African D look like Đ and are what many a keyboard, font and scanner sets for it.
 * Letter for letter: every offset stays.
 */
export function replaceEth(text: string): string {
  return /[ÐƉð]/.test(text) ? text.replace(/[ÐƉð]/g, (letter) => eths[letter] ?? letter) : text
}
