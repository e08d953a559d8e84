import { isVietnameseSyllable } from '@trienkhai/vietnamese/syllables.ts'

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
