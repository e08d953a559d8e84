import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideWidth, longestPieces } from './column-widths.ts'
import { placeCells } from './placed-cells.ts'
import { measureText } from './text-width.ts'

describe('dividing a width', () => {
  it('follows the shares and adds up exactly', () => {
    expect(divideWidth(100, [1, 1, 1])).toEqual([33, 34, 33])
  })

  it('gives a narrow column its minimum at the cost of the others', () => {
    expect(divideWidth(100, [1, 5, 4], [30, 0, 0])).toEqual([30, 39, 31])
  })

  it('lets minimums be that do not fit together', () => {
    expect(divideWidth(100, [1, 3], [80, 80])).toEqual([25, 75])
  })

  it('refuses columns without a width', () => {
    expect(() => divideWidth(100, [])).toThrow(RangeError)
    expect(() => divideWidth(100, [1, 0])).toThrow(RangeError)
    expect(() => divideWidth(100, [1, Number.NaN])).toThrow(RangeError)
  })

  it('always adds up, whatever the shares and minimums', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ share: fc.integer({ min: 1, max: 50 }), least: fc.integer({ min: 0, max: 3000 }) }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (columns) => {
          const widths = divideWidth(
            9354,
            columns.map((column) => column.share),
            columns.map((column) => column.least),
          )
          expect(widths.reduce((sum, width) => sum + width, 0)).toBe(9354)
          expect(widths.every((width) => width >= 0)).toBe(true)
        },
      ),
    )
  })
})

describe('the longest piece of a column', () => {
  it('breaks at spaces and hyphens, holds numbers, and counts bold rows as bold', () => {
    const pieces = longestPieces(
      {
        kind: 'table',
        columns: [{ width: 1 }, { width: 1 }, { width: 1 }],
        header: [{ cells: ['Hạn', 'Số', { text: 'dòng một\ndòng hai' }] }],
        rows: [
          { cells: ['15/11/2026', '21-KH/ĐU', 'ngày 15'] },
          { bold: true, cells: [{ text: 'Tổng của mọi đơn vị', columnSpan: 2 }, '1.874/2.012'] },
        ],
      },
      13,
    )
    expect(pieces).toEqual([
      measureText('15/11/2026', 13),
      measureText('KH/ĐU', 13),
      measureText('1.874/2.012', 13, 'bold'),
    ])
  })
})

describe('placing cells', () => {
  it('passes over the cells that reach down from above', () => {
    const placed = placeCells(
      [
        {
          cells: [
            { text: 'TT', rowSpan: 2 },
            { text: 'Đảng viên', columnSpan: 2 },
            { text: 'Ghi chú', rowSpan: 2 },
          ],
        },
        { cells: ['Triệu tập', 'Tham gia'] },
      ],
      4,
    )
    expect(placed.map((row) => row.map(({ column }) => column))).toEqual([
      [0, 1, 3],
      [1, 2],
    ])
  })

  it('refuses rows that do not fill their columns', () => {
    expect(() => placeCells([{ cells: ['a'] }], 2)).toThrow('row 1 of a table has too few cells')
    expect(() => placeCells([{ cells: ['a', 'b', 'c'] }], 2)).toThrow('row 1 of a table has too many cells')
    expect(() => placeCells([{ cells: ['a', { text: 'b', columnSpan: 2 }] }], 2)).toThrow(
      'reaches over its columns',
    )
    expect(() => placeCells([{ cells: [{ text: 'a', rowSpan: 2 }] }], 1)).toThrow('below its last row')
  })
})
