import { sql } from 'kysely'
import type { Page } from '#features/plans/schema.ts'
import { anyOf, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { NoticeLine } from '../schema.ts'

/**
 * One's own notices, the newest first, with the page that each opens: none where what it tells of is not the actor's
 * to see any more (a plan withdrawn, a unit taken out of it). One query.
 */
export async function listNotices(
  reader: Reader,
  scope: Scope,
  asked: { onlyUnread: boolean; offset: number; limit: number },
): Promise<Page<NoticeLine>> {
  const { rows } = await sql<NoticeLine & { total: number }>`
    with page as (
      select *, count(*) over ()::int as total from notice
      where account_id = ${scope.accountId} ${asked.onlyUnread ? sql`and read_at is null` : sql``}
      order by created_at desc, id desc
      ${cutPage(asked)}
    )
    select page.id, page.kind, page.plan_id as "planId", plan.subject as "planSubject",
      plan.number as "planNumber", organisation.name as "organisationName", page.details,
      page.created_at as "createdAt", page.read_at as "readAt", page.total,
      case when page.kind = 'reorganised' then '/organisations/' || page.organisation_id
        when page.kind = 'reorganisation-failed'
          then '/organisations/reorganisations/' || (page.details ->> 'reorganisationId')
        when assignment.id is not null then '/work/' || assignment.id
        when plan.office_id = ${anyOf(scope.offices)} or plan.state in ('launched', 'closed') and exists (
          select from expected
          where expected.plan_id = plan.id and expected.organisation_id = ${anyOf(scope.memberships)}
        ) then '/plans/' || plan.id end as opens
    from page
    left join plan on plan.id = page.plan_id
    left join organisation on organisation.id = page.organisation_id
    left join assignment on assignment.id = (page.details ->> 'assignmentId')::uuid and ${isWorkInScope(
      scope,
      {
        officeId: sql.ref('assignment.office_id'),
        organisationId: sql.ref('assignment.organisation_id'),
      },
    )}
    order by page.created_at desc, page.id desc
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
