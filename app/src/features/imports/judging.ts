import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { DatePrecision } from '@trienkhai/vietnamese/typed-date.ts'
import type { Changes, Problem, Remark, RowState } from './schema.ts'

/** A row, understood as a whole: what it stands for and what it would change. */
export interface Judged {
  readonly state: RowState
  /** The id of what it stands for: known already, or to be made. */
  readonly target: string
  /** What is to be written, with ids in place of names. */
  readonly facts: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
  readonly remarks: readonly Remark[]
  readonly changes: Changes
  /** By which other rows refer to it. */
  readonly nameKey: string | null
  readonly bornOn: string | null
}

/** What is known of a person whom a row may mean. */
export interface KnownPerson {
  readonly id: string
  readonly fullName: string
  readonly bornOn: string | null
  readonly bornKnownTo: DatePrecision
  readonly sex: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly partyCard: string | null
  readonly joinedOn: string | null
  readonly officialOn: string | null
  /** Belongs to, or holds a post in, a body at or below the import's office. Others are as if they weren't there. */
  readonly inArea: boolean
  readonly memberships: readonly KnownMembership[]
  readonly posts: readonly KnownPost[]
  /** The row of the same file that brings them, where they are not known yet. */
  readonly row?: number
  /** That row is wrong, so that they will not be brought. */
  readonly isWrong?: boolean
}

export interface KnownMembership {
  readonly id: string
  readonly organisationId: string
  readonly organisationName: string
  readonly status: string
  readonly fromOn: CivilDate
  readonly toOn: CivilDate | null
  readonly endedAs: string | null
  readonly inArea: boolean
}

export interface KnownPost {
  readonly id: string
  readonly organisationId: string
  readonly organisationName: string
  readonly title: string
  readonly fromOn: CivilDate
  readonly toOn: CivilDate | null
  readonly decision: string | null
  readonly inArea: boolean
}

export const partyStatuses: readonly string[] = ['official', 'probationary']

/** Whether a membership or post lasts on a day. */
export const lastsOn = (
  term: { readonly fromOn: CivilDate; readonly toOn: CivilDate | null },
  day: CivilDate,
): boolean => term.fromOn <= day && (term.toOn === null || term.toOn >= day)

/** Whether two texts are the same but for how their letters are composed. */
export const sameText = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && one.normalize('NFC') === other.normalize('NFC'))

/** The state that follows: wrong where anything is, changed where anything changes. */
export function stateOf(isNew: boolean, problems: readonly Problem[], changes: Changes): RowState {
  if (problems.length > 0) return 'wrong'
  if (isNew) return 'new'
  return Object.keys(changes).length > 0 ? 'changed' : 'unchanged'
}
