import { parseIsoDate, vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { notifyUnits } from '#features/notices/server/notify.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { record } from '#server/record.ts'
import { amendmentReasonSchema } from '../command-schema.ts'
import type { CloseOutcome, ReopenOutcome } from '../schema.ts'
import { lockPlan } from './withdraw.ts'

/**
 * Closes a launched plan: nobody acts on it, and nobody is reminded, from then on. What is not done stays as it is and
 * is shown as not done; how much that was on this day is on record. Acts that are under way are waited for.
 */
export async function closePlan(
  context: Context,
  command: { commandId: string; planId: string; reason: string; closedOn: string },
): Promise<CloseOutcome> {
  const reason = amendmentReasonSchema.safeParse(command.reason)
  if (!reason.success) return { ok: false, reason: 'reason-missing' }
  return asCommand(context, command.commandId, 'plan.close', async (tx): Promise<CloseOutcome> => {
    const { planId } = command
    const { officeId, state, launchedAt } = await lockPlan(tx, context, planId)
    requireMay(plans.close(context.scope, { officeId, reachesActor: false }))
    if (state !== 'launched' || !launchedAt) return { ok: false, reason: 'not-launched' }
    const closedOn = parseIsoDate(command.closedOn)
    if (!closedOn || closedOn > context.today || closedOn < vietnamDate(launchedAt))
      return { ok: false, reason: 'day-wrong' }
    await sql`select from assignment where plan_id = ${planId} order by id for update`.execute(tx)
    await sql`select from report_duty where plan_id = ${planId} order by id for update`.execute(tx)
    await sql`
      update plan set state = 'closed', closed_on = ${closedOn}, closed_at = ${context.now},
        closed_by = ${context.actor.accountId}, closed_reason = ${reason.data}
      where id = ${planId}
    `.execute(tx)
    await notifyUnits(tx, context, {
      planId,
      kind: 'plan-closed',
      key: command.commandId,
      details: { text: reason.data.slice(0, 200) },
    })
    await record(tx, context, {
      operation: 'plan.close',
      subjectKind: 'plan',
      subjectId: planId,
      officeId,
      before: await countOpen(tx, planId),
      after: { closedOn, reason: reason.data },
    })
    return { ok: true }
  })
}

/** Opens a closed plan again, with a reason: its units go on where they stopped. */
export async function reopenPlan(
  context: Context,
  command: { commandId: string; planId: string; reason: string },
): Promise<ReopenOutcome> {
  const reason = amendmentReasonSchema.safeParse(command.reason)
  if (!reason.success) return { ok: false, reason: 'reason-missing' }
  return asCommand(context, command.commandId, 'plan.reopen', async (tx): Promise<ReopenOutcome> => {
    const { planId } = command
    const { officeId, state, closedOn } = await lockPlan(tx, context, planId)
    requireMay(plans.close(context.scope, { officeId, reachesActor: false }))
    if (state !== 'closed') return { ok: false, reason: 'not-closed' }
    await sql`
      update plan set state = 'launched', closed_on = null, closed_at = null, closed_by = null, closed_reason = null
      where id = ${planId}
    `.execute(tx)
    await notifyUnits(tx, context, {
      planId,
      kind: 'plan-reopened',
      key: command.commandId,
      details: { text: reason.data.slice(0, 200) },
    })
    await record(tx, context, {
      operation: 'plan.reopen',
      subjectKind: 'plan',
      subjectId: planId,
      officeId,
      before: { closedOn },
      after: { reason: reason.data },
    })
    return { ok: true }
  })
}

async function countOpen(tx: Tx, planId: string): Promise<unknown> {
  const { rows } = await sql`
    select count(*)::int as "openAssignments", count(distinct organisation_id)::int as "unitsWithOpen",
      (select count(*)::int from report_duty where plan_id = ${planId} and submitted_at is null) as "owedReports"
    from assignment where plan_id = ${planId} and state <> 'done'
  `.execute(tx)
  return rows[0]
}
