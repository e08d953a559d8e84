import { Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType } from 'docx'
import { divideWidth, longestPieces } from '../column-widths.ts'
import type { Alignment, Table as DataTable } from '../document-model.ts'
import { type PlacedCell, placeCells } from '../placed-cells.ts'
import { pointsToTwips } from './measures.ts'
import { alignments, styleOf } from './paragraph-styles.ts'
import { linesOfRuns, textRuns } from './text-runs.ts'

const cellMargin = 85
// For readers whose letters are a hair wider.
const airPt = 1

/**
 * A table with borders, as wide as the text; columns follow their shares, but none is narrower than its longest
 * word or figure. Its header rows repeat on every page and keep with the first row;
 * `keepLastRow` holds the last row to what follows (the signature block).
 */
export function dataTable(
  table: DataTable,
  widthTwips: number,
  { sizePt, keepLastRow }: { readonly sizePt: number; readonly keepLastRow: boolean },
): Table {
  const widths = divideWidth(
    widthTwips,
    table.columns.map((column) => column.width),
    longestPieces(table, sizePt).map((points) => pointsToTwips(points + airPt) + 2 * cellMargin),
  )
  // Header and body are placed apart: a header cell can't reach down into the rows.
  const header = placeCells(table.header, widths.length)
  const rows = placeCells(table.rows, widths.length)
  return new Table({
    width: { size: widthTwips, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: { left: cellMargin, right: cellMargin, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows: [
      ...header.map((cells) => tableRow(cells, table, widths, { header: true, bold: true, keepNext: true })),
      ...rows.map((cells, index) =>
        tableRow(cells, table, widths, {
          header: false,
          bold: table.rows[index]?.bold ?? false,
          // A last row alone on a page, a sum above all, would have lost its table.
          keepNext: index === rows.length - 2 || (keepLastRow && index === rows.length - 1),
        }),
      ),
    ],
  })
}

function tableRow(
  cells: readonly PlacedCell[],
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
