import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { describe, expect, it } from 'vitest'
import { dutyStandingOn } from './rules.ts'

const today = '2026-11-23' as CivilDate
const dueOn = '2026-11-20'

describe('a report', () => {
  it('is owed until its last day is over, and late from the day after', () => {
    const on = (day: string | null) => dutyStandingOn({ submittedAt: null, dueOn: day }, today)
    expect(on('2026-11-23')).toEqual({ standing: 'owed', daysLate: 0 })
    expect(on('2026-11-22')).toEqual({ standing: 'late', daysLate: 1 })
    expect(on(null)).toEqual({ standing: 'owed', daysLate: 0 })
  })

  it('stays as late as it was when it came, by the calendar in Vietnam', () => {
    const at = (moment: string) => dutyStandingOn({ submittedAt: new Date(moment), dueOn }, today)
    expect(at('2026-11-20T23:59:00+07:00')).toEqual({ standing: 'submitted', daysLate: 0 })
    expect(at('2026-11-20T17:00:00Z')).toEqual({ standing: 'submitted', daysLate: 1 })
    expect(at('2026-11-22T08:00:00+07:00')).toEqual({ standing: 'submitted', daysLate: 2 })
  })
})
