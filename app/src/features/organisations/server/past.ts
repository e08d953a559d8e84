import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Hierarchy } from '../schema.ts'

// Reading as of a day, or in one hierarchy: the same queries, over stand-ins of the tables' names. A query that is
// written for the state of today is told `with organisation as (…)`, and reads that state instead; the indexes are used
// all the same.

/** Which tree is read: that of a day of the past (today where `on` is null); each body in its own hierarchy, or in one. */
export interface TreeAsked {
  on?: CivilDate | null
  hierarchy?: Hierarchy | null
}

/** Whether a row with days from and to holds on a day. */
export const holdsOn = (table: string, on: CivilDate): RawBuilder<boolean> => sql<boolean>`(
  (${sql.ref(`${table}.from_on`)} is null or ${sql.ref(`${table}.from_on`)} <= ${on}::date)
  and (${sql.ref(`${table}.to_on`)} is null or ${sql.ref(`${table}.to_on`)} >= ${on}::date)
)`

/** The organisations that there were on a day, as they were called and where they stood. */
const organisationOn = (on: CivilDate, hierarchy: Hierarchy | null): RawBuilder<unknown> => sql`
  organisation as not materialized (
    select own.id, own.hierarchy, period.kind, period.name, period.abbreviation, place.parent_id, period.unit_code,
      period.search_key, null::date as ended_on
    from public.organisation own
    join organisation_period period on period.organisation_id = own.id and ${holdsOn('period', on)}
    join organisation_place place on place.organisation_id = own.id
      and place.hierarchy = ${hierarchy === null ? sql`own.hierarchy` : sql`${hierarchy}`} and ${holdsOn('place', on)}
  )`

/** The organisations of today that stand in a hierarchy, and where they stand in it. */
const organisationIn = (hierarchy: Hierarchy): RawBuilder<unknown> => sql`
  organisation as not materialized (
    select own.id, own.hierarchy, own.kind, own.name, own.abbreviation, place.parent_id, own.unit_code, own.search_key,
      own.ended_on
    from public.organisation own
    join organisation_place place on place.organisation_id = own.id and place.hierarchy = ${hierarchy}
      and place.to_on is null
  )`

/** `with …` before a query: the stand-ins of the tree that is read, and what the query has of its own. */
export function withTree(
  { on = null, hierarchy = null }: TreeAsked,
  ...own: RawBuilder<unknown>[]
): RawBuilder<unknown> {
  const standIns =
    on !== null ? [organisationOn(on, hierarchy)] : hierarchy !== null ? [organisationIn(hierarchy)] : []
  const all = [...standIns, ...own]
  return all.length === 0 ? sql`` : sql`with ${sql.join(all)}`
}

/** The day that is looked at, where it is one of the past; null for today. */
export const pastDay = ({ on, today }: { on: CivilDate; today: CivilDate }): CivilDate | null =>
  on < today ? on : null
