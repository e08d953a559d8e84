import { expect, it } from 'vitest'
import { breakWords, cutWords, type DrawnBody, drawing, drawStructure } from './draw-structure.ts'
import { inTreeOrder } from './tree-order.ts'

const body = (
  id: string,
  parentId: string | null,
  distance: number,
  kind: DrawnBody['kind'] = 'party-board',
) => ({
  id,
  parentId,
  distance,
  name: `Ban Tuyên giáo và Dân vận ${id}`,
  kind,
})
const rows: DrawnBody[] = [
  body('top', null, 0, 'province-committee'),
  ...Array.from({ length: 3 }, (_, at) => body(`board${at}`, 'top', 1)),
  ...Array.from({ length: 12 }, (_, at) => body(`commune${at}`, 'top', 1, 'commune-committee')),
  ...Array.from({ length: 9 }, (_, at) => body(`below${at}`, 'commune0', 2, 'union')),
  ...Array.from({ length: 40 }, (_, at) => body(`cell${at}`, 'commune0', 2, 'cell')),
]

it('draws a group for each kind, and in a box what stands below it', () => {
  const structure = drawStructure(rows, 'top')
  expect(structure?.groups.map(({ kind, count }) => [kind, count])).toEqual([
    ['party-board', 3],
    ['commune-committee', 12],
  ])
  const [commune] = structure?.groups[1]?.boxes ?? []
  expect([commune?.lines.length, commune?.others, commune?.cells]).toEqual([5, 4, 40])
})

it('keeps every box inside the drawing, and none over another', () => {
  const structure = drawStructure(rows, 'top')
  const boxes = [structure?.top, ...(structure?.groups.flatMap((group) => group.boxes) ?? [])].filter(
    (box) => box !== undefined,
  )
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(drawing.width)
    expect(box.y + box.height).toBeLessThanOrEqual(structure?.height ?? 0)
  }
  for (const [at, a] of boxes.entries())
    for (const b of boxes.slice(at + 1))
      expect(
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
      ).toBe(true)
})

it('breaks names between words, and cuts what has no room', () => {
  expect(breakWords('Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 16, 3)).toEqual([
    'Ủy ban Mặt trận',
    'Tổ quốc Việt Nam',
    'tỉnh',
  ])
  expect(breakWords('một hai ba bốn năm sáu', 7, 2)).toEqual(['một hai', 'ba bốn…'])
  expect(cutWords('Chi bộ', 10)).toBe('Chi bộ')
})

it('reads a tree with each body before those below it', () => {
  const order = inTreeOrder(
    [body('a', null, 0), body('b', 'a', 1), body('c', 'a', 1), body('d', 'b', 2)],
    'a',
  )
  expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'c'])
})
