import { TextRun, UnderlineType } from 'docx'
import type { Run, Text } from '../document-model.ts'
import { holdNumbers, printableLines } from '../printable-text.ts'

/** A text as lines of runs: line breaks inside a run end the line; characters unfit for XML are gone. */
export function linesOfRuns(text: Text): Run[][] {
  const runs = typeof text === 'string' ? [{ text }] : text
  const lines: Run[][] = [[]]
  for (const run of runs) {
    printableLines(run.text).forEach((line, index) => {
      if (index > 0) lines.push([])
      if (line) lines.at(-1)?.push({ ...run, text: line })
    })
  }
  return lines
}

/** Whether nothing of a line would show on paper. */
export function isBlank(line: readonly Run[]): boolean {
  return line.every((run) => !run.text.trim())
}

/** The plain words of a text. */
export function plainText(text: Text): string {
  return typeof text === 'string' ? text : text.map((run) => run.text).join('')
}

/** Runs for the file, numbers held to the word before them. */
export function textRuns(line: readonly Run[], always: Pick<Run, 'bold'> = {}): TextRun[] {
  return line.map(
    (run) =>
      new TextRun({
        text: holdNumbers(run.text),
        ...(run.bold || always.bold ? { bold: true } : {}),
        ...(run.italic ? { italics: true } : {}),
        ...(run.underline ? { underline: { type: UnderlineType.SINGLE } } : {}),
      }),
  )
}
