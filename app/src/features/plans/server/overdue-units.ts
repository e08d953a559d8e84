import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { patternOf } from '#features/assignments/server/reads.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { isId } from '#server/platform/ids.ts'
import type { OverdueOf } from '../overdue.ts'
import type { Page, PageAsked } from '../schema.ts'

export interface OverdueTask {
  assignmentId: string
  text: string
  state: 'owed' | 'doing'
  dueOn: string
  openObstacles: number
}

/** A unit that is late in a plan, with all that it is late with there. */
export interface OverdueUnit {
  planId: string
  planSubject: string
  planNumber: string | null
  officeName: string
  organisationId: string
  name: string
  groupName: string | null
  tasks: OverdueTask[]
}

export interface OverdueAsked extends PageAsked {
  today: CivilDate
  whose: OverdueOf
  planId: string | null
}

/** Of which unit one asks: the office all of its plan, a supervisor the area's, a unit's people their own. */
function isAsked(scope: Scope, whose: OverdueOf): RawBuilder<boolean> {
  switch (whose) {
    case 'office':
      return sql`plan.office_id = any(${scope.offices}::uuid[])`
    case 'area':
      return sql`expected.organisation_id in (
        select organisation_id from organisation_line where ancestor_id = any(${scope.areas}::uuid[])
      )`
    case 'own':
      return sql`expected.organisation_id = any(${scope.memberships}::uuid[])`
  }
}

const nothing: Page<OverdueUnit> = { rows: [], total: 0 }

/**
 * Units that are late, plan by plan and in their places there, each with its late tasks; of those that a search names
 * by the task's words, only these tasks. The page is cut by units, so that no unit is torn over two. One query.
 */
export async function listOverdueUnits(
  reader: Reader,
  scope: Scope,
  asked: OverdueAsked,
): Promise<Page<OverdueUnit>> {
  if (asked.planId !== null && !isId(asked.planId)) return nothing
  const pattern = patternOf(asked.search)
  const late = sql`assignment.state <> 'done' and assignment.due_on < ${asked.today}`
  const isNamed = pattern
    ? sql`(folded(expected.name) like ${pattern} or plan.search_key like ${pattern})`
    : sql`true`
  const hasTaskNamed = pattern
    ? sql`exists (
        select from assignment join task on task.id = assignment.task_id
        where assignment.plan_id = expected.plan_id and assignment.organisation_id = expected.organisation_id
          and ${late} and folded(task.text) like ${pattern}
      )`
    : sql`true`
  const { rows } = await sql<OverdueUnit & { total: number }>`
    with page as (
      select expected.plan_id, expected.organisation_id, expected.group_id, expected.name, expected.place,
        plan.subject, plan.number, plan.office_id, plan.launched_at, ${isNamed} as is_named,
        count(*) over ()::int as total
      from expected join plan on plan.id = expected.plan_id
      where plan.state = 'launched' and expected.first_open_on < ${asked.today} and ${isAsked(scope, asked.whose)}
        ${asked.planId ? sql`and plan.id = ${asked.planId}` : sql``}
        and (${isNamed} or ${hasTaskNamed})
      order by plan.launched_at, plan.id, expected.place, expected.organisation_id
      offset ${asked.offset} limit ${asked.limit}
    )
    select page.plan_id as "planId", page.subject as "planSubject", page.number as "planNumber",
      office.name as "officeName", page.organisation_id as "organisationId", page.name,
      case when grouping.id <> page.organisation_id then grouping.name end as "groupName", page.total, (
        select jsonb_agg(jsonb_build_object(
          'assignmentId', assignment.id, 'text', task.text, 'state', assignment.state,
          'dueOn', assignment.due_on, 'openObstacles', assignment.open_obstacles
        ) order by assignment.due_on, task.ordinal)
        from assignment join task on task.id = assignment.task_id
        where assignment.plan_id = page.plan_id and assignment.organisation_id = page.organisation_id and ${late}
          ${pattern ? sql`and (page.is_named or folded(task.text) like ${pattern})` : sql``}
      ) as tasks
    from page join organisation office on office.id = page.office_id
    left join organisation grouping on grouping.id = page.group_id
    order by page.launched_at, page.plan_id, page.place, page.organisation_id
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}
