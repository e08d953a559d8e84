import type { Block, Paragraph, SourceDocument, SourceNote, Table } from '../source-document.ts'
import { replaceEth } from './eth.ts'
import { readTextLines, type TextLine } from './text-marks.ts'
import { nextWritten, splitCells, tableKind } from './text-tables.ts'

/**
 * A SourceDocument of plain or Markdown text: what OCR and web pages give. Marks of emphasis and headings are
 * taken off and kept as properties; pipe tables and tab-separated rows become tables; the text is NFC.
 */
export function readTextSource(text: string, format: 'text' | 'markdown'): SourceDocument {
  const notes: SourceNote[] = []
  const composed = text.normalize('NFC')
  if (composed !== text) notes.push({ kind: 'decomposed', count: text.length - composed.length })
  const lines = readTextLines(replaceEth(composed))
  const writer = new SourceWriter()
  for (let at = 0; at < lines.length; ) {
    const kind = tableKind(lines, at)
    if (kind === undefined) {
      const line = lines[at]
      if (line) writer.addParagraph(line)
      at++
      continue
    }
    const rows: TextLine[] = []
    while (at < lines.length && tableKind(lines, at, rows[0]) === kind) {
      const line = lines[at]
      if (line) rows.push(line)
      at++
      // Rows without outer pipes go on over empty lines.
      const next = nextWritten(lines, at)
      if (kind === 'piped' && !rows[0]?.piped && tableKind(lines, next, rows[0]) === kind) at = next
    }
    writer.addTable(rows.map((row) => splitCells(row.text, kind)).filter((row) => row !== undefined))
  }
  return { format, text: writer.text, blocks: writer.blocks, pages: [], notes }
}

/** Lays paragraphs and tables one after another, and knows where each stands. */
class SourceWriter {
  readonly blocks: Block[] = []
  #parts: string[] = []
  #length = 0
  #blank = false

  get text(): string {
    return this.#parts.join('')
  }

  addParagraph(line: TextLine): void {
    if (line.text.trim() === '') {
      this.#blank = true
      return
    }
    this.#startBlock()
    const start = this.#length
    this.#write(line.text)
    const paragraph: Paragraph = { type: 'paragraph', span: [start, this.#length] }
    if (line.bold) paragraph.bold = true
    if (line.boldLead > 0) paragraph.boldLeadEnd = start + line.boldLead
    if (line.italic) paragraph.italic = true
    if (line.heading > 0) paragraph.heading = line.heading
    this.blocks.push(paragraph)
  }

  addTable(rows: readonly string[][]): void {
    const columns = Math.max(0, ...rows.map((row) => row.length))
    if (columns === 0) return
    this.#startBlock()
    const start = this.#length
    const cells: Table['rows'] = []
    rows.forEach((row, rowAt) => {
      if (rowAt > 0) this.#write('\n')
      const places: Table['rows'][number] = []
      for (let column = 0; column < columns; column++) {
        if (column > 0) this.#write('\t')
        const from = this.#length
        const paragraphs: Paragraph[] = []
        const pieces = (row[column] ?? '').split('\n').filter((piece) => piece.trim() !== '')
        pieces.forEach((piece, at) => {
          if (at > 0) this.#write(' ')
          const pieceFrom = this.#length
          this.#write(piece.trim())
          paragraphs.push({ type: 'paragraph', span: [pieceFrom, this.#length] })
        })
        places.push({ span: [from, this.#length], paragraphs })
      }
      cells.push(places)
    })
    this.blocks.push({ type: 'table', span: [start, this.#length], rows: cells })
  }

  #startBlock(): void {
    if (this.#length > 0) this.#write(this.#blank ? '\n\n' : '\n')
    this.#blank = false
  }

  #write(words: string): void {
    this.#parts.push(words)
    this.#length += words.length
  }
}
