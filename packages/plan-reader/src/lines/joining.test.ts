import { expect, it } from 'vitest'
import { readTextSource } from '../source/text-source.ts'
import { makeFlow } from './flow.ts'

const paragraphs = (text: string) =>
  makeFlow(readTextSource(text, 'text')).flatMap((entry) => (entry.type === 'line' ? [entry.line.text] : []))

it('joins a sentence broken before its day, its figure or the body that it waits for', () => {
  expect(
    paragraphs(
      '- Gửi danh sách đảng viên vắng mặt về Đảng ủy trước ngày\n20/9/2023.\n- Phối hợp với các ban, Sở Nông nghiệp và\n\nMôi trường tổng kết.',
    ),
  ).toEqual([
    '- Gửi danh sách đảng viên vắng mặt về Đảng ủy trước ngày 20/9/2023.',
    '- Phối hợp với các ban, Sở Nông nghiệp và Môi trường tổng kết.',
  ])
})

it('joins what follows a fragment of a sentence', () => {
  expect(
    paragraphs('1. Đồng chí Phó Bí thư chỉ đạo công tác chuẩn bị, trực tiếp kiểm\ntra\nviệc học tập.'),
  ).toEqual(['1. Đồng chí Phó Bí thư chỉ đạo công tác chuẩn bị, trực tiếp kiểm tra việc học tập.'])
})

it('leaves a heading and a new item alone', () => {
  expect(paragraphs('KẾ HOẠCH VÀ\nTỔ CHỨC\n- Một việc;\n- Hai việc.')).toEqual([
    'KẾ HOẠCH VÀ',
    'TỔ CHỨC',
    '- Một việc;',
    '- Hai việc.',
  ])
})

it('joins the number of a document that a line ended before', () => {
  expect(paragraphs('Thực hiện Kế hoạch số\n35/KH-UBND ngày 18/02/2022 của UBND thành phố.')).toEqual([
    'Thực hiện Kế hoạch số 35/KH-UBND ngày 18/02/2022 của UBND thành phố.',
  ])
})
