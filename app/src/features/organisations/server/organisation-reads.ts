import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import type { Hierarchy, OrganisationDetails, OrganisationHistory } from '../schema.ts'
import { holdsOn, withTree } from './past.ts'
import { row } from './reads.ts'
import { isVisible } from './visible.ts'

/** Members and cells of a tree larger than this are not counted for its page: that would be the whole province. */
const mostCounted = 1_000
/** Bodies below one are counted as of a day where there are not many more today: the rest is a tree to be gone through. */
const mostCountedOn = 3_000

/**
 * One body with the line above it and what is below, today or on a day of the past; throws NotFound where the actor may
 * not see it. On a day on which it was not there it is told as it was called last before, or first after.
 */
export async function getOrganisation(
  reader: Reader,
  scope: Scope,
  id: string,
  { today, on = null }: { today: CivilDate; on?: CivilDate | null },
): Promise<OrganisationDetails> {
  const day = on ?? today
  const inside =
    on === null
      ? sql`select line.organisation_id from organisation_line line where line.ancestor_id = ${id}`
      : sql`select line.organisation_id from tree_on(${id}, ${on}::date) line`
  const above =
    on === null
      ? sql`select line.ancestor_id, line.distance from organisation_line line
          where line.organisation_id = ${id} and line.distance > 0`
      : sql`select line.ancestor_id, line.distance from line_on(${id}, ${on}::date) line where line.distance > 0`
  // Of today the lines count by their index; who has ended is told from them by another, and is few.
  const counted =
    on === null
      ? sql`select count(*) - (
            select count(*) from organisation ended
            join organisation_line line on line.organisation_id = ended.id and line.ancestor_id = ${id}
            where ended.ended_on is not null and ended.id <> ${id}
          ) as bodies from organisation_line where ancestor_id = ${id}`
      : sql`select case when (
            select count(*) from (
              select from organisation_line where ancestor_id = ${id} limit ${sql.lit(mostCountedOn + 1)}
            ) today
          ) <= ${sql.lit(mostCountedOn)} then (select count(*) from inside) end as bodies`
  const { rows } = await sql<OrganisationDetails>`
    with target as (
      select own.id, own.hierarchy, own.parent_id, own.began_on, own.ended_on, period.name, period.abbreviation,
        period.kind, period.unit_code, ${holdsOn('period', day)} as is_there
      from public.organisation own join organisation_period period on period.organisation_id = own.id
      where own.id = ${id}
      order by ${holdsOn('period', day)} desc, (period.from_on is null or period.from_on <= ${day}::date) desc,
        period.from_on desc nulls last limit 1
    ),
    inside as ${on === null ? sql`not materialized` : sql`materialized`} (
      select line.organisation_id from (${inside}) line
      ${
        on === null
          ? sql`join organisation body on body.id = line.organisation_id
              where body.ended_on is null or body.id = ${id}`
          : sql``
      }
    )
    select ${row}, body.unit_code as "unitCode", body.began_on as "beganOn", body.ended_on as "endedOn",
      body.is_there as "isThere",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', line.ancestor_id, 'name', called.name) order by line.distance desc)
        from (${above}) line join organisation_period called on called.organisation_id = line.ancestor_id
          and ${holdsOn('called', day)}
      ), '[]') as line,
      (down.bodies - 1)::int as below,
      case when down.bodies <= ${mostCounted} then (
        select count(*) from inside join organisation_period other on other.organisation_id = inside.organisation_id
          and ${holdsOn('other', day)}
        where other.organisation_id <> body.id and other.kind = 'cell'
      )::int end as "cellsBelow",
      case when down.bodies <= ${mostCounted}
        then count_members(array(select organisation_id from inside), ${day}::date)::int end as members
    from target body cross join (${counted}) down
    where ${isVisible(scope, on)}
  `.execute(reader)
  const [found] = rows
  if (!found) throw new NotFound('organisation')
  return found
}

/** What a body was called, where it stood, and who came before and after it. One query. */
export async function getHistory(reader: Reader, id: string): Promise<OrganisationHistory> {
  const nameOn = (column: string, day: string) => sql`(
    select period.name from organisation_period period where period.organisation_id = ${sql.ref(column)}
    order by (period.from_on is null or period.from_on <= ${sql.ref(day)})
        and (period.to_on is null or period.to_on >= ${sql.ref(day)} - 1) desc, period.from_on desc nulls last limit 1
  )`
  const { rows } = await sql<OrganisationHistory>`
    select
      coalesce((select jsonb_agg(jsonb_build_object('fromOn', from_on, 'toOn', to_on, 'name', name,
          'abbreviation', abbreviation, 'kind', kind, 'reason', reason, 'decision', decision)
          order by from_on desc nulls last)
        from organisation_period where organisation_id = ${id}), '[]') as names,
      coalesce((select jsonb_agg(jsonb_build_object('fromOn', place.from_on, 'toOn', place.to_on,
          'hierarchy', place.hierarchy, 'parentId', place.parent_id, 'parentName', parent.name,
          'reason', place.reason, 'decision', place.decision)
          order by place.hierarchy, place.from_on desc nulls last)
        from organisation_place place left join organisation parent on parent.id = place.parent_id
        where place.organisation_id = ${id}), '[]') as places,
      coalesce((select jsonb_agg(jsonb_build_object('onDay', on_day, 'id', from_organisation_id,
          'name', ${nameOn('succession.from_organisation_id', 'succession.on_day')}, 'takes', takes) order by on_day desc)
        from succession where to_organisation_id = ${id}), '[]') as predecessors,
      coalesce((select jsonb_agg(jsonb_build_object('onDay', on_day, 'id', to_organisation_id,
          'name', ${nameOn('succession.to_organisation_id', 'succession.on_day')}, 'takes', takes) order by on_day desc)
        from succession where from_organisation_id = ${id}), '[]') as successors
  `.execute(reader)
  return rows[0] ?? { names: [], places: [], predecessors: [], successors: [] }
}

export interface TreeRow {
  id: string
  parentId: string | null
  distance: number
  name: string
  abbreviation: string | null
  kind: OrganisationDetails['kind']
}

/**
 * A body and all below it, so deep, each before those below it, by name: for printing and drawing; each body in its own
 * hierarchy, or as they stand below it in another. At most `limit` rows are read; one more says that there are more.
 */
export async function listTree(
  reader: Reader,
  scope: Scope,
  id: string,
  asked: {
    today: CivilDate
    on?: CivilDate | null
    hierarchy?: Hierarchy | null
    deepest: number
    limit: number
  },
): Promise<TreeRow[]> {
  const { today, on = null, hierarchy = null, deepest, limit } = asked
  const { rows } = await sql<TreeRow>`
    ${withTree({ on })}
    select line.organisation_id as id, line.parent_id as "parentId", line.distance, body.name, body.abbreviation, body.kind
    from tree_on(${id}, ${on ?? today}::date, ${deepest}, ${hierarchy}) line
    join organisation body on body.id = line.organisation_id
    where exists (select from organisation body where body.id = ${id} and ${isVisible(scope, on)})
      ${hierarchy === null ? sql`` : sql`and ${isVisible(scope, on)}`}
    order by line.distance, (body.kind in ('cell', 'cell-group')), body.name, body.id
    limit ${limit + 1}
  `.execute(reader)
  return rows
}
