import { expect, it } from 'vitest'
import { splitColumns } from './columns.ts'
import { makeLine } from './line.ts'

const lines = (text: string) => {
  let at = 0
  return text.split('\n').flatMap((row, index, rows) => {
    const made = makeLine(text, [at, at + row.length], undefined, index > 0 && rows[index - 1] === '')
    at += row.length + 1
    return made ? [made] : []
  })
}
const columns = (text: string) => splitColumns(lines(text)).map((line) => [line.column, line.text])

it('parts the recipients from the signature that is typed beside them', () => {
  expect(
    columns(`Nơi nhận:                       KT/ CHỦ TỊCH
- Đảng ủy xã,                   PHÓ CHỦ TỊCH
- Các cơ quan, đơn vị             (Đã ký)
trực thuộc,                     Vừ Thị Dở
- Lưu VT.`),
  ).toEqual([
    [0, 'Nơi nhận:'],
    [0, '- Đảng ủy xã,'],
    [0, '- Các cơ quan, đơn vị'],
    [0, 'trực thuộc,'],
    [0, '- Lưu VT.'],
    [1, 'KT/ CHỦ TỊCH'],
    [1, 'PHÓ CHỦ TỊCH'],
    [1, '(Đã ký)'],
    [1, 'Vừ Thị Dở'],
  ])
})

it('leaves a note beside a recipient where it is', () => {
  expect(columns('Nơi nhận:\n- Thường trực Huyện ủy,    (báo cáo)')).toEqual([
    [0, 'Nơi nhận:'],
    [0, '- Thường trực Huyện ủy, (báo cáo)'],
  ])
})

it('takes no blank left for a number or a day for a column', () => {
  expect(columns('Số:       /KH-UBND')).toEqual([[0, 'Số: /KH-UBND']])
})
