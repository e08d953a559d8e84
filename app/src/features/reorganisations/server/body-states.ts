import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'
import { namedBy } from '../named-by.ts'
import type { BodyState, Step } from '../schema.ts'

/**
 * The bodies that a reorganisation concerns, as they stand: those that its steps name, all above them, and all directly
 * below those that may end. One query.
 */
export async function listBodyStates(
  reader: Reader,
  steps: readonly Step[],
  topId: string,
): Promise<BodyState[]> {
  const named = new Set([topId])
  const mayEnd = new Set<string>()
  for (const step of steps) {
    const bodies = namedBy(step)
    for (const id of bodies.named) named.add(id)
    for (const id of bodies.mayEnd) mayEnd.add(id)
  }
  const { rows } = await sql<BodyState>`
    with asked as (
      select unnest(${[...named]}::uuid[]) as id
      union select line.ancestor_id from organisation_line line where line.organisation_id = any(${[...named]}::uuid[])
      union select child.id from organisation child where child.parent_id = any(${[...mayEnd]}::uuid[])
    )
    select body.id, body.name, body.abbreviation, body.kind, body.hierarchy, body.unit_code as "unitCode",
      body.parent_id as "parentId", body.began_on as "beganOn", body.ended_on as "endedOn",
      greatest(
        (select max(from_on) from organisation_period period where period.organisation_id = body.id),
        (select max(from_on) from organisation_place place
          where place.organisation_id = body.id and place.hierarchy = body.hierarchy)
      ) as "changedOn",
      exists (select from organisation_line line
        where line.organisation_id = body.id and line.ancestor_id = ${topId}) as "inArea"
    from asked join organisation body on body.id = asked.id
    order by body.name, body.id
  `.execute(reader)
  return rows
}
