import type { Table, TableRow, Text } from './document-model.ts'
import { placeCells } from './placed-cells.ts'
import { holdNumbers, printableLines } from './printable-text.ts'
import { measureText } from './text-width.ts'

/**
 * Shares of a whole as integers that add up to it exactly. A share smaller than its minimum gets the minimum,
 * and the others give way in proportion; minimums that don't fit together are let be.
 */
export function divideWidth(
  total: number,
  shares: readonly number[],
  minimums: readonly number[] = [],
): number[] {
  if (shares.length === 0 || !shares.every((share) => share > 0)) {
    throw new RangeError('a table needs columns, each with a width above 0')
  }
  const held = shares.map((_, index) => minimums[index] ?? 0)
  const widths =
    held.reduce((sum, width) => sum + width, 0) > total ? shareOut(total, shares) : fill(total, shares, held)
  // Rounding edges, not widths, keeps the sum.
  let edge = 0
  let before = 0
  return widths.map((width) => {
    edge += width
    const rounded = Math.round(edge)
    const own = rounded - before
    before = rounded
    return own
  })
}

function shareOut(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((all, share) => all + share, 0)
  return shares.map((share) => (total * share) / sum)
}

function fill(total: number, shares: readonly number[], minimums: readonly number[]): number[] {
  const fixed = new Set<number>()
  for (;;) {
    const free = shares.map((share, index) => (fixed.has(index) ? 0 : share))
    const freeSum = free.reduce((sum, share) => sum + share, 0)
    const fixedSum = [...fixed].reduce((sum, index) => sum + (minimums[index] ?? 0), 0)
    const widths = free.map((share, index) =>
      fixed.has(index) ? (minimums[index] ?? 0) : ((total - fixedSum) * share) / freeSum,
    )
    const short = widths.findIndex((width, index) => !fixed.has(index) && width < (minimums[index] ?? 0))
    if (short < 0) return widths
    fixed.add(short)
  }
}

/**
 * The width of each column's longest unbreakable piece, in points: a column narrower than that would break a
 * date or a figure in two. Cells over several columns don't count.
 */
export function longestPieces(table: Table, sizePt: number): number[] {
  const widest = table.columns.map(() => 0)
  const look = (rows: readonly TableRow[], isHeader: boolean): void => {
    placeCells(rows, table.columns.length).forEach((line, index) => {
      const bold = isHeader || (rows[index]?.bold ?? false)
      for (const { cell, column } of line) {
        if ((cell.columnSpan ?? 1) > 1) continue
        widest[column] = Math.max(widest[column] ?? 0, longestPiece(cell.text, sizePt, bold))
      }
    })
  }
  look(table.header, true)
  look(table.rows, false)
  return widest
}

// A line may end at a space or after a hyphen; not at a slash, nor between a word and its number.
const pieceEnds = /[ \t\n]|(?<=-)/u

function longestPiece(text: Text, sizePt: number, bold: boolean): number {
  const runs = typeof text === 'string' ? [{ text }] : text
  const widths = runs.flatMap((run) =>
    printableLines(run.text).flatMap((line) =>
      holdNumbers(line)
        .split(pieceEnds)
        .map((piece) => measureText(piece, sizePt, bold || ('bold' in run && run.bold) ? 'bold' : 'regular')),
    ),
  )
  return Math.max(0, ...widths)
}
