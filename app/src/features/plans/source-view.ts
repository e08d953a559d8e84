import type { Block, Box, Paragraph, SourceDocument, Span } from '@trienkhai/plan-reader/source-document.ts'
import type { Review } from './review.ts'
import { allFields } from './review-changes.ts'

/** A stretch of the source that is all in the same fields. */
export interface Piece {
  text: string
  /** UTF-16 offset in the source's text. */
  start: number
  fields: string[]
}

export type ShownBlock =
  | {
      type: 'paragraph'
      pieces: Piece[]
      align: 'left' | 'center' | 'right' | 'justify'
      bold: boolean
      italic: boolean
      aside: boolean
    }
  | { type: 'table'; layout: boolean; rows: ShownCell[][] }

export interface ShownCell {
  pieces: Piece[][]
  columns: number
  rows: number
}

/** A line of words where it stands on a page, in shares of the page's width and height. */
export interface ShownLine {
  x: number
  y: number
  width: number
  height: number
  pieces: Piece[]
}

export interface SourceView {
  blocks: ShownBlock[]
  /** For documents with pages: their shape, and the words on them. */
  pages: { width: number; height: number; lines: ShownLine[] }[]
}

interface Mark {
  start: number
  end: number
  fieldId: string
}

/** Lays a source out to be shown, with the words of each field marked. */
export function viewSource(source: SourceDocument, review: Review): SourceView {
  const marks = allFields(review)
    .flatMap(({ id, spans }) => spans.map(([start, end]): Mark => ({ start, end, fieldId: id })))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start)
  const cut = (span: Span): Piece[] => cutAtMarks(source.text, span, marks)
  return {
    blocks: source.blocks.map((block) => showBlock(block, cut)),
    pages: source.pages.map((page, at) => ({ ...page, lines: linesOf(source, at, page, cut) })),
  }
}

function cutAtMarks(text: string, [start, end]: Span, marks: readonly Mark[]): Piece[] {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start)
  const borders = new Set([start, end])
  for (const mark of inside) {
    if (mark.start > start) borders.add(mark.start)
    if (mark.end < end) borders.add(mark.end)
  }
  const sorted = [...borders].sort((a, b) => a - b)
  return sorted.slice(0, -1).map((from, at) => {
    const to = sorted[at + 1] ?? end
    return {
      text: text.slice(from, to),
      start: from,
      fields: [
        ...new Set(inside.filter((mark) => mark.start < to && mark.end > from).map((mark) => mark.fieldId)),
      ],
    }
  })
}

function showBlock(block: Block, cut: (span: Span) => Piece[]): ShownBlock {
  if (block.type === 'paragraph') return showParagraph(block, cut)
  return {
    type: 'table',
    layout: block.layout ?? false,
    rows: block.rows.map((row, rowAt) =>
      row.flatMap((cell, columnAt): ShownCell[] => {
        if (cell.mergedWith) return []
        const continues = (r: number, c: number): boolean => {
          const from = block.rows[r]?.[c]?.mergedWith
          return from?.[0] === rowAt && from[1] === columnAt
        }
        let columns = 1
        while (continues(rowAt, columnAt + columns)) columns++
        let rows = 1
        while (continues(rowAt + rows, columnAt)) rows++
        return [{ pieces: cell.paragraphs.map(({ span }) => cut(span)), columns, rows }]
      }),
    ),
  }
}

function showParagraph(paragraph: Paragraph, cut: (span: Span) => Piece[]): ShownBlock {
  return {
    type: 'paragraph',
    pieces: cut(paragraph.span),
    align: paragraph.align ?? 'justify',
    bold: paragraph.bold ?? paragraph.heading !== undefined,
    italic: paragraph.italic ?? false,
    aside: paragraph.part !== undefined && paragraph.part !== 'body',
  }
}

function linesOf(
  source: SourceDocument,
  page: number,
  size: { width: number; height: number },
  cut: (span: Span) => Piece[],
): ShownLine[] {
  const boxes: Box[] = source.blocks.flatMap((block) =>
    block.type === 'paragraph'
      ? (block.boxes ?? [])
      : block.rows.flatMap((row) =>
          row.flatMap((cell) => cell.paragraphs.flatMap((paragraph) => paragraph.boxes ?? [])),
        ),
  )
  return boxes
    .filter((box) => box.page === page)
    .map((box) => ({
      x: box.x / size.width,
      y: box.y / size.height,
      width: box.width / size.width,
      height: box.height / size.height,
      pieces: cut(box.span),
    }))
}
