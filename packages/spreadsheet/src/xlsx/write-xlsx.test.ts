import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { expect, it } from 'vitest'
import { gatherBytes, readAll, readCells } from '../gather.test-data.ts'
import type { OutSheet } from '../out-sheet.ts'
import { writeXlsx } from './write-xlsx.ts'

const people: OutSheet = {
  name: 'Đảng viên',
  remarks: ['Điền từ dòng dưới tiêu đề.'],
  columns: [
    { title: 'Họ và tên', width: 24, required: true, note: 'Viết đủ họ, chữ đệm, tên' },
    { title: 'Ngày sinh', width: 12, type: 'date' },
    { title: 'Tư cách', width: 14, choices: ['chính thức', 'dự bị'] },
  ],
  rows: [
    [
      [
        { text: '=HYPERLINK("http://x")' },
        { text: '1980-02-01', type: 'date' },
        { text: 'lạ', look: 'wrong', note: 'Không có tư cách này.' },
      ],
    ],
    [[{ text: '0912' }, undefined, { text: '7', type: 'number' }]],
  ],
}

it('writes sheets that read back the same, formulas as text', async () => {
  expect(await readCells(await gatherBytes(writeXlsx([people])))).toEqual({
    'Đảng viên': [
      [1, [{ type: 'text', text: 'Điền từ dòng dưới tiêu đề.' }]],
      [
        2,
        [
          { type: 'text', text: 'Họ và tên' },
          { type: 'text', text: 'Ngày sinh' },
          { type: 'text', text: 'Tư cách' },
        ],
      ],
      [
        3,
        [
          { type: 'text', text: '=HYPERLINK("http://x")' },
          { type: 'date', text: '1980-02-01' },
          { type: 'text', text: 'lạ' },
        ],
      ],
      [4, [{ type: 'text', text: '0912' }, undefined, { type: 'number', text: '7' }]],
    ],
  })
})

it('writes parts that are well-formed, with notes, choices and no formula', async () => {
  const parts = unzipSync(await gatherBytes(writeXlsx([people])))
  expect(Object.keys(parts).sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/comments1.xml',
    'xl/drawings/vmlDrawing1.vml',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/_rels/sheet1.xml.rels',
    'xl/worksheets/sheet1.xml',
    'xl/worksheets/sheet2.xml',
  ])
  for (const [name, part] of Object.entries(parts)) {
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}`)
    })
    parser.write(strFromU8(part)).close()
  }
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet.match(/<f[ >]/g)).toBeNull()
  expect(sheet).toContain('<formula1>DanhMuc!$A$1:$A$2</formula1>')
})

it('gives titles and reasons the lines that they take, and prints a page wide under its titles', async () => {
  const sheet = {
    name: "Danh sách 'mới'",
    remarks: ['Sửa các ô nền hồng.'],
    columns: [
      { title: 'Sinh hoạt từ ngày', width: 13 },
      { title: 'Cần sửa', width: 30 },
    ],
    rows: [
      [[{ text: '01/07/2025' }, { text: 'Ngày sinh: sai.\nĐiện thoại: sai.', look: 'reason' as const }]],
    ],
  }
  const parts = unzipSync(await gatherBytes(writeXlsx([sheet])))
  const text = (name: string): string => strFromU8(parts[name] ?? new Uint8Array())
  const rows = text('xl/worksheets/sheet1.xml').match(/<row [^>]*>/g)
  expect(rows).toEqual([
    '<row r="1">',
    '<row r="2" ht="30" customHeight="1">',
    '<row r="3" ht="30" customHeight="1">',
  ])
  expect(text('xl/worksheets/sheet1.xml')).toContain('fitToWidth="1" fitToHeight="0"')
  expect(text('xl/workbook.xml')).toContain(
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Danh sách ''mới'''!$2:$2</definedName>`,
  )
})

it('keeps every text through writing and reading', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => text.trim() !== ''),
      async (text) => {
        const bytes = await gatherBytes(
          writeXlsx([{ name: 'x', columns: [{ title: 't', width: 9 }], rows: [[[{ text }]]] }]),
        )
        expect(await readAll(bytes)).toEqual({
          x: [
            ['1', 't'],
            ['2', text],
          ],
        })
      },
    ),
    { numRuns: 60 },
  )
  const odd = 'a\r\nb _x0041_ \u0001 <&>"'
  const bytes = await gatherBytes(
    writeXlsx([{ name: 'x', columns: [{ title: 't', width: 9 }], rows: [[[{ text: odd }]]] }]),
  )
  expect(await readAll(bytes)).toEqual({
    x: [
      ['1', 't'],
      ['2', odd],
    ],
  })
})

it('lets an error of the rows through', async () => {
  const rows = async function* (): AsyncIterable<never[]> {
    yield []
    throw new Error('the database went away')
  }
  await expect(
    gatherBytes(writeXlsx([{ name: 'x', columns: [{ title: 't', width: 9 }], rows: rows() }])),
  ).rejects.toThrow('the database went away')
})
