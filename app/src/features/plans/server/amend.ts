import { sql } from 'kysely'
import { notifyUnits } from '#features/notices/server/notify.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { sayMoment } from '#server/moment.ts'
import { InvalidInput, NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { type AmendmentChange, amendmentChangeSchema, amendmentReasonSchema } from '../command-schema.ts'
import type { AmendmentKept, AmendOutcome } from '../schema.ts'
import { addUnits, insertAddedTask, removeUnits, setTaskDue, setTaskText } from './amend-writes.ts'
import { lockPlan } from './withdraw.ts'

/** What a change came to, and the units that it concerns. */
type Made =
  | { ok: true; kept: AmendmentKept; organisationIds: string[] }
  | { ok: false; reason: 'changes-nothing' | 'all-have-acted' }

/**
 * Changes a launched plan: one change with one reason, kept with what stood before, and told to the units that it
 * concerns. What a unit has done is never taken away: see docs/decisions.
 */
export async function amendPlan(
  context: Context,
  command: { commandId: string; planId: string; reason: string; change: AmendmentChange },
): Promise<AmendOutcome> {
  const reason = amendmentReasonSchema.safeParse(command.reason)
  const change = amendmentChangeSchema.safeParse(command.change)
  if (!reason.success) throw new InvalidInput(['reason'])
  if (!change.success) throw new InvalidInput(['change'])
  return asCommand(context, command.commandId, 'plan.amend', async (tx): Promise<AmendOutcome> => {
    const { planId } = command
    const { officeId, state } = await lockPlan(tx, context, planId)
    requireMay(plans.amend(context.scope, { officeId, reachesActor: false }))
    if (state !== 'launched') return { ok: false, reason: 'not-launched' }
    await sayMoment(tx, context)
    const made = await makeChange(tx, context, { planId, officeId }, change.data)
    if (!made.ok) return made
    const amendmentId = newId()
    await tx
      .insertInto('amendment')
      .values({
        id: amendmentId,
        plan_id: planId,
        reason: reason.data,
        changes: JSON.stringify([made.kept]),
        amended_by: context.actor.accountId,
        amended_at: context.now,
      })
      .execute()
    await notifyUnits(tx, context, {
      planId,
      kind: 'plan-amended',
      key: amendmentId,
      organisationIds: made.organisationIds,
      details: { text: reason.data.slice(0, 200) },
    })
    // Who was taken out was told above; from here on they are not expected any more.
    await forgetUnexpected(tx, planId)
    await record(tx, context, {
      operation: 'plan.amend',
      subjectKind: 'plan',
      subjectId: planId,
      officeId,
      after: { amendmentId, reason: reason.data, change: made.kept },
    })
    return { ok: true, amendmentId }
  })
}

async function makeChange(
  tx: Tx,
  { today }: Context,
  plan: { planId: string; officeId: string },
  change: AmendmentChange,
): Promise<Made> {
  if (change.kind === 'add-task') {
    const { taskId, added } = await insertAddedTask(tx, { ...plan, ...change, today })
    if (added.length === 0) return { ok: false, reason: 'changes-nothing' }
    const { text: task, dueOn } = change
    const names = added.map(({ name }) => name)
    return {
      ok: true,
      kept: { kind: 'add-task', taskId, task, dueOn, added: names },
      organisationIds: added.map(({ id }) => id),
    }
  }
  const { taskId } = change
  const task = await tx
    .selectFrom('task')
    .select(['text', 'due_on'])
    .where('id', '=', taskId)
    .where('plan_id', '=', plan.planId)
    .executeTakeFirst()
  if (!task) throw new NotFound('task')
  switch (change.kind) {
    case 'due': {
      if (task.due_on === change.dueOn) return { ok: false, reason: 'changes-nothing' }
      await setTaskDue(tx, { taskId, dueOn: change.dueOn })
      const kept = { kind: 'due', taskId, task: task.text, before: task.due_on, after: change.dueOn } as const
      return { ok: true, kept, organisationIds: await unitsOf(tx, taskId) }
    }
    case 'text': {
      if (task.text === change.text) return { ok: false, reason: 'changes-nothing' }
      await setTaskText(tx, { taskId, text: change.text })
      const kept = { kind: 'text', taskId, before: task.text, after: change.text } as const
      return { ok: true, kept, organisationIds: await unitsOf(tx, taskId) }
    }
    case 'add-units': {
      const added = await addUnits(tx, { ...plan, ...change, dueOn: task.due_on, today })
      if (added.length === 0) return { ok: false, reason: 'changes-nothing' }
      const kept = {
        kind: 'add-units',
        taskId,
        task: task.text,
        added: added.map(({ name }) => name),
      } as const
      return { ok: true, kept, organisationIds: added.map(({ id }) => id) }
    }
    case 'remove-units': {
      const { removed, stayed } = await removeUnits(tx, change)
      if (removed.length === 0)
        return { ok: false, reason: stayed.length > 0 ? 'all-have-acted' : 'changes-nothing' }
      const kept = {
        kind: 'remove-units',
        taskId,
        task: task.text,
        removed: removed.map(({ name }) => name),
        kept: stayed.map(({ name }) => name),
      } as const
      return { ok: true, kept, organisationIds: removed.map(({ id }) => id) }
    }
  }
}

async function unitsOf(tx: Tx, taskId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('assignment')
    .select('organisation_id')
    .where('task_id', '=', taskId)
    .execute()
  return rows.map(({ organisation_id }) => organisation_id)
}

/** A unit that has neither a task nor a report left in the plan is not expected any more; the amendment says so. */
async function forgetUnexpected(tx: Tx, planId: string): Promise<void> {
  await sql`
    delete from expected where plan_id = ${planId} and tasks = 0 and not exists (
      select from report_duty
      where report_duty.plan_id = expected.plan_id and report_duty.organisation_id = expected.organisation_id
    )
  `.execute(tx)
}
