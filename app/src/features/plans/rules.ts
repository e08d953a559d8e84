import { type CivilDate, daysBetween } from '@trienkhai/vietnamese/civil-date.ts'
import type { Standing } from './schema.ts'

/** How an assignment stands on a day. */
export function standingOn(assignment: { state: string; dueOn: string | null }, today: CivilDate): Standing {
  if (assignment.state === 'done') return 'done'
  if (assignment.dueOn !== null && assignment.dueOn < today) return 'late'
  return assignment.state === 'doing' ? 'doing' : 'owed'
}

/** Days past the last day, on a day: 0 where it is not late, or has no last day. */
export function daysLate(dueOn: string | null, day: CivilDate): number {
  return dueOn === null ? 0 : Math.max(0, daysBetween(dueOn as CivilDate, day))
}

/** Squares are drawn up to this many in all; beyond, and beyond so many units, bars by group stand in. */
export const mostSquares = 2_000
export const mostUnitsAsSquares = 300
