import type {
  Block,
  Box,
  Cell,
  Page,
  Paragraph,
  SourceDocument,
  SourceFormat,
  SourceNote,
  Span,
} from '../source-document.ts'
import { dropFurniture } from './page-furniture.ts'
import {
  continues,
  findMeasure,
  joinColumnRows,
  joinRows,
  type Measure,
  type PlacedLine,
  type PlacedParagraph,
} from './placed-paragraphs.ts'
import { cutRuns, placeRows } from './placed-rows.ts'
import { joinTableOverPages, type ReadyTable, readTable } from './placed-table-cells.ts'
import { type PlacedTable, placeTables } from './placed-tables.ts'
import { leftOf, type PlacedPage, type PlacedRow, type PlacedWord, textOfRow } from './placed-text.ts'
import { partZones } from './placed-zones.ts'

/** What stands on a page, in the order in which it is read. */
type Part =
  | { type: 'paragraph'; paragraph: PlacedParagraph; flow: boolean; measure: Measure }
  | { type: 'table'; table: ReadyTable }
  | { type: 'footnote'; paragraph: PlacedParagraph }

/** Makes the document of the pages' text: the one mechanism behind text layers and scans. */
export function buildPlacedSource(
  pages: readonly PlacedPage[],
  format: SourceFormat,
  notes: readonly SourceNote[] = [],
): SourceDocument {
  const laidOut = pages.map((page) => {
    const { tables, rest } = placeTables(page.rules, cutRuns(page.runs))
    return { page, tables, rows: placeRows(rest) }
  })
  const { rows, furniture, stamps } = dropFurniture(
    laidOut.map(({ page, rows: all }) => ({ width: page.width, height: page.height, rows: all })),
  )
  const parts: Part[] = []
  const measures = findMeasures(pages, rows.map(listFlowRows))
  laidOut.forEach(({ page, tables }, at) => {
    const measure = measures[at] ?? { left: 0, right: page.width }
    addPage(parts, page, at, tables, rows[at] ?? [], measure)
  })
  const out = new Writer(pages)
  for (const part of parts) out.write(part)
  const counted: SourceNote[] = [...notes]
  if (furniture > 0) counted.push({ kind: 'page-furniture-dropped', count: furniture })
  if (stamps > 0) counted.push({ kind: 'stamp-dropped', count: stamps })
  return { format, text: out.text, blocks: out.blocks, pages: pages.map(shownSize), notes: counted }
}

/** Rows of running text: those in columns have other edges. */
const listFlowRows = (rows: readonly PlacedRow[]): PlacedRow[] =>
  partZones(rows).flatMap((zone) => (zone.type === 'flow' ? zone.rows : []))

/** Pages of one width share their edges, so that a short last page does not take its own for the text's. */
function findMeasures(pages: readonly PlacedPage[], rows: readonly PlacedRow[][]): Measure[] {
  const byWidth = new Map<number, PlacedRow[]>()
  const keyOf = (page: PlacedPage): number => Math.round(page.width / 12)
  pages.forEach((page, at) => {
    const known = byWidth.get(keyOf(page)) ?? []
    known.push(...(rows[at] ?? []))
    byWidth.set(keyOf(page), known)
  })
  return pages.map((page, at) => {
    const all = findMeasure(byWidth.get(keyOf(page)) ?? [], page)
    const own = findMeasure(rows[at] ?? [], page)
    // Scans lie askew by some points, and mirrored margins change sides: then the page's own edges hold.
    const enough = (rows[at] ?? []).filter((row) => row.words.length >= 5).length >= 8
    return enough ? own : all
  })
}

function addPage(
  parts: Part[],
  page: PlacedPage,
  at: number,
  tables: readonly PlacedTable[],
  rows: readonly PlacedRow[],
  measure: Measure,
): void {
  const { body, notes } = partFootnotes(rows, page)
  let rest = [...body]
  const flush = (until: number): void => {
    const above = rest.filter((row) => row.baseline <= until)
    rest = rest.filter((row) => row.baseline > until)
    addRows(parts, above, at, measure)
  }
  for (const table of tables) {
    flush(table.ys[0] ?? 0)
    addTable(parts, readTable(table, at))
  }
  flush(Number.POSITIVE_INFINITY)
  for (const paragraph of joinRows(notes, at, measure)) parts.push({ type: 'footnote', paragraph })
}

function addTable(parts: Part[], table: ReadyTable): void {
  const last = parts.at(-1)
  if (last?.type === 'table' && joinTableOverPages(last.table, table)) return
  parts.push({ type: 'table', table })
}

function addRows(parts: Part[], rows: readonly PlacedRow[], page: number, measure: Measure): void {
  for (const zone of partZones(rows)) {
    if (zone.type === 'columns') {
      for (const column of [zone.left, zone.right]) {
        for (const paragraph of joinColumnRows(column, page)) {
          parts.push({ type: 'paragraph', paragraph, flow: false, measure })
        }
      }
      continue
    }
    for (const paragraph of joinRows(zone.rows, page, measure)) {
      if (!goesOnOverPage(parts, paragraph, measure))
        parts.push({ type: 'paragraph', paragraph, flow: true, measure })
    }
  }
}

/** Joins the first paragraph of a page to the last one of the page before, where its sentence goes on. */
function goesOnOverPage(parts: Part[], paragraph: PlacedParagraph, measure: Measure): boolean {
  // Footnotes at the foot of the page before stand between the two halves, and only there.
  let at = parts.length - 1
  while (parts[at]?.type === 'footnote') at--
  const last = parts[at]
  const next = paragraph.lines[0]
  if (last?.type !== 'paragraph' || !last.flow || next === undefined) return false
  const end = last.paragraph.lines.at(-1)
  if (end === undefined || end.page !== next.page - 1) return false
  if (!continues(end.row, next.row, last.measure, measure, {})) return false
  last.paragraph.lines.push(...paragraph.lines)
  if (last.paragraph.align === 'left') last.paragraph.align = paragraph.align
  // The half that came over may itself go on over the next page, by that page's edges.
  last.measure = measure
  return true
}

/** Footnotes: the last lines of a page, in smaller type, the first of them with its figure raised or under a rule. */
function partFootnotes(
  rows: readonly PlacedRow[],
  page: PlacedPage,
): { body: readonly PlacedRow[]; notes: readonly PlacedRow[] } {
  const sizes = rows.flatMap((row) => row.words.map(() => row.size)).sort((a, b) => a - b)
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0
  let first = rows.length
  while (first > 0) {
    const row = rows[first - 1]
    if (row === undefined || row.size > usual * 0.88 || row.baseline < page.height * 0.4) break
    first--
  }
  while (first < rows.length && !startsNote(rows[first] ?? emptyRow, page)) first++
  return { body: rows.slice(0, first), notes: rows.slice(first) }
}

function startsNote(row: PlacedRow, page: PlacedPage): boolean {
  if (leftOf(row) > page.width * 0.4) return false
  if (!/^(?:\d{1,2}|\(\d{1,2}\)|\*)(?:\s|\p{L}|\.)/u.test(textOfRow(row))) return false
  const isRuled = page.rules.some(
    ({ x1, y1, x2, y2 }) =>
      y2 - y1 < 1 && x2 - x1 < page.width * 0.45 && y1 < row.baseline && y1 > row.baseline - row.size * 2.5,
  )
  return row.words[0]?.raised === true || isRuled
}

const emptyRow: PlacedRow = { words: [], baseline: 0, size: 0 }

function shownSize(page: PlacedPage): Page {
  const turned = (page.turned ?? 0) % 2 === 1
  return turned ? { width: page.height, height: page.width } : { width: page.width, height: page.height }
}

/** Writes text and blocks side by side, so that every span is the place of what was just written. */
class Writer {
  text = ''
  readonly blocks: Block[] = []
  readonly #pages: readonly PlacedPage[]

  constructor(pages: readonly PlacedPage[]) {
    this.#pages = pages
  }

  write(part: Part): void {
    if (part.type === 'table') {
      this.#writeTable(part.table)
      return
    }
    if (this.text !== '') this.text += '\n'
    const paragraph = this.#writeParagraph(part.paragraph)
    if (part.type === 'footnote') paragraph.part = 'footnote'
    this.blocks.push(paragraph)
  }

  #writeParagraph({ lines, align }: PlacedParagraph): Paragraph {
    const start = this.text.length
    const boxes: Box[] = []
    let [letters, bold, italic, known] = [0, 0, 0, 0]
    for (const line of lines) {
      if (this.text.length > start) this.#joinLine(line)
      boxes.push(...this.#writeLine(line))
      for (const word of line.row.words) {
        letters += word.text.length
        if (word.bold !== undefined) known += word.text.length
        if (word.bold === true) bold += word.text.length
        if (word.italic === true) italic += word.text.length
      }
    }
    const paragraph: Paragraph = { type: 'paragraph', span: [start, this.text.length], align, boxes }
    if (known > letters / 2) {
      paragraph.bold = bold >= known * 0.9
      paragraph.italic = italic >= known * 0.9
    }
    return paragraph
  }

  /** Between two lines stands a space, but not inside `2026-⏎2030`, `KH-⏎UBND` or a softly broken word. */
  #joinLine({ row }: PlacedLine): void {
    const next = row.words[0]?.text ?? ''
    if (this.text.endsWith('\u00AD')) return
    if (/[\p{L}\d]-$/u.test(this.text) && /^[\p{Lu}\d]/u.test(next)) return
    if (/[\p{L}\d]\/$/u.test(this.text) && /^[\p{Lu}\d]/u.test(next)) return
    this.text += ' '
  }

  #writeLine({ page, row }: PlacedLine): Box[] {
    const boxes: Box[] = []
    const read = row.words.some((word) => word.confidence !== undefined)
    const start = this.text.length
    row.words.forEach((word, at) => {
      const from = this.text.length
      if (at > 0 && !word.raised) this.text += ' '
      const begin = at > 0 && !word.raised ? from + 1 : from
      this.text += word.raised ? raise(word.text) : word.text
      // Of a scan each word keeps its own place and sureness, so that an unsure number can be told.
      if (read) boxes.push(this.#box(page, [word], [begin, this.text.length]))
    })
    if (!read) boxes.push(this.#box(page, row.words, [start, this.text.length]))
    return boxes
  }

  #box(page: number, words: readonly PlacedWord[], span: Span): Box {
    const left = Math.min(...words.map((word) => word.x))
    const right = Math.max(...words.map((word) => word.x + word.width))
    // From the top of a capital with its mark to the bottom of a g.
    const top = Math.min(...words.map((word) => word.baseline - word.size * 0.92))
    const bottom = Math.max(...words.map((word) => word.baseline + word.size * 0.24))
    const box: Box = { page, ...this.#turnBack(page, left, top, right - left, bottom - top), span }
    const unsure = words.flatMap(({ confidence }) => (confidence === undefined ? [] : [confidence]))
    if (unsure.length > 0) box.confidence = round(Math.min(...unsure))
    return box
  }

  /** A page that was turned to be read is shown as it is: its boxes go back. */
  #turnBack(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): Pick<Box, 'x' | 'y' | 'width' | 'height'> {
    const placed = this.#pages[page]
    const turned = placed?.turned ?? 0
    const [w, h] = [placed?.width ?? 0, placed?.height ?? 0]
    if (turned === 1) return sized(y, w - x - width, height, width)
    if (turned === 2) return sized(w - x - width, h - y - height, width, height)
    if (turned === 3) return sized(h - y - height, x, height, width)
    return sized(x, y, width, height)
  }

  #writeTable(table: ReadyTable): void {
    if (this.text !== '') this.text += '\n'
    const start = this.text.length
    const rows: Cell[][] = []
    table.rows.forEach((cells, row) => {
      if (row > 0) this.text += '\n'
      rows.push(cells.map((cell, column) => this.#writeCell(cell, column)))
    })
    this.blocks.push({
      type: 'table',
      span: [start, this.text.length],
      rows,
      ...(table.headRows > 0 ? { headRows: table.headRows } : {}),
    })
  }

  #writeCell(cell: ReadyTable['rows'][number][number], column: number): Cell {
    if (column > 0) this.text += '\t'
    const start = this.text.length
    const paragraphs = cell.paragraphs.map((paragraph, at) => {
      if (at > 0) this.text += '\n'
      return this.#writeParagraph(paragraph)
    })
    return {
      span: [start, this.text.length],
      paragraphs,
      ...(cell.mergedWith === undefined ? {} : { mergedWith: cell.mergedWith }),
    }
  }
}

const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A footnote's figure must not read as part of the number before it. */
const raise = (text: string): string => text.replace(/\d/g, (digit) => raisedDigits.charAt(Number(digit)))

const round = (value: number): number => Math.round(value * 100) / 100

const sized = (x: number, y: number, width: number, height: number) => ({
  x: round(x),
  y: round(y),
  width: round(width),
  height: round(height),
})
