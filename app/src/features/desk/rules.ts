import { addDays, type CivilDate, daysBetween, weekdayOf } from '@trienkhai/vietnamese/civil-date.ts'
import type { Matter, MatterKind, UnitStanding } from './schema.ts'

/** Most urgent first: what is late since longest, then what waits today, then by day. */
export function sortMatters(matters: readonly Matter[], today: CivilDate): Matter[] {
  const dayOf = (matter: Matter): string => matter.dueOn ?? (isTimeless(matter.kind) ? today : '9999')
  return [...matters].sort(
    (a, b) => compare(dayOf(a), dayOf(b)) || compare(a.at.toISOString(), b.at.toISOString()),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Things that wait for an answer from the moment that they come up; work without a last day may wait. */
const isTimeless = (kind: MatterKind): boolean => kind !== 'work' && kind !== 'report'

/** Monday and Sunday of a day's week. */
export function weekOf(day: CivilDate): { from: CivilDate; to: CivilDate } {
  const from = addDays(day, 1 - weekdayOf(day))
  return { from, to: addDays(from, 6) }
}

/** How many matters wait today (late ones and those without a day too), and how many until Sunday. */
export function countDue(matters: readonly Matter[], today: CivilDate): { today: number; week: number } {
  const { to } = weekOf(today)
  const dueBy = (day: CivilDate): number =>
    matters.filter(({ dueOn, kind }) => (dueOn === null ? isTimeless(kind) : dueOn <= day)).length
  return { today: dueBy(today), week: dueBy(to) }
}

/** How far away a last day is: negative when it has passed. */
export const daysTo = (dueOn: string, today: CivilDate): number => daysBetween(today, dueOn as CivilDate)

/** A unit's square: late before all else, then done, begun, owed. */
export function standingOfUnit({
  tasks,
  done,
  isLate,
}: Pick<UnitStanding, 'tasks' | 'done' | 'isLate'>): 'done' | 'doing' | 'late' | 'owed' {
  if (isLate) return 'late'
  if (tasks > 0 && done === tasks) return 'done'
  return done > 0 ? 'doing' : 'owed'
}
