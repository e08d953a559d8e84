import { describe, expect, it } from 'vitest'
import { type AreaBody, type SheetStep, stepsOfSheet } from './sheet-steps.ts'

const body = (id: string, name: string, parentId: string | null, kind = 'commune-committee'): AreaBody => ({
  id,
  name,
  abbreviation: null,
  kind,
  hierarchy: 'party',
  unitCode: null,
  parentId,
})
const bodies = [
  body('p', 'Tỉnh ủy', null, 'province-committee'),
  body('a', 'Đảng ủy xã An Hòa', 'p'),
  body('b', 'Đảng ủy xã Bình Hòa', 'p'),
  body('a1', 'Chi bộ thôn 1', 'a', 'cell'),
  body('b1', 'Chi bộ thôn 1', 'b', 'cell'),
]
const read = (...rows: SheetStep['cells'][]) => {
  let next = 0
  return stepsOfSheet(
    rows.map((cells, at) => ({ row: at + 2, cells })),
    bodies,
    () => `new${next++}`,
  )
}

describe('a sheet of steps', () => {
  it('makes one merger of the rows that merge into one name, and creates it first', () => {
    const { steps, wrong } = read(
      { work: 'Sáp nhập', body: 'Đảng uỷ xã An Hoà', result: 'Đảng ủy xã An Bình' },
      { work: 'sáp nhập', body: 'Đảng ủy xã Bình Hòa', result: 'ĐẢNG ỦY XÃ AN BÌNH' },
    )
    expect(wrong).toEqual([])
    expect(steps.map(({ step }) => step)).toMatchObject([
      {
        kind: 'create',
        bodyId: 'new0',
        name: 'Đảng ủy xã An Bình',
        bodyKind: 'commune-committee',
        parentId: 'p',
      },
      { kind: 'merge', from: ['a', 'b'], into: 'new0' },
    ])
  })

  it('tells bodies of one name apart by what they stand under', () => {
    expect(read({ work: 'Giải thể', body: 'Chi bộ thôn 1' }).wrong).toEqual([
      { row: 2, column: 'body', reason: 'body-ambiguous' },
    ])
    expect(read({ work: 'Giải thể', body: 'Chi bộ thôn 1', under: 'Đảng ủy xã Bình Hòa' }).steps).toEqual([
      { source: '2', step: { kind: 'dissolve', bodyId: 'b1', heirId: null } },
    ])
  })

  it('founds, renames, moves and splits, parents before what stands below them', () => {
    const { steps, wrong } = read(
      { work: 'Chuyển', body: 'Chi bộ thôn 1', under: 'Đảng ủy xã An Hòa', newParent: 'Đảng ủy xã Mới' },
      { work: 'Thành lập', result: 'Đảng ủy xã Mới', kind: 'đảng ủy xã, phường', newParent: 'Tỉnh ủy' },
      { work: 'Đổi tên', body: 'Đảng ủy xã An Hòa', result: 'Đảng ủy phường An Hòa' },
      { work: 'Chia tách', body: 'Đảng ủy xã Bình Hòa', result: 'Đảng ủy xã Bình Một' },
      { work: 'Chia tách', body: 'Đảng ủy xã Bình Hòa', result: 'Đảng ủy xã Bình Hai' },
    )
    expect(wrong).toEqual([])
    expect(steps.map(({ step, source }) => [step.kind, source])).toEqual([
      ['create', '3'],
      ['create', '5'],
      ['create', '6'],
      ['move', '2'],
      ['change', '4'],
      ['split', '5'],
    ])
  })

  it('tells each wrong cell by its place', () => {
    expect(
      read(
        { work: 'Xóa', body: 'Đảng ủy xã An Hòa' },
        { work: 'Sáp nhập', result: 'Đảng ủy xã An Bình' },
        { work: 'Sáp nhập', body: 'Đảng ủy xã An Hòa' },
        { work: 'Chuyển', body: 'Đảng ủy xã An Hòa', newParent: 'Không có' },
        { work: 'Thành lập', result: 'Ban mới', kind: 'công ty', newParent: 'Tỉnh ủy' },
      ).wrong,
    ).toEqual([
      { row: 6, column: 'kind', reason: 'kind-unknown' },
      { row: 2, column: 'work', reason: 'work-unknown' },
      { row: 3, column: 'body', reason: 'body-missing' },
      { row: 4, column: 'result', reason: 'result-missing' },
      { row: 5, column: 'newParent', reason: 'parent-unknown' },
    ])
  })
})
