import { sql } from 'kysely'
import { isInArea, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import type { AssignmentState, ProgressStep } from '../schema.ts'

/** What decides about an assignment, as it stands while its row is locked. */
export interface LockedAssignment {
  id: string
  planId: string
  officeId: string
  organisationId: string
  inArea: boolean
  state: AssignmentState
  evidenceCount: number
  dueOn: string | null
  /** Nobody acts on a plan that is closed. */
  planState: string
  /** The unit has ended: it takes no work any more. */
  unitEnded: boolean
}

/** Locks an assignment's row, so that changes to it follow one another; NotFound outside the scope. */
export async function lockAssignment(tx: Tx, scope: Scope, id: string): Promise<LockedAssignment> {
  if (!isId(id)) throw new NotFound('assignment')
  const officeId = sql.ref('assignment.office_id')
  const organisationId = sql.ref('assignment.organisation_id')
  const { rows } = await sql<Omit<LockedAssignment, 'planState'>>`
    select id, plan_id as "planId", office_id as "officeId", organisation_id as "organisationId",
      ${isInArea(scope, organisationId)} as "inArea", state, evidence_count as "evidenceCount", due_on as "dueOn",
      exists (select from organisation unit where unit.id = organisation_id and unit.ended_on is not null) as "unitEnded"
    from assignment
    where id = ${id} and ${isWorkInScope(scope, { officeId, organisationId })}
    for update
  `.execute(tx)
  const [row] = rows
  if (!row) throw new NotFound('assignment')
  // Asked once the row is locked: who closes the plan at this moment either waits for what is done now, or was first.
  const plan = await tx
    .selectFrom('plan')
    .select('state')
    .where('id', '=', row.planId)
    .executeTakeFirstOrThrow()
  return { ...row, planState: plan.state }
}

export async function insertProgress(
  tx: Tx,
  { accountId }: Scope,
  progress: { assignmentId: string; step: ProgressStep; note: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('progress')
    .values({
      id: newId(),
      assignment_id: progress.assignmentId,
      step: progress.step,
      note: progress.note,
      account_id: accountId,
      at: progress.at,
    })
    .execute()
}

/** Sets how far an assignment has come; `doing` keeps the moment at which it was first started. */
export async function setState(
  tx: Tx,
  { accountId }: Scope,
  to: { assignmentId: string; state: 'doing' | 'done'; at: Date },
): Promise<void> {
  const isDone = to.state === 'done'
  await sql`
    update assignment set state = ${to.state}, version = version + 1,
      started_at = coalesce(started_at, ${to.at}),
      done_at = ${isDone ? to.at : null}::timestamptz, done_by = ${isDone ? accountId : null}::uuid
    where id = ${to.assignmentId}
  `.execute(tx)
}

/** Counts evidence and open obstacles anew after a change of theirs. */
export async function recount(tx: Tx, assignmentId: string): Promise<void> {
  await sql`
    update assignment set version = version + 1,
      evidence_count = (select count(*) from evidence where evidence.assignment_id = assignment.id),
      open_obstacles = (
        select count(*) from obstacle where obstacle.assignment_id = assignment.id and answer is null
      )
    where id = ${assignmentId}
  `.execute(tx)
}

export async function insertEvidence(
  tx: Tx,
  { accountId }: Scope,
  evidence: { assignmentId: string; title: string; at: Date } & ({ fileHash: string } | { url: string }),
): Promise<void> {
  const isFile = 'fileHash' in evidence
  await tx
    .insertInto('evidence')
    .values({
      id: newId(),
      assignment_id: evidence.assignmentId,
      kind: isFile ? 'file' : 'link',
      file_hash: isFile ? evidence.fileHash : null,
      url: isFile ? null : evidence.url,
      title: evidence.title,
      added_by: accountId,
      added_at: evidence.at,
    })
    .execute()
}
