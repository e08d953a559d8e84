import { sql } from 'kysely'
import { patternOf } from '#features/assignments/server/reads.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'

export interface AmendableUnit {
  id: string
  name: string
  parentName: string | null
}

const mostFound = 60

/**
 * Units that an amendment may name: those ticked already and those that fit a search, below the office or the office
 * itself. With a task, only those that have it (`having`) or that do not. One query.
 */
export async function listAmendableUnits(
  reader: Reader,
  scope: Scope,
  plan: { id: string; officeId: string },
  asked: { search: string; chosen: readonly string[]; taskId: string | null; having: boolean },
): Promise<AmendableUnit[]> {
  if (!scope.offices.includes(plan.officeId)) return []
  const pattern = patternOf(asked.search)
  const has = sql`exists (
    select from assignment where task_id = ${asked.taskId} and organisation_id = body.id and plan_id = ${plan.id}
  )`
  const byTask = asked.taskId === null ? sql`true` : asked.having ? has : sql`not ${has}`
  // Whoever has the task is listed without a search; the whole tree is not.
  const found = pattern
    ? sql`body.search_key like ${pattern}`
    : asked.having
      ? sql`true`
      : sql`line.distance = 1`
  const { rows } = await sql<AmendableUnit>`
    select body.id, body.name, parent.name as "parentName"
    from organisation_line line
    join organisation body on body.id = line.organisation_id
    left join organisation parent on parent.id = body.parent_id
    where line.ancestor_id = ${plan.officeId} and body.ended_on is null and ${byTask}
      and (body.id = any(${asked.chosen}::uuid[]) or ${found})
    order by (body.id = any(${asked.chosen}::uuid[])) desc, body.name, body.id
    limit ${mostFound + asked.chosen.length}
  `.execute(reader)
  return rows
}
