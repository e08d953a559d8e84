import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'

// Which organisations an actor finds. Rights are those of today; what lay below a body of one's own on a day of the past
// is found as of that day, too.

/** Tops of the trees that the actor may look down into: where an office is kept, an area supervised, administered. */
export const topsOf = (scope: Scope): string[] => [
  ...new Set([...scope.offices, ...scope.areas, ...scope.administers]),
]
export const ownOf = (scope: Scope): string[] => [
  ...new Set([...topsOf(scope), ...scope.units, ...scope.memberships]),
]

/** Whether the body of the row may be seen: below a top, or above (or the same as) one's own. */
export function isVisible(scope: Scope, on: CivilDate | null = null, table = 'body'): RawBuilder<boolean> {
  const id = sql.ref(`${table}.id`)
  const then =
    on === null
      ? sql``
      : sql`or exists (select from line_on(${id}, ${on}::date) above where above.ancestor_id = ${anyOf(topsOf(scope))})`
  return sql<boolean>`(
    exists (select from organisation_line down
      where down.organisation_id = ${id} and down.ancestor_id = ${anyOf(topsOf(scope))})
    or exists (select from organisation_line up
      where up.ancestor_id = ${id} and up.organisation_id = ${anyOf(ownOf(scope))})
    ${then}
  )`
}

/** The same for rows below one body: where that body is below a top, they all are, and it is asked only once. */
export function isVisibleBelow(
  scope: Scope,
  rootId: string | RawBuilder<unknown>,
  on: CivilDate | null = null,
): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (select from organisation_line root
      where root.organisation_id = ${rootId} and root.ancestor_id = ${anyOf(topsOf(scope))})
    or ${isVisible(scope, on)}
  )`
}

/** Whether all there is lies below the actor's tops, as for a province's office: asked once, and not of each body. */
export function isEverythingVisible(scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`(
    select not exists (
      select from public.organisation root
      where root.parent_id is null and root.ended_on is null and root.id <> all(${topsOf(scope)}::uuid[])
    )
  )`
}

/**
 * The ids of all bodies that the actor finds: those below the tops and those above the own; of a day of the past those
 * that lay below the tops then, too.
 */
export function visibleIds(scope: Scope, on: CivilDate | null = null): RawBuilder<unknown> {
  return sql`
    ${belowOwn(scope, on)}
    union select ancestor_id from organisation_line where organisation_id = ${anyOf(ownOf(scope))}`
}

/** The ids of the actor's own bodies and of all below the tops. */
export function belowOwn(scope: Scope, on: CivilDate | null = null): RawBuilder<unknown> {
  const then =
    on === null
      ? sql``
      : sql`union select line.organisation_id from unnest(${topsOf(scope)}::uuid[]) top (id)
          cross join lateral tree_on(top.id, ${on}::date) line`
  return sql`
    select organisation_id from organisation_line where ancestor_id = ${anyOf(topsOf(scope))}
    union select unnest(${ownOf(scope)}::uuid[]) ${then}`
}
