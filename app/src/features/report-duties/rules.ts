import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { daysLate } from '#features/plans/rules.ts'
import type { DutyStanding } from './schema.ts'

/**
 * How a report stands on a day, and how many days late it is: counted to the day on which it first came, or to `today`
 * while it has not come. Without a last day nothing is late.
 */
export function dutyStandingOn(
  duty: { submittedAt: Date | null; dueOn: string | null },
  today: CivilDate,
): { standing: DutyStanding; daysLate: number } {
  const days = daysLate(duty.dueOn, duty.submittedAt ? vietnamDate(duty.submittedAt) : today)
  if (duty.submittedAt) return { standing: 'submitted', daysLate: days }
  return { standing: days > 0 ? 'late' : 'owed', daysLate: days }
}
