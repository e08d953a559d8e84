/**
 * Whether a text is readable Vietnamese. That a PDF has text does not say so: printer drivers write codes
 * without a map to letters, and old scanners lay noise under the picture. Vietnamese is written in single
 * syllables whose make-up is narrow (onset, rime, tone), so the share of words that could be syllables tells.
 */

/** `none`: (nearly) no words at all; `garbage`: words, but not of any language that this product reads. */
export type TextQuality = 'good' | 'garbage' | 'none'

/** Fewer words than this say nothing about a page. */
const fewestWords = 6

/** Running Vietnamese stays above 0.9, with foreign names above 0.8; shifted or unmapped codes below 0.4. */
const readableShare = 0.6

const onsets = new Set(
  ['', 'b', 'c', 'ch', 'd', 'đ', 'g', 'gh', 'gi', 'h', 'k', 'kh', 'l', 'm', 'n', 'ng', 'ngh', 'nh'].concat([
    ...['p', 'ph', 'qu', 'r', 's', 't', 'th', 'tr', 'v', 'x'],
  ]),
)

/** Which endings each nucleus takes; the space-separated `.` stands for none. */
const codasByNucleus: Record<string, string> = {
  a: '. c ch i m n ng nh o p t u y',
  ă: 'c m n ng p t',
  â: 'c m n ng p t u y',
  e: '. c m n ng o p t',
  ê: '. ch m n nh p t u',
  i: '. ch m n nh p t u',
  o: '. c i m n ng p t',
  ô: '. c i m n ng p t',
  ơ: '. i m n p t',
  u: '. c i m n ng p t',
  ư: '. c i n ng t u m',
  y: '. ch n nh p t u m',
  iê: 'c m n ng p t u',
  ia: '.',
  yê: 'm n ng t u',
  ya: '.',
  uô: 'c i m n ng p t',
  ua: '.',
  ươ: 'c i m n ng p t u',
  ưa: '.',
  oo: 'c ng',
}

/** After the rounded glide (o before open vowels, u before the others) fewer endings are used. */
const codasAfterGlide: Record<string, string> = {
  oa: '. c ch i m n ng nh o p t y',
  oă: 'c m n ng t p',
  oe: '. m n o t',
  uâ: 'n ng t y',
  uê: '. ch nh n',
  uơ: '.',
  uy: '. ch n nh p t u',
  uyê: 'n t',
  uya: '.',
}

const rimes = new Set<string>()
for (const table of [codasByNucleus, codasAfterGlide]) {
  for (const [nucleus, codas] of Object.entries(table)) {
    for (const coda of codas.split(' ')) rimes.add(nucleus + (coda === '.' ? '' : coda))
  }
}

/** A syllable that ends in a stop bears sắc or nặng and no other tone. */
const stopped = /(?:c|ch|p|t)$/
const sharpOrHeavy = new Set(['\u0301', '\u0323'])
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu
const frontVowel = /^[eêiy]/

/** Whether a word could be a Vietnamese syllable by its sounds and its spelling; case does not matter. */
export function isVietnameseSyllable(word: string): boolean {
  const lower = word.toLowerCase()
  if (lower.length === 0 || lower.length > 7) return false
  const apart = lower.normalize('NFD')
  const toneMarks = apart.match(tones) ?? []
  if (toneMarks.length > 1) return false
  const bare = apart.replace(tones, '').normalize('NFC')
  const split = bare.search(/[aăâeêioôơuưy]/)
  if (split < 0) return false
  if (!hasSpelling(bare, split)) return false
  return !stopped.test(bare) || sharpOrHeavy.has(toneMarks[0] ?? '')
}

function hasSpelling(bare: string, split: number): boolean {
  const consonants = bare.slice(0, split)
  const vowels = bare.slice(split)
  // In qu the u belongs to the onset, in gi the i does where another vowel follows (già, but gì and giêng).
  if (consonants === 'q') return vowels.startsWith('u') && isRimeAfterQu(vowels.slice(1))
  if (consonants === 'g' && vowels.startsWith('i')) {
    return rimes.has(vowels) || (vowels.length > 1 && rimes.has(vowels.slice(1)))
  }
  if (!onsets.has(consonants) || !rimes.has(vowels)) return false
  if (consonants === 'gh' || consonants === 'ngh' || consonants === 'k') {
    return frontVowel.test(vowels) || (consonants === 'k' && vowels === 'a')
  }
  if (consonants === 'c' || consonants === 'g' || consonants === 'ng') return !frontVowel.test(vowels)
  return true
}

function isRimeAfterQu(rime: string): boolean {
  return /^[aăâeêiôơy]/.test(rime) && (rimes.has(rime) || rimes.has(`u${rime}`))
}

export interface QualityCount {
  /** Words that could be syllables. */
  valid: number
  /** Words counted: without figures, signs, abbreviations in capitals. */
  words: number
}

/** Counts the words of a text that could be Vietnamese syllables; capital abbreviations count nowhere. */
export function countSyllables(text: string): QualityCount {
  const count: QualityCount = { valid: 0, words: 0 }
  // A private-use or replacement letter inside a word makes the word noise, so they count as letters.
  for (const [word] of text.normalize('NFC').matchAll(/[\p{L}\p{M}\p{Co}\uFFFD]+/gu)) {
    if (isVietnameseSyllable(word)) count.valid++
    else if (word.length < 2 || isAbbreviation(word)) continue
    count.words++
  }
  return count
}

function isAbbreviation(word: string): boolean {
  return word.length <= 8 && /^[A-ZĐƯƠ][A-ZĐƯƠa-z]{0,2}[A-ZĐƯƠ]*$/u.test(word) && word !== word.toLowerCase()
}

/** Judges the text layer of one page (or of a whole file). */
export function judgeTextQuality(text: string): TextQuality {
  const letters = text.match(/[\p{L}\p{Co}\uFFFD]/gu)?.length ?? 0
  if (letters < fewestWords * 2) return 'none'
  const { valid, words } = countSyllables(text)
  // Where nothing counts as a word the letters are all codes: signs, symbols, capitals run together.
  if (words < fewestWords) return valid > 0 || letters < 40 ? 'none' : 'garbage'
  return valid / words >= readableShare ? 'good' : 'garbage'
}

/**
 * Splits letters run together into syllables (`chếlàm` → `chế`, `làm`), the fewest that cover them all;
 * undefined where they cannot be covered. `mayBreak` says after which letter a break is believable.
 */
export function splitSyllables(
  letters: string,
  mayBreak: (before: string) => boolean = () => true,
): string[] | undefined {
  const best: (string[] | undefined)[] = [[]]
  for (let end = 1; end <= letters.length; end++) {
    for (let start = Math.max(0, end - 7); start < end; start++) {
      const before = best[start]
      if (before === undefined) continue
      const syllable = letters.slice(start, end)
      if (end < letters.length && !mayBreak(syllable)) continue
      if (!isVietnameseSyllable(syllable)) continue
      const known = best[end]
      if (known === undefined || before.length + 1 < known.length) best[end] = [...before, syllable]
    }
  }
  return best[letters.length]
}
