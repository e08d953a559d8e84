import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { Page, PlanOfOrganisation } from '../schema.ts'

/**
 * The launched plans under which an organisation has work, the latest first, with how its work stands: those of the
 * actor's own office, and all of them where it is the actor's own organisation or one in the supervised area.
 */
export async function listPlansOf(
  reader: Reader,
  scope: Scope,
  question: {
    organisationId: string
    today: CivilDate
    on?: CivilDate | null
    page: number
    pageSize: number
  },
): Promise<Page<PlanOfOrganisation>> {
  const { organisationId, on = null, page, pageSize } = question
  const today = on ?? question.today
  // The work of a past day is reckoned plan by plan, for those plans alone that this body was expected in.
  const past =
    on === null
      ? sql``
      : sql`asked as materialized (select plan_id from expected where organisation_id = ${organisationId}),
        assignment as materialized (
          select work.* from asked cross join lateral assignment_on(asked.plan_id, ${on}::date) work
        ),
        report_duty as materialized (
          select duty.* from asked cross join lateral report_duty_on(asked.plan_id, ${on}::date) duty
        ),`
  const { rows } = await sql<PlanOfOrganisation & { total: number }>`
    with ${past} work as (
      select plan_id, count(*) as assignments, count(*) filter (where state = 'done') as done,
        count(*) filter (where state <> 'done' and due_on < ${today}) as late
      from assignment where organisation_id = ${organisationId} group by plan_id
    ),
    duty as (
      select plan_id, count(*) filter (where submitted_at is null) as owed
      from report_duty where organisation_id = ${organisationId} group by plan_id
    )
    select plan.id, plan.subject, plan.number, office.name as issuer, coalesce(work.assignments, 0)::int as assignments,
      coalesce(work.done, 0)::int as done, coalesce(work.late, 0)::int as late,
      coalesce(duty.owed, 0)::int as "reportsOwed", (count(*) over ())::int as total
    from work full join duty using (plan_id)
    join plan on plan.id = plan_id
    join organisation office on office.id = plan.office_id
    where plan.state in ('launched', 'closed') and (
      plan.office_id = ${anyOf(scope.offices)}
      or ${organisationId}::uuid = ${anyOf(scope.memberships)}
      or exists (select from organisation_line where organisation_id = ${organisationId}
        and ancestor_id = ${anyOf(scope.areas)})
    )
    order by plan.launched_at desc, plan.id
    ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...plan }) => plan), total: rows[0]?.total ?? 0 }
}
