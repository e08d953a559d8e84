import { describe, expect, it } from 'vitest'
import { textOf } from '../source-document.ts'
import { readTextSource } from './text-source.ts'

const paragraphs = (text: string, format: 'text' | 'markdown' = 'text') => {
  const source = readTextSource(text, format)
  return source.blocks.map((block) => textOf(source, block.span))
}

describe('a text', () => {
  it('loses its marks of emphasis, headings and escapes, and keeps what they say', () => {
    const source = readTextSource('## **I. MỤC ĐÍCH**\n\n\\- Học *kỹ* chuyên đề\n', 'markdown')
    expect(source.text).toBe('I. MỤC ĐÍCH\n\n- Học kỹ chuyên đề')
    expect(source.blocks[0]).toMatchObject({ type: 'paragraph', bold: true, heading: 2 })
  })

  it('is composed, its entities read, its invisible letters dropped', () => {
    const source = readTextSource('Xã Hòa B&igrave;nh\u200b &amp; bạn'.normalize('NFD'), 'text')
    expect(source.text).toBe('Xã Hòa Bình & bạn')
    expect(source.notes[0]?.kind).toBe('decomposed')
  })

  it('keeps a bullet that is a star', () => {
    expect(paragraphs('* Chuẩn bị **hội trường**')).toEqual(['* Chuẩn bị hội trường'])
  })

  it('gives an empty document for an empty text', () => {
    expect(readTextSource('  \n\n', 'text')).toEqual({
      format: 'text',
      text: '',
      blocks: [],
      pages: [],
      notes: [],
    })
  })
})

describe('tables', () => {
  it('are read from pipes, without the line that draws the rule', () => {
    const source = readTextSource('| TT | Nội dung |\n|---|:--|\n| 1 | Họp<br>Báo cáo |', 'markdown')
    const [table] = source.blocks
    expect(table?.type).toBe('table')
    if (table?.type !== 'table') return
    expect(
      table.rows.map((row) => row.map((cell) => cell.paragraphs.map((own) => textOf(source, own.span)))),
    ).toEqual([
      [['TT'], ['Nội dung']],
      [['1'], ['Họp', 'Báo cáo']],
    ])
  })

  it('are read from tabs, rows of a group included', () => {
    const source = readTextSource('TT\tViệc\tChủ trì\nI\tChuẩn bị\n1\tMượn loa\tĐoàn xã', 'text')
    const [table] = source.blocks
    expect(table?.type === 'table' && table.rows.map((row) => row.length)).toEqual([3, 3, 3])
  })

  it('are read from HTML inside the text', () => {
    const source = readTextSource(
      'Bảng:\n<table><tr><th>TT</th><th>Việc</th><th>Ai</th></tr>\n<tr><td colspan="2">Chung</td><td>Đoàn xã</td></tr></table>\nHết.',
      'markdown',
    )
    const [before, table, after] = source.blocks
    expect([before, after].map((block) => block && textOf(source, block.span))).toEqual(['Bảng:', 'Hết.'])
    expect(
      table?.type === 'table' && table.rows.map((row) => row.map((cell) => textOf(source, cell.span))),
    ).toEqual([
      ['TT', 'Việc', 'Ai'],
      ['Chung', '', 'Đoàn xã'],
    ])
  })

  it('are not made of one line with a tab', () => {
    expect(readTextSource('UBND XÃ\tCỘNG HÒA\n\nKẾ HOẠCH', 'text').blocks.map((block) => block.type)).toEqual(
      ['paragraph', 'paragraph'],
    )
  })
})

it('takes the eth that a scanner set for what it looks like', () => {
  const source = readTextSource('Ðảng ủy xã\n\n- Ðồng chí Ðỗ Thị Ðào, ðảng viên', 'text')
  expect(source.text).toBe('Đảng ủy xã\n\n- Đồng chí Đỗ Thị Đào, đảng viên')
})
