import { joinRows, type PlacedParagraph } from './placed-paragraphs.ts'
import { placeRows } from './placed-rows.ts'
import type { PlacedTable } from './placed-tables.ts'
import { textOfRow } from './placed-text.ts'

/** A table with the paragraphs of its cells, ready to be written out; it may run over pages. */
export interface ReadyTable {
  /** Edges of the columns on the page where it started. */
  xs: number[]
  rows: ReadyCell[][]
  headRows: number
  /** The page that its last row stands on. */
  page: number
}

export interface ReadyCell {
  paragraphs: PlacedParagraph[]
  mergedWith?: readonly [row: number, column: number]
}

/** Between a cell's edge and its text there are about 5 points in Word, less in others. */
const padding = 5

export function readTable(table: PlacedTable, page: number): ReadyTable {
  const rows = table.owners.map((owners, row) =>
    owners.map((owner, column): ReadyCell => {
      if (owner[0] !== row || owner[1] !== column) return { paragraphs: [], mergedWith: owner }
      const right = lastColumnOf(table, row, column)
      const measure = { left: (table.xs[column] ?? 0) + padding, right: (table.xs[right + 1] ?? 0) - padding }
      return { paragraphs: joinRows(placeRows(table.pieces[row]?.[column] ?? []), page, measure) }
    }),
  )
  return { xs: [...table.xs], rows, headRows: 0, page }
}

function lastColumnOf(table: PlacedTable, row: number, column: number): number {
  let last = column
  while (table.owners[row]?.[last + 1]?.[0] === row && table.owners[row]?.[last + 1]?.[1] === column) last++
  return last
}

const sayCell = (cell: ReadyCell | undefined): string =>
  (cell?.paragraphs ?? []).flatMap((paragraph) => paragraph.lines.map(({ row }) => textOfRow(row))).join(' ')

const sayRow = (row: readonly ReadyCell[]): string => row.map(sayCell).join('\t')

/**
 * Goes on with a table on the next page: the same columns, nothing between. Repeated head rows are dropped, and
 * a row that the page's end cut in two is put together again. False where the two are different tables.
 */
export function joinTableOverPages(table: ReadyTable, next: ReadyTable): boolean {
  if (next.page !== table.page + 1 || table.xs.length !== next.xs.length) return false
  const shift = (next.xs[0] ?? 0) - (table.xs[0] ?? 0)
  const same = table.xs.every((x, at) => Math.abs((next.xs[at] ?? 0) - x - shift) < 5)
  if (!same) return false
  const repeated = countRepeated(table, next)
  table.headRows = Math.max(table.headRows, repeated)
  const rows = next.rows.slice(repeated)
  const first = rows[0]
  const last = table.rows.at(-1)
  let skip = 0
  if (first !== undefined && last !== undefined && table.rows.length > repeated && isCutRow(last, first)) {
    last.forEach((cell, at) => {
      cell.paragraphs = joinHalves(cell.paragraphs, first[at]?.paragraphs ?? [])
    })
    skip = 1
  }
  const base = table.rows.length - repeated - skip
  rows.slice(skip).forEach((row, at) => {
    table.rows.push(row.map((cell, column) => moveCell(table, cell, base, at === 0 && skip === 0, column)))
  })
  table.page = next.page
  return true
}

function moveCell(
  table: ReadyTable,
  cell: ReadyCell,
  base: number,
  atTop: boolean,
  column: number,
): ReadyCell {
  if (cell.mergedWith !== undefined) {
    return { ...cell, mergedWith: [cell.mergedWith[0] + base, cell.mergedWith[1]] }
  }
  // A cell that runs down over the page's end comes out empty on the next page, in the first column.
  const above = table.rows.at(-1)?.[column]
  if (atTop && column === 0 && sayCell(cell) === '' && above !== undefined) {
    return { paragraphs: [], mergedWith: above.mergedWith ?? [table.rows.length - 1, column] }
  }
  return cell
}

function countRepeated(table: ReadyTable, next: ReadyTable): number {
  let repeated = 0
  while (repeated < 4 && repeated < next.rows.length) {
    const [ours, theirs] = [table.rows[repeated], next.rows[repeated]]
    if (ours === undefined || theirs === undefined) break
    const text = sayRow(ours)
    if (text.trim() === '' || text !== sayRow(theirs)) break
    repeated++
  }
  return repeated
}

/** Cut in two by the page's end: no number of its own, and a cell that goes on in the middle of a sentence. */
function isCutRow(last: readonly ReadyCell[], first: readonly ReadyCell[]): boolean {
  if (first.length < 2 || sayCell(first[0]) !== '') return false
  return first.some((cell, at) => {
    const text = sayCell(cell)
    const before = sayCell(last[at])
    return (
      text !== '' &&
      before !== '' &&
      (/^\p{Ll}/u.test(text) || /[,\p{Ll}]$/u.test(before)) &&
      !/^\d|^[-+]/.test(text)
    )
  })
}

function joinHalves(above: PlacedParagraph[], below: readonly PlacedParagraph[]): PlacedParagraph[] {
  const [first, ...others] = below
  const last = above.at(-1)
  if (first === undefined) return above
  if (last === undefined) return [...below]
  const start = textOfRow(first.lines[0]?.row ?? { words: [], baseline: 0, size: 0 })
  if (/^[-+•\d]/.test(start)) return [...above, ...below]
  last.lines.push(...first.lines)
  return [...above, ...others]
}
