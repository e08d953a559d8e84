import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import {
  type LateWork,
  mostLateWork,
  mostObstacles,
  type PlanFigures,
  type TaskFigures,
  type WorkFigures,
} from '../figures.ts'

type Totals = Pick<PlanFigures, 'units' | 'lateUnits' | 'reports' | 'events' | 'obstacles'>

/**
 * What happened in a launched plan of the actor's office, as it stands on `day` (today). Four queries whatever the
 * plan's size: tasks are summed from the tally that the database keeps, the rest from its own rows.
 */
export async function getPlanFigures(
  reader: Reader,
  scope: Scope,
  planId: string,
  day: CivilDate,
): Promise<PlanFigures> {
  const totals = await getTotals(reader, scope, planId, day)
  const tasks = await listTaskFigures(reader, planId, day)
  const lateWork = await listLateWork(reader, planId, day)
  const obstacleLines = await listObstacles(reader, planId)
  return {
    planId,
    day,
    ...totals,
    work: sumOf(tasks),
    tasks,
    lateWork,
    obstacleLines,
  }
}

async function getTotals(reader: Reader, scope: Scope, planId: string, day: CivilDate): Promise<Totals> {
  const { rows } = await sql<{
    units: number
    lateUnits: number
    total: number
    submitted: number
    onTime: number
    withEvidence: number
    late: number
    events: number
    past: number
    raised: number
    answered: number
  }>`
    select
      (select count(*)::int from expected where expected.plan_id = plan.id) as units,
      (select count(distinct organisation_id)::int from assignment
        where assignment.plan_id = plan.id and state <> 'done' and due_on < ${day}::date) as "lateUnits",
      duties.*, calendar.*, troubles.*
    from plan
    cross join lateral (
      select count(*)::int as total, count(submitted_at)::int as submitted,
        count(*) filter (where submitted_at is not null
          and not assignment_done_late(submitted_at, due_on))::int as "onTime",
        count(*) filter (where submitted_at is not null and file_hash is not null)::int as "withEvidence",
        count(*) filter (where submitted_at is null and due_on < ${day}::date)::int as late
      from report_duty where report_duty.plan_id = plan.id
    ) duties
    cross join lateral (
      select count(*)::int as events,
        count(*) filter (where coalesce(ends_on, starts_on) <= ${day}::date)::int as past
      from event where event.plan_id = plan.id
    ) calendar
    cross join lateral (
      select count(obstacle.id)::int as raised, count(obstacle.answered_at)::int as answered
      from obstacle join assignment on assignment.id = obstacle.assignment_id
      where assignment.plan_id = plan.id
    ) troubles
    where plan.id = ${planId} and plan.office_id = any(${scope.offices}::uuid[])
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('plan')
  const { units, lateUnits, total, submitted, onTime, withEvidence, late, events, past, raised, answered } =
    row
  return {
    units,
    lateUnits,
    reports: { total, submitted, onTime, withEvidence, late },
    events: { total: events, past },
    obstacles: { raised, answered },
  }
}

async function listTaskFigures(reader: Reader, planId: string, day: CivilDate): Promise<TaskFigures[]> {
  const isLate = sql`tally.state <> 'done' and tally.due_on < ${day}::date`
  const { rows } = await sql<TaskFigures>`
    select task.id, task.ordinal, task.text, task.due_on as "dueOn",
      coalesce(sum(tally.count), 0)::int as total,
      coalesce(sum(tally.count) filter (where tally.state = 'done'), 0)::int as done,
      coalesce(sum(tally.count) filter (where tally.state = 'done' and not tally.done_late), 0)::int as "onTime",
      coalesce(sum(tally.count) filter (where tally.state = 'done' and tally.with_evidence), 0)::int as "withEvidence",
      coalesce(sum(tally.count) filter (where tally.state = 'doing' and (${isLate}) is not true), 0)::int as doing,
      coalesce(sum(tally.count) filter (where ${isLate}), 0)::int as late,
      coalesce(sum(tally.count) filter (where tally.state = 'owed' and (${isLate}) is not true), 0)::int as owed
    from task left join assignment_tally tally on tally.task_id = task.id
    where task.plan_id = ${planId}
    group by task.id, task.ordinal, task.text, task.due_on order by task.ordinal
  `.execute(reader)
  return rows
}

function sumOf(tasks: readonly TaskFigures[]): WorkFigures {
  const sum: WorkFigures = { total: 0, done: 0, onTime: 0, withEvidence: 0, doing: 0, late: 0, owed: 0 }
  for (const task of tasks) {
    sum.total += task.total
    sum.done += task.done
    sum.onTime += task.onTime
    sum.withEvidence += task.withEvidence
    sum.doing += task.doing
    sum.late += task.late
    sum.owed += task.owed
  }
  return sum
}

/** As it was called at launch. */
const ownName = sql`coalesce(expected.name, organisation.name)`
const aboveName = sql`case when above.id not in (organisation.id, plan.office_id) then above.name end`
/** Below a body of its own with that body's name, as there are many a "Chi bộ Khu 1". */
const unitName = sql`${ownName} || coalesce(', ' || ${aboveName}, '')`

/** What is past its day: tasks and reports of a unit together, under the name that it had at launch. */
async function listLateWork(reader: Reader, planId: string, day: CivilDate): Promise<LateWork[]> {
  const { rows } = await sql<LateWork>`
    with late as (
      select assignment.id, 'task' as kind, assignment.task_id, assignment.organisation_id, task.ordinal, task.text, assignment.due_on
      from assignment join task on task.id = assignment.task_id
      where assignment.plan_id = ${planId} and assignment.state <> 'done' and assignment.due_on < ${day}::date
      union all
      select id, 'report', null, organisation_id, 100000 + ordinal, text, due_on
      from report_duty
      where plan_id = ${planId} and submitted_at is null and due_on < ${day}::date
    )
    select late.id, late.kind, late.task_id as "taskId", late.organisation_id as "organisationId",
      ${unitName} as unit, ${ownName} as name, ${aboveName} as above, late.text, late.due_on as "dueOn"
    from late
    join plan on plan.id = ${planId}
    join organisation on organisation.id = late.organisation_id
    left join expected on expected.plan_id = plan.id and expected.organisation_id = late.organisation_id
    left join organisation above on above.id = expected.group_id
    order by expected.place, unit, late.organisation_id, late.due_on, late.ordinal
    limit ${mostLateWork}
  `.execute(reader)
  return rows
}

async function listObstacles(reader: Reader, planId: string): Promise<PlanFigures['obstacleLines']> {
  const { rows } = await sql<PlanFigures['obstacleLines'][number]>`
    select assignment.id as "assignmentId", ${unitName} as unit, obstacle.text, obstacle.answer
    from obstacle
    join assignment on assignment.id = obstacle.assignment_id
    join plan on plan.id = assignment.plan_id
    join organisation on organisation.id = assignment.organisation_id
    left join expected on expected.plan_id = assignment.plan_id
      and expected.organisation_id = assignment.organisation_id
    left join organisation above on above.id = expected.group_id
    where assignment.plan_id = ${planId}
    order by obstacle.raised_at desc, obstacle.id
    limit ${mostObstacles}
  `.execute(reader)
  return rows
}
