import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'

export interface OverduePlan {
  planId: string
  subject: string
  number: string | null
  late: number
  units: number
  firstDueOn: string
}

/** Plans of one's offices with something late, the most late first; at most 50 of them. One query. */
export async function listOverduePlans(
  reader: Reader,
  scope: Scope,
  today: CivilDate,
): Promise<OverduePlan[]> {
  const { rows } = await sql<OverduePlan>`
    select plan.id as "planId", plan.subject, plan.number, late.count as late, late.first as "firstDueOn",
      (select sum(units) from unit_tally where plan_id = plan.id and first_open_on < ${today})::int as units
    from plan
    cross join lateral (
      select sum(count)::int as count, min(due_on) as first from task_tally
      where plan_id = plan.id and state <> 'done' and due_on < ${today} and count > 0
    ) late
    where plan.office_id = ${anyOf(scope.offices)} and plan.state = 'launched' and late.count > 0
    order by late.count desc, plan.launched_at, plan.id
    limit 50
  `.execute(reader)
  return rows
}
