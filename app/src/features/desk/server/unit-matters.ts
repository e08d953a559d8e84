import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { AreaStanding, Matter, UnitStanding, WorkCounts } from '../schema.ts'

const most = { work: 10, report: 8, answered: 3 }
/** An answer is news for this long. */
const newsDays = 7

export interface UnitMatter extends Matter {
  organisationId: string
}

/** What the units that one belongs to have to do: tasks, reports, obstacles that were answered. One query. */
export async function listUnitMatters(
  reader: Reader,
  { memberships }: Scope,
  today: CivilDate,
): Promise<UnitMatter[]> {
  const mine = sql`${anyOf(memberships)}`
  const ofPlan = sql`plan.id as "planId", plan.number as "planNumber", plan.subject as "planSubject"`
  const { rows } = await sql<UnitMatter>`
    (
      select 'work' as kind, assignment.id, assignment.organisation_id as "organisationId", ${ofPlan},
        office.name as body, task.text, 0 as count, 0 as "lateWork", 0 as "lateReports", assignment.state,
        assignment.due_on as "dueOn", plan.launched_at as at, (count(*) over ())::int as total
      from assignment
      join task on task.id = assignment.task_id
      join plan on plan.id = assignment.plan_id
      join organisation office on office.id = assignment.office_id
      where assignment.organisation_id = ${mine} and assignment.state <> 'done' and plan.state = 'launched'
      order by assignment.due_on nulls last, plan.launched_at, task.ordinal limit ${sql.lit(most.work)}
    ) union all (
      select 'report', duty.id, duty.organisation_id, ${ofPlan}, office.name, duty.text, 0, 0, 0, null, duty.due_on,
        plan.launched_at, (count(*) over ())::int
      from report_duty duty
      join plan on plan.id = duty.plan_id
      join organisation office on office.id = duty.office_id
      where duty.organisation_id = ${mine} and duty.submitted_at is null and plan.state = 'launched'
      order by duty.due_on nulls last, plan.launched_at, duty.ordinal limit ${sql.lit(most.report)}
    ) union all (
      select 'answered', assignment.id, assignment.organisation_id, ${ofPlan}, office.name, obstacle.answer, 0, 0, 0,
        null, null, obstacle.answered_at, (count(*) over ())::int
      from obstacle
      join assignment on assignment.id = obstacle.assignment_id
      join plan on plan.id = assignment.plan_id
      join organisation office on office.id = assignment.office_id
      where assignment.organisation_id = ${mine} and assignment.state <> 'done' and plan.state = 'launched'
        and obstacle.answered_at >= ${today}::date - ${newsDays}::int
      order by obstacle.answered_at desc limit ${sql.lit(most.answered)}
    )
  `.execute(reader)
  return rows
}

/** How much of all that these units were given is done, begun, late, owed; of closed plans what is done. One query. */
export async function countOwnWork(
  reader: Reader,
  { memberships }: Scope,
  today: CivilDate,
): Promise<WorkCounts> {
  const { rows } = await sql<WorkCounts>`
    select count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'doing' and (due_on < ${today}::date) is not true)::int as doing,
      count(*) filter (where state <> 'done' and due_on < ${today}::date)::int as late,
      count(*) filter (where state = 'owed' and (due_on < ${today}::date) is not true)::int as owed
    from assignment
    where organisation_id = ${anyOf(memberships)}
      and (state = 'done' or exists (select from plan where plan.id = plan_id and plan.state = 'launched'))
  `.execute(reader)
  return rows[0] ?? { done: 0, doing: 0, late: 0, owed: 0 }
}

const mostUnits = 12

/** How the units of the supervised areas stand in all plans that are under way; the late ones first. One query. */
export async function getAreaStanding(
  reader: Reader,
  { areas }: Scope,
  today: CivilDate,
): Promise<AreaStanding> {
  type Row = UnitStanding & { latePlans: number; units: number; lateUnits: number; doneUnits: number }
  const { rows } = await sql<Row>`
    with unit as (
      select expected.organisation_id as id, sum(expected.tasks)::int as tasks, sum(expected.done)::int as done,
        count(*) filter (where expected.first_open_on < ${today}::date)::int as "latePlans"
      from expected join plan on plan.id = expected.plan_id and plan.state = 'launched'
      where expected.tasks > 0 and expected.organisation_id in (
        select organisation_id from organisation_line where ancestor_id = ${anyOf(areas)}
      )
      group by expected.organisation_id
    )
    select unit.*, organisation.name, unit."latePlans" > 0 as "isLate", (count(*) over ())::int as units,
      (count(*) filter (where unit."latePlans" > 0) over ())::int as "lateUnits",
      (count(*) filter (where unit.done = unit.tasks) over ())::int as "doneUnits"
    from unit join organisation on organisation.id = unit.id
    order by unit."latePlans" desc, unit.done::numeric / unit.tasks, organisation.name, unit.id
    limit ${sql.lit(mostUnits)}
  `.execute(reader)
  const [first] = rows
  return {
    units: first?.units ?? 0,
    lateUnits: first?.lateUnits ?? 0,
    doneUnits: first?.doneUnits ?? 0,
    rows: rows.map(({ units: _units, lateUnits: _late, doneUnits: _done, ...row }) => row),
  }
}
