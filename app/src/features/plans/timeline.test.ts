import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { expect, it } from 'vitest'
import { inOrder, type Milestone, monthsBetween, scaleOf } from './timeline.ts'

const day = (text: string): CivilDate => text as CivilDate
const stone = (text: string, on: string): Milestone => ({
  kind: 'task',
  text,
  href: '/',
  on: day(on),
  at: null,
  done: 0,
  total: 1,
  late: 0,
})

it('puts the earliest first, and keeps the order of one day', () => {
  const stones = [stone('c', '2026-12-01'), stone('a', '2026-11-01'), stone('b', '2026-11-01')]
  expect(inOrder(stones).map(({ text }) => text)).toEqual(['a', 'b', 'c'])
})

it('lays days between the first and the last', () => {
  const scale = scaleOf([day('2026-11-11'), day('2026-11-01'), day('2026-11-06')])
  expect([day('2026-11-01'), day('2026-11-06'), day('2026-11-11'), day('2027-01-01')].map(scale)).toEqual([
    0, 0.5, 1, 1,
  ])
  expect(scaleOf([day('2026-11-01')])(day('2026-11-01'))).toBe(0.5)
  expect(scaleOf([])(day('2026-11-01'))).toBe(0.5)
})

it('finds the first days of the months in between', () => {
  expect(monthsBetween(day('2026-11-15'), day('2027-02-01'))).toEqual([
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
  ])
  expect(monthsBetween(day('2026-11-15'), day('2026-11-20'))).toEqual([])
})
