import type { DeadlineRule } from '@trienkhai/plan-reader/plan.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Reckoning } from '#features/plans/deadlines.ts'
import type { Page, PageAsked, Standing } from '#features/plans/schema.ts'
import type { AssignmentFacts } from '#server/access/assignments.ts'
import { anyOf, isInArea, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { AssignmentLine, ProgressStep } from '../schema.ts'

const officeId = sql.ref('assignment.office_id')
const organisationId = sql.ref('assignment.organisation_id')

/** What decides about an assignment; NotFound outside the scope. */
export async function findAssignmentFacts({ reader, scope }: Context, id: string): Promise<AssignmentFacts> {
  if (!isId(id)) throw new NotFound('assignment')
  const { rows } = await sql<AssignmentFacts>`
    select office_id as "officeId", organisation_id as "organisationId", ${isInArea(scope, organisationId)} as "inArea"
    from assignment where id = ${id} and ${isWorkInScope(scope, { officeId, organisationId })}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('assignment')
  return row
}

/** A pattern for what was searched for; letters that mean something in patterns mean themselves. */
export function patternOf(search: string): string | null {
  const key = fold(search)
  return key ? `%${key.replace(/[\\%_]/g, '\\$&')}%` : null
}

/** The condition that an assignment stands so on a day. */
export function standsAs(standing: Standing, today: CivilDate): RawBuilder<boolean> {
  switch (standing) {
    case 'done':
      return sql`assignment.state = 'done'`
    case 'late':
      return sql`(assignment.state <> 'done' and assignment.due_on < ${today})`
    default:
      return sql`(assignment.state = ${standing} and (assignment.due_on is null or assignment.due_on >= ${today}))`
  }
}

const line = sql`
  assignment.id, assignment.plan_id as "planId", plan.subject as "planSubject", plan.number as "planNumber",
  office.name as "officeName", task.text as "taskText", task.product, task.deadline ->> 'words' as "deadlineWords",
  assignment.organisation_id as "organisationId", unit.name as "organisationName", assignment.role, assignment.state,
  assignment.due_on as "dueOn", assignment.done_at as "doneAt", assignment.evidence_count as "evidenceCount",
  assignment.inherited_on as "inheritedOn", (
    select period.name from organisation_period period where period.organisation_id = assignment.inherited_from_id
    order by period.from_on desc nulls last limit 1
  ) as "inheritedFrom",
  assignment.open_obstacles as "openObstacles", plan.state = 'closed' as "isClosed"`

const lineTables = sql`
  assignment
  join task on task.id = assignment.task_id
  join plan on plan.id = assignment.plan_id
  join organisation office on office.id = assignment.office_id
  join organisation unit on unit.id = assignment.organisation_id`

/**
 * The work of the units that one belongs to: what is late first, then by last day, what has none after that, what
 * is done at the end. Two queries, however long the page.
 */
export async function listWork(
  reader: Reader,
  scope: Scope,
  asked: PageAsked & { standing: Standing | 'open' | null; unitId: string | null; today: CivilDate },
): Promise<Page<AssignmentLine> & { counts: Record<Standing, number> }> {
  const units = asked.unitId ? scope.memberships.filter((id) => id === asked.unitId) : [...scope.memberships]
  const mine = sql`assignment.organisation_id = ${anyOf(units)}`
  // Of a plan that is closed nothing is open any more: what was not done is shown with all, and in the plan.
  const isOpen = sql`plan.state <> 'closed'`
  const counting = sql<Record<Standing, number>>`
    select count(*) filter (where ${standsAs('done', asked.today)})::int as done,
      count(*) filter (where ${standsAs('late', asked.today)} and ${isOpen})::int as late,
      count(*) filter (where ${standsAs('doing', asked.today)} and ${isOpen})::int as doing,
      count(*) filter (where ${standsAs('owed', asked.today)} and ${isOpen})::int as owed
    from assignment join plan on plan.id = assignment.plan_id where ${mine}`
  const pattern = patternOf(asked.search)
  const conditions = [mine]
  if (asked.standing === 'open') conditions.push(sql`assignment.state <> 'done'`)
  else if (asked.standing) conditions.push(standsAs(asked.standing, asked.today))
  if (asked.standing && asked.standing !== 'done') conditions.push(isOpen)
  if (pattern) conditions.push(sql`(folded(task.text) like ${pattern} or plan.search_key like ${pattern})`)
  const reading = sql<AssignmentLine & { total: number }>`
    select ${line}, count(*) over ()::int as total
    from ${lineTables}
    where ${sql.join(conditions, sql` and `)}
    order by (assignment.state = 'done'), assignment.due_on nulls last, plan.launched_at, task.ordinal, assignment.id
    ${cutPage(asked)}`
  const [counted, { rows }] = await Promise.all([counting.execute(reader), reading.execute(reader)])
  return {
    rows: rows.map(({ total: _total, ...row }) => row),
    total: rows[0]?.total ?? 0,
    counts: counted.rows[0] ?? { done: 0, late: 0, doing: 0, owed: 0 },
  }
}

export interface AssignmentDetails extends AssignmentLine {
  officeId: string
  inArea: boolean
  taskId: string
  condition: string | null
  section: string | null
  deadline: (DeadlineRule & { reckoning?: Reckoning }) | null
  startedAt: Date | null
  launchedAt: Date
  parties: { role: string; phrase: string }[]
  planState: string
  progress: { id: string; step: ProgressStep; note: string | null; by: string; at: string }[]
  evidence: {
    id: string
    kind: 'file' | 'link'
    title: string
    url: string | null
    mediaType: string | null
    size: number | null
    by: string
    at: string
  }[]
  obstacles: {
    id: string
    text: string
    by: string
    at: string
    answer: string | null
    answeredBy: string | null
    answeredAt: string | null
  }[]
}

/** One assignment with all that happened to it, in one query; NotFound outside the scope. */
export async function getAssignment(reader: Reader, scope: Scope, id: string): Promise<AssignmentDetails> {
  if (!isId(id)) throw new NotFound('assignment')
  const { rows } = await sql<AssignmentDetails>`
    select ${line}, assignment.office_id as "officeId", ${isInArea(scope, organisationId)} as "inArea",
      assignment.task_id as "taskId", task.condition, task.section, task.deadline,
      assignment.started_at as "startedAt", plan.launched_at as "launchedAt", plan.state as "planState",
      (select coalesce(jsonb_agg(jsonb_build_object('role', party ->> 'role', 'phrase', party ->> 'phrase')), '[]')
        from jsonb_array_elements(task.parties) party) as parties,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', progress.id, 'step', step, 'note', note, 'by', account.name, 'at', at) order by at desc, progress.id desc), '[]')
        from progress join account on account.id = progress.account_id
        where progress.assignment_id = assignment.id) as progress,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', evidence.id, 'kind', kind, 'title', title, 'url', url, 'mediaType', file.media_type,
          'size', file.size, 'by', account.name, 'at', added_at) order by added_at, evidence.id), '[]')
        from evidence join account on account.id = evidence.added_by left join file on file.hash = evidence.file_hash
        where evidence.assignment_id = assignment.id) as evidence,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', obstacle.id, 'text', obstacle.text, 'by', raiser.name, 'at', raised_at, 'answer', answer,
          'answeredBy', answerer.name, 'answeredAt', answered_at) order by raised_at desc), '[]')
        from obstacle join account raiser on raiser.id = obstacle.raised_by
        left join account answerer on answerer.id = obstacle.answered_by
        where obstacle.assignment_id = assignment.id) as obstacles
    from ${lineTables}
    where assignment.id = ${id} and ${isWorkInScope(scope, { officeId, organisationId })}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('assignment')
  return row
}

/** The living units that one belongs to, for choosing between them. */
export async function listOwnUnits(reader: Reader, scope: Scope): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation where id = ${anyOf(scope.memberships)} and ended_on is null
    order by name limit 50
  `.execute(reader)
  return rows
}
