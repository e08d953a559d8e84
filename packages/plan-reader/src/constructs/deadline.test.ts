import { describe, expect, it } from 'vitest'
import { makeLine } from '../lines/line.ts'
import { readDeadline, readDeadlineCell } from './deadline.ts'

const line = (text: string) => {
  const made = makeLine(text, [0, text.length])
  if (!made) throw new Error('empty')
  return made
}
const said = (text: string) => readDeadline(line(text), { year: 2026 })?.rule
const cell = (text: string) => readDeadlineCell(line(text), { year: 2026 })?.rule

describe('a deadline in a sentence', () => {
  it('is a day, with the year of the plan where none is said', () => {
    expect(said('Gửi danh sách về Văn phòng trước ngày 15/11/2024.')).toMatchObject({
      words: 'trước ngày 15/11/2024',
      kind: 'day',
      day: '2024-11-15',
      before: true,
    })
    expect(said('Hoàn thành chậm nhất ngày 20/4.')).toMatchObject({ day: '2026-04-20', before: false })
  })

  it('is the day by which something is finished, and tried out', () => {
    expect(said('Lắp đường truyền, hoàn thành và chạy thử ngày 19/7/2026.')).toMatchObject({
      kind: 'day',
      day: '2026-07-19',
    })
  })

  it('is the last day of a quarter or month', () => {
    expect(said('Xây dựng xong trong quý II năm 2026.')).toMatchObject({ kind: 'period', day: '2026-06-30' })
    expect(said('Triển khai trong tháng 02/2027')).toMatchObject({ day: '2027-02-28' })
  })

  it('is not the date of a document', () => {
    expect(said('Quán triệt Chỉ thị số 9-CT/TU ngày 18/6/2025 của Tỉnh ủy.')).toBeUndefined()
    expect(said('Công bố giá theo quy định của pháp luật.')).toBeUndefined()
  })

  it('is a rule where it comes again', () => {
    expect(said('Báo cáo kết quả trước ngày 20 hằng tháng.')).toMatchObject({
      kind: 'recurring',
      every: 'month',
      onDay: 20,
      day: null,
    })
    expect(said('Gửi báo cáo trước 16 giờ ngày thứ Sáu hằng tuần.')).toMatchObject({
      every: 'week',
      onWeekday: 5,
      hour: '16:00',
    })
  })

  it('is bound to an event where it follows one', () => {
    expect(said('Gửi báo cáo chậm nhất 5 ngày sau hội nghị.')).toMatchObject({
      kind: 'relative',
      day: null,
      after: { event: 'hội nghị', days: 5 },
    })
  })
})

describe('a deadline in a cell', () => {
  it.each([
    ['Xong trong Quý II/2026', 'period', '2026-06-30'],
    ['Quý II, quý III/2026', 'period', '2026-09-30'],
    ['25/8/2025', 'day', '2025-08-25'],
    ['2026 - 2027', 'period', '2027-12-31'],
    ['Thường xuyên trong năm', 'continuous', null],
    ['Hằng năm', 'recurring', null],
    ['Trước ngày 31/01 năm liền kề', 'recurring', null],
    ['Từ tháng 10/2026', 'unclear', null],
    ['Theo Điều 17 Nghị định số 52/2015/NĐ-CP', 'unclear', null],
  ] as const)('reads «%s»', (text, kind, day) => {
    expect(cell(text)).toMatchObject({ words: text, kind, day })
  })
})

it('is not told by another paper that a cell only names', () => {
  expect(cell('Theo Kế hoạch rà soát năm 2026 của tỉnh')).toMatchObject({ kind: 'unclear', day: null })
  expect(cell('Trong năm 2026')).toMatchObject({ kind: 'period', day: '2026-12-31' })
})
