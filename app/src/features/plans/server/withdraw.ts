import { sql } from 'kysely'
import { notifyUnits } from '#features/notices/server/notify.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { sayMoment } from '#server/moment.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { amendmentReasonSchema } from '../command-schema.ts'
import type { PlanState, WithdrawOutcome } from '../schema.ts'

export interface LockedPlan {
  officeId: string
  state: PlanState
  launchedAt: Date | null
  closedOn: string | null
}

/** Locks a plan of the actor's offices; NotFound for anybody else's. */
export async function lockPlan(tx: Tx, { scope }: Context, planId: string): Promise<LockedPlan> {
  if (!isId(planId)) throw new NotFound('plan')
  const { rows } = await sql<LockedPlan>`
    select office_id as "officeId", state, launched_at as "launchedAt", closed_on as "closedOn" from plan
    where id = ${planId} and office_id = any(${scope.offices}::uuid[])
    for update
  `.execute(tx)
  const [row] = rows
  if (!row) throw new NotFound('plan')
  return row
}

/** Whether any unit has done anything with the plan: then it can only be amended. */
async function hasAnybodyActed(tx: Tx, planId: string): Promise<boolean> {
  const { rows } = await sql<{ acted: boolean }>`
    select exists (select from assignment where plan_id = ${planId} and version > 0)
      or exists (select from progress join assignment on assignment.id = progress.assignment_id
        where assignment.plan_id = ${planId})
      or exists (select from evidence join assignment on assignment.id = evidence.assignment_id
        where assignment.plan_id = ${planId})
      or exists (select from obstacle join assignment on assignment.id = obstacle.assignment_id
        where assignment.plan_id = ${planId})
      or exists (select from report_duty where plan_id = ${planId} and submitted_at is not null)
    as acted
  `.execute(tx)
  return rows[0]?.acted ?? false
}

/**
 * Takes a launched plan back, with a reason, while nobody has acted on it. What was given goes from today's pages; those
 * of the days before keep it, what it was is on record, and whoever was told is told again. The units' rows are locked first: who acts at
 * the same moment is either seen here, or finds the assignment gone.
 */
export async function withdrawPlan(
  context: Context,
  command: { commandId: string; planId: string; reason: string },
): Promise<WithdrawOutcome> {
  const reason = amendmentReasonSchema.safeParse(command.reason)
  if (!reason.success) return { ok: false, reason: 'reason-missing' }
  return asCommand(context, command.commandId, 'plan.withdraw', async (tx): Promise<WithdrawOutcome> => {
    const { planId } = command
    const { officeId, state } = await lockPlan(tx, context, planId)
    requireMay(plans.withdraw(context.scope, { officeId, reachesActor: false }))
    if (state !== 'launched') return { ok: false, reason: 'not-launched' }
    await sql`select from assignment where plan_id = ${planId} order by id for update`.execute(tx)
    await sql`select from report_duty where plan_id = ${planId} order by id for update`.execute(tx)
    if (await hasAnybodyActed(tx, planId)) return { ok: false, reason: 'somebody-acted' }
    await notifyUnits(tx, context, {
      planId,
      kind: 'plan-withdrawn',
      key: command.commandId,
      details: { text: reason.data.slice(0, 200) },
    })
    const given = await sumUp(tx, planId)
    await sayMoment(tx, context)
    await sql`delete from report_duty where plan_id = ${planId}`.execute(tx)
    await sql`delete from event where plan_id = ${planId}`.execute(tx)
    await sql`delete from assignment where plan_id = ${planId}`.execute(tx)
    await sql`delete from task where plan_id = ${planId}`.execute(tx)
    await sql`delete from expected where plan_id = ${planId}`.execute(tx)
    await sql`
      update plan set state = 'withdrawn', withdrawn_reason = ${reason.data}, withdrawn_at = ${context.now}
      where id = ${planId}
    `.execute(tx)
    await record(tx, context, {
      operation: 'plan.withdraw',
      subjectKind: 'plan',
      subjectId: planId,
      officeId,
      before: given,
      after: { reason: reason.data },
    })
    return { ok: true }
  })
}

async function sumUp(tx: Tx, planId: string): Promise<unknown> {
  const { rows } = await sql<{ given: unknown }>`
    select jsonb_build_object(
      'launchedAt', launched_at, 'resolvedOn', resolved_on,
      'tasks', (select jsonb_agg(jsonb_build_object('text', text, 'dueOn', due_on) order by ordinal)
        from task where plan_id = plan.id),
      'expected', (select count(*) from expected where plan_id = plan.id),
      'assignments', (select count(*) from assignment where plan_id = plan.id)
    ) as given from plan where id = ${planId}
  `.execute(tx)
  return rows[0]?.given
}

/** Opens a withdrawn plan for review again, so that it can be corrected and launched anew. */
export async function reviewAgain(
  context: Context,
  command: { commandId: string; planId: string },
): Promise<{ ok: true } | { ok: false; reason: 'not-withdrawn' }> {
  return asCommand(context, command.commandId, 'plan.review-again', async (tx) => {
    const { officeId, state } = await lockPlan(tx, context, command.planId)
    requireMay(plans.review(context.scope, { officeId, reachesActor: false }))
    if (state !== 'withdrawn') return { ok: false as const, reason: 'not-withdrawn' as const }
    await sql`
      update plan set state = 'review', launched_at = null, launched_by = null, resolved_on = null
      where id = ${command.planId}
    `.execute(tx)
    await record(tx, context, {
      operation: 'plan.review-again',
      subjectKind: 'plan',
      subjectId: command.planId,
      officeId,
    })
    return { ok: true as const }
  })
}
