import type { Context } from './context.ts'
import type { Tx } from './database/handles.ts'

export interface RecordEntry {
  /** `plan.launch`, `assignment.done` … */
  operation: string
  subjectKind: string
  subjectId: string
  /** Whose office it concerns; the actor's own unless told. */
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
      // What concerns no office in particular is kept for the one that the actor acts for.
      office_id: entry.officeId ?? context.actor.grants[0]?.organisationId ?? null,
      operation: entry.operation,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      request_id: context.requestId,
    })
    .execute()
}

/** Personal data that somebody looked at. */
export interface Look {
  /** `person.look`, `people.look` … */
  operation: `${string}.look`
  subjectKind: string
  subjectIds: readonly string[]
  officeId?: string
}

/**
 * Puts on record that personal data were looked at: one entry a look, however many it showed. A page goes on with its work
 * meanwhile; its answer leaves once the entry is kept (`hooks.server.ts`).
 */
export async function recordLook(context: Context, look: Look): Promise<void> {
  const { operation, subjectKind, subjectIds, officeId } = look
  const [only] = subjectIds
  if (only === undefined) return
  await context.putLook({
    done_at: context.now,
    account_id: context.actor.accountId,
    office_id: officeId ?? context.actor.grants[0]?.organisationId ?? null,
    operation,
    subject_kind: subjectKind,
    subject_id: only,
    after: subjectIds.length > 1 ? { subjects: subjectIds } : null,
    request_id: context.requestId,
  })
}
