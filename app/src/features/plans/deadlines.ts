import type { DeadlineRule } from '@trienkhai/plan-reader/plan.ts'
import {
  addDays,
  type CivilDate,
  civilDate,
  lastDayOfMonth,
  partsOf,
  weekdayOf,
} from '@trienkhai/vietnamese/civil-date.ts'

/** How an office reckons "trước ngày 15/11": that day is the last (`counts`), or the day before it (`eve`). */
export type BeforeDay = 'counts' | 'eve'

/**
 * How a last day was come by: said outright; said as "trước ngày"; the first round of a recurring one; the end of a
 * period; or not at all, because the words give no day.
 */
export type Reckoning = 'day' | 'before-day' | 'eve' | 'occurrence' | 'period' | 'words' | 'none'

export interface ReckonedDeadline {
  dueOn: CivilDate | null
  reckoning: Reckoning
}

/**
 * The last day of a task or report duty, as it stands on the day of the launch. A day that a person typed in the
 * review (`due`) is taken as it is; a recurring duty gets its first round on or after the launch, and keeps its rule;
 * relative ("sau hội nghị") and unclear words give no day and are shown as they are.
 */
export function reckonDeadline(
  stated: { due: CivilDate | null; deadline: DeadlineRule | null },
  on: { launchedOn: CivilDate; beforeDay: BeforeDay },
): ReckonedDeadline {
  const { due, deadline } = stated
  if (!deadline) return due ? { dueOn: due, reckoning: 'day' } : { dueOn: null, reckoning: 'none' }
  if (deadline.kind === 'recurring' && !due) {
    const dueOn = nextRound(deadline, on)
    return dueOn ? { dueOn, reckoning: 'occurrence' } : { dueOn: null, reckoning: 'words' }
  }
  if (!due) return { dueOn: null, reckoning: 'words' }
  if (deadline.before && deadline.day === due)
    return on.beforeDay === 'eve'
      ? { dueOn: addDays(due, -1), reckoning: 'eve' }
      : { dueOn: due, reckoning: 'before-day' }
  return { dueOn: due, reckoning: deadline.kind === 'period' ? 'period' : 'day' }
}

/** The last day of the first round of a recurring rule that ends on or after a day; null where it says not how often. */
export function nextRound(
  rule: DeadlineRule,
  on: { launchedOn: CivilDate; beforeDay: BeforeDay },
): CivilDate | null {
  const back = rule.before && on.beforeDay === 'eve' ? -1 : 0
  for (const last of roundsFrom(rule, on.launchedOn)) {
    const day = addDays(last, back)
    if (day >= on.launchedOn) return day
  }
  return null
}

const monthsOf = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

/** The rounds about a day, in order: the one it lies in, and the next two. */
function roundsFrom(rule: DeadlineRule, from: CivilDate): CivilDate[] {
  if (rule.every === null) return []
  if (rule.every === 'week') {
    const first = addDays(from, (rule.onWeekday ?? 7) - weekdayOf(from))
    return [first, addDays(first, 7), addDays(first, 14)]
  }
  const months = monthsOf[rule.every]
  const { year, month } = partsOf(from)
  const end = Math.ceil(month / months) * months
  return [0, 1, 2].map((round) => {
    const at = end - 1 + round * months
    return dayOfMonth(year + Math.floor(at / 12), (at % 12) + 1, rule.onDay)
  })
}

/** A day of a month; its last day where it has no such day (31/11) or none is said. */
function dayOfMonth(year: number, month: number, day: number | null): CivilDate {
  return (day === null ? undefined : civilDate(year, month, day)) ?? lastDayOfMonth(year, month)
}
