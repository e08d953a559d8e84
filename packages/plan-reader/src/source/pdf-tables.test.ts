import { describe, expect, test } from 'vitest'
import type { SourceDocument, Table } from '../source-document.ts'
import { type FixturePage, type Sheet, writePdf } from './pdf-fixture.ts'
import { readPdfSource } from './pdf-source.ts'

const left = 85
const width = 468

async function read(pages: readonly FixturePage[]): Promise<SourceDocument> {
  const reading = await readPdfSource(writePdf(pages))
  if (!reading.ok) throw new Error(reading.reason)
  return reading.source
}

function sayTable(source: SourceDocument, table: Table): (string | readonly [number, number])[][] {
  return table.rows.map((row) =>
    row.map((cell) => cell.mergedWith ?? source.text.slice(cell.span[0], cell.span[1])),
  )
}

function tableOf(source: SourceDocument): Table {
  const table = source.blocks.find((block) => block.type === 'table')
  if (table?.type !== 'table') throw new Error(`no table in: ${source.text}`)
  return table
}

const intro =
  'Căn cứ chương trình công tác năm 2026, Ban Thường vụ Đảng ủy phường Hòa Lạc xây dựng kế hoạch mở lớp bồi ' +
  'dưỡng cho bí thư các chi bộ tổ dân phố, với mục đích, yêu cầu, nội dung và phân công cụ thể như sau:'
const item =
  '- Văn phòng Đảng ủy chuẩn bị hội trường, tài liệu, trang thiết bị; gửi giấy mời đến các chi bộ chậm nhất ' +
  'năm ngày trước khi khai giảng lớp bồi dưỡng;'

describe('a ruled table', () => {
  const xs = [85, 120, 330, 440, 553]

  function drawGrid(
    sheet: Sheet,
    ys: readonly number[],
    skip: (row: number, column: number) => boolean,
  ): void {
    for (const y of ys) {
      if (y === ys[0] || y === ys.at(-1)) sheet.rule(85, y, 553, y)
    }
    ys.slice(1, -1).forEach((y, row) => {
      xs.slice(0, -1).forEach((x, column) => {
        if (!skip(row + 1, column)) sheet.rule(x, y, xs[column + 1] ?? 553, y)
      })
    })
    for (const x of xs) sheet.rule(x, ys[0] ?? 0, x, ys.at(-1) ?? 0)
  }

  const head = ['TT', 'Nội dung', 'Chủ trì', 'Thời gian']
  const drawHead = (sheet: Sheet, baseline: number): void => {
    head.forEach((text, at) => {
      const middle = ((xs[at] ?? 0) + (xs[at + 1] ?? 0)) / 2
      sheet.text(middle, baseline, text, { align: 'center', bold: true, size: 12 })
    })
  }

  test('keeps cells, lines in cells and merged cells', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.paragraph(intro, { x: left, baseline: 70, width })
          drawGrid(sheet, [160, 182, 230, 262], (row, column) => row === 2 && column === 3)
          drawHead(sheet, 176)
          sheet.text(102, 198, '1', { align: 'center', size: 12 })
          sheet.text(126, 198, 'Lập danh sách học viên của từng chi', { size: 12 })
          sheet.text(126, 213, 'bộ, gửi về Văn phòng', { size: 12 })
          sheet.text(336, 198, 'Các chi bộ', { size: 12 })
          sheet.text(446, 198, 'Trước 15/4/2026', { size: 12 })
          sheet.text(102, 250, '2', { align: 'center', size: 12 })
          sheet.text(126, 250, 'Chuẩn bị hội trường', { size: 12 })
          sheet.text(336, 250, 'Văn phòng', { size: 12 })
          sheet.paragraph(item, { x: left, baseline: 300, width })
        },
      },
    ])
    expect(source.blocks.map((block) => block.type)).toEqual(['paragraph', 'table', 'paragraph'])
    expect(sayTable(source, tableOf(source))).toEqual([
      head,
      ['1', 'Lập danh sách học viên của từng chi bộ, gửi về Văn phòng', 'Các chi bộ', 'Trước 15/4/2026'],
      ['2', 'Chuẩn bị hội trường', 'Văn phòng', [1, 3]],
    ])
  })

  test('goes on over the page: the head is not repeated, and a row cut in two is one', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.paragraph(intro, { x: left, baseline: 70, width })
          // The last row is open below: its rules run on to the page's end and no level one closes it.
          drawGrid(sheet, [700, 722], () => false)
          for (const x of xs) sheet.rule(x, 700, x, 770)
          drawHead(sheet, 716)
          sheet.text(102, 738, '1', { align: 'center', size: 12 })
          sheet.text(126, 738, 'Lập danh sách học viên của từng chi', { size: 12 })
          sheet.text(126, 753, 'bộ, gửi về Văn phòng Đảng ủy để tổng', { size: 12 })
          sheet.text(336, 738, 'Các chi bộ', { size: 12 })
          sheet.text(446, 738, 'Tháng 4/2026', { size: 12 })
        },
      },
      {
        draw: (sheet) => {
          sheet.text(297, 40, '2', { align: 'center' })
          drawGrid(sheet, [60, 82, 104, 126], () => false)
          drawHead(sheet, 76)
          sheet.text(126, 98, 'hợp, báo cáo', { size: 12 })
          sheet.text(102, 120, '2', { align: 'center', size: 12 })
          sheet.text(126, 120, 'Chuẩn bị hội trường', { size: 12 })
          sheet.text(336, 120, 'Văn phòng', { size: 12 })
          sheet.text(446, 120, 'Tháng 5/2026', { size: 12 })
        },
      },
    ])
    const table = tableOf(source)
    expect(sayTable(source, table)).toEqual([
      head,
      [
        ...['1', 'Lập danh sách học viên của từng chi bộ, gửi về Văn phòng Đảng ủy để tổng hợp, báo cáo'],
        ...['Các chi bộ', 'Tháng 4/2026'],
      ],
      ['2', 'Chuẩn bị hội trường', 'Văn phòng', 'Tháng 5/2026'],
    ])
    expect(table.headRows).toBe(1)
  })
})
