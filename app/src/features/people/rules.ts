import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold, spellingKey } from '@trienkhai/vietnamese/fold.ts'
import type { DoubleReason, MembershipStatus, Period } from './schema.ts'

/** Whether a period holds on a day; both its ends are in it. */
export function holdsOn({ fromOn, toOn }: Period, day: CivilDate): boolean {
  return fromOn <= day && (toOn === null || toOn >= day)
}

/** What is compared to tell whether two are one person. */
export interface Likeness {
  fullName: string
  bornOn: string | null
  bornKnownTo: 'day' | 'month' | 'year'
  phone: string | null
  partyCard: string | null
  bodyIds: readonly string[]
}

// Out of 100: the name alone is common, the day of birth or the telephone beside it tells nearly for sure.
const weights: Record<DoubleReason, number> = {
  'same-name': 40,
  'same-name-without-marks': 30,
  'same-birth-day': 40,
  'same-birth-year': 15,
  'same-phone': 40,
  'same-card': 60,
  'same-body': 20,
  'other-birth-day': -40,
}

/** From here on somebody is shown as a likely double. */
export const likelyFrom = 40

/** How likely two entries are one person, 0–100, and why. */
export function compareLikeness(one: Likeness, other: Likeness): { score: number; reasons: DoubleReason[] } {
  const reasons: DoubleReason[] = []
  if (spellingKey(one.fullName) === spellingKey(other.fullName)) reasons.push('same-name')
  else if (fold(one.fullName) === fold(other.fullName)) reasons.push('same-name-without-marks')
  if (one.bornOn && other.bornOn) {
    const isToTheDay = one.bornKnownTo === 'day' && other.bornKnownTo === 'day'
    if (isToTheDay) reasons.push(one.bornOn === other.bornOn ? 'same-birth-day' : 'other-birth-day')
    else reasons.push(yearOf(one.bornOn) === yearOf(other.bornOn) ? 'same-birth-year' : 'other-birth-day')
  }
  if (one.phone && other.phone && phoneKey(one.phone) === phoneKey(other.phone)) reasons.push('same-phone')
  if (one.partyCard && one.partyCard === other.partyCard) reasons.push('same-card')
  if (one.bodyIds.some((id) => other.bodyIds.includes(id))) reasons.push('same-body')
  const sum = reasons.reduce((total, reason) => total + weights[reason], 0)
  return { score: Math.max(0, Math.min(100, sum)), reasons }
}

const yearOf = (day: string): string => day.slice(0, 4)

/** A telephone number as it is compared: digits alone, with 0 for the country's +84. */
export function phoneKey(phone: string): string {
  return phone.replace(/[^0-9+]/g, '').replace(/^(?:\+84|0084)/, '0')
}

/** A name as it is kept: composed letters, one space between words. */
export function tidyName(typed: string): string {
  return typed.normalize('NFC').replace(/\s+/gu, ' ').trim()
}

/** The kinds of bodies to which one belongs in a way. */
export function kindsFor(status: MembershipStatus): readonly string[] {
  if (status === 'official' || status === 'probationary') return ['cell']
  return status === 'union-member' ? ['union', 'union-branch'] : ['association', 'union', 'union-branch']
}
