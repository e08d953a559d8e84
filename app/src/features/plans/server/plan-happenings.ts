import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
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

/** What stands in the way of a plan: the unanswered first, the oldest of them on top. One query. */
export async function listObstacles(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  asked: { offset: number; limit: number },
): Promise<Page<ObstacleRow> & { open: number }> {
  const { rows } = await sql<ObstacleRow & { total: number; open: number }>`
    select obstacle.id, obstacle.assignment_id as "assignmentId", unit.name, task.text as "taskText", obstacle.text,
      raiser.name as by, obstacle.raised_at as at, obstacle.answer, answerer.name as "answeredBy",
      obstacle.answered_at as "answeredAt", count(*) over ()::int as total,
      count(*) filter (where obstacle.answer is null) over ()::int as open
    from assignment
    join obstacle on obstacle.assignment_id = assignment.id
    join task on task.id = assignment.task_id
    join organisation unit on unit.id = assignment.organisation_id
    join account raiser on raiser.id = obstacle.raised_by
    left join account answerer on answerer.id = obstacle.answered_by
    where assignment.plan_id = ${plan.id} and ${isWorkInScope(scope, {
      officeId: sql.ref('assignment.office_id'),
      organisationId: sql.ref('assignment.organisation_id'),
    })}
    order by (obstacle.answer is not null), obstacle.raised_at, obstacle.id
    offset ${asked.offset} limit ${asked.limit}
  `.execute(reader)
  return {
    rows: rows.map(({ total: _total, open: _open, ...row }) => row),
    total: rows[0]?.total ?? 0,
    open: rows[0]?.open ?? 0,
  }
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
    offset ${asked.offset} limit ${asked.limit}
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
