import { isVietnameseSyllable } from '@trienkhai/vietnamese/syllables.ts'
import { replaceEth } from './eth.ts'
import type { PlacedRow, PlacedRun, PlacedWord } from './placed-text.ts'
import { splitSyllables } from './text-quality.ts'

/**
 * Runs → words → rows. Producers hand text over in any order and in any pieces: a line at a time, a font at a
 * time, a letter at a time. Only the places count here.
 */

/** Between two letters of one word there is less than this, in type sizes; a space of Times is 0.25. */
const narrowestSpace = 0.11

/** A word with whether white space stands before it, whatever the distance. */
export interface PlacedPiece extends PlacedWord {
  spaceBefore: boolean
}

/** Cuts runs into words, cleaned and without doubles, in the order in which they came. */
export function cutRuns(runs: readonly PlacedRun[]): PlacedPiece[] {
  return splitRuns(dropDoubles(runs))
}

/** The rows that words make, from top to bottom. */
export function placeRows(pieces: readonly PlacedPiece[]): PlacedRow[] {
  return gatherRows(pieces)
    .map(mendRow)
    .filter((row) => row.words.length > 0)
}

/** Letters drawn twice a hair apart to look bold, or a shape with its fallback copy: kept once. */
function dropDoubles(runs: readonly PlacedRun[]): PlacedRun[] {
  const seen = new Map<string, PlacedRun[]>()
  const kept: PlacedRun[] = []
  for (const run of runs) {
    const text = run.text.trim()
    if (text === '') {
      kept.push(run)
      continue
    }
    const key = `${text}\n${Math.round(run.baseline / 4)}`
    const known = seen.get(key)
    const double = known?.find(
      (other) =>
        Math.abs(other.x - run.x) < run.size * 0.15 &&
        Math.abs(other.baseline - run.baseline) < run.size * 0.15,
    )
    if (double !== undefined) continue
    const copy = { ...run }
    if (known === undefined) seen.set(key, [copy])
    else known.push(copy)
    kept.push(copy)
  }
  return kept
}

/** A rough width of a letter, in type sizes, to say where in a run a word starts. */
function weigh(letter: string): number {
  if (/[iljtfrI.,;:!|'’()[\] /-]/.test(letter)) return 0.32
  if (/[mwMW@%]/.test(letter)) return 0.85
  const lower = letter.toLowerCase()
  return letter === lower ? 0.5 : 0.7
}

/** Symbol fonts have no letters; what stands for their bullets is said in plain signs. */
const symbolBullets = /[\uF0B7\uF0A7\uF0A8\uF076\uF0D8\u25CF\u25AA\u25A0\uF06E]/g
const symbolDashes = /[\uF02D\uF0BE\u2212\uF0F0\uF0E0]/g

function cleanText(text: string): string {
  return (
    replaceEth(text.normalize('NFC'))
      .replace(symbolBullets, '•')
      .replace(symbolDashes, '-')
      .replace(/[\u00A0\u2000-\u200A\u202F\u3000]/g, ' ')
      // biome's rule against control characters is about typing errors; here they are what is looked for.
      .replace(/[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060\uFEFF]/gu, ' ')
  )
}

/** Cuts runs into words, each with the place that it must have inside its run. */
function splitRuns(runs: readonly PlacedRun[]): PlacedPiece[] {
  const pieces: PlacedPiece[] = []
  let endedInSpace = false
  for (const run of runs) {
    const text = cleanText(run.text)
    if (text.trim() === '') {
      // Empty pieces only say where a line ends in the producer's order, spaces are spaces.
      if (text !== '') endedInSpace = true
      continue
    }
    const weights = Array.from(text, weigh)
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    const scale = whole === 0 ? 0 : run.width / whole
    let passed = 0
    for (const [part] of text.matchAll(/\s+|\S+/g)) {
      const width = Array.from(part, weigh).reduce((sum, weight) => sum + weight, 0) * scale
      if (part.trim() === '') endedInSpace = true
      else {
        pieces.push({ ...run, text: part, x: run.x + passed, width, spaceBefore: endedInSpace })
        endedInSpace = false
      }
      passed += width
    }
  }
  return pieces
}

interface OpenRow {
  pieces: PlacedPiece[]
  baseline: number
  size: number
}

/** Puts pieces that stand on one line together, however the producer ordered them. */
function gatherRows(pieces: readonly PlacedPiece[]): OpenRow[] {
  const sizes = pieces.map((piece) => piece.size).sort((a, b) => a - b)
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0
  // Raised figures come before their line when sorted by height; so the lines are made first, without them.
  const isSmall = (piece: PlacedPiece): boolean => piece.size < usual * 0.8
  const rows = stackRows(pieces.filter((piece) => !isSmall(piece)))
  const alone: PlacedPiece[] = []
  for (const piece of pieces) {
    if (!isSmall(piece)) continue
    const home = findLine(rows, piece)
    if (home === undefined) alone.push(piece)
    else home.pieces.push(piece)
  }
  return [...rows, ...stackRows(alone)].sort((a, b) => a.baseline - b.baseline)
}

/** The line whose word a small piece touches, by bisection. */
function findLine(rows: readonly OpenRow[], piece: PlacedPiece): OpenRow | undefined {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.baseline ?? 0) < piece.baseline - piece.size) low = middle + 1
    else high = middle
  }
  for (let at = low; at < rows.length && at < low + 4; at++) {
    const row = rows[at]
    if (row !== undefined && belongs(row, piece, Math.abs(piece.baseline - row.baseline))) return row
  }
  return undefined
}

function stackRows(pieces: readonly PlacedPiece[]): OpenRow[] {
  const sorted = [...pieces].sort((a, b) => a.baseline - b.baseline || a.x - b.x)
  const rows: OpenRow[] = []
  for (const piece of sorted) {
    const row = findRow(rows, piece)
    if (row === undefined) rows.push({ pieces: [piece], baseline: piece.baseline, size: piece.size })
    else {
      row.pieces.push(piece)
      if (piece.size > row.size) {
        row.size = piece.size
        row.baseline = piece.baseline
      }
    }
  }
  return rows.sort((a, b) => a.baseline - b.baseline)
}

function findRow(rows: readonly OpenRow[], piece: PlacedPiece): OpenRow | undefined {
  let best: OpenRow | undefined
  let nearest = Number.POSITIVE_INFINITY
  // Rows come from top to bottom, so only the last few can hold the piece.
  for (let at = rows.length - 1; at >= 0 && at >= rows.length - 6; at--) {
    const row = rows[at]
    if (row === undefined) continue
    const away = Math.abs(piece.baseline - row.baseline)
    if (away >= nearest || !belongs(row, piece, away)) continue
    best = row
    nearest = away
  }
  return best
}

function belongs(row: OpenRow, piece: PlacedPiece, away: number): boolean {
  const size = Math.max(row.size, piece.size)
  if (away <= size * 0.25) return true
  if (away > size * 0.62) return false
  const between = row.pieces.reduce(
    (least, other) =>
      Math.min(least, Math.max(other.x - piece.x - piece.width, piece.x - other.x - other.width)),
    Number.POSITIVE_INFINITY,
  )
  // A raised or lowered figure touches its word; the other column of a head keeps well away and may stand off.
  const raised = piece.size < row.size * 0.8 || row.size < piece.size * 0.8
  return raised ? between > -size * 0.2 && between < size * 0.3 : between >= size * 1.5
}

function mendRow(row: OpenRow): PlacedRow {
  const pieces = [...row.pieces].sort((a, b) => a.x - b.x)
  const words: PlacedWord[] = []
  for (const piece of pieces) {
    const { spaceBefore, ...word } = piece
    const raised = word.size < row.size * 0.8 && word.baseline < row.baseline - row.size * 0.15
    const last = words.at(-1)
    const gap = last === undefined ? Number.POSITIVE_INFINITY : word.x - last.x - last.width
    const touches = gap < Math.min(word.size, row.size) * narrowestSpace
    if (
      last !== undefined &&
      touches &&
      !(spaceBefore && gap > -row.size * 0.05) &&
      !raised &&
      !last.raised
    ) {
      joinWord(last, word)
    } else words.push(raised ? { ...word, raised } : word)
  }
  return { words: mendWords(words), baseline: row.baseline, size: row.size }
}

function joinWord(word: PlacedWord, next: PlacedWord): void {
  word.width = Math.max(word.width, next.x + next.width - word.x)
  const longer = next.text.length > word.text.length
  word.text = (word.text + next.text).normalize('NFC')
  if (longer && next.bold !== undefined) word.bold = next.bold
  if (longer && next.italic !== undefined) word.italic = next.italic
  if (next.confidence !== undefined) word.confidence = Math.min(word.confidence ?? 1, next.confidence)
}

/** Letters of one row set apart, and words that lost the space between them. */
function mendWords(words: readonly PlacedWord[]): PlacedWord[] {
  return joinLetters(words).flatMap(splitWord)
}

const single = /^\p{L}$/u

/** `K Ế  H O Ạ C H` → `KẾ HOẠCH`: wider gaps part words where there are any, else syllables do. */
function joinLetters(words: readonly PlacedWord[]): PlacedWord[] {
  const letters = words.filter((word) => single.test(word.text)).length
  if (words.length >= 4 && letters >= words.length * 0.6) return joinSpacedLine(words)
  const joined: PlacedWord[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last !== undefined && mayJoin(last, word)) {
      const copy = { ...last }
      joinWord(copy, word)
      joined[joined.length - 1] = copy
    } else joined.push(word)
  }
  return joined
}

function joinSpacedLine(words: readonly PlacedWord[]): PlacedWord[] {
  const gaps = words.slice(1).map((word, at) => {
    const before = words[at]
    return before === undefined ? 0 : word.x - before.x - before.width
  })
  const ordered = [...gaps].sort((a, b) => a - b)
  const usual = ordered[Math.floor(ordered.length * 0.3)] ?? 0
  const groups: PlacedWord[] = []
  words.forEach((word, at) => {
    const last = groups.at(-1)
    if (last === undefined || (gaps[at - 1] ?? 0) > Math.max(usual * 1.8, word.size * 0.25))
      groups.push({ ...word })
    else joinWord(last, word)
  })
  return groups.flatMap((word) => {
    const parts = splitSyllables(word.text)
    return parts === undefined ? [word] : cutWord(word, parts)
  })
}

/** `T` + `HÀNH`, `ngh` + `ị`: a piece that is no word by itself, and with its neighbour is one syllable. */
function mayJoin(word: PlacedWord, next: PlacedWord): boolean {
  if (word.raised || next.raised || !/^\p{L}+$/u.test(word.text) || !/^\p{L}+[.,;:)]*$/u.test(next.text))
    return false
  const tail = next.text.replace(/[.,;:)]+$/, '')
  const together = word.text + tail
  const oneCase = together === together.toUpperCase() || together.slice(1) === together.slice(1).toLowerCase()
  if (!oneCase || !isVietnameseSyllable(together)) return false
  const gap = next.x - word.x - word.width
  if (gap > word.size * 0.9) return false
  // Of two that could each stand alone (`chi`, `ti`) none is touched.
  const halves = [isVietnameseSyllable(word.text), isVietnameseSyllable(tail)]
  if (halves.every(Boolean)) return false
  // A lone capital before a name (`Khối A`, `nhóm C AN`) is a letter of an order, unless no vowel stands in it
  // and all is in capitals.
  const lone = halves[0] ? tail : word.text
  return /^[^aăâeêioôơuưyAĂÂEÊIOÔƠUƯY]+$/u.test(lone.normalize('NFC'))
}

/** Text layers drop the space after a letter with two marks: `Quy chếlàm việc`. */
function splitWord(word: PlacedWord): PlacedWord[] {
  const found = /^(\P{L}*)(\p{L}+)(\P{L}*)$/u.exec(word.text)
  const [, before = '', letters = '', after = ''] = found ?? []
  if (letters.length < 4 || isVietnameseSyllable(letters)) return [word]
  const parts = splitSyllables(letters, (syllable) => isMarkedVowel(syllable.at(-1) ?? ''))
  if (parts === undefined || parts.length < 2) return [word]
  const last = parts.length - 1
  return cutWord(
    word,
    parts.map((part, at) => (at === 0 ? before : '') + part + (at === last ? after : '')),
  )
}

const isMarkedVowel = (letter: string): boolean => letter > '\u007F' && letter.toLowerCase() !== 'đ'

function cutWord(word: PlacedWord, parts: readonly string[]): PlacedWord[] {
  const whole = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.length, 0),
  )
  let passed = 0
  return parts.map((text) => {
    const piece = {
      ...word,
      text,
      x: word.x + (word.width * passed) / whole,
      width: (word.width * text.length) / whole,
    }
    passed += text.length
    return piece
  })
}
