import type { Scope } from './scope.ts'

/** Whom an entry of the record concerns. */
export interface RecordFacts {
  /** The office that it is kept for; null where it concerns none. */
  officeId: string | null
  /** That office, or a body above it, is one that the actor administers. */
  administered: boolean
  /** It tells that somebody's personal data were looked at. */
  isLook: boolean
}

/** The work of an office: who administers accounts and organisations sees that it went on, not what it says. */
const workOfOffices = ['plan', 'assignment', 'obstacle', 'report_duty', 'document', 'paper', 'audience']

const isOwnOffice = (scope: Scope, { officeId }: RecordFacts): boolean =>
  officeId !== null && scope.offices.includes(officeId)

/** What entries about people hold (details, memberships) is for who keeps people. */
const aboutPeople = ['person']

/** Who may read the record: an office what was done for it, an administrator all of the area, looks too. */
export const recordEntries = {
  view: (scope: Scope, entry: RecordFacts): boolean =>
    entry.administered || (!entry.isLook && isOwnOffice(scope, entry)),
  /** What stood before and after. */
  viewContent: (scope: Scope, entry: RecordFacts & { subjectKind: string; inCare: boolean }): boolean => {
    if (!recordEntries.view(scope, entry)) return false
    if (aboutPeople.includes(entry.subjectKind)) return entry.inCare
    return isOwnOffice(scope, entry) || !workOfOffices.includes(entry.subjectKind)
  },
}

/** Whether the actor has a record to read at all. */
export function mayReadRecord(scope: Scope): boolean {
  return scope.offices.length > 0 || scope.administers.length > 0
}
