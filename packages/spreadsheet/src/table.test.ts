import { expect, it } from 'vitest'
import { smallSheetLimits } from './limits.ts'
import { readSmallTable, type WantedColumn } from './table.ts'

const wanted: WantedColumn<'name' | 'born' | 'phone'>[] = [
  { key: 'name', titles: ['Họ và tên', 'Full name'], required: true },
  { key: 'born', titles: ['Ngày sinh', 'Ngày tháng năm sinh', 'Birth date'] },
  { key: 'phone', titles: ['Điện thoại', 'Phone'] },
]
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const table = async (text: string) => {
  const read = await readSmallTable(bytes(text), wanted, smallSheetLimits)
  if (!read.ok) return read
  return {
    extra: read.head.extra.map((extra) => extra.title),
    rows: read.rows.map((row) => [
      row.number,
      Object.fromEntries([...row.cells].map(([key, cell]) => [key, cell.text])),
    ]),
  }
}

it('finds titles below a heading, in any order, with or without marks, and says which columns are extra', async () => {
  expect(
    await table(
      'DANH SÁCH ĐẢNG VIÊN;;;\n;;;\nDIEN THOAI (*);HỌ VÀ TÊN;Ghi chú;Ngày, tháng, năm sinh\n(1);(2);(3);(4)\n0912345678;Trần Thị Bé;mới;1/2/1980\n',
    ),
  ).toEqual({
    extra: ['Ghi chú'],
    rows: [[5, { phone: '0912345678', name: 'Trần Thị Bé', born: '1/2/1980' }]],
  })
})

it('says which titles it looked for where there are none', async () => {
  expect(await table('a,b\n1,2\n')).toEqual({ ok: false, reason: 'no-titles', wanted: ['Họ và tên'] })
})
