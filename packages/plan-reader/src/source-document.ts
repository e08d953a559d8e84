/**
 * What every format is turned into before it is read: one text, and the blocks that it is made of, each with
 * its place in that text. Spans elsewhere in this package are UTF-16 offsets into {@link SourceDocument.text}.
 */

/** `[start, end)` in {@link SourceDocument.text}. */
export type Span = readonly [start: number, end: number]

export interface SourceDocument {
  format: SourceFormat
  /** NFC; legacy encodings converted; one line (`\n`) a paragraph, a table row's cells joined by tabs. */
  text: string
  /** In reading order; together they cover the text but for line breaks. */
  blocks: Block[]
  /** For sources that have pages (PDF, scans): sizes in points, in order. */
  pages: Page[]
  /** What happened on the way in: `tcvn3-converted`, `vni-converted`, `decomposed`, `ocr`, `stamp-dropped` … */
  notes: SourceNote[]
}

export type SourceFormat = 'docx' | 'doc' | 'rtf' | 'pdf' | 'html' | 'markdown' | 'text'

export interface Page {
  width: number
  height: number
}

export interface SourceNote {
  kind:
    | 'tcvn3-converted'
    | 'vni-converted'
    | 'decomposed'
    | 'ocr'
    | 'page-furniture-dropped'
    | 'stamp-dropped'
  /** How many places, or undefined where that says nothing. */
  count?: number
}

export type Block = Paragraph | Table

export interface Paragraph {
  type: 'paragraph'
  span: Span
  /** The automatic number Word would print (`I.`, `1.1`, `-`); it stands at the start of the text, too. */
  number?: string
  align?: 'left' | 'center' | 'right' | 'justify'
  /** Whether (nearly) the whole paragraph is bold; undefined where the format cannot tell. */
  bold?: boolean
  /** Where a bold beginning of a paragraph in plain type ends, in {@link SourceDocument.text}. */
  boldLeadEnd?: number
  italic?: boolean
  /** 1–6 for a heading by style or mark-up. */
  heading?: number
  /** A list item by mark-up, and its depth from 0. */
  listDepth?: number
  /** Where the words stand on paper, in points from the page's top left; for PDFs and scans only. */
  boxes?: Box[]
  /** Begins after a soft break (Shift+Enter): on paper a new line, but of the paragraph before it. */
  afterSoftBreak?: true
  /** Which part of the paper: the body unless said. */
  part?: 'body' | 'header' | 'footer' | 'footnote' | 'textbox'
}

export interface Box {
  /** 0-based. */
  page: number
  x: number
  y: number
  width: number
  height: number
  span: Span
  /** How sure the OCR is of these words, 0 to 1; only for scans, and there each word has a box of its own. */
  confidence?: number
}

export interface Table {
  type: 'table'
  span: Span
  /** Every row has the same number of columns; a merged cell is repeated by reference to where it starts. */
  rows: Cell[][]
  /** How many rows repeat as head, when the format says so. */
  headRows?: number
  /** A table drawn only to lay the document's head or foot out in columns (no borders). */
  layout?: boolean
}

export interface Cell {
  span: Span
  /** The cell's paragraphs; empty for a cell that continues a merged one. */
  paragraphs: Paragraph[]
  /** Set on a cell that continues a merged cell: row and column where that one starts. */
  mergedWith?: readonly [row: number, column: number]
}

/** The words of a span. */
export function textOf(source: SourceDocument, span: Span): string {
  return source.text.slice(span[0], span[1])
}
