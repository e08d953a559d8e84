import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import type { Reader } from '#server/database/handles.ts'
import { sortMatters, weekOf } from '../rules.ts'
import type { AdministeredCounts, Desk, DeskEvent } from '../schema.ts'
import { findLatestPlan, listOfficeMatters } from './office-matters.ts'
import { countOwnWork, getAreaStanding, listUnitMatters } from './unit-matters.ts'

/** The desk of whoever asks: what waits, the week, how things stand. At most seven queries, for all roles at once. */
export async function getDesk({ reader, scope, on: today }: Context): Promise<Desk> {
  const hasOffice = scope.offices.length > 0
  const hasUnit = scope.memberships.length > 0
  const [ofOffice, ofUnits, events, own, plan, area, administered] = await Promise.all([
    hasOffice ? listOfficeMatters(reader, scope, today) : [],
    hasUnit ? listUnitMatters(reader, scope, today) : [],
    hasUnit || scope.areas.length > 0 ? listWeekEvents(reader, scope, today) : [],
    hasUnit ? countOwnWork(reader, scope, today) : null,
    hasOffice ? findLatestPlan(reader, scope, today) : null,
    scope.areas.length > 0 ? getAreaStanding(reader, scope, today) : null,
    scope.administers.length > 0 ? countAdministered(reader, scope, today) : null,
  ])
  const enters = (organisationId: string): boolean => scope.units.includes(organisationId)
  return {
    matters: sortMatters(
      [...ofOffice, ...ofUnits.filter(({ organisationId }) => enters(organisationId))],
      today,
    ),
    unitWork: sortMatters(
      ofUnits.filter(({ organisationId, kind }) => !enters(organisationId) && kind !== 'answered'),
      today,
    ),
    events,
    own: own && own.done + own.doing + own.late + own.owed > 0 ? own : null,
    plan,
    area,
    administered,
  }
}

const mostEvents = 10

/** Events of this week and the next that concern one's offices, units or areas. One query. */
async function listWeekEvents(reader: Reader, scope: Scope, today: CivilDate): Promise<DeskEvent[]> {
  const { from, to } = weekOf(today)
  const { rows } = await sql<DeskEvent>`
    select event.id, event.plan_id as "planId", event.title, event.starts_on as "startsOn",
      to_char(event.starts_at, 'HH24:MI') as "startsAt", event.place,
      (select count(*)::int from event_organisation where event_id = event.id) as bodies
    from event join plan on plan.id = event.plan_id
    where plan.state = 'launched' and event.starts_on <= ${addDays(to, 7)}::date
      and coalesce(event.ends_on, event.starts_on) >= ${from}::date and (
        event.office_id = ${anyOf(scope.offices)}
        or exists (
          select from event_organisation invited
          where invited.event_id = event.id and (
            invited.organisation_id = ${anyOf(scope.memberships)}
            or invited.organisation_id in (
              select organisation_id from organisation_line where ancestor_id = ${anyOf(scope.areas)}
            )
          )
        )
      )
    order by event.starts_on, event.starts_at nulls first, event.id limit ${sql.lit(mostEvents)}
  `.execute(reader)
  return rows
}

/** What an administrator keeps: bodies, accounts with a right there, cells that nobody signs in for. One query. */
async function countAdministered(
  reader: Reader,
  { administers }: Scope,
  today: CivilDate,
): Promise<AdministeredCounts> {
  const { rows } = await sql<AdministeredCounts>`
    with below as (
      select distinct organisation_id as id from organisation_line where ancestor_id = ${anyOf(administers)}
    ), held as (
      select organisation_id, account_id from role_grant
      where organisation_id in (select id from below)
        and from_on <= ${today}::date and (to_on is null or to_on >= ${today}::date)
      union
      select post.organisation_id, account.id
      from account join post on post.person_id = account.person_id
      join post_title on post_title.id = post.title_id and post_title.role is not null
      where post.organisation_id in (select id from below)
        and post.from_on <= ${today}::date and (post.to_on is null or post.to_on >= ${today}::date)
    )
    select (select count(*)::int from below) as organisations,
      (select count(distinct account_id)::int from held) as accounts,
      (select count(*)::int from below join organisation on organisation.id = below.id
        where organisation.kind = 'cell' and below.id not in (select organisation_id from held)
      ) as "cellsWithoutAccount"
  `.execute(reader)
  return rows[0] ?? { organisations: 0, accounts: 0, cellsWithoutAccount: 0 }
}
