import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { AmendmentKept, Page } from '../schema.ts'
import type { RolledUp } from './roll-up.ts'

export interface ObstacleRow {
  id: string
  assignmentId: string
  name: string
  taskText: string
  text: string
  by: string
  at: Date
  answer: string | null
  answeredBy: string | null
  answeredAt: Date | null
}

const obstacleOfPlan = (scope: Scope, plan: { id: string; officeId: string }): RawBuilder<unknown> => sql`
  from obstacle
  join assignment on assignment.id = obstacle.assignment_id
  where obstacle.office_id = ${plan.officeId} and assignment.plan_id = ${plan.id} and ${isWorkInScope(scope, {
    officeId: sql.ref('assignment.office_id'),
    organisationId: sql.ref('assignment.organisation_id'),
  })}`

async function readObstacles(
  reader: Reader,
  from: RawBuilder<unknown>,
  asked: { offset: number; limit: number; onlyOpen: boolean },
): Promise<ObstacleRow[]> {
  // Of those without an answer the index keeps the order, and is read no further than the page reaches.
  const order = asked.onlyOpen ? sql`` : sql`answered,`
  const { rows: page } = await sql<{ id: string }>`
    select obstacle.id, (obstacle.answer is not null) as answered ${from}
    ${asked.onlyOpen ? sql`and obstacle.answer is null` : sql``}
    order by ${order} obstacle.raised_at, obstacle.id
    ${cutPage(asked)}
  `.execute(reader)
  if (page.length === 0) return []
  // A query of its own: by ids alone it is planned once, while the one above is planned for each plan's size.
  const { rows } = await sql<ObstacleRow>`
    select obstacle.id, obstacle.assignment_id as "assignmentId", unit.name, task.text as "taskText", obstacle.text,
      raiser.name as by, obstacle.raised_at as at, obstacle.answer, answerer.name as "answeredBy",
      obstacle.answered_at as "answeredAt"
    from unnest(${page.map(({ id }) => id)}::uuid[]) with ordinality as page (id, place)
    join obstacle on obstacle.id = page.id
    join assignment on assignment.id = obstacle.assignment_id
    join task on task.id = assignment.task_id
    join organisation unit on unit.id = assignment.organisation_id
    join account raiser on raiser.id = obstacle.raised_by
    left join account answerer on answerer.id = obstacle.answered_by
    order by page.place
  `.execute(reader)
  return rows
}

/** How many obstacles of a plan wait for an answer. One query, over the assignments that have any. */
async function countOpenObstacles(reader: Reader, scope: Scope, plan: { id: string }): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select coalesce(sum(open_obstacles), 0)::int as open from assignment
    where plan_id = ${plan.id} and open_obstacles > 0 and ${isWorkInScope(scope, {
      officeId: sql.ref('assignment.office_id'),
      organisationId: sql.ref('assignment.organisation_id'),
    })}
  `.execute(reader)
  return rows[0]?.open ?? 0
}

/** The obstacles of a plan that have waited longest for an answer, and how many wait. Three queries at most. */
export async function listOpenObstacles(
  reader: Reader,
  scope: Scope,
  plan: { id: string; officeId: string },
  limit: number,
): Promise<{ rows: ObstacleRow[]; open: number }> {
  const open = await countOpenObstacles(reader, scope, plan)
  if (open === 0) return { rows: [], open }
  const from = obstacleOfPlan(scope, plan)
  return { rows: await readObstacles(reader, from, { offset: 0, limit, onlyOpen: true }), open }
}

/** What stands in the way of a plan: the unanswered first, the oldest of them on top. Three queries. */
export async function listObstacles(
  reader: Reader,
  scope: Scope,
  plan: { id: string; officeId: string },
  asked: { offset: number; limit: number },
): Promise<Page<ObstacleRow> & { open: number }> {
  const from = obstacleOfPlan(scope, plan)
  const [rows, counted, open] = await Promise.all([
    readObstacles(reader, from, { ...asked, onlyOpen: false }),
    sql<{ total: number }>`select count(*)::int as total ${from}`.execute(reader),
    countOpenObstacles(reader, scope, plan),
  ])
  return { rows, total: counted.rows[0]?.total ?? 0, open }
}

export interface AmendmentRow {
  id: string
  reason: string
  changes: AmendmentKept[]
  by: string
  at: Date
}

/** The amendments of a plan, the newest first; for whoever sees the plan, since they tell what it asks. One query. */
export async function listAmendments(
  reader: Reader,
  plan: RolledUp,
  asked: { offset: number; limit: number },
): Promise<Page<AmendmentRow>> {
  const { rows } = await sql<AmendmentRow & { total: number }>`
    select amendment.id, amendment.reason, amendment.changes, account.name as by, amendment.amended_at as at,
      count(*) over ()::int as total
    from amendment join account on account.id = amendment.amended_by
    where amendment.plan_id = ${plan.id}
    order by amendment.amended_at desc, amendment.id desc
    ${cutPage(asked)}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface DatedDuty {
  ordinal: number
  text: string
  dueOn: string | null
  total: number
  submitted: number
  late: number
}

/** The report duties of a plan by report, with how many have come. One query. */
export async function listDatedDuties(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  today: CivilDate,
): Promise<DatedDuty[]> {
  const { rows } = await sql<DatedDuty>`
    select duty.ordinal, duty.text, duty.due_on as "dueOn", count(*)::int as total,
      count(duty.submitted_at)::int as submitted,
      count(*) filter (where duty.submitted_at is null and duty.due_on < ${today})::int as late
    from report_duty duty
    where duty.plan_id = ${plan.id} and ${isWorkInScope(scope, {
      officeId: sql.ref('duty.office_id'),
      organisationId: sql.ref('duty.organisation_id'),
    })}
    group by duty.ordinal, duty.text, duty.due_on
    order by duty.due_on nulls last, duty.ordinal
  `.execute(reader)
  return rows
}
