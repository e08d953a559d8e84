import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Reckoning } from '#features/plans/deadlines.ts'
import { isOwnWork, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { mostSquares } from '../rules.ts'
import type { Counts, Page } from '../schema.ts'

// The figures of a plan. Whose office it is counts by the tally that the database keeps; anybody else by the rows
// that are theirs to see, which are few.

/** The plan of the figures, and whether all of it is the actor's to see. */
export interface RolledUp {
  id: string
  isOffice: boolean
}

/** Rows of `task_id, group_id, state, due_on, with_evidence, done_late, count` for what one may see of a plan. */
function tallyOf(scope: Scope, plan: RolledUp): RawBuilder<unknown> {
  if (plan.isOffice)
    return sql`select task_id, group_id, state, due_on, with_evidence, done_late, count
      from assignment_tally where plan_id = ${plan.id} and count > 0`
  return sql`select task_id, group_id, state, due_on, evidence_count > 0 as with_evidence,
      assignment_done_late(done_at, due_on) as done_late, 1 as count
    from assignment where plan_id = ${plan.id} and ${isWorkInScope(scope, {
      officeId: sql.ref('assignment.office_id'),
      organisationId: sql.ref('assignment.organisation_id'),
    })}`
}

const counts = (today: CivilDate): RawBuilder<unknown> => sql`
  coalesce(sum(count), 0)::int as total,
  coalesce(sum(count) filter (where state = 'done'), 0)::int as done,
  coalesce(sum(count) filter (where state = 'done' and not done_late), 0)::int as "doneOnTime",
  coalesce(sum(count) filter (where state = 'done' and with_evidence), 0)::int as "doneWithEvidence",
  coalesce(sum(count) filter (where state = 'doing' and (due_on is null or due_on >= ${today})), 0)::int as doing,
  coalesce(sum(count) filter (where state <> 'done' and due_on < ${today}), 0)::int as late`

export interface TaskRow extends Counts {
  id: string
  ordinal: number
  text: string
  product: string | null
  condition: string | null
  deadlineWords: string | null
  reckoning: Reckoning | null
  every: string | null
  dueOn: string | null
}

/** The tasks of a plan in their order, each with its counts. One query. */
export function listTasks(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  today: CivilDate,
): Promise<TaskRow[]> {
  return readTasks(reader, scope, plan, today, sql``)
}

/** One task of a plan with its counts; NotFound where it is not one of those that one may see. One query. */
export async function getTask(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  taskId: string,
  today: CivilDate,
): Promise<TaskRow> {
  if (!isId(taskId)) throw new NotFound('task')
  const [task] = await readTasks(reader, scope, plan, today, sql`and task.id = ${taskId}`)
  if (!task) throw new NotFound('task')
  return task
}

/** The same, where only tasks are told apart: of a whole plan a few dozen rows that the database keeps. */
function tallyOfTasks(scope: Scope, plan: RolledUp): RawBuilder<unknown> {
  if (!plan.isOffice) return tallyOf(scope, plan)
  return sql`select task_id, state, due_on, with_evidence, done_late, count
    from task_tally where plan_id = ${plan.id} and count > 0`
}

async function readTasks(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  today: CivilDate,
  only: RawBuilder<unknown>,
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select task.id, task.ordinal, task.text, task.product, task.condition, task.deadline ->> 'words' as "deadlineWords",
      task.deadline ->> 'reckoning' as reckoning, task.deadline ->> 'every' as every, task.due_on as "dueOn", counted.*
    from task
    left join (
      select task_id, ${counts(today)} from (${tallyOfTasks(scope, plan)}) tally group by task_id
    ) counted on counted.task_id = task.id
    where task.plan_id = ${plan.id} ${plan.isOffice ? sql`` : sql`and counted.task_id is not null`} ${only}
    order by task.ordinal
  `.execute(reader)
  return rows.map((row) => ({
    ...row,
    total: row.total ?? 0,
    done: row.done ?? 0,
    doneOnTime: row.doneOnTime ?? 0,
    doneWithEvidence: row.doneWithEvidence ?? 0,
    doing: row.doing ?? 0,
    late: row.late ?? 0,
  }))
}

export interface UnitCounts {
  units: number
  members: number
  /** Units that have tasks, and how many of them have done them all. */
  withTasks: number
  allDone: number
  /** Units with something late. */
  late: number
}

/** How many units are expected, have done everything, are late. One query. */
export async function countUnits(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  today: CivilDate,
): Promise<UnitCounts> {
  const seen = plan.isOffice
    ? sql`select standing, first_open_on, units, members from unit_tally where plan_id = ${plan.id}`
    : sql`select unit_standing(tasks, done) as standing, first_open_on, 1 as units, members
        from expected where plan_id = ${plan.id} and passed_on is null and ${isUnitSeen(scope)}`
  const { rows } = await sql<UnitCounts>`
    select coalesce(sum(units), 0)::int as units, coalesce(sum(members), 0)::int as members,
      coalesce(sum(units) filter (where standing <> 'none'), 0)::int as "withTasks",
      coalesce(sum(units) filter (where standing = 'done'), 0)::int as "allDone",
      coalesce(sum(units) filter (where first_open_on < ${today}), 0)::int as late
    from (${seen}) seen
  `.execute(reader)
  return rows[0] ?? { units: 0, members: 0, withTasks: 0, allDone: 0, late: 0 }
}

/** Whether a row of `expected` is one's own to see; for the office see `isOffice`, which costs nothing. */
export function isUnitSeen(scope: Scope): RawBuilder<boolean> {
  return isOwnWork(scope, sql.ref('expected.organisation_id'))
}

export interface SquareRow {
  id: string
  taskId: string
  state: string
  dueOn: string | null
  name: string
}

/** Every assignment of a small plan, by task and place, for drawing; a plan too large for that is drawn by groups. */
export async function listSquares(reader: Reader, scope: Scope, plan: RolledUp): Promise<SquareRow[]> {
  const { rows } = await sql<SquareRow>`
    select assignment.id, assignment.task_id as "taskId", assignment.state, assignment.due_on as "dueOn", expected.name
    from assignment
    join expected on expected.plan_id = assignment.plan_id and expected.organisation_id = assignment.organisation_id
    where assignment.plan_id = ${plan.id} and ${
      plan.isOffice
        ? sql`true`
        : isWorkInScope(scope, {
            officeId: sql.ref('assignment.office_id'),
            organisationId: sql.ref('assignment.organisation_id'),
          })
    }
    order by assignment.task_id, expected.place
    limit ${sql.lit(mostSquares)}
  `.execute(reader)
  return rows
}

export interface GroupRow extends Pick<Counts, 'total' | 'done' | 'doing' | 'late'> {
  groupId: string
  name: string
}

/** The bodies under which the units stand, each with the counts of all tasks, the latest first, by name. One query. */
export async function listGroups(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  asked: { today: CivilDate; offset: number; limit: number },
): Promise<Page<GroupRow>> {
  const reach = asked.offset === 0 ? sql.lit(asked.limit) : sql`(${asked.offset + asked.limit})`
  // Names are asked for of those only that can come on the page: as late as its last one, or later.
  const { rows } = await sql<GroupRow & { groups: number }>`
    with grouped as (
      select group_id, coalesce(sum(count), 0)::int as total,
        coalesce(sum(count) filter (where state = 'done'), 0)::int as done,
        coalesce(sum(count) filter (where state = 'doing' and (due_on is null or due_on >= ${asked.today})), 0)::int
          as doing,
        coalesce(sum(count) filter (where state <> 'done' and due_on < ${asked.today}), 0)::int as late
      from (${tallyOf(scope, plan)}) tally group by group_id
    ), latest as (
      select *, count(*) over ()::int as groups from grouped order by late desc fetch first ${reach} rows with ties
    )
    select latest.group_id as "groupId", body.name, latest.total, latest.done, latest.doing, latest.late, latest.groups
    from latest join organisation body on body.id = latest.group_id
    order by latest.late desc, body.name, body.id
    ${cutPage(asked)}
  `.execute(reader)
  return { rows: rows.map(({ groups: _groups, ...row }) => row), total: rows[0]?.groups ?? 0 }
}
