import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'

export interface RecordFilters {
  /** Words about what was done to what. */
  search: string
  /** An account's id, or words of a name. */
  who: string
  operation: string
  subjectKind: string
  /** One thing: `plan:…`. */
  subject: { kind: string; id: string } | null
  /** An organisation's id, or words of its name. */
  office: string
  from: CivilDate | null
  to: CivilDate | null
}

/** Where a page of the record begins: behind an entry (older), or before one (newer). */
export type RecordPlace = { olderThan: number } | { newerThan: number } | null

export interface RecordEntryRow {
  id: number
  doneAt: Date
  accountId: string | null
  officeId: string | null
  operation: string
  subjectKind: string
  subjectId: string | null
  before: unknown
  after: unknown
  /** The actor keeps the people of that office, or of one above it. */
  inCare: boolean
}

/** What ids stand for, for who may see it. */
export type Names = Readonly<Record<string, { kind: string; name: string }>>

export interface RecordLine extends Omit<RecordEntryRow, 'before' | 'after' | 'inCare'> {
  who: string | null
  office: string | null
  subject: string | null
  opens: string | null
  changes: RecordChange[]
  /** Changes that are not shown, as there are too many. */
  more: number
  /** It changed something that is not the reader's to see. */
  isHidden: boolean
}

/** One field that has changed, in words. */
export interface RecordChange {
  label: string
  before: string | null
  after: string | null
}
