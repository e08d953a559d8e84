import type { Scope } from './scope.ts'

/** What decides about a report duty: to whom it is owed, and who owes it. */
export interface ReportDutyFacts {
  officeId: string
  organisationId: string
  inArea: boolean
}

/** Who may do what with a report that a unit owes. */
export const reportDuties = {
  view: (scope: Scope, duty: ReportDutyFacts): boolean =>
    scope.offices.includes(duty.officeId) || scope.memberships.includes(duty.organisationId) || duty.inArea,
  submit: (scope: Scope, duty: ReportDutyFacts): boolean => scope.units.includes(duty.organisationId),
}
