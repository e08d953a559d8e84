import type { TableCell, TableRow } from './document-model.ts'

/** A cell and the column it begins in. */
export interface PlacedCell {
  readonly cell: TableCell
  readonly column: number
}

/**
 * Finds the column of every cell of some rows, past the cells that reach down from above. Throws RangeError
 * where the cells of a row, with those, don't fill its columns exactly.
 */
export function placeCells(rows: readonly TableRow[], columnCount: number): PlacedCell[][] {
  // How many more rows each column is still covered by a cell from above.
  let covered = new Array<number>(columnCount).fill(0)
  const placed = rows.map((row, rowIndex) => {
    const next = covered.map((rowsLeft) => Math.max(0, rowsLeft - 1))
    const cells = [...row.cells]
    const line: PlacedCell[] = []
    let column = 0
    while (column < columnCount) {
      if ((covered[column] ?? 0) > 0) {
        column += 1
        continue
      }
      const given = cells.shift()
      if (given === undefined) throw new RangeError(`row ${rowIndex + 1} of a table has too few cells`)
      const cell = typeof given === 'string' ? { text: given } : given
      const span = cell.columnSpan ?? 1
      for (let at = column; at < column + span; at++) {
        if (at >= columnCount || (covered[at] ?? 0) > 0) {
          throw new RangeError(`a cell of row ${rowIndex + 1} of a table reaches over its columns`)
        }
        next[at] = (cell.rowSpan ?? 1) - 1
      }
      line.push({ cell, column })
      column += span
    }
    if (cells.length > 0) throw new RangeError(`row ${rowIndex + 1} of a table has too many cells`)
    covered = next
    return line
  })
  if (covered.some((rowsLeft) => rowsLeft > 0)) {
    throw new RangeError('a cell of a table reaches below its last row')
  }
  return placed
}
