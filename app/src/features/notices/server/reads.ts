import { sql } from 'kysely'
import type { Page } from '#features/plans/schema.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { NoticeLine } from '../schema.ts'

/** One's own notices, the newest first. One query. */
export async function listNotices(
  reader: Reader,
  scope: Scope,
  asked: { onlyUnread: boolean; offset: number; limit: number },
): Promise<Page<NoticeLine>> {
  const { rows } = await sql<NoticeLine & { total: number }>`
    select notice.id, notice.kind, notice.plan_id as "planId", plan.subject as "planSubject",
      plan.number as "planNumber", organisation.name as "organisationName", notice.details,
      notice.created_at as "createdAt", notice.read_at as "readAt", count(*) over ()::int as total
    from notice left join plan on plan.id = notice.plan_id
    left join organisation on organisation.id = notice.organisation_id
    where notice.account_id = ${scope.accountId} ${asked.onlyUnread ? sql`and notice.read_at is null` : sql``}
    order by notice.created_at desc, notice.id desc
    offset ${asked.offset} limit ${asked.limit}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** How many of one's own notices are not read yet. */
export async function countUnread(reader: Reader, scope: Scope): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread from notice where account_id = ${scope.accountId} and read_at is null
  `.execute(reader)
  return rows[0]?.unread ?? 0
}
