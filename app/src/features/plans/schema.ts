export const planStates = ['review', 'launched', 'withdrawn', 'closed'] as const
export type PlanState = (typeof planStates)[number]

/** How a unit stands with a task on a day; `late` is owed or under way past its last day. */
export const standings = ['done', 'doing', 'late', 'owed'] as const
export type Standing = (typeof standings)[number]

/** One page of a list, and how long the whole list is. */
export interface Page<Row> {
  rows: Row[]
  total: number
}

export interface PageAsked {
  search: string
  offset: number
  limit: number
}

export interface PlanLine {
  id: string
  officeId: string
  officeName: string
  state: PlanState
  number: string | null
  issuedOn: string | null
  subject: string
  launchedAt: Date | null
  units: number
  tasks: number
  done: number
  late: number
}

/** Counts of assignments: what is done, on time and with evidence are measures of their own, never one. */
export interface Counts {
  total: number
  done: number
  doneOnTime: number
  doneWithEvidence: number
  doing: number
  late: number
}

export type LaunchOutcome = { ok: true; planId: string } | { ok: false; reason: LaunchRefusal }
export type LaunchRefusal = 'already-launched' | 'changed-since-preview' | 'nothing-to-launch'

export type WithdrawOutcome = { ok: true } | { ok: false; reason: WithdrawRefusal }
export type WithdrawRefusal = 'not-launched' | 'somebody-acted' | 'reason-missing'

export type CloseOutcome =
  | { ok: true }
  | { ok: false; reason: 'not-launched' | 'reason-missing' | 'day-wrong' }
export type ReopenOutcome = { ok: true } | { ok: false; reason: 'not-closed' | 'reason-missing' }

export type AmendOutcome =
  | { ok: true; amendmentId: string }
  | { ok: false; reason: 'not-launched' | 'changes-nothing' | 'all-have-acted' }

/** What an amendment changed, as it is kept: enough to be read without the rows of today. */
export type AmendmentKept =
  | { kind: 'due'; taskId: string; task: string; before: string | null; after: string | null }
  | { kind: 'text'; taskId: string; before: string; after: string }
  | { kind: 'add-units'; taskId: string; task: string; added: string[] }
  | { kind: 'remove-units'; taskId: string; task: string; removed: string[]; kept: string[] }
  | { kind: 'inherit'; from: string; to: string; toId: string; assignments: number; duties: number }
  | { kind: 'add-task'; taskId: string; task: string; dueOn: string | null; added: string[] }
