import { z } from 'zod'

export const assignmentStates = ['owed', 'doing', 'done'] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const progressSteps = ['started', 'noted', 'done', 'reopened'] as const
export type ProgressStep = (typeof progressSteps)[number]

const words = z.string().trim().min(1).max(4_000)

export const noteSchema = words
export const reasonSchema = words
export const obstacleSchema = words
export const answerSchema = words

/** Links lead out of the product by http or https and by nothing else. */
export const linkSchema = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  title: z.string().trim().max(300),
})

/** What an operation on an assignment answers. */
export type AssignmentOutcome = { ok: true } | { ok: false; reason: AssignmentRefusal }

export type AssignmentRefusal =
  /** It is done already; reopen it first. */
  | 'already-done'
  | 'not-done'
  /** Nothing shows that it was done, and it was not said that there is none. */
  | 'evidence-missing'
  | 'words-missing'
  | 'link-wrong'
  | 'nothing-chosen'
  | 'file-too-large'
  | 'file-empty'
  | 'file-unknown'
  | 'already-answered'
  | 'changed-meanwhile'
  | 'plan-closed'
  /** The unit is no more: what it reported done stays so, as nobody is there to go on with it. */
  | 'unit-ended'

export interface AssignmentLine {
  id: string
  planId: string
  planSubject: string
  planNumber: string | null
  officeName: string
  taskText: string
  product: string | null
  deadlineWords: string | null
  organisationId: string
  organisationName: string
  role: 'lead' | 'with'
  state: AssignmentState
  dueOn: string | null
  doneAt: Date | null
  evidenceCount: number
  openObstacles: number
  /** To whom it was given first, and the day on which it passed on; null where it was given to this unit. */
  inheritedFrom: string | null
  inheritedOn: string | null
  /** The plan was closed: what is not done stays so. */
  isClosed: boolean
}
