import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { patternOf } from '#features/assignments/server/reads.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { isId } from '#server/platform/ids.ts'
import type { Page, PageAsked } from '../schema.ts'

export interface OverduePlan {
  planId: string
  subject: string
  number: string | null
  late: number
  units: number
  firstDueOn: string
}

/** Plans of one's offices with something late, the most late first; at most 50 of them. One query. */
export async function listOverduePlans(
  reader: Reader,
  scope: Scope,
  today: CivilDate,
): Promise<OverduePlan[]> {
  const { rows } = await sql<OverduePlan>`
    select plan.id as "planId", plan.subject, plan.number, late.count as late, late.first as "firstDueOn",
      (select count(*) from expected where expected.plan_id = plan.id and first_open_on < ${today})::int as units
    from plan
    cross join lateral (
      select sum(count)::int as count, min(due_on) as first from assignment_tally
      where plan_id = plan.id and state <> 'done' and due_on < ${today} and count > 0
    ) late
    where plan.office_id = any(${scope.offices}::uuid[]) and plan.state = 'launched' and late.count > 0
    order by late.count desc, plan.launched_at, plan.id
    limit 50
  `.execute(reader)
  return rows
}

export interface OverdueRow {
  assignmentId: string
  planId: string
  planSubject: string
  planNumber: string | null
  taskText: string
  organisationId: string
  name: string
  groupName: string | null
  state: string
  dueOn: string
  openObstacles: number
}

/** Everything late in the plans of one's offices, the longest first, or by unit. Two queries. */
export async function listOverdue(
  reader: Reader,
  scope: Scope,
  asked: PageAsked & { today: CivilDate; planId: string | null; byUnit: boolean },
): Promise<Page<OverdueRow>> {
  const conditions: RawBuilder<unknown>[] = [
    sql`assignment.office_id = any(${scope.offices}::uuid[])`,
    sql`assignment.state <> 'done'`,
    sql`assignment.due_on < ${asked.today}`,
  ]
  if (asked.planId && isId(asked.planId)) conditions.push(sql`assignment.plan_id = ${asked.planId}`)
  const pattern = patternOf(asked.search)
  if (pattern)
    conditions.push(
      sql`(unit.search_key like ${pattern} or folded(task.text) like ${pattern} or plan.search_key like ${pattern})`,
    )
  const where = sql.join(conditions, sql` and `)
  const searched = pattern
    ? sql`join organisation unit on unit.id = assignment.organisation_id
        join task on task.id = assignment.task_id join plan on plan.id = assignment.plan_id`
    : sql``
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from assignment ${searched} where ${where}
  `.execute(reader)
  const { rows } = await sql<OverdueRow>`
    with page as (
      select assignment.id, assignment.due_on, expected.place
      from assignment ${searched}
      join expected on expected.plan_id = assignment.plan_id and expected.organisation_id = assignment.organisation_id
      where ${where}
      order by ${asked.byUnit ? sql`expected.place, assignment.organisation_id, assignment.due_on` : sql`assignment.due_on, assignment.plan_id, expected.place`}, assignment.id
      offset ${asked.offset} limit ${asked.limit}
    )
    select assignment.id as "assignmentId", plan.id as "planId", plan.subject as "planSubject",
      plan.number as "planNumber", task.text as "taskText", unit.id as "organisationId", unit.name,
      case when grouping.id <> unit.id then grouping.name end as "groupName", assignment.state,
      assignment.due_on as "dueOn", assignment.open_obstacles as "openObstacles"
    from page
    join assignment on assignment.id = page.id
    join plan on plan.id = assignment.plan_id
    join task on task.id = assignment.task_id
    join organisation unit on unit.id = assignment.organisation_id
    join organisation grouping on grouping.id = assignment.group_id
    order by ${asked.byUnit ? sql`page.place, unit.id, page.due_on` : sql`page.due_on, plan.id, page.place`}, page.id
  `.execute(reader)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
