import type { SourceNote } from '../source-document.ts'
import type { DraftParagraph } from './draft.ts'

/**
 * Settles the letters of a document's paragraphs, in place: composed letters throughout (NFC). Returns what
 * was done.
 */
export function settleLetters(paragraphs: DraftParagraph[]): SourceNote[] {
  const notes: SourceNote[] = []
  const decomposed = composeLetters(paragraphs)
  if (decomposed > 0) notes.push({ kind: 'decomposed', count: decomposed })
  return notes
}

/** Letters that have their marks apart, or that stand for others (Å as Ångström); plain Latin text has none. */
const uncomposed = /\p{M}|[\u212a\u212b\uf900-\ufaff]/u

/** Composes letter and mark, also where they stand in two runs. Returns the number of paragraphs changed. */
function composeLetters(paragraphs: DraftParagraph[]): number {
  let changed = 0
  for (const { runs } of paragraphs) {
    if (!runs.some((run) => uncomposed.test(run.text))) continue
    let isChanged = false
    for (const [index, run] of runs.entries()) {
      const before = runs[index - 1]
      const marks = before && /^[\u0300-\u036f]+/.exec(run.text)?.[0]
      if (before && marks) {
        before.text = (before.text + marks).normalize('NFC')
        run.text = run.text.slice(marks.length)
        isChanged = true
      }
      const composed = run.text.normalize('NFC')
      if (composed !== run.text) {
        run.text = composed
        isChanged = true
      }
    }
    if (isChanged) changed += 1
  }
  return changed
}
