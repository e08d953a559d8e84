import type { Block, Cell, Paragraph, SourceFormat, Table } from '../source-document.ts'
import type { DraftBlock, DraftParagraph, DraftTable } from './draft.ts'
import type { Limits } from './limits.ts'
import { refuse, type SourceReading, StopReading } from './refusal.ts'
import { settleLetters } from './settle-letters.ts'
import { buildGrid } from './table-grid.ts'

/** A paragraph is bold when this share of its letters is: numbers and stray spaces are often left plain. */
const nearlyAll = 0.9

/**
 * Gives draft blocks their letters and their places: the source document of every format that is read block
 * by block. Refused are a document without any words, and one in letters that are not known. Throws {@link StopReading} at a bound.
 */
export function layOut(format: SourceFormat, drafts: DraftBlock[], limits: Limits): SourceReading {
  const { notes, unknown } = settleLetters(listParagraphs(drafts))
  if (unknown) return refuse('unknown-letters')
  const sheet = new Sheet(limits)
  const blocks: Block[] = []
  for (const draft of drafts) {
    const block = draft.type === 'paragraph' ? sheet.addParagraph(draft) : sheet.addTable(draft)
    if (block) blocks.push(block)
    else sheet.addBlankLine()
  }
  const text = sheet.finish()
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('no-text')
  return { ok: true, source: { format, text, blocks, pages: [], notes } }
}

function listParagraphs(drafts: DraftBlock[]): DraftParagraph[] {
  const paragraphs: DraftParagraph[] = []
  for (const draft of drafts)
    if (draft.type === 'paragraph') paragraphs.push(draft)
    else for (const row of draft.rows) for (const cell of row.cells) paragraphs.push(...cell.paragraphs)
  return paragraphs
}

/** The text as it grows, and where it has got to. */
class Sheet {
  #pieces: string[] = []
  #length = 0
  #blankLines = 0
  #limits: Limits

  constructor(limits: Limits) {
    this.#limits = limits
  }

  finish(): string {
    return this.#pieces.join('')
  }

  /** An empty paragraph: it parts what stands before and after it, however many there are. */
  addBlankLine(): void {
    if (this.#length > 0) this.#blankLines = 1
  }

  addParagraph(draft: DraftParagraph): Paragraph | undefined {
    const text = printParagraph(draft)
    if (text === '') return undefined
    this.#startLine()
    return this.#place(draft, text)
  }

  addTable(draft: DraftTable): Table | undefined {
    const grid = buildGrid(draft, this.#limits)
    if (grid.length === 0) return undefined
    this.#startLine()
    const start = this.#length
    const rows: Cell[][] = []
    for (const line of grid) {
      if (rows.length > 0) this.#add('\n')
      rows.push(
        line.map(({ paragraphs, mergedWith }, column) => {
          if (column > 0) this.#add('\t')
          const cellStart = this.#length
          const placed: Paragraph[] = []
          for (const paragraph of paragraphs) {
            const text = printParagraph(paragraph)
            if (text === '') continue
            if (placed.length > 0) this.#add('\n')
            placed.push(this.#place(paragraph, text))
          }
          const cell: Cell = { span: [cellStart, this.#length], paragraphs: placed }
          return mergedWith ? { ...cell, mergedWith } : cell
        }),
      )
    }
    const table: Table = { type: 'table', span: [start, this.#length], rows }
    if (draft.headRows !== undefined) table.headRows = draft.headRows
    if (draft.layout) table.layout = true
    return table
  }

  #place(draft: DraftParagraph, text: string): Paragraph {
    const start = this.#length
    this.#add(text)
    const paragraph: Paragraph = { type: 'paragraph', span: [start, this.#length] }
    if (draft.number !== undefined) paragraph.number = draft.number
    if (draft.align !== undefined) paragraph.align = draft.align
    if (!draft.styleUnknown) {
      paragraph.bold = isMostly(draft, 'bold')
      paragraph.italic = isMostly(draft, 'italic')
      const lead = paragraph.bold ? '' : boldLead(draft)
      const at = lead === '' ? -1 : text.indexOf(lead)
      if (at >= 0 && at < 12) paragraph.boldLeadEnd = start + at + lead.length
    }
    if (draft.heading !== undefined) paragraph.heading = draft.heading
    if (draft.listDepth !== undefined) paragraph.listDepth = draft.listDepth
    if (draft.afterSoftBreak) paragraph.afterSoftBreak = true
    if (draft.part !== undefined) paragraph.part = draft.part
    return paragraph
  }

  #startLine(): void {
    if (this.#length > 0) this.#add('\n'.repeat(1 + this.#blankLines))
    this.#blankLines = 0
  }

  #add(text: string): void {
    this.#pieces.push(text)
    this.#length += text.length
    if (this.#length > this.#limits.characters)
      throw new StopReading('too-much-inside', { limit: this.#limits.characters, found: 'characters' })
  }
}

function printParagraph(draft: DraftParagraph): string {
  const [only] = draft.runs
  const words = (
    draft.runs.length === 1 && only ? only.text : draft.runs.map((run) => run.text).join('')
  ).trim()
  if (draft.number === undefined) return words
  return draft.numberTouches || words === '' ? draft.number + words : `${draft.number} ${words}`
}

/** The bold words that a paragraph begins with. */
function boldLead(draft: DraftParagraph): string {
  let lead = ''
  for (const run of draft.runs) {
    if (!run.bold && run.text.trim() !== '') break
    lead += run.text
  }
  return lead.trim()
}

function isMostly(draft: DraftParagraph, look: 'bold' | 'italic'): boolean {
  let all = 0
  let marked = 0
  for (const run of draft.runs) {
    const letters = run.text.length - countSpaces(run.text)
    all += letters
    if (run[look]) marked += letters
  }
  return all > 0 && marked >= all * nearlyAll
}

function countSpaces(text: string): number {
  let spaces = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 9 || code === 160) spaces += 1
  }
  return spaces
}
