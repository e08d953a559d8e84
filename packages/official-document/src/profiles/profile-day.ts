import { type CivilDate, civilDate } from '@trienkhai/vietnamese/civil-date.ts'

/** A day written into a profile; one that doesn't exist is a mistake in the data. */
export function dayOf(year: number, month: number, day: number): CivilDate {
  const date = civilDate(year, month, day)
  if (!date) throw new RangeError(`no such day in a layout profile: ${year}-${month}-${day}`)
  return date
}
