import { expect, it } from 'vitest'
import { readPlan } from '../read-plan.ts'
import { readTextSource } from '../source/text-source.ts'
import { nameInSubject } from './events.ts'

/** The events of a section's lines, in a plan of 2024. */
const events = (lines: string) =>
  readPlan(
    readTextSource(
      `KẾ HOẠCH
Các hoạt động năm 2024

Đảng ủy xã Nậm Chày xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
- Vui.

II. NỘI DUNG
${lines}

Nơi nhận:
- Lưu.
`,
      'text',
    ),
  ).events.map(({ title, start, place }) => [title, start, place])

it.each([
  [
    'with the hour in brackets behind the day',
    '1. Hội thao\n- Thời gian: Sáng thứ Bảy, ngày 16/3/2024 (từ 7h30).\n- Địa điểm: Sân xã, số 2A đường Trần Phú.',
    ['Hội thao', '2024-03-16T07:30', 'Sân xã'],
  ],
  [
    'with its place behind a semicolon',
    '2. Vòng 2: Thi đội\n- Thời gian: 18h30 ngày 02/6/2024; địa điểm: Nhà đa năng.',
    ['Vòng 2', '2024-06-02T18:30', 'Nhà đa năng'],
  ],
  [
    'over days of one month',
    '1. Hội thao\na. Thời gian: 02 ngày, 12 - 13/12/2024.\nb. Địa điểm: Sân vận động xã.',
    ['Hội thao', '2024-12-12', 'Sân vận động xã'],
  ],
  [
    'at a place in an abbreviated town',
    '1. Chung khảo\n- Thời gian: 8h00 ngày 11/8/2024.\n- Địa điểm: Nhà hát TP. Lào Cai.',
    ['Chung khảo', '2024-08-11T08:00', 'Nhà hát TP. Lào Cai'],
  ],
])('an event is read %s', (_, lines, event) => {
  expect(events(lines)).toEqual([event])
})

it('is named by the first thing that a long subject names', () => {
  expect(
    nameInSubject('Tổ chức Hội nghị học tập bài viết; Tập huấn kỹ năng; Phát động Cuộc thi năm 2024'),
  ).toBe('Hội nghị học tập bài viết')
  expect(nameInSubject('Trồng cây phân tán năm 2026')).toBe('Trồng cây phân tán năm 2026')
})
