import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { LatestPlan, Matter, UnitStanding } from '../schema.ts'

/** How many lines of each kind a desk shows; the rest is behind a link. */
const most = { overdue: 8, review: 5, obstacle: 6, refused: 4, paper: 3 }

/** A paper that nobody has touched for so long is written, or given up. */
const draftDays = 14

const nothing = {
  plan: sql`null::uuid as "planId", null::text as "planNumber", null::text as "planSubject"`,
  late: sql`0 as count, 0 as "lateWork", 0 as "lateReports", null::text as state`,
}
const ofPlan = sql`plan.id as "planId", plan.number as "planNumber", plan.subject as "planSubject"`

/**
 * What waits for an office: plans with something late, plans to go over, obstacles without an answer, documents that
 * could not be read, papers that are being written. One query.
 */
export async function listOfficeMatters(
  reader: Reader,
  { offices }: Scope,
  today: CivilDate,
): Promise<Matter[]> {
  const mine = sql`${anyOf(offices)}`
  const { rows } = await sql<Matter>`
    (
      select 'overdue' as kind, plan.id, ${ofPlan}, null::text as body, null::text as text,
        (select coalesce(sum(units), 0)::int from unit_tally
          where plan_id = plan.id and first_open_on < ${today}::date) as count,
        work.late as "lateWork", duties.late as "lateReports", null::text as state,
        least(work.first, duties.first) as "dueOn", plan.launched_at as at, (count(*) over ())::int as total
      from plan
      cross join lateral (
        select coalesce(sum(count), 0)::int as late, min(due_on) as first from task_tally
        where plan_id = plan.id and state <> 'done' and due_on < ${today}::date and count > 0
      ) work
      cross join lateral (
        select count(*)::int as late, min(due_on) as first from report_duty
        where plan_id = plan.id and submitted_at is null and due_on < ${today}::date
      ) duties
      where plan.office_id = ${mine} and plan.state = 'launched' and work.late + duties.late > 0
      order by "dueOn", plan.id limit ${sql.lit(most.overdue)}
    ) union all (
      select 'review', plan.id, ${ofPlan}, null, null,
        jsonb_array_length(jsonb_path_query_array(plan_review.content, '$.findings[*] ? (@.state == "open")')),
        0, 0, null, null::date, plan.created_at, (count(*) over ())::int
      from plan join plan_review on plan_review.plan_id = plan.id
      where plan.office_id = ${mine} and plan.state = 'review'
      order by plan.created_at limit ${sql.lit(most.review)}
    ) union all (
      select 'obstacle', assignment.id, ${ofPlan},
        unit.name || case when above.id not in (unit.id, plan.office_id) then ', ' || above.name else '' end,
        obstacle.text, 0, 0, 0, null, null,
        obstacle.raised_at, waiting.total
      from (
        select obstacle.assignment_id, obstacle.text, obstacle.raised_at
        from obstacle
        join assignment on assignment.id = obstacle.assignment_id
        join plan on plan.id = assignment.plan_id
        where obstacle.office_id = ${mine} and obstacle.answer is null and plan.state = 'launched'
        order by obstacle.raised_at limit ${sql.lit(most.obstacle)}
      ) obstacle
      join assignment on assignment.id = obstacle.assignment_id
      join plan on plan.id = assignment.plan_id
      join organisation unit on unit.id = assignment.organisation_id
      join organisation above on above.id = assignment.group_id
      cross join (
        select coalesce(sum(open_obstacles), 0)::int as total
        from plan join assignment on assignment.plan_id = plan.id and open_obstacles > 0
        where plan.office_id = ${mine} and plan.state = 'launched'
      ) waiting
      order by obstacle.raised_at
    ) union all (
      select 'refused', document.id, ${nothing.plan}, null, document.file_name, ${nothing.late}, null,
        document.created_at, (count(*) over ())::int
      from document join document_reading on document_reading.document_id = document.id
      where document.office_id = ${mine} and document_reading.state = 'refused'
      order by document.created_at desc limit ${sql.lit(most.refused)}
    ) union all (
      select 'paper', paper.id, ${ofPlan}, null, paper.title, 0, 0, 0, paper.kind, null, paper.updated_at,
        (count(*) over ())::int
      from paper join plan on plan.id = paper.plan_id
      where paper.office_id = ${mine} and paper.issued_at is null and paper.updated_at >= ${today}::date - ${draftDays}::int
      order by paper.updated_at desc limit ${sql.lit(most.paper)}
    )
  `.execute(reader)
  return rows
}

/** Units are drawn one by one up to this many. */
const mostSquares = 300

/** The office's plan that was launched last, and how its units stand. One query. */
export async function findLatestPlan(
  reader: Reader,
  { offices }: Scope,
  today: CivilDate,
): Promise<LatestPlan | null> {
  const { rows } = await sql<Omit<LatestPlan, 'squares'> & { squares: UnitStanding[] | null }>`
    with latest as (
      select id, number, subject from plan
      where office_id = ${anyOf(offices)} and state = 'launched'
      order by launched_at desc, id desc limit 1
    ), units as (
      select coalesce(sum(units), 0)::int as units,
        coalesce(sum(units) filter (where first_open_on < ${today}::date), 0)::int as "lateUnits"
      from unit_tally where plan_id = (select id from latest)
    ), work as (
      select coalesce(sum(count), 0)::int as tasks,
        coalesce(sum(count) filter (where state = 'done'), 0)::int as done,
        coalesce(sum(count) filter (where state = 'doing' and (due_on < ${today}::date) is not true), 0)::int as doing,
        coalesce(sum(count) filter (where state <> 'done' and due_on < ${today}::date), 0)::int as late
      from task_tally where plan_id = (select id from latest)
    )
    select latest.id, latest.number, latest.subject, units.*, work.*, case when units.units <= ${mostSquares} then (
        select jsonb_agg(jsonb_build_object(
          'id', organisation_id, 'name', name, 'tasks', tasks, 'done', done,
          'isLate', coalesce(first_open_on < ${today}::date, false)
        ) order by place, name)
        from expected where plan_id = latest.id and tasks > 0
      ) end as squares
    from latest cross join units cross join work
  `.execute(reader)
  const [plan] = rows
  return plan ? { ...plan, squares: plan.squares ?? [] } : null
}
