import { Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType } from 'docx'
import type {
  Alignment,
  TableCell as Cell,
  Table as DataTable,
  TableRow as DataTableRow,
} from '../document-model.ts'
import { pointsToTwips } from './measures.ts'
import { alignments, styleOf } from './paragraph-styles.ts'
import { linesOfRuns, textRuns } from './text-runs.ts'

/** Shares of a whole as integers that add up to it: the twips lost by rounding go to the last column. */
export function divideWidth(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((all, share) => all + share, 0)
  if (shares.length === 0 || !shares.every((share) => share > 0)) {
    throw new RangeError('a table needs columns, each with a width above 0')
  }
  const edges = shares.map((_, index) =>
    Math.round((total * shares.slice(0, index + 1).reduce((all, share) => all + share, 0)) / sum),
  )
  return edges.map((edge, index) => edge - (edges[index - 1] ?? 0))
}

/** A row's cells with the column each begins in. */
function placeCells(rows: readonly DataTableRow[], columnCount: number): { cell: Cell; column: number }[][] {
  // How many more rows each column is still covered by a cell from above.
  let covered = new Array<number>(columnCount).fill(0)
  const placed = rows.map((row, rowIndex) => {
    const next = covered.map((rowsLeft) => Math.max(0, rowsLeft - 1))
    const cells = [...row.cells]
    const line: { cell: Cell; column: number }[] = []
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

/**
 * A table with borders, as wide as the text. Its header rows repeat on every page and keep with the first row;
 * `keepLastRow` holds the last row to what follows (the signature block).
 */
export function dataTable(table: DataTable, widthTwips: number, keepLastRow: boolean): Table {
  const widths = divideWidth(
    widthTwips,
    table.columns.map((column) => column.width),
  )
  // Header and body are placed apart: a header cell can't reach down into the rows.
  const header = placeCells(table.header, widths.length)
  const rows = placeCells(table.rows, widths.length)
  return new Table({
    width: { size: widthTwips, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: { left: 85, right: 85, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows: [
      ...header.map((cells) => tableRow(cells, table, widths, { header: true, bold: true, keepNext: true })),
      ...rows.map((cells, index) =>
        tableRow(cells, table, widths, {
          header: false,
          bold: table.rows[index]?.bold ?? false,
          keepNext: keepLastRow && index === rows.length - 1,
        }),
      ),
    ],
  })
}

function tableRow(
  cells: readonly { cell: Cell; column: number }[],
  table: DataTable,
  widths: readonly number[],
  row: { header: boolean; bold: boolean; keepNext: boolean },
): TableRow {
  return new TableRow({
    cantSplit: true,
    tableHeader: row.header,
    ...(row.keepNext ? { keepNext: true } : {}),
    children: cells.map(({ cell, column }) => {
      const span = cell.columnSpan ?? 1
      const align: Alignment =
        cell.align ?? (row.header ? 'centre' : (table.columns[column]?.align ?? 'left'))
      return new TableCell({
        width: {
          size: widths.slice(column, column + span).reduce((sum, width) => sum + width, 0),
          type: WidthType.DXA,
        },
        ...(span > 1 ? { columnSpan: span } : {}),
        ...((cell.rowSpan ?? 1) > 1 ? { rowSpan: cell.rowSpan ?? 1 } : {}),
        verticalAlign: row.header ? VerticalAlign.CENTER : VerticalAlign.TOP,
        children: linesOfRuns(cell.text).map(
          (line) =>
            new Paragraph({
              style: styleOf(row.header ? 'tableHeader' : 'tableCell'),
              alignment: alignments[align],
              children: textRuns(line, { bold: row.bold && !row.header }),
            }),
        ),
      })
    }),
  })
}

/** The air under a table, before running text: a paragraph as high as the gap between paragraphs. */
export function gapAfterTable(keepNext: boolean): Paragraph {
  return new Paragraph({
    style: 'headRule',
    keepNext,
    spacing: { before: 0, after: 0, line: pointsToTwips(8), lineRule: 'exact' },
  })
}
