import { sql } from 'kysely'
import { rememberPhrase } from '#features/audiences/server/operations.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import type { Review } from '../review.ts'
import { changeReview, type ReviewChange } from '../review-changes.ts'

export type ReviewOutcome =
  | { ok: true; fieldId: string | null; version: number }
  | { ok: false; reason: 'gone' | 'launched' }

/**
 * Makes one change to a plan's working copy. The row is locked, so changes of two people, or of one person typing
 * fast, follow one another and none is lost. What a phrase stands for is remembered for the office's next plans.
 */
export async function reviewPlan(
  context: Context,
  planId: string,
  change: ReviewChange,
): Promise<ReviewOutcome> {
  if (!isId(planId)) throw new NotFound('plan')
  return context.inTransaction(async (tx): Promise<ReviewOutcome> => {
    const { rows } = await sql<{ officeId: string; state: string; content: Review; version: number }>`
      select plan.office_id as "officeId", plan.state, plan_review.content, plan_review.version
      from plan join plan_review on plan_review.plan_id = plan.id
      where plan.id = ${planId} and plan.office_id = any(${context.scope.offices})
      for update of plan_review
    `.execute(tx)
    const [row] = rows
    if (!row) throw new NotFound('plan')
    requireMay(plans.review(context.scope, { officeId: row.officeId, reachesActor: false }))
    if (row.state !== 'review') return { ok: false, reason: 'launched' }
    const outcome = changeReview(row.content, change, {
      accountId: context.actor.accountId,
      name: context.actor.name,
      at: context.now.toISOString(),
    })
    if (!outcome.ok) return outcome
    const { head } = outcome.review
    const version = row.version + 1
    await sql`
      update plan_review set content = ${JSON.stringify(outcome.review)}::jsonb, version = ${version},
        updated_by = ${context.actor.accountId}, updated_at = ${context.now}
      where plan_id = ${planId}
    `.execute(tx)
    await sql`
      update plan set number = ${head.number.value}, issued_on = ${head.date.value}::date,
        subject = coalesce(nullif(${head.subject.value}, ''), subject)
      where id = ${planId}
    `.execute(tx)
    if (change.type === 'audience')
      await rememberPhrase(tx, context.scope, {
        officeId: row.officeId,
        phrase: change.phrase,
        audience: change.audience,
      })
    await record(tx, context, {
      operation: `plan.review.${change.type}`,
      subjectKind: 'plan',
      subjectId: planId,
      officeId: row.officeId,
      after: change,
    })
    return { ok: true, fieldId: outcome.fieldId, version }
  })
}
