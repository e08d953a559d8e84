import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { printTable, wrap } from './print-table.ts'

test('text is broken at its spaces, and a word too long is cut', () => {
  expect(wrap('các chi bộ trực thuộc\nvăn phòng', 10)).toEqual(['các chi bộ', 'trực thuộc', 'văn phòng'])
  expect(wrap('https://example.vn', 8)).toEqual(['https://', 'example.', 'vn'])
})

test('a table gives narrow columns what they need and shares the rest', () => {
  const columns = [
    { title: '#', share: 1 },
    { title: 'Nội dung', share: 3 },
    { title: 'Chủ trì', share: 1 },
  ]
  const rows = [['1', 'Tổ chức hội nghị học tập, quán triệt chuyên đề cho đảng viên', 'Văn phòng']]
  expect(stripVTControlCharacters(printTable(columns, rows, 44))).toBe(
    [
      '#  Nội dung                        Chủ trì',
      '─  ──────────────────────────────  ─────────',
      '1  Tổ chức hội nghị học tập, quán  Văn phòng',
      '   triệt chuyên đề cho đảng viên',
      '',
    ].join('\n'),
  )
})
