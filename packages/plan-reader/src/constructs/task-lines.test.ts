import { expect, it } from 'vitest'
import { readPlan } from '../read-plan.ts'
import { readTextSource } from '../source/text-source.ts'

/** The tasks under "Tổ chức thực hiện" of a plan of 2024. */
const tasks = (lines: string) =>
  readPlan(
    readTextSource(
      `KẾ HOẠCH
Học chuyên đề năm 2024

Đảng ủy xã Nậm Chày xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
- Vui.

II. TỔ CHỨC THỰC HIỆN
${lines}

Nơi nhận:
- Lưu.
`,
      'markdown',
    ),
  ).tasks.map(({ text, lead, due }) => [text, lead, due])

it('gives the items under a body on a line of its own to that body', () => {
  expect(
    tasks('**Ban Tuyên giáo Đảng ủy**\n- Chuẩn bị tài liệu.\n\n**Các chi bộ**\n- Cử người dự học.'),
  ).toEqual([
    ['Chuẩn bị tài liệu.', ['Ban Tuyên giáo Đảng ủy'], null],
    ['Cử người dự học.', ['Các chi bộ'], null],
  ])
})

it('gives the items under a body that "is the standing office, and has to" to that body', () => {
  expect(
    tasks('1. Đoàn xã là cơ quan thường trực, có nhiệm vụ:\na) Phát động cuộc thi;\nb) Công bố kết quả.'),
  ).toEqual([
    ['Phát động cuộc thi;', ['Đoàn xã'], null],
    ['Công bố kết quả.', ['Đoàn xã'], null],
  ])
})

it('takes a class with a time and a place for no body', () => {
  expect(
    tasks('1. Lớp báo cáo viên\n1.1. Thời gian: 8h00 ngày 21/6/2024.\n1.2. Nội dung:\n+ Kỹ năng nói.'),
  ).toEqual([])
})

it("leaves a unit's item to the unit where a post stands before its work", () => {
  expect(
    tasks(
      '1. Đ/c Lê Hà - Phó Bí thư Đảng ủy, Hiệu trưởng\n- Trưởng ban tổ chức; duyệt sách, phối hợp tổ Toán.',
    ),
  ).toEqual([
    [
      'Trưởng ban tổ chức; duyệt sách, phối hợp tổ Toán.',
      ['Đ/c Lê Hà - Phó Bí thư Đảng ủy, Hiệu trưởng'],
      null,
    ],
  ])
})

it('holds a day for the deadline rather than the month that it lies in', () => {
  expect(
    tasks('1. Các chi bộ tổ chức học trong tháng 9/2024; hoàn thành chậm nhất ngày 15/9/2024.'),
  ).toMatchObject([[expect.anything(), ['Các chi bộ'], '2024-09-15']])
})
