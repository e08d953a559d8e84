/**
 * What a Vietnamese syllable can be: onset, rime, tone. The make-up is narrow, so the share of words that could
 * be syllables tells readable text from noise and from letters read in the wrong encoding.
 */

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
