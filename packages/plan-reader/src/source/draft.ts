import type { Paragraph } from '../source-document.ts'

/** What a format's reader hands to {@link ./lay-out.ts}: blocks without places, their letters not yet settled. */
export type DraftBlock = DraftParagraph | DraftTable

/** A stretch of text in one style, in the font's own letters. */
export interface Run {
  text: string
  bold: boolean
  italic: boolean
  font: FontHint
}

/**
 * What the name of a run's font says of its letters: `.VnTime` hints at TCVN3, `.VnTimeH` at TCVN3 shown in
 * capitals, `VNI-Times` at VNI. It proves nothing: text was often converted and its fonts left.
 */
export type FontHint = 'none' | 'tcvn3' | 'tcvn3-capitals' | 'vni'

/** The hint in a font's name. */
export function hintOfFont(name: string | undefined): FontHint {
  if (name === undefined) return 'none'
  if (/^\.vn/i.test(name)) return /h$/i.test(name) ? 'tcvn3-capitals' : 'tcvn3'
  return /^vni[-\s]/i.test(name) ? 'vni' : 'none'
}

export interface DraftParagraph
  extends Pick<Paragraph, 'number' | 'align' | 'heading' | 'listDepth' | 'part' | 'afterSoftBreak'> {
  type: 'paragraph'
  runs: Run[]
  /** The format cannot tell bold from plain (`.doc`). */
  styleUnknown?: boolean
  /** Nothing stands between the number and the words. */
  numberTouches?: boolean
}

export interface DraftTable {
  type: 'table'
  rows: DraftRow[]
  headRows?: number
  layout?: boolean
  /** Boundaries nearer than this are one: tables drawn by hand miss each other by a hair. */
  tolerance?: number
}

export interface DraftRow {
  cells: DraftCell[]
}

export interface DraftCell {
  /** Left and right boundary, in any unit that only grows to the right (twips, columns). */
  from: number
  to: number
  /** Whether a cell merged downwards starts here or goes on. */
  vertical?: 'starts' | 'continues'
  paragraphs: DraftParagraph[]
}

/** Adds text to a paragraph, to its last run where that looks the same. */
export function addText(paragraph: DraftParagraph, text: string, look: Omit<Run, 'text'>): void {
  const last = paragraph.runs.at(-1)
  if (last && last.bold === look.bold && last.italic === look.italic && last.font === look.font)
    last.text += text
  else paragraph.runs.push({ text, bold: look.bold, italic: look.italic, font: look.font })
}

/** Whether a paragraph has nothing to print, its number aside. */
export function isBlank(paragraph: DraftParagraph): boolean {
  return paragraph.runs.every((run) => run.text.trim() === '')
}

/** The paragraphs of blocks, in order: for places that cannot hold a table. */
export function flatten(blocks: DraftBlock[]): DraftParagraph[] {
  if (blocks.every((block) => block.type === 'paragraph')) return blocks
  return blocks.flatMap((block) =>
    block.type === 'paragraph'
      ? [block]
      : block.rows.flatMap((row) => row.cells.flatMap((cell) => cell.paragraphs)),
  )
}
