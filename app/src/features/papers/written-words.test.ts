import { describe, expect, it } from 'vitest'
import type { PaperFigure, PaperLine } from './schema.ts'
import { linesFrom, textOf } from './written-words.ts'

const figure = (value: string, counted = value): PaperFigure => ({ figure: 'work-done', value, counted })
const total: PaperFigure = { figure: 'work-total', value: '44', counted: '44' }
const share: PaperFigure = { figure: 'work-share', value: '93,1%', counted: '93,1%' }
const before: PaperLine[] = [
  {
    bullet: false,
    parts: [
      { text: 'Có ' },
      figure('41'),
      { text: '/' },
      total,
      { text: ' phần việc, đạt ' },
      share,
      { text: '.' },
    ],
  },
  { bullet: true, parts: [{ text: 'Còn 44 ngày.' }] },
]

describe('the words of a section', () => {
  it('are plain text, one paragraph a line, and the same lines come back from it', () => {
    expect(textOf(before)).toBe('Có 41/44 phần việc, đạt 93,1%.\n- Còn 44 ngày.')
    expect(linesFrom(textOf(before), before)).toEqual(before)
  })

  it('keep their figures when words round them change and lines are added', () => {
    expect(
      linesFrom('Mở đầu mới.\r\n\r\nĐến nay đã có 41/44 phần việc xong (93,1%)\n– Còn 44 ngày.', before),
    ).toEqual([
      { bullet: false, parts: [{ text: 'Mở đầu mới.' }] },
      {
        bullet: false,
        parts: [
          { text: 'Đến nay đã có ' },
          figure('41'),
          { text: '/' },
          total,
          { text: ' phần việc xong (' },
          share,
          { text: ')' },
        ],
      },
      { bullet: true, parts: [{ text: 'Còn 44 ngày.' }] },
    ])
  })

  it('know a number that was typed over, and know it no more when the counted one is typed again', () => {
    const typed = linesFrom('Có 43/44 phần việc, đạt 93,1%.', before)
    expect(typed[0]?.parts.slice(0, 4)).toEqual([{ text: 'Có ' }, figure('43', '41'), { text: '/' }, total])
    expect(linesFrom('Có 41/44 phần việc, đạt 93,1%.', typed)[0]?.parts[1]).toEqual(figure('41'))
  })

  it('lose a figure that was taken out, and do not take another number of the text for it', () => {
    expect(linesFrom('Hầu hết phần việc, đạt 93,1%.\n- Còn 44 ngày.', before)).toEqual([
      { bullet: false, parts: [{ text: 'Hầu hết phần việc, đạt ' }, share, { text: '.' }] },
      { bullet: true, parts: [{ text: 'Còn 44 ngày.' }] },
    ])
  })

  it('may be empty, and may be long', () => {
    expect(linesFrom(' \n\n', before)).toEqual([])
    const long = Array.from({ length: 3000 }, (_, at) => `chữ${at} ${at}`).join(' ')
    expect(textOf(linesFrom(long, linesFrom(long.toUpperCase(), [])))).toBe(long)
  })
})
