import type { Block, SourceDocument } from '../source-document.ts'
import type { SourceReading } from './refusal.ts'

/**
 * A reading in few words, for tests: each paragraph's text (with its part before it, where it is not of the
 * body), each table as rows of cell texts, a cell that goes on as `^row,column`.
 */
export function showBlocks(reading: SourceReading): (string | string[][])[] {
  return sourceOf(reading).blocks.map((block) => showBlock(sourceOf(reading), block))
}

function showBlock(source: SourceDocument, block: Block): string | string[][] {
  if (block.type === 'paragraph') {
    const text = source.text.slice(...block.span)
    return block.part ? `${block.part}: ${text}` : text
  }
  return block.rows.map((row) =>
    row.map((cell) => (cell.mergedWith ? `^${cell.mergedWith}` : source.text.slice(...cell.span))),
  )
}

/** The source of a reading that must have succeeded. */
export function sourceOf(reading: SourceReading): SourceDocument {
  if (!reading.ok) throw new Error(`refused: ${reading.reason} ${reading.found ?? ''}`)
  return reading.source
}

/** Whether blocks, in order, cover the text but for line breaks and lie where they say. Returns the first fault. */
export function findMisplaced(source: SourceDocument): string | undefined {
  let at = 0
  for (const block of source.blocks) {
    const [start, end] = block.span
    if (start < at || end < start || end > source.text.length) return `block at ${start}`
    if (source.text.slice(at, start).trim() !== '') return `text outside blocks at ${at}`
    at = end
    if (block.type === 'paragraph') continue
    const width = block.rows[0]?.length
    let cellAt = start
    for (const row of block.rows) {
      if (row.length !== width) return `ragged row at ${start}`
      for (const cell of row) {
        if (cell.span[0] < cellAt || cell.span[1] > end) return `cell at ${cell.span[0]}`
        cellAt = cell.span[1]
      }
    }
  }
  return source.text.slice(at).trim() === '' ? undefined : `text after blocks at ${at}`
}
