import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { patternOf } from '#features/assignments/server/reads.ts'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
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

/** Of which units one asks: the office of all of its plans', a supervisor of the area's, a unit's people of their own. */
function isAsked(scope: Scope, whose: OverdueOf): RawBuilder<boolean> {
  switch (whose) {
    case 'office':
      return sql`plan.office_id = ${anyOf(scope.offices)}`
    case 'area':
      return sql`expected.organisation_id in (
        select organisation_id from organisation_line where ancestor_id = ${anyOf(scope.areas)}
      )`
    case 'own':
      return sql`expected.organisation_id = ${anyOf(scope.memberships)}`
  }
}

/** The tasks that a search names by their words, found once and not for each unit. */
function tasksNamed(asking: RawBuilder<boolean>, whose: OverdueOf, pattern: string): RawBuilder<unknown> {
  const plans =
    whose === 'office' ? asking : sql`plan.id in (select expected.plan_id from expected where ${asking})`
  return sql`array(
    select task.id from task join plan on plan.id = task.plan_id
    where plan.state = 'launched' and ${plans} and folded(task.text) like ${pattern}
  )`
}

/**
 * Units that are late, plan by plan and in their places there, each with its late tasks; of those that a search names
 * by the task's words, only these tasks. The page is cut by units, so that no unit is torn over two. Two queries.
 */
export async function listOverdueUnits(
  reader: Reader,
  scope: Scope,
  asked: OverdueAsked,
): Promise<Page<OverdueUnit>> {
  const { today, whose, planId } = asked
  if (planId !== null && !isId(planId)) return { rows: [], total: 0 }
  const pattern = patternOf(asked.search)
  const asking = isAsked(scope, whose)
  const late = sql`assignment.state <> 'done' and assignment.due_on < ${today}`
  const named = pattern ? tasksNamed(asking, whose, pattern) : null
  const isNamed = pattern
    ? sql`(unit.search_key like ${pattern} or plan.search_key like ${pattern})`
    : sql`true`
  const conditions = sql`plan.state = 'launched' and expected.first_open_on < ${today} and ${asking}
    ${planId ? sql`and plan.id = ${planId}` : sql``}
    ${
      named
        ? sql`and (${isNamed} or exists (
            select from assignment
            where assignment.plan_id = expected.plan_id and assignment.organisation_id = expected.organisation_id
              and ${late} and assignment.task_id = any(${named})
          ))`
        : sql``
    }`
  const unit = pattern ? sql`join organisation unit on unit.id = expected.organisation_id` : sql``
  const counting =
    whose === 'office' && !pattern
      ? sql<{ total: number }>`
          select coalesce(sum(units), 0)::int as total from plan join unit_tally on unit_tally.plan_id = plan.id
          where plan.state = 'launched' and unit_tally.first_open_on < ${today} and ${asking}
            ${planId ? sql`and plan.id = ${planId}` : sql``}`
      : sql<{ total: number }>`
          select count(*)::int as total from plan join expected on expected.plan_id = plan.id ${unit}
          where ${conditions}`
  const reach = asked.offset === 0 ? sql.lit(asked.limit) : sql`${asked.offset + asked.limit}`
  // An office's plans are few and long: each is read in its places, as far as the page reaches, and no further.
  const source =
    whose === 'office'
      ? sql`plan cross join lateral (
          select expected.*, ${isNamed} as is_named from expected ${unit} where expected.plan_id = plan.id and ${conditions}
          order by expected.place, expected.organisation_id limit ${reach}
        ) listed where plan.office_id = ${anyOf(scope.offices)}`
      : sql`plan join lateral (
          select expected.*, ${isNamed} as is_named from expected ${unit} where expected.plan_id = plan.id and ${conditions}
        ) listed on true`
  const reading = sql<OverdueUnit>`
    with page as (
      select listed.plan_id, listed.organisation_id, listed.group_id, listed.name, listed.place, listed.is_named,
        plan.subject, plan.number, plan.office_id, plan.launched_at
      from ${source}
      order by plan.launched_at, plan.id, listed.place, listed.organisation_id
      ${cutPage(asked)}
    )
    select page.plan_id as "planId", page.subject as "planSubject", page.number as "planNumber",
      office.name as "officeName", page.organisation_id as "organisationId", page.name,
      case when grouping.id <> page.organisation_id then grouping.name end as "groupName", (
        select jsonb_agg(jsonb_build_object(
          'assignmentId', assignment.id, 'text', task.text, 'state', assignment.state,
          'dueOn', assignment.due_on, 'openObstacles', assignment.open_obstacles
        ) order by assignment.due_on, task.ordinal)
        from assignment join task on task.id = assignment.task_id
        where assignment.plan_id = page.plan_id and assignment.organisation_id = page.organisation_id and ${late}
          ${named ? sql`and (page.is_named or task.id = any(${named}))` : sql``}
      ) as tasks
    from page join organisation office on office.id = page.office_id
    left join organisation grouping on grouping.id = page.group_id
    order by page.launched_at, page.plan_id, page.place, page.organisation_id`
  const [{ rows }, counted] = await Promise.all([reading.execute(reader), counting.execute(reader)])
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
