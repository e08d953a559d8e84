import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { PeopleFilter, PeopleFound, PersonListed } from '../schema.ts'
import { type NameSearch, searchForNames } from './name-search.ts'
import { areMembersInSight, arePostsInSight, isInCare, standsOn, topsOf } from './sight.ts'

export interface PeopleQuestion extends PeopleFilter {
  on: CivilDate
  offset: number
  limit: number
}

/** Trees of up to so many bodies are read by their people; larger ones along the list of all people. */
const fewBodies = 800
/** Up to so many bearers of a name (and four times as many holders of a title) are looked at one by one, and counted. */
const fewCandidates = 2_000

/**
 * The people whom the actor may see, in the order of lists of people, with what they hold and where they belong on the
 * day. However many people there are, what is read is little: the people of a small tree, the bearers of a rare name or
 * title, or else the list from its beginning until the page is full; then `total` is only the least that there are.
 */
export async function listPeople(
  reader: Reader,
  scope: Scope,
  question: PeopleQuestion,
): Promise<PeopleFound> {
  const search = searchForNames(question.words)
  const within = question.organisationId ? [question.organisationId] : topsOf(scope)
  const bodies = await countBodies(reader, within)
  const chosen =
    bodies <= fewBodies
      ? await readFew(reader, scope, question, search, peopleOfTree(scope, question, within))
      : await findAmongAll(reader, question, search)
  const { ids, total, isAtLeast } = chosen
  return { rows: await tellPeople(reader, scope, ids, question.on), total, isAtLeast }
}

interface Chosen {
  ids: string[]
  total: number
  isAtLeast: boolean
}

/** How many bodies there are below, counted no further than it matters. */
async function countBodies(reader: Reader, tops: readonly string[]): Promise<number> {
  const { rows } = await sql<{ bodies: number }>`
    select count(*)::int as bodies from (
      select from organisation_line where ancestor_id = ${anyOf(tops)} limit ${sql.lit(fewBodies + 1)}
    ) below
  `.execute(reader)
  return rows[0]?.bodies ?? 0
}

/** People with a post or a membership on the day in a tree, so far as they are in sight there. */
function peopleOfTree(
  scope: Scope,
  { on, organisationId }: PeopleQuestion,
  tops: readonly string[],
): RawBuilder<unknown> {
  // Where no body is asked for, one's own cell is listed, too.
  const own = organisationId ? [] : [...new Set([...scope.units, ...scope.memberships])]
  return sql`
    with body as materialized (
      select distinct organisation_id as id from organisation_line
      where ancestor_id = ${anyOf(tops)} or organisation_id = ${anyOf(own)}
    )
    select post.person_id as id from body join post on post.organisation_id = body.id
    where ${standsOn(sql`post`, on)} and ${arePostsInSight(scope, sql`body.id`)}
    union
    select membership.person_id from body join membership on membership.organisation_id = body.id
    where ${standsOn(sql`membership`, on)} and ${areMembersInSight(scope, sql`body.id`)}
    union
    select guest.person_id from body join temporary_membership guest on guest.host_id = body.id
    where ${standsOn(sql`guest`, on)} and ${areMembersInSight(scope, sql`body.id`)}`
}

/** What the filters ask of a person. */
function narrowing(
  scope: Scope,
  { organisationId, titleId, status, on }: PeopleQuestion,
): RawBuilder<unknown> {
  const inBody = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
    organisationId
      ? sql`and exists (
          select from organisation_line chosen where chosen.organisation_id = ${column} and chosen.ancestor_id = ${organisationId}
        )`
      : sql``
  const titled = sql`and exists (
    select from post asked where asked.person_id = person.id and asked.title_id = ${titleId}
      and ${standsOn(sql`asked`, on)} ${inBody(sql`asked.organisation_id`)}
      and ${arePostsInSight(scope, sql`asked.organisation_id`)}
  )`
  const belonging = sql`and exists (
    select from membership asked where asked.person_id = person.id and asked.status = ${status}
      and ${standsOn(sql`asked`, on)} ${inBody(sql`asked.organisation_id`)} and ${isInCare(scope, sql`asked.organisation_id`)}
  )`
  const anywhere = sql`and (
    exists (
      select from post asked where asked.person_id = person.id and ${standsOn(sql`asked`, on)}
        ${inBody(sql`asked.organisation_id`)}
    ) or exists (
      select from membership asked where asked.person_id = person.id and ${standsOn(sql`asked`, on)}
        ${inBody(sql`asked.organisation_id`)}
    )
  )`
  return sql`${titleId ? titled : sql``} ${status ? belonging : sql``} ${organisationId && !titleId && !status ? anywhere : sql``}`
}

async function readFew(
  reader: Reader,
  scope: Scope,
  question: PeopleQuestion,
  search: NameSearch | undefined,
  candidates: RawBuilder<unknown>,
): Promise<Chosen> {
  const { rows } = await sql<{ id: string; total: number }>`
    select person.id, (count(*) over ())::int as total
    from (${candidates}) candidate join person on person.id = candidate.id
    where person.merged_into is null ${search ? sql`and ${search.fits(sql`person`)}` : sql``}
      ${question.titleId || question.status ? narrowing(scope, question) : sql``}
    order by person.sort_key, person.id ${cutPage(question)}
  `.execute(reader)
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0, isAtLeast: false }
}

/** The page by `find_people`: among the bearers of a rare name or title, or along the list of all people. */
async function findAmongAll(
  reader: Reader,
  question: PeopleQuestion,
  search: NameSearch | undefined,
): Promise<Chosen> {
  const { offset, limit, titleId, organisationId, status, on } = question
  const { rows } = await sql<{ id: string; total: number | null }>`
    select id, total from find_people(
      ${search?.query ?? null}::text, ${search?.spellings ?? []}::text[], ${titleId}::uuid, ${organisationId}::uuid,
      ${status}::text, ${on}::date, ${offset}::int, ${limit + 1}::int, ${fewCandidates}::int
    )
  `.execute(reader)
  const ids = rows.slice(0, limit).map(({ id }) => id)
  const counted = rows[0]?.total
  if (counted !== undefined && counted !== null) return { ids, total: counted, isAtLeast: false }
  return { ids, total: offset + rows.length, isAtLeast: rows.length > limit }
}

/** What a list shows of people, in the order of the ids: of each what is in the actor's sight. */
export async function tellPeople(
  reader: Reader,
  scope: Scope,
  ids: readonly string[],
  on: CivilDate,
): Promise<PersonListed[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PersonListed>`
    select person.id, person.full_name as "fullName",
      coalesce((
        select jsonb_agg(jsonb_build_object(
            'title', post.title, 'body', jsonb_build_object('id', body.id, 'name', body.name),
            'standsIn', post.stands_in_for is not null
          ) order by coalesce(title.rank, 1000), post.from_on, post.id)
        from post join organisation body on body.id = post.organisation_id
        left join post_title title on title.id = post.title_id
        where post.person_id = person.id and ${standsOn(sql`post`, on)} and ${arePostsInSight(scope, sql`body.id`)}
      ), '[]') as posts,
      coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', body.id, 'name', body.name,
            'status', case when ${isInCare(scope, sql`body.id`)} then belonging.status end
          ) order by belonging.from_on, belonging.id)
        from membership belonging join organisation body on body.id = belonging.organisation_id
        where belonging.person_id = person.id and ${standsOn(sql`belonging`, on)}
          and ${areMembersInSight(scope, sql`body.id`)}
      ), '[]') as bodies
    from unnest(${ids}::uuid[]) with ordinality as listed (id, place) join person using (id)
    order by listed.place
  `.execute(reader)
  return rows
}
