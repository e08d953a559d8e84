import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import type {
  OrganisationBelow,
  OrganisationChild,
  OrganisationDetails,
  OrganisationKind,
  OrganisationRow,
  Page,
} from '../schema.ts'

/** Which page of a list, from 1. */
export interface PageAsked {
  page: number
  pageSize: number
}

const row = sql`body.id, body.hierarchy, body.kind, body.name, body.abbreviation, body.parent_id as "parentId"`
const children = sql`(select count(*) from organisation child where child.parent_id = body.id)::int as children`

// The few boards and offices first, then the many cells.
const isCell = sql`(body.kind in ('cell', 'cell-group'))`

/** Tops of the trees that the actor may look down into: where an office is kept, an area supervised, administered. */
const topsOf = (scope: Scope): string[] => [
  ...new Set([...scope.offices, ...scope.areas, ...scope.administers]),
]
const ownOf = (scope: Scope): string[] => [
  ...new Set([...topsOf(scope), ...scope.units, ...scope.memberships]),
]

/** Whether the body of the row may be seen: below a top, or above (or the same as) one's own. */
function isVisible(scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (select from organisation_line down
      where down.organisation_id = body.id and down.ancestor_id = ${anyOf(topsOf(scope))})
    or exists (select from organisation_line up
      where up.ancestor_id = body.id and up.organisation_id = ${anyOf(ownOf(scope))})
  )`
}

/** The same for rows below one body: where that body is below a top, they all are, and it is asked only once. */
function isVisibleBelow(scope: Scope, rootId: string): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (select from organisation_line root
      where root.organisation_id = ${rootId} and root.ancestor_id = ${anyOf(topsOf(scope))})
    or ${isVisible(scope)}
  )`
}

/** Whether all there is lies below the actor's tops, as for a province's office: asked once, and not of each body. */
function isEverythingVisible(scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`(
    select not exists (
      select from organisation root where root.parent_id is null and root.id <> all(${topsOf(scope)}::uuid[])
    )
  )`
}

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
export async function listOwnOrganisations(reader: Reader, scope: Scope): Promise<OrganisationChild[]> {
  const { rows } = await sql<OrganisationChild>`
    select ${row}, ${children} from organisation body
    where body.id = ${anyOf(ownOf(scope))} and not exists (
      select from organisation_line line
      where line.organisation_id = body.id and line.distance > 0 and line.ancestor_id = ${anyOf(topsOf(scope))}
    )
    order by body.name, body.id
  `.execute(reader)
  return rows
}

/** The bodies directly below one, cells last, by name; those that the actor may not see are left out. */
export async function listChildren(
  reader: Reader,
  scope: Scope,
  parentId: string,
  { page, pageSize }: PageAsked,
): Promise<Page<OrganisationChild>> {
  const { rows } = await sql<OrganisationChild & { total: number }>`
    select ${row}, ${children}, (count(*) over ())::int as total
    from organisation body
    where body.parent_id = ${parentId} and ${isVisibleBelow(scope, parentId)}
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
): Promise<OrganisationChild[]> {
  if (parentIds.length === 0) return []
  const { rows } = await sql<OrganisationChild>`
    select ${row}, ${children}
    from unnest(${parentIds}::uuid[]) as opened (id) cross join lateral (
      select body.*, row_number() over (order by ${isCell}, body.name, body.id) as place
      from organisation body where body.parent_id = opened.id and ${isVisible(scope)}
      order by ${isCell}, body.name, body.id limit ${sql.lit(mostEach)}
    ) body
    order by body.parent_id, body.place
  `.execute(reader)
  return rows
}

/** Bodies by words of their name or abbreviation, marks or not, among those that the actor may see. */
export async function searchOrganisations(
  reader: Reader,
  scope: Scope,
  words: string,
  { page, pageSize }: PageAsked,
): Promise<Page<OrganisationRow & { parentName: string | null }>> {
  const patterns = fold(words)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`)
  if (patterns.length === 0) return { rows: [], total: 0 }
  const named = sql.join(
    patterns.map((pattern) => sql`body.search_key like ${pattern}`),
    sql` and `,
  )
  const abbreviation = words.trim().toLowerCase()
  const nearest = sql`
    lower(body.abbreviation) = ${abbreviation} desc nulls last, length(body.name), body.name, body.id`
  const { rows } = await sql<OrganisationRow & { parentName: string | null; total: number }>`
    with page as materialized (
      select body.id, body.hierarchy, body.kind, body.name, body.abbreviation, body.parent_id,
        (count(*) over ())::int as total
      from organisation body
      where ${named} and (${isEverythingVisible(scope)} or ${isVisible(scope)})
      order by ${nearest} ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
    )
    select ${row}, parent.name as "parentName", body.total
    from page body left join organisation parent on parent.id = body.parent_id
    order by ${nearest}
  `.execute(reader)
  return paged(rows)
}

/** Every body below one, at any depth, or those of a kind, by name, each with its own Party members of the day. */
export async function listBelow(
  reader: Reader,
  scope: Scope,
  question: { organisationId: string; kind: OrganisationKind | null; today: CivilDate } & PageAsked,
): Promise<Page<OrganisationBelow>> {
  const { organisationId, kind, today, page, pageSize } = question
  const ofKind = kind === null ? sql`` : sql`and body.kind = ${kind}`
  const { rows } = await sql<OrganisationBelow & { total: number }>`
    with listed as (
      select body.*, (count(*) over ())::int as total
      from organisation_line line join organisation body on body.id = line.organisation_id
      where line.ancestor_id = ${organisationId} and line.distance > 0 ${ofKind}
        and ${isVisibleBelow(scope, organisationId)}
      order by body.name, body.id
      ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
    )
    select ${row}, parent.name as "parentName", body.total,
      (select count(*) from membership where membership.organisation_id = body.id
        and status in ('official', 'probationary') and from_on <= ${today} and (to_on is null or to_on >= ${today})
      )::int as members
    from listed body left join organisation parent on parent.id = body.parent_id
    order by body.name, body.id
  `.execute(reader)
  return paged(rows)
}

/** Members and cells of a tree larger than this are not counted for its page: that would be the whole province. */
const mostCounted = 1_000

/** One body with the line above it and what is below; throws NotFound where the actor may not see it. */
export async function getOrganisation(
  reader: Reader,
  scope: Scope,
  id: string,
  today: CivilDate,
): Promise<OrganisationDetails> {
  const { rows } = await sql<OrganisationDetails>`
    select ${row}, body.unit_code as "unitCode",
      coalesce((select jsonb_agg(jsonb_build_object('id', above.id, 'name', above.name) order by line.distance desc)
        from organisation_line line join organisation above on above.id = line.ancestor_id
        where line.organisation_id = body.id and line.distance > 0), '[]') as line,
      (down.bodies - 1)::int as below,
      case when down.bodies <= ${mostCounted} then (
        select count(*) from organisation_line line join organisation other on other.id = line.organisation_id
        where line.ancestor_id = body.id and line.distance > 0 and other.kind = 'cell'
      )::int end as "cellsBelow",
      case when down.bodies <= ${mostCounted} then (
        select count(*) from organisation_line inside
        join membership on membership.organisation_id = inside.organisation_id
        where inside.ancestor_id = body.id and membership.status in ('official', 'probationary')
          and membership.from_on <= ${today} and (membership.to_on is null or membership.to_on >= ${today})
      )::int end as members
    from organisation body cross join lateral (
      select count(*) as bodies from organisation_line where ancestor_id = body.id
    ) down
    where body.id = ${id} and ${isVisible(scope)}
  `.execute(reader)
  const [found] = rows
  if (!found) throw new NotFound()
  return found
}

function paged<Row>(rows: (Row & { total: number })[]): Page<Row> {
  return {
    rows: rows.map(({ total: _total, ...rest }) => rest as unknown as Row),
    total: rows[0]?.total ?? 0,
  }
}
