import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { nameKey } from '../name-key.ts'
import { mostRanked } from '../rules.ts'
import type {
  Hierarchy,
  OrganisationBelow,
  OrganisationChild,
  OrganisationFound,
  OrganisationKind,
  Page,
} from '../schema.ts'
import { holdsOn, type TreeAsked, withTree } from './past.ts'
import {
  belowOwn,
  isEverythingVisible,
  isVisible,
  isVisibleBelow,
  ownOf,
  topsOf,
  visibleIds,
} from './visible.ts'

// Lists of organisations, as they are or, with `on`, as they were on a day of the past; each in its own hierarchy or,
// with `hierarchy`, those of one, as they stand in it. Rights go by the own hierarchy in every tree.

/** Which page of a list, from 1. */
export interface PageAsked extends TreeAsked {
  page: number
  pageSize: number
}

export const row = sql`
  body.id, body.hierarchy, body.kind, body.name, body.abbreviation, body.parent_id as "parentId"`
const children = sql`
  (select count(*) from organisation child where child.parent_id = body.id and child.ended_on is null)::int as children`
// In another hierarchy bodies from outside the actor's line may stand below: they are not counted either.
const childrenIn = (scope: Scope, { on = null, hierarchy = null }: TreeAsked) =>
  hierarchy === null
    ? children
    : sql`(select count(*) from organisation child where child.parent_id = body.id and child.ended_on is null
        and ${isVisible(scope, on, 'child')})::int as children`

// The few boards and offices first, then the many cells.
const isCell = sql`(body.kind in ('cell', 'cell-group'))`

/** How a body stands to the actor's own, for `server/access/organisations.ts`; null where there is no such body. */
export async function findOrganisationFacts(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<{ belowActor: boolean; aboveActor: boolean } | null> {
  const { rows } = await sql<{ belowActor: boolean; aboveActor: boolean }>`
    select
      exists (select from organisation_line down
        where down.organisation_id = body.id and down.ancestor_id = ${anyOf(topsOf(scope))}) as "belowActor",
      exists (select from organisation_line up
        where up.ancestor_id = body.id and up.organisation_id = ${anyOf(ownOf(scope))}) as "aboveActor"
    from organisation body where body.id = ${id}
  `.execute(reader)
  return rows[0] ?? null
}

/** The bodies that the actor's view starts from: own offices, areas, units, the topmost of each line only. */
export async function listOwnOrganisations(
  reader: Reader,
  scope: Scope,
  on: CivilDate | null = null,
): Promise<OrganisationChild[]> {
  const { rows } = await sql<OrganisationChild>`
    ${withTree({ on })}
    select ${row}, ${children} from organisation body
    where body.id = ${anyOf(ownOf(scope))} and body.ended_on is null and not exists (
      select from organisation_line line
      where line.organisation_id = body.id and line.distance > 0 and line.ancestor_id = ${anyOf(topsOf(scope))}
    )
    order by body.name, body.id
  `.execute(reader)
  return rows
}

/** Those of these bodies that live, to choose from; each as it is called. */
export async function listLiving(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation where id = any(${[...ids]}::uuid[]) and ended_on is null order by name, id
  `.execute(reader)
  return rows
}

/**
 * Where the actor's view of one hierarchy starts: own bodies, and those below the tops, that stand in it below nothing
 * else of them; each with the body of another hierarchy that it stands below, where there is one.
 */
export async function listTops(
  reader: Reader,
  scope: Scope,
  hierarchy: Hierarchy,
  { page, pageSize, on = null }: PageAsked,
): Promise<Page<OrganisationChild & { parentName: string | null }>> {
  // Of a whole country's places only ids are gone through; the few bodies above them are looked up.
  const standing = (place: string) => sql`
    ${sql.ref(`${place}.hierarchy`)} = ${hierarchy}
      and ${on === null ? sql`${sql.ref(`${place}.to_on`)} is null` : holdsOn(place, on)}
      and ((select visible from everything)
        or ${sql.ref(`${place}.organisation_id`)} in (select organisation_id from mine))`
  const { rows } = await sql<OrganisationChild & { parentName: string | null; total: number }>`
    ${withTree(
      { on, hierarchy },
      sql`everything as materialized (select ${isEverythingVisible(scope)} as visible)`,
      sql`mine (organisation_id) as materialized (
        select organisation_id from (${belowOwn(scope, on)}) own where not (select visible from everything)
      )`,
      sql`inside as materialized (
        select place.organisation_id as id, place.parent_id from organisation_place place where ${standing('place')}
      )`,
      sql`above as materialized (
        select known.id from (select distinct parent_id as id from inside) known
        where not exists (select from organisation_place up where up.organisation_id = known.id and ${standing('up')})
      )`,
      sql`tops as materialized (
        select body.*, (count(*) over ())::int as total
        from inside join organisation body on body.id = inside.id
        where body.ended_on is null and (inside.parent_id is null or inside.parent_id in (select id from above))
        order by ${isCell}, body.name, body.id ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
      )`,
    )}
    select ${row}, ${childrenIn(scope, { on, hierarchy })}, body.total,
      (select called.name from public.organisation called where called.id = body.parent_id) as "parentName"
    from tops body order by ${isCell}, body.name, body.id
  `.execute(reader)
  return paged(rows)
}

/** The bodies directly below one, cells last, by name; those that the actor may not see are left out. */
export async function listChildren(
  reader: Reader,
  scope: Scope,
  parentId: string,
  { page, pageSize, on = null, hierarchy = null }: PageAsked,
): Promise<Page<OrganisationChild>> {
  const visible = hierarchy === null ? isVisibleBelow(scope, parentId, on) : isVisible(scope, on)
  const { rows } = await sql<OrganisationChild & { total: number }>`
    ${withTree({ on, hierarchy })}
    select ${row}, ${childrenIn(scope, { on, hierarchy })}, (count(*) over ())::int as total
    from organisation body
    where body.parent_id = ${parentId} and body.ended_on is null and ${visible}
    order by ${isCell}, body.name, body.id
    ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
  `.execute(reader)
  return paged(rows)
}

/**
 * The first bodies directly below each of several, in one query: for a tree of which some branches are open. Where
 * there are more, `children` of the parent says how many.
 */
export async function listBranches(
  reader: Reader,
  scope: Scope,
  parentIds: readonly string[],
  mostEach: number,
  { on = null, hierarchy = null }: TreeAsked = {},
): Promise<OrganisationChild[]> {
  if (parentIds.length === 0) return []
  const visible = hierarchy === null ? isVisibleBelow(scope, sql.ref('opened.id'), on) : isVisible(scope, on)
  const { rows } = await sql<OrganisationChild>`
    ${withTree({ on, hierarchy })}
    select ${row}, ${childrenIn(scope, { on, hierarchy })}
    from unnest(${parentIds}::uuid[]) as opened (id) cross join lateral (
      select body.*, row_number() over (order by ${isCell}, body.name, body.id) as place
      from organisation body
      where body.parent_id = opened.id and body.ended_on is null and ${visible}
      order by ${isCell}, body.name, body.id limit ${sql.lit(mostEach)}
    ) body
    order by body.parent_id, body.place
  `.execute(reader)
  return rows
}

const mostWords = 6

/**
 * Bodies by words of any name they ever had, or of an abbreviation, marks or not, among those that the actor may see;
 * those called so on the day come first, what has ended or was not there yet last. Each comes with the name by which it
 * was found, where that is not the one of the day. Of words that more bodies hold than anybody looks at, those with the
 * shortest names are found, and `isCut` says so.
 */
export async function searchOrganisations(
  reader: Reader,
  scope: Scope,
  words: string,
  { page, pageSize, on = null, hierarchy = null }: PageAsked,
): Promise<Page<OrganisationFound> & { isCut: boolean }> {
  const patterns = [...new Set(nameKey(words).split(' '))]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .slice(0, mostWords)
    .map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`)
  if (patterns.length === 0) return { rows: [], total: 0, isCut: false }
  const day = on ?? '9999-12-31'
  const short = words.trim().toLowerCase()
  const order = (table: string) => sql`
    lower(${sql.ref(`${table}.abbreviation`)}) = ${short} desc nulls last, ${sql.ref(`${table}.is_there`)} desc,
    ${sql.ref(`${table}.is_called_so`)} desc, length(${sql.ref(`${table}.name`)}), ${sql.ref(`${table}.name`)},
    ${sql.ref(`${table}.id`)}`
  const { rows } = await sql<OrganisationFound & { total: number; isCut: boolean }>`
    with everything as materialized (select ${isEverythingVisible(scope)} as visible),
    called as materialized (
      select distinct on (body.id) body.id, body.hierarchy, body.ended_on, body.parent_id, period.name,
        period.abbreviation, period.kind, is_there, period.search_key like all(${patterns}::text[]) as is_called_so
      from organisations_named(
        ${patterns}::text[], ${sql.lit(mostRanked + 1)},
        case when not (select visible from everything) then array(${visibleIds(scope, on)}) end, ${short}, ${hierarchy}
      ) named (id)
      join public.organisation body on body.id = named.id
      join organisation_period period on period.organisation_id = body.id
      cross join lateral (
        select (period.to_on is null or period.to_on >= ${day}::date)
          and (period.from_on is null or period.from_on <= ${day}::date) as is_there
      ) stands
      order by body.id, is_there desc, period.from_on desc nulls last
    ),
    page as materialized (
      select called.*, (count(*) over ())::int as total from called order by ${order('called')}
      ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
    )
    select page.id, page.hierarchy, page.kind, page.name, page.abbreviation, page.parent_id as "parentId",
      parent.name as "parentName", page.ended_on as "endedOn", page.is_there as "isThere", page.total,
      page.total > ${sql.lit(mostRanked)} and (select visible from everything) as "isCut",
      case when not page.is_called_so then (
        select period.name from organisation_period period
        where period.organisation_id = page.id and period.search_key like all(${patterns}::text[])
        order by period.from_on desc nulls last limit 1
      ) end as "formerName"
    from page left join organisation parent on parent.id = page.parent_id
    order by ${order('page')}
  `.execute(reader)
  return { ...paged(rows.map(({ isCut: _isCut, ...found }) => found)), isCut: rows[0]?.isCut ?? false }
}

/** Every body below one, at any depth, or those of a kind, by name, each with its own Party members of the day. */
export async function listBelow(
  reader: Reader,
  scope: Scope,
  question: { organisationId: string; kind: OrganisationKind | null; today: CivilDate } & PageAsked,
): Promise<Page<OrganisationBelow>> {
  const { organisationId, kind, today, page, pageSize, on = null } = question
  const ofKind = kind === null ? sql`` : sql`and body.kind = ${kind}`
  const day = on ?? today
  const inside =
    on === null
      ? sql`organisation_line line join organisation body on body.id = line.organisation_id
          where line.ancestor_id = ${organisationId} and line.distance > 0`
      : sql`tree_on(${organisationId}, ${on}::date) line join organisation body on body.id = line.organisation_id
          where line.distance > 0`
  const { rows } = await sql<OrganisationBelow & { total: number }>`
    ${withTree(
      { on },
      sql`listed as (
        select body.*, (count(*) over ())::int as total
        from ${inside} ${ofKind} and body.ended_on is null and ${isVisibleBelow(scope, organisationId, on)}
        order by body.name, body.id
        ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
      )`,
    )}
    select ${row}, parent.name as "parentName", body.total,
      count_members(array[body.id], ${day}::date)::int as members
    from listed body left join organisation parent on parent.id = body.parent_id
    order by body.name, body.id
  `.execute(reader)
  return paged(rows)
}

/** Rows that came with their total, as a page. */
function paged<Row>(rows: (Row & { total: number })[]): Page<Row> {
  return {
    rows: rows.map(({ total: _total, ...rest }) => rest as unknown as Row),
    total: rows[0]?.total ?? 0,
  }
}
