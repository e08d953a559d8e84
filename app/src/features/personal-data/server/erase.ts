import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { personSortKey } from '@trienkhai/vietnamese/compare.ts'
import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import { erasedName } from '../schema.ts'
import type { Subject } from './held-about.ts'

/** Whether somebody belongs to a body or holds a post today or later. */
export async function isStillHeld(tx: Tx, { personIds }: Subject, today: CivilDate): Promise<boolean> {
  const { rows } = await sql`
    select from post where person_id = any(${personIds}::uuid[]) and (to_on is null or to_on >= ${today})
    union all
    select from membership where person_id = any(${personIds}::uuid[]) and (to_on is null or to_on >= ${today})
    union all
    select from temporary_membership
    where person_id = any(${personIds}::uuid[]) and (to_on is null or to_on >= ${today})
  `.execute(tx)
  return rows.length > 0
}

/**
 * Takes away what is personal of somebody, and answers how many rows of each table it touched. Rows that figures and
 * issued papers rest on stay (posts, memberships of the past, who did what) and name a pseudonym; the record stays as
 * it is, as it must not change, and holds ids, not names.
 */
export async function erase(
  tx: Tx,
  { personIds, accountIds }: Subject,
  { now, today }: { now: Date; today: CivilDate },
): Promise<Record<string, number>> {
  const persons = sql`any(${personIds}::uuid[])`
  const accounts = sql`any(${accountIds}::uuid[])`
  const sortKey = personSortKey(erasedName)
  const statements = {
    person_detail: sql`delete from person_detail where person_id = ${persons}`,
    person: sql`
      update person set full_name = ${erasedName}, sort_key = ${sortKey}, erased_at = ${now} where id = ${persons}`,
    person_merge: sql`
      update person_merge set merged_name = ${erasedName}, moved = '{}', reason = '…'
      where kept_id = ${persons} or merged_id = ${persons}`,
    // Why somebody was exempt tells of their health.
    membership_exemption: sql`update membership_exemption set reason = '…' where person_id = ${persons}`,
    letter: sql`delete from letter where account_id = ${accounts}`,
    notice: sql`delete from notice where account_id = ${accounts}`,
    command: sql`delete from command where account_id = ${accounts}`,
    role_grant: sql`
      update role_grant set to_on = greatest(from_on, ${today}::date - 1)
      where account_id = ${accounts} and (to_on is null or to_on >= ${today})`,
    account: sql`
      update account set name = ${erasedName}, username = null, image = null, email_verified = false,
        email = id || '@khong-co-thu.invalid', two_factor_enabled = false, last_signed_in_at = null,
        off_at = coalesce(off_at, ${now}), erased_at = ${now}
      where id = ${accounts}`,
  }
  const removed: Record<string, number> = {}
  for (const [table, statement] of Object.entries(statements))
    removed[table] = Number((await statement.execute(tx)).numAffectedRows ?? 0)
  const { rows } = await sql<{ forgotten: number }>`
    select forget_bygone(${accountIds}::uuid[], null) as forgotten`.execute(tx)
  removed['bygone'] = rows[0]?.forgotten ?? 0
  for (const accountId of accountIds) await sql`select forget_sign_in(${accountId})`.execute(tx)
  return removed
}
