import type { DeadlineRule } from '@trienkhai/plan-reader/plan.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { describe, expect, it } from 'vitest'
import { type BeforeDay, nextRound, reckonDeadline } from './deadlines.ts'

const day = (text: string): CivilDate => text as CivilDate
const rule = (parts: Partial<DeadlineRule>): DeadlineRule => ({
  words: 'lời văn',
  kind: 'day',
  day: null,
  before: false,
  every: null,
  onDay: null,
  onWeekday: null,
  hour: null,
  after: null,
  ...parts,
})
const on = (launchedOn: string, beforeDay: BeforeDay = 'counts') => ({
  launchedOn: day(launchedOn),
  beforeDay,
})

describe('a deadline at launch', () => {
  it.each<[string, DeadlineRule | null, string | null, BeforeDay, string | null, string]>([
    ['a day alone', null, '2026-11-30', 'counts', '2026-11-30', 'day'],
    ['nothing said', null, null, 'counts', null, 'none'],
    ['a day with its words', rule({ day: day('2026-11-30') }), '2026-11-30', 'eve', '2026-11-30', 'day'],
    [
      '"trước ngày", the day counts',
      rule({ day: day('2026-11-30'), before: true }),
      '2026-11-30',
      'counts',
      '2026-11-30',
      'before-day',
    ],
    [
      '"trước ngày", the day before',
      rule({ day: day('2026-12-01'), before: true }),
      '2026-12-01',
      'eve',
      '2026-11-30',
      'eve',
    ],
    [
      'a day that a person typed over "trước ngày"',
      rule({ day: day('2026-12-01'), before: true }),
      '2026-12-05',
      'eve',
      '2026-12-05',
      'day',
    ],
    ['a period', rule({ kind: 'period' }), '2026-12-31', 'counts', '2026-12-31', 'period'],
    [
      'relative words',
      rule({ kind: 'relative', after: { event: 'hội nghị', days: 5 } }),
      null,
      'counts',
      null,
      'words',
    ],
    ['unclear words', rule({ kind: 'unclear' }), null, 'counts', null, 'words'],
    ['recurring, not said how often', rule({ kind: 'recurring' }), null, 'counts', null, 'words'],
    ['recurring', rule({ kind: 'recurring', every: 'month' }), null, 'counts', '2026-11-30', 'occurrence'],
  ])('%s', (_name, deadline, due, beforeDay, dueOn, reckoning) => {
    const stated = { deadline, due: due === null ? null : day(due) }
    expect(reckonDeadline(stated, on('2026-11-23', beforeDay))).toEqual({ dueOn, reckoning })
  })
})

describe('the first round of a recurring deadline', () => {
  it.each<[Partial<DeadlineRule>, string, BeforeDay, string]>([
    [{ every: 'month', onDay: 20 }, '2026-11-20', 'counts', '2026-11-20'],
    [{ every: 'month', onDay: 20 }, '2026-11-21', 'counts', '2026-12-20'],
    [{ every: 'month', onDay: 20, before: true }, '2026-11-20', 'eve', '2026-12-19'],
    [{ every: 'month', onDay: 31 }, '2026-11-23', 'counts', '2026-11-30'],
    [{ every: 'month', onDay: 20 }, '2026-12-21', 'counts', '2027-01-20'],
    [{ every: 'week', onWeekday: 5 }, '2026-11-23', 'counts', '2026-11-27'],
    [{ every: 'week', onWeekday: 5 }, '2026-11-28', 'counts', '2026-12-04'],
    [{ every: 'week' }, '2026-11-23', 'counts', '2026-11-29'],
    [{ every: 'quarter' }, '2026-11-23', 'counts', '2026-12-31'],
    [{ every: 'quarter', onDay: 15 }, '2026-12-16', 'counts', '2027-03-15'],
    [{ every: 'half-year' }, '2026-06-30', 'counts', '2026-06-30'],
    [{ every: 'half-year' }, '2026-07-01', 'counts', '2026-12-31'],
    [{ every: 'year', onDay: 10 }, '2026-12-11', 'counts', '2027-12-10'],
  ])('%j from %s, %s', (parts, from, beforeDay, first) => {
    expect(nextRound(rule({ kind: 'recurring', ...parts }), on(from, beforeDay))).toBe(first)
  })
})
