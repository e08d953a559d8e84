import { z } from 'zod'

/** How a report stands on a day: submitted, owed, or owed past its last day. */
export const dutyStandings = ['submitted', 'late', 'owed'] as const
export type DutyStanding = (typeof dutyStandings)[number]

export const reportBodySchema = z.string().trim().max(60_000)

export type SubmitOutcome =
  | { ok: true }
  | {
      ok: false
      reason: 'plan-closed' | 'words-missing' | 'file-too-large' | 'file-empty' | 'file-unknown'
      fileName?: string
    }

export interface DutyLine {
  id: string
  planId: string
  planSubject: string
  planNumber: string | null
  officeName: string
  text: string
  deadlineWords: string | null
  dueOn: string | null
  organisationId: string
  organisationName: string
  submittedAt: Date | null
  hasFile: boolean
  /** Who owed it first, and the day on which it passed on; null where it was this unit's from the start. */
  inheritedFrom: string | null
  inheritedOn: string | null
}
