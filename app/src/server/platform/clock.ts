import { type CivilDate, vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'

let fixedAt: Date | undefined

/** The moment it is. The only place of the product that asks the system's clock. */
export function now(): Date {
  return fixedAt ? new Date(fixedAt) : new Date()
}

/** The day it is in Vietnam. */
export function today(): CivilDate {
  return vietnamDate(now())
}

/** For tests: stands the clock at a moment, or with undefined lets it run again. */
export function setClock(moment: Date | undefined): void {
  fixedAt = moment
}
