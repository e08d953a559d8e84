import {
  convertLegacy,
  detectLegacyEncoding,
  hasUnknownLetters,
  type LegacyEncoding,
} from '@trienkhai/vietnamese/legacy-encodings.ts'
import type { SourceNote } from '../source-document.ts'
import { composeText } from './combining-marks.ts'
import type { DraftParagraph, Run } from './draft.ts'
import { replaceEth } from './eth.ts'

export interface SettledLetters {
  notes: SourceNote[]
  /** The letters are in an encoding that is not known: what comes out must not be read. */
  unknown: boolean
}

/**
 * Settles the letters of a document's paragraphs, in place: legacy encodings become Unicode where the words
 * say so (a font's name is a hint of which runs go together, no more), then letters are composed (NFC).
 */
export function settleLetters(paragraphs: DraftParagraph[]): SettledLetters {
  const notes: SourceNote[] = []
  const converted = convertLetters(paragraphs)
  for (const encoding of ['tcvn3', 'vni'] as const) {
    const count = converted.get(encoding)
    if (count !== undefined) notes.push({ kind: `${encoding}-converted`, count })
  }
  const decomposed = composeLetters(paragraphs)
  if (decomposed > 0) notes.push({ kind: 'decomposed', count: decomposed })
  for (const { runs } of paragraphs) for (const run of runs) run.text = replaceEth(run.text)
  const unknown = hasUnknownLetters(sample(paragraphs.flatMap((paragraph) => paragraph.runs)))
  return { notes, unknown }
}

const sampledCharacters = 40_000

/** The text of runs, up to what is enough to judge it by. */
function sample(runs: Run[]): string {
  const pieces: string[] = []
  let length = 0
  for (const run of runs) {
    pieces.push(run.text)
    length += run.text.length
    if (length > sampledCharacters) break
  }
  return pieces.join('')
}

type HintGroup = 'none' | 'tcvn3' | 'vni'
const groupOf = (run: Run): HintGroup => (run.font === 'tcvn3-capitals' ? 'tcvn3' : run.font)

/** Converts runs of legacy letters; returns how many paragraphs were changed, by encoding. */
function convertLetters(paragraphs: DraftParagraph[]): Map<LegacyEncoding, number> {
  const changed = new Map<LegacyEncoding, number>()
  if (!paragraphs.some(({ runs }) => runs.some((run) => legacyCode.test(run.text) || run.font !== 'none')))
    return changed
  const encodings = judgeGroups(paragraphs)
  for (const { runs } of paragraphs) {
    joinVniLetters(runs)
    const own = encodings.get('none') ?? detectLegacyEncoding(runs.map((run) => run.text).join(''))
    const used = new Set<LegacyEncoding>()
    for (const run of runs) {
      const encoding = encodings.get(groupOf(run)) ?? (run.font === 'none' ? own : undefined)
      if (!encoding) continue
      const text = convertLegacy(run.text, encoding, encoding === 'tcvn3' && run.font === 'tcvn3-capitals')
      if (text === run.text) continue
      run.text = text
      used.add(encoding)
    }
    for (const encoding of used) changed.set(encoding, (changed.get(encoding) ?? 0) + 1)
  }
  return changed
}

const legacyCode =
  /[\u00a1-\u00bf\u00c4-\u00c7\u00ce-\u00d1\u00d6-\u00d8\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc]/

/** The encoding of the runs that one hint goes for, judged together: a heading alone is too short to tell. */
function judgeGroups(paragraphs: DraftParagraph[]): Map<HintGroup, LegacyEncoding | undefined> {
  const runs: Record<HintGroup, Run[]> = { none: [], tcvn3: [], vni: [] }
  for (const paragraph of paragraphs) {
    for (const run of paragraph.runs) runs[groupOf(run)].push(run)
    for (const run of paragraph.runs)
      if (runs[groupOf(run)].at(-1) !== wordGap) runs[groupOf(run)].push(wordGap)
  }
  const encodings = new Map<HintGroup, LegacyEncoding | undefined>()
  for (const group of ['none', 'tcvn3', 'vni'] as const)
    encodings.set(group, detectLegacyEncoding(sample(runs[group])))
  return encodings
}

const wordGap: Run = { text: ' ', bold: false, italic: false, font: 'none' }

/** In VNI a letter's mark is a letter of its own and may have come to stand in the next run. */
function joinVniLetters(runs: Run[]): void {
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1]
    if (before?.font !== run.font || !/[aeouyôö]$/i.test(before.text)) continue
    const mark = /^[ùøûïâåäêëü]/i.exec(run.text)?.[0]
    if (!mark) continue
    before.text += mark
    run.text = run.text.slice(1)
  }
}

/** Letters that have their marks apart, or that stand for others (Å as Ångström). */
const uncomposed = /\p{M}|[\u212a\u212b\uf900-\ufaff]/u

/** Composes letter and mark, also where they stand in two runs. Returns the number of paragraphs changed. */
function composeLetters(paragraphs: DraftParagraph[]): number {
  let changed = 0
  for (const { runs } of paragraphs) {
    if (!runs.some((run) => uncomposed.test(run.text))) continue
    let isChanged = false
    for (const [index, run] of runs.entries()) {
      if (joinMarks(runs[index - 1], run)) isChanged = true
      const composed = composeText(run.text)
      if (composed === run.text) continue
      run.text = composed
      isChanged = true
    }
    if (isChanged) changed += 1
  }
  return changed
}

/** Moves marks that stand at a run's start to the letter before it; false where there are none. */
function joinMarks(before: Run | undefined, run: Run): boolean {
  const marks = /^\p{M}+/u.exec(run.text)?.[0]
  const letter = before && /\P{M}\p{M}{0,8}$/u.exec(before.text.slice(-12))?.[0]
  if (!before || marks === undefined) return false
  // Without a letter to stand on, or on one that is full, they are dropped.
  if (letter)
    before.text = before.text.slice(0, before.text.length - letter.length) + composeText(letter + marks)
  run.text = run.text.slice(marks.length)
  return true
}
