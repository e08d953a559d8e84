import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import { rememberPhrase } from '#features/audiences/server/operations.ts'
import { notifyUnits } from '#features/notices/server/notify.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import type { BeforeDay } from '../deadlines.ts'
import { draftLaunch } from '../launch-draft.ts'
import { phrasesOf, type Review } from '../review.ts'
import type { LaunchOutcome, PlanState } from '../schema.ts'
import { layOutParties, readMeanings } from './launch-parties.ts'
import { readBeforeDay } from './launch-preview.ts'
import {
  insertAssignments,
  insertEvents,
  insertExpected,
  insertReportDuties,
  insertTasks,
  keepBeforeDay,
  markLaunched,
} from './launch-writes.ts'

export interface LaunchCommand {
  commandId: string
  planId: string
  /** The version of the review that was previewed. */
  version: number
  beforeDay?: BeforeDay
}

/**
 * Launches a reviewed plan, in one transaction: who has to answer is frozen, each task goes to each of its units,
 * events and report duties stand, notices go out. The plan's row is locked first, so of two launches at one moment
 * the second finds it launched.
 */
export async function launchPlan(context: Context, command: LaunchCommand): Promise<LaunchOutcome> {
  return asCommand(context, command.commandId, 'plan.launch', async (tx): Promise<LaunchOutcome> => {
    const { scope, today } = context
    const row = await lockReview(tx, context, command.planId)
    requireMay(plans.launch(scope, { officeId: row.officeId, reachesActor: false }))
    if (row.state !== 'review') return { ok: false, reason: 'already-launched' }
    if (row.version !== command.version) return { ok: false, reason: 'changed-since-preview' }
    const { planId } = command
    const { officeId, review } = row
    const beforeDay = command.beforeDay ?? (await readBeforeDay(tx, officeId))
    const meanings = await readMeanings(tx, scope, officeId, review)
    const draft = draftLaunch(review, meanings, { launchedOn: today, beforeDay })
    if (draft.problems.some(({ kind }) => kind === 'nothing'))
      return { ok: false, reason: 'nothing-to-launch' }

    const launching = { planId, officeId, draft, today, parties: layOutParties(officeId, draft) }
    await markLaunched(tx, { planId, accountId: context.actor.accountId, at: context.now, today })
    const { units, members } = await insertExpected(tx, launching)
    const taskIds = await insertTasks(tx, launching)
    const assignments = await insertAssignments(tx, launching, taskIds)
    await insertEvents(tx, launching)
    await insertReportDuties(tx, launching)
    await keepBeforeDay(tx, officeId, beforeDay)
    await rememberDecisions(tx, context, officeId, review)
    await notifyUnits(tx, context, { planId, kind: 'plan-launched', key: command.commandId })
    await record(tx, context, {
      operation: 'plan.launch',
      subjectKind: 'plan',
      subjectId: planId,
      officeId,
      after: {
        resolvedOn: today,
        beforeDay,
        version: row.version,
        units,
        members,
        assignments,
        tasks: draft.tasks.length,
        events: draft.events.length,
        reports: draft.reports.length,
      },
    })
    return { ok: true, planId }
  })
}

async function lockReview(
  tx: Tx,
  { scope }: Context,
  planId: string,
): Promise<{ officeId: string; state: PlanState; review: Review; version: number }> {
  if (!isId(planId)) throw new NotFound('plan')
  const { rows } = await sql<{ officeId: string; state: PlanState; review: Review; version: number }>`
    select plan.office_id as "officeId", plan.state, plan_review.content as review, plan_review.version
    from plan join plan_review on plan_review.plan_id = plan.id
    where plan.id = ${planId} and plan.office_id = any(${scope.offices}::uuid[])
    for update
  `.execute(tx)
  const [row] = rows
  if (!row) throw new NotFound('plan')
  return row
}

/** What was decided for this plan is how the office means these phrases: its next plans start from it. */
async function rememberDecisions(
  tx: Tx,
  { scope }: Context,
  officeId: string,
  review: Review,
): Promise<void> {
  for (const phrase of phrasesOf(review)) {
    const audience = review.audiences[spellingKey(phrase)]
    if (audience) await rememberPhrase(tx, scope, { officeId, phrase, audience })
  }
}
