/**
 * Letters of Symbol, Wingdings and their like: a file holds them in the private use area (U+F000–U+F0FF) or as
 * plain letters in such a font. What offices use of them are bullets, ticks, boxes and arrows.
 */
const wingdings: Record<number, string> = {
  108: '•',
  110: '▪',
  111: '☐',
  113: '☐',
  114: '☐',
  118: '❖',
  119: '◆',
  120: '☒',
  159: '•',
  167: '▪',
  168: '☐',
  216: '➢',
  223: '←',
  224: '→',
  232: '➔',
  240: '⇨',
  251: '☒',
  252: '✓',
  253: '☒',
  254: '☑',
}

const symbol: Record<number, string> = {
  45: '-',
  163: '≤',
  167: '♣',
  168: '♦',
  172: '←',
  174: '→',
  176: '°',
  177: '±',
  179: '≥',
  180: '×',
  183: '•',
  184: '÷',
  222: '⇒',
}

/** The text as it looks when printed in that font; letters that are no symbols stay. */
export function printSymbol(text: string, font: string | undefined): string {
  const isWingdings = font !== undefined && /wingdings|webdings/i.test(font)
  const isSymbol = font !== undefined && /^symbol$/i.test(font)
  if (!isWingdings && !isSymbol && !/[\uf000-\uf0ff]/.test(text))
    // Word's second bullet is a small letter o in a typewriter font.
    return text === 'o' && font !== undefined && /courier/i.test(font) ? '◦' : text
  let printed = ''
  for (const letter of text) {
    const code = letter.charCodeAt(0)
    if (code >= 0xf000 && code <= 0xf0ff) printed += printCode(code - 0xf000, isWingdings)
    else
      printed +=
        (isWingdings || isSymbol) && code > 0x20 && code < 0x100 ? printCode(code, isWingdings) : letter
  }
  return printed
}

function printCode(code: number, isWingdings: boolean): string {
  const known = (isWingdings ? wingdings : symbol)[code] ?? wingdings[code] ?? symbol[code]
  if (known !== undefined) return known
  // Symbol keeps figures and punctuation where ASCII has them; its letters are Greek.
  if (!isWingdings && code >= 0x20 && code < 0x41) return String.fromCharCode(code)
  return '•'
}
