import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { patternOf } from '#features/assignments/server/reads.ts'
import { plans } from '#server/access/plans.ts'
import { anyOf, isOwnWork, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { Page, PageAsked, PlanLine, PlanState } from '../schema.ts'

/** Whether a launched plan gives work, or an invitation, to a body whose rows the actor sees. */
function reachesActor(scope: Scope): RawBuilder<boolean> {
  const expected = isWorkInScope(scope, {
    officeId: sql.ref('plan.office_id'),
    organisationId: sql.ref('expected.organisation_id'),
  })
  return sql<boolean>`(
    plan.state in ('launched', 'closed') and (
      exists (select from expected where expected.plan_id = plan.id and ${expected})
      or exists (select from event join event_organisation invited on invited.event_id = event.id
        where event.plan_id = plan.id and invited.organisation_id = ${anyOf(scope.memberships)})
    )
  )`
}

/** The plans that reach the actor's own units or area, found from the units: a person has few, a province thousands. */
function plansThatReach(scope: Scope): RawBuilder<unknown> {
  const area =
    scope.areas.length > 0
      ? sql`union select expected.plan_id from organisation_line area
          join expected on expected.organisation_id = area.organisation_id
          where area.ancestor_id = ${anyOf(scope.areas)}`
      : sql``
  return sql`
    select plan_id from expected where organisation_id = ${anyOf(scope.memberships)}
    union select event.plan_id from event_organisation invited join event on event.id = invited.event_id
      where invited.organisation_id = ${anyOf(scope.memberships)}
    ${area}`
}

/**
 * Plans of one's offices in any state, and launched ones that reach one's units; the newest first. Their figures are
 * those of what one may see of them. One query.
 */
export async function listPlans(
  reader: Reader,
  scope: Scope,
  asked: PageAsked & { state: PlanState | null; today: CivilDate },
): Promise<Page<PlanLine>> {
  const conditions = [
    sql`(
      plan.office_id = ${anyOf(scope.offices)}
      or (plan.state in ('launched', 'closed') and plan.id in (${plansThatReach(scope)}))
    )`,
  ]
  if (asked.state) conditions.push(sql`plan.state = ${asked.state}`)
  const pattern = patternOf(asked.search)
  if (pattern) conditions.push(sql`plan.search_key like ${pattern}`)
  // Asked of the plan, not of each of its units: of another office's plan one's own units are found by their index.
  const isOffices = sql`(listed.office_id = ${anyOf(scope.offices)})`
  const { rows } = await sql<PlanLine & { total: number }>`
    with listed as (
      select plan.id, plan.office_id, plan.state, plan.number, plan.issued_on, plan.subject, plan.launched_at,
        plan.created_at, count(*) over ()::int as total
      from plan where ${sql.join(conditions, sql` and `)}
      order by plan.created_at desc, plan.id desc
      ${cutPage(asked)}
    )
    select listed.id, listed.office_id as "officeId", office.name as "officeName", listed.state, listed.number,
      listed.issued_on as "issuedOn", listed.subject, listed.launched_at as "launchedAt", listed.total,
      figures.units, figures.tasks, figures.done, figures.late
    from listed
    join organisation office on office.id = listed.office_id
    cross join lateral (
      select coalesce(sum(units), 0)::int as units, coalesce(sum(tasks), 0)::int as tasks,
        coalesce(sum(done), 0)::int as done,
        coalesce(sum(units) filter (where first_open_on < ${asked.today}), 0)::int as late
      from (
        select units, first_open_on, 0 as tasks, 0 as done from unit_tally where plan_id = listed.id and ${isOffices}
        union all
        select 0, null, count, case when state = 'done' then count else 0 end
        from task_tally where plan_id = listed.id and ${isOffices}
        union all
        select 1, first_open_on, tasks, done from expected
        where plan_id = listed.id and passed_on is null and not ${isOffices} and ${isOwnWork(scope, sql.ref('expected.organisation_id'))}
      ) seen
    ) figures
    order by listed.created_at desc, listed.id desc
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface PlanHead {
  id: string
  officeId: string
  officeName: string
  documentId: string
  state: PlanState
  number: string | null
  issuedOn: string | null
  subject: string
  launchedAt: Date | null
  resolvedOn: string | null
  withdrawnReason: string | null
  withdrawnAt: Date | null
  /** How it was closed; null while it is under way, or was reopened. */
  closed: { on: string; reason: string; by: string } | null
  /** Numbers of the documents that it carries out, in their order, with the document where the office keeps it. */
  bases: { number: string; documentId: string | null }[]
  /** The actor keeps the office whose plan it is, and sees all of it. */
  isOffice: boolean
  may: {
    review: boolean
    launch: boolean
    withdraw: boolean
    amend: boolean
    close: boolean
    writePapers: boolean
  }
}

/** A plan's head, and what one may do with it; NotFound outside the scope. One query. */
export async function getPlan(reader: Reader, scope: Scope, id: string): Promise<PlanHead> {
  if (!isId(id)) throw new NotFound('plan')
  const { rows } = await sql<Omit<PlanHead, 'isOffice' | 'may'> & { reachesActor: boolean }>`
    select plan.id, plan.office_id as "officeId", office.name as "officeName", plan.document_id as "documentId",
      plan.state, plan.number, plan.issued_on as "issuedOn", plan.subject, plan.launched_at as "launchedAt",
      plan.resolved_on as "resolvedOn", plan.withdrawn_reason as "withdrawnReason",
      plan.withdrawn_at as "withdrawnAt", case when plan.state = 'closed' then jsonb_build_object(
        'on', plan.closed_on, 'reason', plan.closed_reason,
        'by', (select name from account where id = plan.closed_by)
      ) end as closed, ${reachesActor(scope)} as "reachesActor",
      coalesce((
        select jsonb_agg(jsonb_build_object('number', basis.number, 'documentId', document.id) order by basis.at)
        from bases_of_plan(plan.id) with ordinality as basis (number, at)
        left join lateral (
          select id from document
          where document.office_id = plan.office_id and document.number = basis.number
            and plan.office_id = ${anyOf(scope.offices)}
          order by created_at limit 1
        ) document on true
      ), '[]') as bases
    from plan join organisation office on office.id = plan.office_id
    where plan.id = ${id} and (plan.office_id = ${anyOf(scope.offices)} or ${reachesActor(scope)})
  `.execute(reader)
  const [row] = rows
  if (!row || !plans.view(scope, row)) throw new NotFound('plan')
  return {
    ...row,
    isOffice: plans.seeAllUnits(scope, row),
    may: {
      review: plans.review(scope, row),
      launch: plans.launch(scope, row),
      withdraw: plans.withdraw(scope, row),
      amend: plans.amend(scope, row),
      close: plans.close(scope, row),
      writePapers: plans.writePapers(scope, row),
    },
  }
}
