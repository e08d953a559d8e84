import { sql } from 'kysely'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import type { NoticeKind } from '../schema.ts'

// Notices are written in the transaction of what they tell of. Their key makes the same one twice a single one.

/** Tells everybody who acts for a plan's units, but not who caused it; with `organisationIds`, only those units. */
export async function notifyUnits(
  tx: Tx,
  { actor, today, now }: Context,
  notice: {
    planId: string
    kind: NoticeKind
    key: string
    organisationIds?: readonly string[]
    details?: Record<string, string>
  },
): Promise<void> {
  const details = JSON.stringify({ ...notice.details, key: notice.key })
  const only = notice.organisationIds
    ? sql`and expected.organisation_id = any(${notice.organisationIds}::uuid[])`
    : sql``
  await sql`
    insert into notice (id, account_id, kind, plan_id, organisation_id, details, created_at)
    select gen_random_uuid(), reached.account_id, ${notice.kind}, ${notice.planId}, reached.organisation_id,
      ${details}::jsonb, ${now}
    from (
      select account_id, organisation_id
      from holders_of(
        array(select expected.organisation_id from expected where expected.plan_id = ${notice.planId} ${only}),
        array['officer', 'secretary', 'member'], ${today})
      where account_id <> ${actor.accountId}
    ) reached
    on conflict do nothing
  `.execute(tx)
}

/** Tells the officers of the office whose plan it is; of those who took over from it, where it has ended. */
export async function notifyOffice(
  tx: Tx,
  { actor, today, now }: Context,
  notice: {
    planId: string
    officeId: string
    organisationId: string
    kind: NoticeKind
    key: string
    details?: Record<string, string>
  },
): Promise<void> {
  const details = JSON.stringify({ ...notice.details, key: notice.key })
  await sql`
    insert into notice (id, account_id, kind, plan_id, organisation_id, details, created_at)
    select gen_random_uuid(), reached.account_id, ${notice.kind}, ${notice.planId}, ${notice.organisationId},
      ${details}::jsonb, ${now}
    from (
      select account_id from holders_of(array[${notice.officeId}::uuid], array['officer'], ${today})
      where account_id <> ${actor.accountId}
    ) reached
    on conflict do nothing
  `.execute(tx)
}
