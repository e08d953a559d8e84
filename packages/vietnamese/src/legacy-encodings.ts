import { isVietnameseSyllable } from './syllables.ts'

/**
 * Vietnamese from before Unicode, as it turns up when files of that time are read as Western text: TCVN3 (also
 * called ABC; fonts `.VnTime` …) and VNI for Windows (fonts `VNI-Times` …). A font's name proves nothing, for
 * text was often converted and its font left; what decides is whether the words become syllables.
 */
export type LegacyEncoding = 'tcvn3' | 'vni'

// TCVN 5712:1993, VN3. It has capitals without tone only; a heading in capitals is small letters in a font
// (`.VnTimeH`) that draws them as capitals.
const tcvn3Rows = [
  ['\u00b5\u00b8\u00b6\u00b7\u00b9', 'àáảãạ'],
  ['\u00bb\u00be\u00bc\u00bd\u00c6', 'ằắẳẵặ'],
  ['\u00c7\u00ca\u00c8\u00c9\u00cb', 'ầấẩẫậ'],
  ['\u00cc\u00d0\u00ce\u00cf\u00d1', 'èéẻẽẹ'],
  ['\u00d2\u00d5\u00d3\u00d4\u00d6', 'ềếểễệ'],
  ['\u00d7\u00dd\u00d8\u00dc\u00de', 'ìíỉĩị'],
  ['\u00df\u00e3\u00e1\u00e2\u00e4', 'òóỏõọ'],
  ['\u00e5\u00e8\u00e6\u00e7\u00e9', 'ồốổỗộ'],
  ['\u00ea\u00ed\u00eb\u00ec\u00ee', 'ờớởỡợ'],
  ['\u00ef\u00f3\u00f1\u00f2\u00f4', 'ùúủũụ'],
  ['\u00f5\u00f8\u00f6\u00f7\u00f9', 'ừứửữự'],
  ['\u00fa\u00fd\u00fb\u00fc\u00fe', 'ỳýỷỹỵ'],
  ['\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7', 'ĂÂÊÔƠƯĐ'],
  ['\u00a8\u00a9\u00aa\u00ab\u00ac\u00ad\u00ae', 'ăâêôơưđ'],
] as const

const tcvn3Letters = new Map<string, string>()
for (const [codes, letters] of tcvn3Rows)
  for (let at = 0; at < codes.length; at++) tcvn3Letters.set(codes.charAt(at), letters.charAt(at))

// VNI writes a letter and then its marks as one more letter; đ, ơ, ư and the i of each tone are one letter.
const vniAfter = [
  ['a', 'ùøûõïâáàåãäêéèúüë', 'áàảãạâấầẩẫậăắằẳẵặ'],
  ['e', 'ùøûõïâáàåãä', 'éèẻẽẹêếềểễệ'],
  ['o', 'ùøûõïâáàåãä', 'óòỏõọôốồổỗộ'],
  ['u', 'ùøûõï', 'úùủũụ'],
  ['y', 'ùøûõ', 'ýỳỷỹ'],
  ['ô', 'ùøûõï', 'ớờởỡợ'],
  ['ö', 'ùøûõï', 'ứừửữự'],
] as const
const vniAlone = [
  ['ñ', 'đ'],
  ['ô', 'ơ'],
  ['ö', 'ư'],
  ['æ', 'ỉ'],
  ['ó', 'ĩ'],
  ['ò', 'ị'],
  ['î', 'ỵ'],
] as const

const vniLetters = new Map<string, string>()
for (const [base, marks, letters] of vniAfter)
  for (let at = 0; at < marks.length; at++) {
    const mark = marks.charAt(at)
    const letter = letters.charAt(at)
    vniLetters.set(base + mark, letter)
    for (const upperMark of [mark, mark.toUpperCase()])
      vniLetters.set(base.toUpperCase() + upperMark, letter.toUpperCase())
  }
for (const [code, letter] of vniAlone)
  vniLetters.set(code, letter).set(code.toUpperCase(), letter.toUpperCase())

const tcvn3Code = /[\u00a1-\u00ae\u00b5-\u00be\u00c6-\u00fe]/g
const vniCode = /[aeouyôö][ùøûõïâáàåãäêéèúüë]|[ñôöæóòî]/gi

/**
 * The text in Unicode. `capitals` says that its font draws small letters as capitals, as `.VnTimeH` does.
 * Letters that the encoding doesn't have stay.
 */
export function convertLegacy(text: string, encoding: LegacyEncoding, capitals = false): string {
  const letters = encoding === 'tcvn3' ? tcvn3Letters : vniLetters
  const converted = text.replace(encoding === 'tcvn3' ? tcvn3Code : vniCode, (code) => {
    const known = letters.get(code)
    if (known !== undefined) return known
    // A vowel with a mark that it never bears: the vowel is plain, and what follows is a letter by itself.
    return code.length === 2 ? (letters.get(code.charAt(0)) ?? code.charAt(0)) + code.charAt(1) : code
  })
  return capitals ? converted.toUpperCase() : converted
}

// Codes of the two encodings that Vietnamese in Unicode never uses inside a word.
const foreignInWord =
  /[A-Za-z][\u00a8-\u00ae\u00b5-\u00be\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]|[\u00a7\u00ae\u00d1\u00f1\u00d6\u00f6][A-Za-z\u00c0-\u00ff]/g
const wordOfCodes = /(?:[A-Za-z\u00a1-\u024f\u1ea0-\u1ef9]|\p{M})+/gu
const marked = /[\u0080-\uffff]/

/** Fewer words that only the encoding explains could be chance: a name, a unit of measure. */
const fewestMended = 2
/** Share of the words with marks that must be syllables after conversion … */
const convertedShare = 0.75
/** … and how many more of them than before. Unicode text stands near 1 before, TCVN3 and VNI below a third. */
const leastGain = 0.3
/** Letters that only Unicode has; a text with more words of them than this is Unicode, at least in part. */
const onlyUnicode = /[\u0100-\u1eff]/
const mostUnicode = 0.05
const sampledWords = 3000

/**
 * The legacy encoding that a text is in, read as Western (Windows-1252) text; undefined where it is Unicode
 * already, or nothing that this function knows. Works on a line as on a whole text; the longer, the surer.
 */
export function detectLegacyEncoding(text: string): LegacyEncoding | undefined {
  if ((text.match(foreignInWord)?.length ?? 0) < fewestMended) return undefined
  const words = sampleWords(text)
  // Converting them too would spoil them; the caller may ask about each line by itself.
  if (words.filter((word) => onlyUnicode.test(word)).length > words.length * mostUnicode) return undefined
  const before = countSyllables(words)
  let best: LegacyEncoding | undefined
  let bestValid = 0
  for (const encoding of ['tcvn3', 'vni'] as const) {
    const valid = countSyllables(words, encoding)
    if (valid <= bestValid) continue
    bestValid = valid
    best = encoding
  }
  const isSure =
    bestValid >= words.length * convertedShare &&
    bestValid - before >= Math.max(words.length * leastGain, fewestMended)
  return isSure ? best : undefined
}

/** Words with marks or codes; plain words are the same in all encodings and tell nothing. */
function sampleWords(text: string): string[] {
  const words: string[] = []
  for (const [word] of text.matchAll(wordOfCodes)) {
    if (marked.test(word)) words.push(word)
    if (words.length === sampledWords) break
  }
  return words
}

function countSyllables(words: string[], encoding?: LegacyEncoding): number {
  let valid = 0
  for (const word of words)
    if (isVietnameseSyllable(encoding ? convertLegacy(word, encoding) : word)) valid += 1
  return valid
}

/** At most this share of the words of a real text, French or German too, has letters that stand in no syllable. */
const mostStrange = 0.3

/**
 * Whether a text is likely in an encoding that is not known here (VISCII, VPS, BK HCM …): too many of its words
 * hold Western letters with marks, or signs, and are no syllables. Such text must not be read as it is.
 */
export function hasUnknownLetters(text: string): boolean {
  if ((text.match(foreignInWord)?.length ?? 0) < fewestMended) return false
  const words = text.match(wordOfCodes) ?? []
  let strange = 0
  for (const word of words)
    if (/[\u0080-\u00ff\u0152-\u0192\u02c6-\u02dc\u2013-\u203a]/.test(word) && !isVietnameseSyllable(word))
      strange += 1
  return words.length >= 5 && strange > words.length * mostStrange
}
