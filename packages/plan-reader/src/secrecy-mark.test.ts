import { describe, expect, it } from 'vitest'
import { findSecrecyMark } from './secrecy-mark.ts'
import type { Paragraph, SourceDocument } from './source-document.ts'

function sourceOf(
  lines: (string | { text: string; part: NonNullable<Paragraph['part']> })[],
): SourceDocument {
  let text = ''
  const blocks = lines.map((line): Paragraph => {
    const words = typeof line === 'string' ? line : line.text
    const start = text.length
    text += `${words}\n`
    const paragraph: Paragraph = { type: 'paragraph', span: [start, start + words.length] }
    return typeof line === 'string' ? paragraph : { ...paragraph, part: line.part }
  })
  return { format: 'text', text, blocks, pages: [], notes: [] }
}

describe('the mark of secrecy', () => {
  it.each([
    ['MẬT', 'mật'],
    ['TỐI MẬT', 'tối mật'],
    ['(TUYỆT MẬT)', 'tuyệt mật'],
    ['Độ mật: Tối mật', 'tối mật'],
    ['**MẬT**', 'mật'],
    ['TUYỆT MẬT'.normalize('NFD'), 'tuyệt mật'],
    ['TOI MAT', 'tối mật'],
  ])('is seen in "%s"', (line, level) => {
    expect(findSecrecyMark(sourceOf(['ĐẢNG ỦY XÃ', line, 'KẾ HOẠCH']))).toBe(level)
  })

  it.each([
    'Mật',
    'Bảo vệ bí mật nhà nước',
    'BẢO MẬT',
    'Tài liệu mật được quản lý theo quy định.',
    'MẬT ONG',
  ])('is not seen in "%s"', (line) => {
    expect(findSecrecyMark(sourceOf(['ĐẢNG ỦY XÃ', line, 'KẾ HOẠCH']))).toBeUndefined()
  })

  it('is seen in a text box far down, where stamps are drawn', () => {
    const lines = Array.from({ length: 200 }, (_, at) => `Dòng ${at}`)
    expect(findSecrecyMark(sourceOf([...lines, { text: 'TỐI MẬT', part: 'textbox' }]))).toBe('tối mật')
    expect(findSecrecyMark(sourceOf([...lines, 'MẬT']))).toBeUndefined()
  })
})
