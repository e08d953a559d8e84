import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'

// Reading as of a day: the same queries, over stand-ins of the tables' names. A query that is written for the state of
// today is told `with organisation as (…)`, and reads the state of that day instead; the indexes are used all the same.

/** Whether a row with days from and to holds on a day. */
export const holdsOn = (table: string, on: CivilDate): RawBuilder<boolean> => sql<boolean>`(
  (${sql.ref(`${table}.from_on`)} is null or ${sql.ref(`${table}.from_on`)} <= ${on}::date)
  and (${sql.ref(`${table}.to_on`)} is null or ${sql.ref(`${table}.to_on`)} >= ${on}::date)
)`

/** The organisations that there were on a day, as they were called and where they stood. */
const organisationOn = (on: CivilDate): RawBuilder<unknown> => sql`
  organisation as not materialized (
    select own.id, own.hierarchy, period.kind, period.name, period.abbreviation, place.parent_id, period.unit_code,
      period.search_key, null::date as ended_on
    from organisation own
    join organisation_period period on period.organisation_id = own.id and ${holdsOn('period', on)}
    join organisation_place place on place.organisation_id = own.id and place.hierarchy = own.hierarchy
      and ${holdsOn('place', on)}
  )`

/** `with …` before a query: the stand-ins of a day of the past, and what the query has of its own. */
export function withOn(on: CivilDate | null, ...own: RawBuilder<unknown>[]): RawBuilder<unknown> {
  const all = on === null ? own : [organisationOn(on), ...own]
  return all.length === 0 ? sql`` : sql`with ${sql.join(all)}`
}

/** The day that is looked at, where it is one of the past; null for today. */
export const pastDay = ({ on, today }: { on: CivilDate; today: CivilDate }): CivilDate | null =>
  on < today ? on : null
