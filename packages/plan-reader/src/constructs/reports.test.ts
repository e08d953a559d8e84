import { expect, it } from 'vitest'
import { makeLine } from '../lines/line.ts'
import { readReport } from './reports.ts'

const line = (text: string) => {
  const made = makeLine(text, [0, text.length])
  if (!made) throw new Error('empty')
  return made
}
const report = (text: string) => {
  const read = readReport(line(text), [{ text: 'Các chi bộ', spans: [] }], { year: 2024 }, 1)
  return read && { to: read.to.map((words) => words.text), day: read.deadline?.rule.day ?? null }
}

it.each([
  ['Báo cáo kết quả về Đảng ủy Khối trước ngày 10/11/2024.', ['Đảng ủy Khối'], '2024-11-10'],
  [
    'Chuẩn bị báo cáo bằng văn bản; gửi Đoàn giám sát (qua Văn phòng) trước ngày 12/7/2024.',
    ['Đoàn giám sát'],
    '2024-07-12',
  ],
  ['Khắc phục hạn chế, báo cáo Thường trực Đảng ủy trong thời hạn 30 ngày.', ['Thường trực Đảng ủy'], null],
  [
    'Tổng hợp, báo cáo Ban Thường vụ Huyện ủy; gửi báo cáo kết quả về Ban Tuyên giáo Tỉnh ủy trước ngày 15/9/2024.',
    ['Ban Thường vụ Huyện ủy', 'Ban Tuyên giáo Tỉnh ủy'],
    '2024-09-15',
  ],
  ['Định kỳ 6 tháng báo cáo về PX03.', ['PX03'], null],
])('«%s» is a duty', (text, to, day) => {
  expect(report(text)).toEqual({ to, day })
})

it.each([
  'Mời báo cáo viên Huyện ủy trình bày chuyên đề.',
  'Nếu có vướng mắc, kịp thời báo cáo để được giải quyết.',
])('«%s» is none', (text) => {
  expect(report(text)).toBeUndefined()
})
