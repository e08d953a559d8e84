import { type CivilDate, daysBetween } from '@trienkhai/vietnamese/civil-date.ts'

/** Something that stands on a plan's timeline on a day. */
export interface Milestone {
  kind: 'launch' | 'task' | 'event' | 'report'
  text: string
  /** Where it opens. */
  href: string
  on: CivilDate
  /** `13:30`, where an hour is said. */
  at: string | null
  done: number
  total: number
  late: number
}

/** What a plan gives no day for. */
export interface Undated {
  kind: 'task' | 'report'
  text: string
  href: string
  words: string | null
}

/** Milestones by day, the earliest first; on one day as given. */
export function inOrder(milestones: readonly Milestone[]): Milestone[] {
  return [...milestones].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
}

/** Where days lie between the first and the last of them, as shares of the whole: 0 to 1. */
export function scaleOf(days: readonly CivilDate[]): (day: CivilDate) => number {
  const sorted = [...days].sort()
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined || first === last) return () => 0.5
  const length = daysBetween(first, last)
  return (day) => Math.min(1, Math.max(0, daysBetween(first, day) / length))
}

/** The first days of the months that a span of days holds, for the lines behind the picture. */
export function monthsBetween(first: CivilDate, last: CivilDate): CivilDate[] {
  const months: CivilDate[] = []
  let [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))]
  for (let count = 0; count < 60; count++) {
    month += 1
    if (month > 12) {
      month = 1
      year += 1
    }
    const start = `${year}-${String(month).padStart(2, '0')}-01` as CivilDate
    if (start > last) break
    months.push(start)
  }
  return months
}
