import type { Words } from './lines/line.ts'
import type { SourceDocument } from './source-document.ts'

// Under this the OCR guesses: handwriting, a stamp over the print.
const guessed = 0.5

/** Whether words of a scan are the OCR's guess; never so for a text that was typed. */
export function isGuessed(source: SourceDocument, words: Words): boolean {
  const boxes = source.blocks.flatMap((block) => (block.type === 'paragraph' ? (block.boxes ?? []) : []))
  return boxes.some(
    ({ confidence, span: [start, end] }) =>
      confidence !== undefined &&
      confidence < guessed &&
      words.spans.some(([from, to]) => start < to && from < end),
  )
}
