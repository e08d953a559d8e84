import { expect, test } from 'vitest'
import { findNameEnd } from './name-end.ts'

const nameIn = (phrase: string): string | undefined => {
  const end = findNameEnd(phrase)
  return end === undefined ? undefined : phrase.slice(0, end).trim()
}

test.each([
  ['Văn phòng Đảng ủy lo hội trường, nước uống', 'Văn phòng Đảng ủy'],
  ['Ban Tuyên giáo - Nữ công dựng phóng sự, in ấn phẩm', 'Ban Tuyên giáo - Nữ công'],
  ['Tiểu ban Nội dung gói quà trước ngày hội', 'Tiểu ban Nội dung'],
  ['UBND xã ốp lại cổng làng', 'UBND xã'],
  ['Các chi bộ trực thuộc nhắc đảng viên nộp bài', 'Các chi bộ trực thuộc'],
])('a word that goes on no name ends it: %s', (phrase, name) => {
  expect(nameIn(phrase)).toBe(name)
})

test.each([
  'Trung tâm Văn hóa - Thông tin và Thể thao huyện',
  'Đồng chí bí thư chi bộ',
  'Ban Quản lý dự án đầu tư xây dựng khu vực',
  'Chi bộ được kiểm tra, giám sát lo báo cáo',
  'Những đảng viên vắng mặt tại hội nghị đọc tài liệu',
])('words of a name, and clauses about it, end nothing: %s', (phrase) => {
  expect(nameIn(phrase)).toBeUndefined()
})
