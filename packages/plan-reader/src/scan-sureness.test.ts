import { expect, test } from 'vitest'
import { isPersonName } from './constructs/recipients.ts'
import { readPlan } from './read-plan.ts'
import type { SourceDocument } from './source-document.ts'

const lines = [
  'KẾ HOẠCH',
  'Thi đua năm 2026',
  'I. MỤC ĐÍCH',
  'Làm tốt.',
  'II. NỘI DUNG',
  'Thi đua cả năm.',
  'T/M ĐẢNG ỦY',
  'BÍ THƯ',
  'Trần Văn Lâm',
]

/** A scan whose last line was read with this sureness. */
function scan(confidence: number): SourceDocument {
  let at = 0
  const blocks = lines.map((line, index) => {
    const span = [at, at + line.length] as const
    at += line.length + 1
    const box = { page: 0, x: 0, y: 20 * index, width: 100, height: 14, span }
    return {
      type: 'paragraph' as const,
      span,
      boxes: [{ ...box, confidence: index === lines.length - 1 ? confidence : 0.95 }],
    }
  })
  return { format: 'pdf', text: lines.join('\n'), blocks, pages: [{ width: 595, height: 842 }], notes: [] }
}

test('a name that the OCR only guessed is left out', () => {
  const signed = { authority: 'T/M ĐẢNG ỦY', position: 'BÍ THƯ' }
  expect(readPlan(scan(0.9)).signatory).toEqual({ ...signed, name: 'Trần Văn Lâm' })
  expect(readPlan(scan(0.2)).signatory).toEqual({ ...signed, name: null })
})

test('a name has vowels', () => {
  expect(
    ['Kră Jăn Mai', 'Y Bhem Knul', 'TS. Lê Ân', 'Trần T. Hoa'].filter((name) => !isPersonName(name)),
  ).toEqual([])
  expect(['ST Âu', 'Mk Bt', 'Lư'].filter(isPersonName)).toEqual([])
})
