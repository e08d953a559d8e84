import {
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import { mmToTwips } from './measures.ts'
import { ruleStyle } from './paragraph-styles.ts'

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const noBorders = { top: none, bottom: none, left: none, right: none }

/**
 * A table without borders and inner margins, as wide as the text: columns of the head and of the signature
 * block. Its rows never break over a page.
 */
export function layoutTable(
  columnWidths: readonly number[],
  rows: readonly (readonly Paragraph[])[][],
): Table {
  return new Table({
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths,
    layout: TableLayoutType.FIXED,
    margins: { left: 0, right: 0, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (paragraphs, index) =>
              new TableCell({
                width: { size: columnWidths[index] ?? 0, type: WidthType.DXA },
                verticalAlign: VerticalAlign.TOP,
                borders: noBorders,
                children: paragraphs.length > 0 ? [...paragraphs] : [new Paragraph({})],
              }),
          ),
        }),
    ),
  })
}

/**
 * A rule of a given length in the middle of a column: the lower border of a paragraph of 3 pt, indented from
 * both sides. Word and LibreOffice draw such a border from indent to indent, so its length is exact in both;
 * an underline would sit on the letters, a drawn line would need a frame that moves by itself.
 */
export function centredRule(lengthMm: number, columnTwips: number): Paragraph {
  const length = Math.min(mmToTwips(lengthMm), columnTwips)
  const left = Math.round((columnTwips - length) / 2)
  return new Paragraph({
    style: ruleStyle,
    indent: { left, right: columnTwips - length - left },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 0, color: '000000' } },
  })
}
