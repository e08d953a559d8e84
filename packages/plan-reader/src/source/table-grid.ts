import type { DraftCell, DraftParagraph, DraftRow, DraftTable } from './draft.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'

/** A place in the full grid: a cell of its own, or one that continues the merged cell starting at `mergedWith`. */
export interface GridCell {
  paragraphs: DraftParagraph[]
  mergedWith?: readonly [row: number, column: number]
}

/**
 * Lays a table's rows out into a grid in which every row has the same columns. Columns are what lies between
 * boundaries that some cell really has, so that a row drawn with three columns of Word's invisible grid to a
 * cell still gives one. Cells missing at a row's ends are blank. Throws {@link StopReading} at a bound.
 */
export function buildGrid(table: DraftTable, limits: Limits): GridCell[][] {
  const rows = table.rows.filter((row) => row.cells.length > 0)
  const columnOf = findColumns(rows, table.tolerance ?? 0)
  const width = columnOf.count
  if (width > limits.columns)
    throw new StopReading('too-much-inside', { limit: limits.columns, found: 'columns' })
  if (width * rows.length > limits.cells)
    throw new StopReading('too-much-inside', { limit: limits.cells, found: 'cells' })
  const grid: GridCell[][] = []
  for (const row of rows) {
    const line: GridCell[] = []
    for (const cell of row.cells) {
      const from = columnOf.find(cell.from)
      const to = Math.max(columnOf.find(cell.to), from + 1)
      if (from < line.length) continue // a cell that lies on its neighbour: a damaged row
      while (line.length < from) line.push({ paragraphs: [] })
      const above = cell.vertical === 'continues' ? findStart(grid, from) : undefined
      for (let column = from; column < to && column < width; column++)
        if (above) line.push({ paragraphs: [], mergedWith: above })
        else if (column > from) line.push({ paragraphs: [], mergedWith: [grid.length, from] })
        else line.push({ paragraphs: cell.paragraphs })
    }
    while (line.length < width) line.push({ paragraphs: [] })
    grid.push(line)
  }
  return grid
}

/** Where the merged cell starts that a cell in the next row continues. */
function findStart(grid: GridCell[][], column: number): readonly [number, number] | undefined {
  const above = grid.at(-1)?.[column]
  return above ? (above.mergedWith ?? [grid.length - 1, column]) : undefined
}

interface Columns {
  count: number
  find(boundary: number): number
}

function findColumns(rows: DraftRow[], tolerance: number): Columns {
  const used = new Set<number>()
  for (const row of rows) for (const cell of row.cells) used.add(cell.from).add(cell.to)
  const boundaries = [...used].sort((a, b) => a - b)
  const columns = groupBoundaries(boundaries, tolerance)
  // A narrow column that holds words is one of its own.
  if (tolerance > 0 && rows.some((row) => row.cells.some((cell) => isSqueezed(cell, columns))))
    return groupBoundaries(boundaries, 0)
  return columns
}

function groupBoundaries(boundaries: number[], tolerance: number): Columns {
  const group = new Map<number, number>()
  let count = -1
  let first = Number.NEGATIVE_INFINITY
  for (const boundary of boundaries) {
    if (boundary - first > tolerance) {
      count += 1
      first = boundary
    }
    group.set(boundary, count)
  }
  return { count: Math.max(count, 0), find: (boundary) => group.get(boundary) ?? 0 }
}

function isSqueezed(cell: DraftCell, columns: Columns): boolean {
  return columns.find(cell.from) === columns.find(cell.to)
}
