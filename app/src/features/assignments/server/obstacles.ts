import { sql } from 'kysely'
import { notifyOffice, notifyUnits } from '#features/notices/server/notify.ts'
import { assignments } from '#server/access/assignments.ts'
import { requireMay } from '#server/access/require.ts'
import { isInArea, isWorkInScope } from '#server/access/rows.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { type AssignmentOutcome, answerSchema, obstacleSchema } from '../schema.ts'
import type { AssignmentCommand } from './operations.ts'
import { lockAssignment, recount } from './writes.ts'

/** Says what stands in the way; the office that gave the work is told. */
export async function raiseObstacle(
  context: Context,
  command: AssignmentCommand & { text: string },
): Promise<AssignmentOutcome> {
  const text = obstacleSchema.safeParse(command.text)
  if (!text.success) return { ok: false, reason: 'words-missing' }
  return asCommand(context, command.commandId, 'obstacle.raise', async (tx): Promise<AssignmentOutcome> => {
    const assignment = await lockAssignment(tx, context.scope, command.assignmentId)
    requireMay(assignments.raiseObstacle(context.scope, assignment))
    if (assignment.planState === 'closed') return { ok: false, reason: 'plan-closed' }
    const id = newId()
    await tx
      .insertInto('obstacle')
      .values({
        id,
        assignment_id: assignment.id,
        office_id: assignment.officeId,
        text: text.data,
        raised_by: context.actor.accountId,
        raised_at: context.now,
      })
      .execute()
    await recount(tx, assignment.id)
    const { planId, officeId, organisationId } = assignment
    const details = { assignmentId: assignment.id, text: text.data.slice(0, 200) }
    await notifyOffice(tx, context, {
      planId,
      officeId,
      organisationId,
      kind: 'obstacle-raised',
      key: id,
      details,
    })
    await record(tx, context, {
      operation: 'obstacle.raise',
      subjectKind: 'obstacle',
      subjectId: id,
      officeId,
      after: { assignmentId: assignment.id },
    })
    return { ok: true }
  })
}

/** The office's answer to an obstacle; the unit is told. An answer is given once. */
export async function answerObstacle(
  context: Context,
  command: { commandId: string; obstacleId: string; answer: string },
): Promise<AssignmentOutcome> {
  const answer = answerSchema.safeParse(command.answer)
  if (!answer.success) return { ok: false, reason: 'words-missing' }
  if (!isId(command.obstacleId)) throw new NotFound('obstacle')
  return asCommand(context, command.commandId, 'obstacle.answer', async (tx): Promise<AssignmentOutcome> => {
    const { scope } = context
    const officeId = sql.ref('assignment.office_id')
    const organisationId = sql.ref('assignment.organisation_id')
    const { rows } = await sql<{
      assignmentId: string
      planId: string
      officeId: string
      organisationId: string
      inArea: boolean
      answer: string | null
    }>`
      select assignment.id as "assignmentId", assignment.plan_id as "planId", assignment.office_id as "officeId",
        assignment.organisation_id as "organisationId", ${isInArea(scope, organisationId)} as "inArea", obstacle.answer
      from obstacle join assignment on assignment.id = obstacle.assignment_id
      where obstacle.id = ${command.obstacleId} and ${isWorkInScope(scope, { officeId, organisationId })}
      for update of assignment, obstacle
    `.execute(tx)
    const [row] = rows
    if (!row) throw new NotFound('obstacle')
    requireMay(assignments.answerObstacle(scope, row))
    if (row.answer !== null) return { ok: false, reason: 'already-answered' }
    await tx
      .updateTable('obstacle')
      .set({ answer: answer.data, answered_by: context.actor.accountId, answered_at: context.now })
      .where('id', '=', command.obstacleId)
      .execute()
    await recount(tx, row.assignmentId)
    await notifyUnits(tx, context, {
      planId: row.planId,
      kind: 'obstacle-answered',
      key: command.obstacleId,
      organisationIds: [row.organisationId],
      details: { assignmentId: row.assignmentId, text: answer.data.slice(0, 200) },
    })
    await record(tx, context, {
      operation: 'obstacle.answer',
      subjectKind: 'obstacle',
      subjectId: command.obstacleId,
      officeId: row.officeId,
    })
    return { ok: true }
  })
}
