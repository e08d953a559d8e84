import type { Context } from './context.ts'
import type { Tx } from './database/handles.ts'

export interface RecordEntry {
  /** `plan.launch`, `assignment.done` … */
  operation: string
  subjectKind: string
  subjectId: string
  /** Whose office it concerns, where there is one. */
  officeId?: string
  before?: unknown
  after?: unknown
}

/** Puts on record what is being done, in the transaction that does it. */
export async function record(tx: Tx, context: Context, entry: RecordEntry): Promise<void> {
  await tx
    .insertInto('record_entry')
    .values({
      done_at: context.now,
      account_id: context.actor.accountId,
      office_id: entry.officeId ?? null,
      operation: entry.operation,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      request_id: context.requestId,
    })
    .execute()
}
