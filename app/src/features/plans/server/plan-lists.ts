import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { patternOf, standsAs } from '#features/assignments/server/reads.ts'
import { isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { Page, PageAsked, Standing } from '../schema.ts'
import { isUnitSeen, type RolledUp } from './roll-up.ts'

// What the figures of a plan open: assignments and units, paged in the database.

export interface AssignmentRow {
  id: string
  taskId: string
  taskText: string
  organisationId: string
  name: string
  groupName: string | null
  role: 'lead' | 'with'
  state: string
  dueOn: string | null
  doneAt: Date | null
  evidenceCount: number
  openObstacles: number
}

export interface AssignmentsAsked extends PageAsked {
  today: CivilDate
  standing: Standing | 'open' | null
  /** Of those done: in time, with evidence, or without any. */
  measure: 'on-time' | 'with-evidence' | 'without-evidence' | null
  taskId: string | null
  groupId: string | null
  organisationId: string | null
}

const given = (id: string | null, subject: string): string | null => {
  if (id !== null && !isId(id)) throw new NotFound(subject)
  return id
}

/** Assignments of a plan by unit and task: the rows that a figure counts. Three queries. */
export async function listAssignments(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  asked: AssignmentsAsked,
): Promise<Page<AssignmentRow>> {
  const conditions: RawBuilder<unknown>[] = [sql`assignment.plan_id = ${plan.id}`]
  if (!plan.isOffice)
    conditions.push(
      isWorkInScope(scope, {
        officeId: sql.ref('assignment.office_id'),
        organisationId: sql.ref('assignment.organisation_id'),
      }),
    )
  const taskId = given(asked.taskId, 'task')
  if (taskId) conditions.push(sql`assignment.task_id = ${taskId}`)
  const groupId = given(asked.groupId, 'group')
  if (groupId) conditions.push(sql`assignment.group_id = ${groupId}`)
  const organisationId = given(asked.organisationId, 'unit')
  if (organisationId) conditions.push(sql`assignment.organisation_id = ${organisationId}`)
  if (asked.standing === 'open') conditions.push(sql`assignment.state <> 'done'`)
  else if (asked.standing) conditions.push(standsAs(asked.standing, asked.today))
  if (asked.measure === 'on-time')
    conditions.push(
      sql`assignment.state = 'done' and not assignment_done_late(assignment.done_at, assignment.due_on)`,
    )
  if (asked.measure === 'with-evidence')
    conditions.push(sql`assignment.state = 'done' and assignment.evidence_count > 0`)
  if (asked.measure === 'without-evidence')
    conditions.push(sql`assignment.state = 'done' and assignment.evidence_count = 0`)
  const pattern = patternOf(asked.search)
  if (pattern) conditions.push(sql`expected.search_key like ${pattern}`)
  const from = sql`
    from expected
    join assignment on assignment.plan_id = expected.plan_id and assignment.organisation_id = expected.organisation_id
    join task on task.id = assignment.task_id
    where expected.plan_id = ${plan.id} and ${sql.join(conditions, sql` and `)}`
  const [rows, total] = await Promise.all([
    readAssignments(reader, from, asked),
    plan.isOffice && !pattern && !organisationId
      ? countByTally(reader, plan.id, asked)
      : countRows(reader, from),
  ])
  return { rows, total }
}

/**
 * What decides the page (conditions and places) is read alone, in the order of an index that stops at the page's end, and
 * planned for each plan's size. Words and names are looked up by the ids of its few rows, which is planned once.
 */
async function readAssignments(
  reader: Reader,
  from: RawBuilder<unknown>,
  asked: { offset: number; limit: number },
): Promise<AssignmentRow[]> {
  const { rows: page } = await sql<{ id: string; name: string }>`
    select assignment.id, expected.name ${from}
    order by expected.plan_id, expected.place, task.ordinal, assignment.id
    ${cutPage(asked)}
  `.execute(reader)
  if (page.length === 0) return []
  const { rows } = await sql<AssignmentRow>`
    select assignment.id, assignment.task_id as "taskId", task.text as "taskText",
      assignment.organisation_id as "organisationId", page.name,
      case when grouping.id not in (assignment.organisation_id, assignment.office_id) then grouping.name end
        as "groupName",
      assignment.role, assignment.state, assignment.due_on as "dueOn", assignment.done_at as "doneAt",
      assignment.evidence_count as "evidenceCount", assignment.open_obstacles as "openObstacles"
    from unnest(${page.map(({ id }) => id)}::uuid[], ${page.map(({ name }) => name)}::text[])
      with ordinality as page (id, name, place)
    join assignment on assignment.id = page.id
    join task on task.id = assignment.task_id
    join organisation grouping on grouping.id = assignment.group_id
    order by page.place
  `.execute(reader)
  return rows
}

async function countRows(reader: Reader, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total ${from}`.execute(reader)
  return rows[0]?.total ?? 0
}

/** How many assignments a filter leaves, by the counts that the database keeps. */
async function countByTally(reader: Reader, planId: string, asked: AssignmentsAsked): Promise<number> {
  const conditions: RawBuilder<unknown>[] = [sql`assignment.plan_id = ${planId}`]
  if (asked.taskId) conditions.push(sql`assignment.task_id = ${asked.taskId}`)
  if (asked.groupId) conditions.push(sql`assignment.group_id = ${asked.groupId}`)
  if (asked.standing === 'open') conditions.push(sql`assignment.state <> 'done'`)
  else if (asked.standing) conditions.push(standsAs(asked.standing, asked.today))
  if (asked.measure) conditions.push(sql`assignment.state = 'done'`)
  if (asked.measure === 'on-time') conditions.push(sql`not assignment.done_late`)
  if (asked.measure === 'with-evidence') conditions.push(sql`assignment.with_evidence`)
  if (asked.measure === 'without-evidence') conditions.push(sql`not assignment.with_evidence`)
  const { rows } = await sql<{ total: number }>`
    select coalesce(sum(count), 0)::int as total
    from ${asked.groupId ? sql`assignment_tally` : sql`task_tally`} assignment
    where ${sql.join(conditions, sql` and `)}
  `.execute(reader)
  return rows[0]?.total ?? 0
}

/** The body under which a unit stands, unless that is the unit itself or the office, which goes without saying. */
const groupName = sql`
  case when grouping.id not in (page.organisation_id, plan.office_id) then grouping.name end`

export interface UnitRow {
  organisationId: string
  name: string
  groupName: string | null
  members: number
  tasks: number
  done: number
  firstOpenOn: string | null
}

export interface UnitsAsked extends PageAsked {
  today: CivilDate
  standing: 'done' | 'open' | 'late' | null
  groupId: string | null
}

/** The expected units of a plan in their places, with how far each has come. Two queries. */
export async function listUnits(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  asked: UnitsAsked,
): Promise<Page<UnitRow>> {
  // Whose work has passed on is shown by its successor; what it did is in the list of assignments.
  const conditions: RawBuilder<unknown>[] = [
    sql`expected.plan_id = ${plan.id} and expected.passed_on is null`,
  ]
  if (!plan.isOffice) conditions.push(isUnitSeen(scope))
  const groupId = given(asked.groupId, 'group')
  if (groupId) conditions.push(sql`expected.group_id = ${groupId}`)
  if (asked.standing === 'done') conditions.push(sql`expected.tasks > 0 and expected.done = expected.tasks`)
  if (asked.standing === 'open') conditions.push(sql`expected.done < expected.tasks`)
  if (asked.standing === 'late') conditions.push(sql`expected.first_open_on < ${asked.today}`)
  const pattern = patternOf(asked.search)
  if (pattern) conditions.push(sql`expected.search_key like ${pattern}`)
  const from = sql`from expected where ${sql.join(conditions, sql` and `)}`
  const reading = sql<UnitRow>`
    with page as materialized (
      select expected.* ${from} order by plan_id, place ${cutPage(asked)}
    )
    select page.organisation_id as "organisationId", page.name, ${groupName} as "groupName", page.members,
      page.tasks, page.done, page.first_open_on as "firstOpenOn"
    from page left join organisation grouping on grouping.id = page.group_id
    join plan on plan.id = page.plan_id
    order by page.place
  `.execute(reader)
  const [{ rows }, total] = await Promise.all([
    reading,
    plan.isOffice && !pattern && !groupId
      ? countUnitsByTally(reader, plan.id, asked)
      : countRows(reader, from),
  ])
  return { rows, total }
}

/** How many units of a whole plan a filter leaves, by the counts that the database keeps. */
async function countUnitsByTally(reader: Reader, planId: string, asked: UnitsAsked): Promise<number> {
  const conditions: RawBuilder<unknown>[] = [sql`plan_id = ${planId}`]
  if (asked.standing === 'late') conditions.push(sql`first_open_on < ${asked.today}`)
  else if (asked.standing) conditions.push(sql`standing = ${asked.standing}`)
  const { rows } = await sql<{ total: number }>`
    select coalesce(sum(units), 0)::int as total from unit_tally where ${sql.join(conditions, sql` and `)}
  `.execute(reader)
  return rows[0]?.total ?? 0
}

/** One expected unit of a plan; NotFound where it is not expected, or not one's own to see. One query. */
export async function getUnit(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  organisationId: string,
): Promise<UnitRow> {
  if (!isId(organisationId)) throw new NotFound('unit')
  const { rows } = await sql<UnitRow>`
    select page.organisation_id as "organisationId", page.name, ${groupName} as "groupName", page.members,
      page.tasks, page.done, page.first_open_on as "firstOpenOn"
    from (
      select * from expected where expected.plan_id = ${plan.id} and expected.organisation_id = ${organisationId}
        ${plan.isOffice ? sql`` : sql`and ${isUnitSeen(scope)}`}
    ) page
    left join organisation grouping on grouping.id = page.group_id
    join plan on plan.id = page.plan_id
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('unit')
  return row
}

/** The name of a body under which units of the plan stand; NotFound where none does that one may see. */
export async function getGroupName(
  reader: Reader,
  scope: Scope,
  plan: RolledUp,
  groupId: string,
): Promise<string> {
  if (!isId(groupId)) throw new NotFound('group')
  const { rows } = await sql<{ name: string }>`
    select name from organisation where id = ${groupId} and exists (
      select from expected where plan_id = ${plan.id} and group_id = ${groupId}
        ${plan.isOffice ? sql`` : sql`and ${isUnitSeen(scope)}`}
    )
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('group')
  return row.name
}
