import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Page } from '#features/organisations/schema.ts'
import { findOrganisationFacts } from '#features/organisations/server/reads.ts'
import { organisations } from '#server/access/organisations.ts'
import { personnel } from '#server/access/people.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { isId } from '#server/platform/ids.ts'
import type { NamedBody, PersonRow, PostTitle } from '../schema.ts'
import { searchForNames } from './name-search.ts'
import { isInCare, standsOn } from './sight.ts'

/**
 * The people of an organisation on a day, members and holders of posts, by given name as lists are ordered; nobody
 * where the actor may not list them. How they belong is told to who keeps its people alone. `words` narrows the list
 * by name, marks or not.
 */
export async function listPeopleOf(
  reader: Reader,
  scope: Scope,
  question: { organisationId: string; today: CivilDate; words?: string; page: number; pageSize: number },
): Promise<Page<PersonRow>> {
  const { organisationId, today, words = '', page, pageSize } = question
  const facts = await findOrganisationFacts(reader, scope, organisationId)
  const own = scope.memberships.includes(organisationId) || scope.personnel.includes(organisationId)
  const may = own || (facts !== null && organisations.listPeople(scope, facts))
  if (!may && !(await findBodyInCare(reader, scope, organisationId))) return { rows: [], total: 0 }
  const search = searchForNames(words)
  const { rows } = await sql<PersonRow & { total: number }>`
    with belonging as (
      select person_id, min(status) as status from membership
      where organisation_id = ${organisationId} and ${standsOn(sql`membership`, today)}
      group by person_id
    ),
    holding as (
      select person_id, array_agg(title order by from_on, title) as titles from post
      where organisation_id = ${organisationId} and ${standsOn(sql`post`, today)}
      group by person_id
    )
    select person.id, person.full_name as "fullName", coalesce(holding.titles, '{}') as posts,
      case when ${isInCare(scope, sql`${organisationId}::uuid`)} or person.id = ${scope.personId}::uuid
        then belonging.status end as status,
      (count(*) over ())::int as total
    from belonging full join holding using (person_id)
    join person on person.id = person_id
    where true ${search ? sql`and ${search.fits(sql`person`)}` : sql``}
    order by person.sort_key, person.id
    ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...person }) => person), total: rows[0]?.total ?? 0 }
}

/** A body whose people the actor keeps, as forms name it; null for any other. */
export async function findBodyInCare(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<(NamedBody & { kind: string }) | null> {
  if (!isId(id)) return null
  const { rows } = await sql<NamedBody & { kind: string; inCare: boolean }>`
    select id, name, kind, ${isInCare(scope, sql`organisation.id`)} as "inCare" from organisation where id = ${id}
  `.execute(reader)
  const [found] = rows
  if (!found || !personnel.enter(scope, found)) return null
  return { id: found.id, name: found.name, kind: found.kind }
}

/** Bodies by their names, to choose from: those in whose line the actor stands, or only those whose people one keeps. */
export async function findBodies(
  reader: Reader,
  scope: Scope,
  question: { words: string; kinds?: readonly string[]; inCare: boolean; limit: number },
): Promise<(NamedBody & { kind: string; parentName: string | null })[]> {
  const { words, kinds, inCare, limit } = question
  const search = searchForNames(words)
  if (!search) return []
  const patterns = search.query.split(' & ').map((word) => `%${word.slice(0, -2)}%`)
  const { rows } = await sql<NamedBody & { kind: string; parentName: string | null }>`
    select body.id, body.name, body.kind, parent.name as "parentName"
    from organisation body left join organisation parent on parent.id = body.parent_id
    where ${sql.join(
      patterns.map((pattern) => sql`body.search_key like ${pattern}`),
      sql` and `,
    )} and body.ended_on is null ${kinds ? sql`and body.kind = any(${kinds}::text[])` : sql``}
      ${inCare ? sql`and ${isInCare(scope, sql`body.id`)}` : sql``}
    order by length(body.name), body.name, body.id limit ${sql.lit(limit)}
  `.execute(reader)
  return rows
}

/** The titles of which posts may be given in a body of this kind: the common ones and those of the offices above it. */
export async function listTitles(
  reader: Reader,
  question: { kind?: string; organisationId?: string },
): Promise<PostTitle[]> {
  const { kind, organisationId } = question
  const { rows } = await sql<PostTitle>`
    select id, name, english, office_id as "officeId", kinds, rank, seats from post_title
    where ended_on is null and (office_id is null or ${
      organisationId
        ? sql`office_id in (select ancestor_id from organisation_line where organisation_id = ${organisationId})`
        : sql`false`
    })
      ${kind ? sql`and (kinds = '{}' or ${kind} = any(kinds))` : sql``}
    order by rank, name, id
  `.execute(reader)
  return rows
}

/** A body's name where the actor may see it; null for any other. */
export async function findOrganisationName(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<NamedBody | null> {
  const facts = isId(id) ? await findOrganisationFacts(reader, scope, id) : null
  if (!facts || !organisations.view(scope, facts)) return null
  const found = await reader
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
  return found ?? null
}
