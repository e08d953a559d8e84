import type { PersonalKind } from './kinds.ts'

/** What is held of one kind in one table. */
export interface HeldSection {
  table: string
  kind: PersonalKind
  /** Rows that there are; null where nobody is told (secrets). */
  total: number | null
  /** Some of them, or all for a file: column → value as it is shown. */
  rows: Record<string, string>[]
}

/** Somebody looked at one's personal data. */
export interface LookLine {
  id: number
  at: Date
  who: string | null
  office: string | null
  operation: string
}

export const erasureStates = ['waiting', 'done', 'refused', 'withdrawn'] as const
export type ErasureState = (typeof erasureStates)[number]

export interface ErasureLine {
  id: string
  accountId: string
  name: string
  organisation: string
  reason: string
  state: ErasureState
  askedAt: Date
  decidedAt: Date | null
  answer: string | null
}

export type ErasureReason =
  | 'already-asked'
  | 'no-organisation'
  | 'not-waiting'
  | 'still-belongs'
  | 'answer-missing'

export type ErasureOutcome = { ok: true } | { ok: false; reason: ErasureReason }

/** What stands for a name that was erased. */
export const erasedName = 'Người đã xóa dữ liệu'
