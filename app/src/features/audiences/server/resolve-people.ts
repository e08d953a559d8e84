import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { Audience, ResolvedPerson } from '../schema.ts'
import { treeFor } from './audience-tree.ts'
import { waysInTree } from './people-sql.ts'

export interface ResolvedPeople {
  people: ResolvedPerson[]
  /** How many there are in all, each once. */
  total: number
}

const nobody: ResolvedPeople = { people: [], total: 0 }

/**
 * The persons that an audience stands for on a day, in the order of lists of people, each once with all the ways in
 * which they fit. For an office that is not the actor's it is nobody.
 */
export async function resolvePeople(
  reader: Reader,
  scope: Scope,
  question: {
    officeId: string
    audience: Audience
    on: CivilDate
    /** Whether the day has passed, so that the tree of organisations is read as it was. */
    past?: boolean
    limit: number
    offset?: number
  },
): Promise<ResolvedPeople> {
  const { officeId, audience, on, limit, offset = 0 } = question
  if (!scope.offices.includes(officeId)) return nobody
  const tree = treeFor(question)
  const ways = waysInTree(officeId, audience, on, tree)
  if (!ways) return nobody
  const { rows } = await sql<ResolvedPerson & { total: number }>`
    with ${tree.clauses} way as materialized (${ways}),
    listed as materialized (
      select person.id, person.full_name, person.sort_key, (count(*) over ())::int as total
      from person
      where person.id in (select person_id from way)
      order by person.sort_key, person.id ${cutPage({ offset, limit })}
    )
    select listed.id, listed.full_name as "fullName", listed.total, told.ways
    from listed cross join lateral (
      select jsonb_agg(
        jsonb_build_object(
          'organisationId', way.organisation_id, 'organisationName', body.name,
          'title', post.title, 'status', coalesce(membership.status, guest.status), 'standsInFor', replaced.full_name
        )
        order by coalesce(title.rank, 1000), body.name, way.source_id
      ) as ways
      from way join ${tree.body} body on body.id = way.organisation_id
      left join post on way.sort = 'post' and post.id = way.source_id
      left join post_title title on title.id = post.title_id
      left join post replacing on replacing.id = post.stands_in_for
      left join person replaced on replaced.id = replacing.person_id
      left join membership on way.sort = 'member' and membership.id = way.source_id
      left join temporary_membership guest on way.sort = 'guest' and guest.id = way.source_id
      where way.person_id = listed.id
    ) told
    order by listed.sort_key, listed.id
  `.execute(reader)
  if (rows.length === 0 && offset > 0) {
    const [count] = await countPeople(reader, scope, { ...question, audiences: [audience] })
    return { people: [], total: count ?? 0 }
  }
  return { people: rows.map(({ total: _total, ...person }) => person), total: rows[0]?.total ?? 0 }
}

/** How many persons each of several audiences stands for, in one query, in the order asked. */
export async function countPeople(
  reader: Reader,
  scope: Scope,
  question: { officeId: string; audiences: readonly Audience[]; on: CivilDate; past?: boolean },
): Promise<number[]> {
  const { officeId, audiences, on } = question
  if (!scope.offices.includes(officeId)) return audiences.map(() => 0)
  const places = new Map<string, number>()
  for (const audience of audiences) {
    const key = JSON.stringify(audience)
    if (!places.has(key)) places.set(key, places.size)
  }
  const different = [...places.keys()].map((key) => JSON.parse(key) as Audience)
  const tree = treeFor(question)
  const counts = different.flatMap((audience, place) => {
    const ways = waysInTree(officeId, audience, on, tree)
    return ways
      ? [sql`select ${place}::int as place, count(distinct person_id)::int as people from (${ways}) way`]
      : []
  })
  if (counts.length === 0) return audiences.map(() => 0)
  const { rows } = await sql<{ place: number; people: number }>`
    with ${tree.clauses} counted as (${sql.join(counts, sql` union all `)}) select * from counted
  `.execute(reader)
  const byPlace = new Map(rows.map(({ place, people }) => [place, people]))
  return audiences.map((audience) => byPlace.get(places.get(JSON.stringify(audience)) ?? -1) ?? 0)
}
