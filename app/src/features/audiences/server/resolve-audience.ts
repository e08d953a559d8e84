import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { Audience, ResolvedOrganisation } from '../schema.ts'
import { audienceInTree } from './audience-sql.ts'
import { treeFor } from './audience-tree.ts'

export interface ResolvedAudience {
  organisations: ResolvedOrganisation[]
  /** How many there are in all; more than are listed where a limit was given. */
  total: number
}

const nobody: ResolvedAudience = { organisations: [], total: 0 }

/**
 * The organisations that an audience stands for on a day, by name. It reaches the office and what is below it; for an
 * office that is not the actor's it is nobody.
 */
export async function resolveAudience(
  reader: Reader,
  scope: Scope,
  question: {
    officeId: string
    audience: Audience
    /** The day that is asked about. */
    today: CivilDate
    /** Whether it has passed, so that the tree of organisations is read as it was. */
    past?: boolean
    limit?: number
    offset?: number
  },
): Promise<ResolvedAudience> {
  const { officeId, audience, today, limit, offset = 0 } = question
  if (!scope.offices.includes(officeId)) return nobody
  const tree = treeFor({ officeId, on: today, past: question.past ?? false })
  const { rows } = await sql<ResolvedOrganisation & { total: number }>`
    with ${tree.clauses} chosen as (${audienceInTree(officeId, audience, tree)}),
    listed as (
      select body.id, body.name, body.kind, body.parent_id, count(*) over () as total
      from chosen join ${tree.body} body on body.id = chosen.organisation_id
      order by body.name, body.id
      ${limit === undefined ? sql`` : sql`limit ${limit} offset ${offset}`}
    )
    select listed.id, listed.name, listed.kind, listed.parent_id as "parentId", parent.name as "parentName",
      (select count(*) from membership where membership.organisation_id = listed.id
        and status in ('official', 'probationary') and from_on <= ${today} and (to_on is null or to_on >= ${today})
      )::int as members, listed.total::int as total
    from listed left join ${tree.body} parent on parent.id = listed.parent_id
    order by listed.name, listed.id
  `.execute(reader)
  return { organisations: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/**
 * How many organisations, and how many members in them, each of several audiences stands for: in one query, in the
 * order asked.
 */
export async function countAudiences(
  reader: Reader,
  scope: Scope,
  question: { officeId: string; audiences: readonly Audience[]; today: CivilDate },
): Promise<{ organisations: number; members: number }[]> {
  const { officeId, audiences, today } = question
  if (!scope.offices.includes(officeId)) return audiences.map(() => ({ organisations: 0, members: 0 }))
  if (audiences.length === 0) return []
  // A plan says "các chi bộ" ten times over: each audience is resolved once.
  const different = new Map(audiences.map((audience) => [JSON.stringify(audience), audience]))
  const places = new Map([...different.keys()].map((key, place) => [key, place]))
  const chosen = [...different.values()].map(
    (audience, place) =>
      sql`select ${place}::int as place, organisation_id from (${audienceInTree(officeId, audience)}) inside`,
  )
  const { rows } = await sql<{ place: number; organisations: number; members: number }>`
    with chosen as materialized (${sql.join(chosen, sql` union all `)}),
    sizes as materialized (
      select organisation_id, count(*) as members from membership
      where organisation_id in (select organisation_id from chosen)
        and status in ('official', 'probationary') and from_on <= ${today} and (to_on is null or to_on >= ${today})
      group by organisation_id
    )
    select place, count(*)::int as organisations, coalesce(sum(sizes.members), 0)::int as members
    from chosen left join sizes using (organisation_id)
    group by place
  `.execute(reader)
  const byPlace = new Map(
    rows.map(({ place, organisations, members }) => [place, { organisations, members }]),
  )
  return audiences.map(
    (audience) => byPlace.get(places.get(JSON.stringify(audience)) ?? -1) ?? { organisations: 0, members: 0 },
  )
}
