import { type RawBuilder, sql } from 'kysely'
import type { Scope } from './scope.ts'

/** Where a row says whose plan it belongs to, and whose work it is. */
interface RowPlace {
  /** The column of the office whose plan it is. */
  officeId: RawBuilder<unknown>
  /** The column of the organisation whose work it is. */
  organisationId: RawBuilder<unknown>
}

/**
 * The right side of `column = …` for ids of the scope. Most people stand in one place, and that is asked for as one
 * id: a list of unknown length is planned anew each time (its plan looks ten times as dear as it is), and an index
 * that goes on with an order (by day, by place) gives that order for one id only.
 */
export function anyOf(ids: readonly string[]): RawBuilder<unknown> {
  return ids.length === 1 ? sql`${ids[0]}::uuid` : sql`any(${ids}::uuid[])`
}

/** Whether the row's organisation lies in an area that the actor supervises; the `inArea` of the facts. */
export function isInArea(scope: Scope, organisationId: RawBuilder<unknown>): RawBuilder<boolean> {
  if (scope.areas.length === 0) return sql<boolean>`false`
  return sql<boolean>`exists (
    select from organisation_line area
    where area.organisation_id = ${organisationId} and area.ancestor_id = ${anyOf(scope.areas)}
  )`
}

/**
 * The condition under which a row of somebody's work (assignment, report duty, expected unit) is found at all: the
 * office sees all of its plan, a unit's people their unit's, a supervisor the area's. The same as `view` of
 * `assignments.ts` and `reports.ts`, said in SQL.
 */
export function isWorkInScope(scope: Scope, row: RowPlace): RawBuilder<boolean> {
  return sql<boolean>`(
    ${row.officeId} = ${anyOf(scope.offices)}
    or ${isOwnWork(scope, row.organisationId)}
  )`
}

/** The same where the office has been asked before: a row is found by its organisation alone, and so by an index. */
export function isOwnWork(scope: Scope, organisationId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    ${organisationId} = ${anyOf(scope.memberships)} or ${isInArea(scope, organisationId)}
  )`
}
