import { type RawBuilder, sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'

// The facts of `server/access/people.ts`, said in SQL of a body of a row.

/** Tops of the trees that the actor may look down into. */
export const topsOf = (scope: Scope): string[] => [
  ...new Set([...scope.offices, ...scope.areas, ...scope.administers, ...scope.personnel]),
]

// Asked row by row (`limit` sees to it): a set of all that lies below would be gathered for a page of a few rows.
const liesBelow = (organisationId: RawBuilder<unknown>, tops: readonly string[]): RawBuilder<boolean> =>
  tops.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`coalesce((
        select true from organisation_line down
        where down.organisation_id = ${organisationId} and down.ancestor_id = ${anyOf(tops)} limit 1
      ), false)`

/** Whether the posts of a body are in sight: it is in one's line, above or below. */
export function arePostsInSight(scope: Scope, organisationId: RawBuilder<unknown>): RawBuilder<boolean> {
  const own = [...new Set([...topsOf(scope), ...scope.units, ...scope.memberships])]
  return sql<boolean>`(
    ${liesBelow(organisationId, topsOf(scope))}
    or coalesce((
      select true from organisation_line up
      where up.ancestor_id = ${organisationId} and up.organisation_id = ${anyOf(own)} limit 1
    ), false)
  )`
}

/** Whether it may be known who belongs to a body: it is looked after, or one's own. */
export function areMembersInSight(scope: Scope, organisationId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    ${organisationId} = ${anyOf(scope.memberships)} or ${liesBelow(organisationId, topsOf(scope))}
  )`
}

/** Whether the actor keeps the people of a body: sees how they belong there and their details, and enters them. */
export function isInCare(scope: Scope, organisationId: RawBuilder<unknown>): RawBuilder<boolean> {
  return liesBelow(organisationId, scope.personnel)
}

/** Whether a person is in sight: by a post or by where they belong, now or before; one sees oneself. */
export function isPersonInSight(scope: Scope, personId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    ${personId} = ${scope.personId}::uuid
    or exists (
      select from membership belonging
      where belonging.person_id = ${personId} and ${areMembersInSight(scope, sql`belonging.organisation_id`)}
    )
    or exists (
      select from post held where held.person_id = ${personId} and ${arePostsInSight(scope, sql`held.organisation_id`)}
    )
    or exists (
      select from temporary_membership guest
      where guest.person_id = ${personId} and ${areMembersInSight(scope, sql`guest.host_id`)}
    )
  )`
}

/** Whether the actor keeps this person: belongs to, or holds a post in, a body whose people one keeps. */
export function isPersonInCare(scope: Scope, personId: RawBuilder<unknown>): RawBuilder<boolean> {
  if (scope.personnel.length === 0) return sql<boolean>`false`
  return sql<boolean>`(
    exists (
      select from membership belonging
      where belonging.person_id = ${personId} and ${isInCare(scope, sql`belonging.organisation_id`)}
    )
    or exists (
      select from post held where held.person_id = ${personId} and ${isInCare(scope, sql`held.organisation_id`)}
    )
    or exists (
      select from temporary_membership guest
      where guest.person_id = ${personId} and ${isInCare(scope, sql`guest.host_id`)}
    )
  )`
}

/** That the row's period holds on a day. */
export const standsOn = (row: RawBuilder<unknown>, on: string): RawBuilder<boolean> =>
  sql<boolean>`(${row}.from_on <= ${on} and (${row}.to_on is null or ${row}.to_on >= ${on}))`
