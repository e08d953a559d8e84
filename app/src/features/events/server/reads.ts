import type { AgendaItem } from '@trienkhai/plan-reader/plan.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Page } from '#features/plans/schema.ts'
import { anyOf, isInArea, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'

export interface EventLine {
  id: string
  planId: string
  planSubject: string
  planNumber: string | null
  officeName: string
  title: string
  startsOn: string
  /** `13:30`, or null where only the day is said. */
  startsAt: string | null
  endsOn: string | null
  endsAt: string | null
  place: string | null
  agenda: AgendaItem[]
  invitees: { phrase: string }[]
  /** How many of the plan's bodies are invited. */
  bodies: number
}

const line = sql`
  event.id, event.plan_id as "planId", plan.subject as "planSubject", plan.number as "planNumber",
  office.name as "officeName", event.title, event.starts_on as "startsOn",
  to_char(event.starts_at, 'HH24:MI') as "startsAt", event.ends_on as "endsOn",
  to_char(event.ends_at, 'HH24:MI') as "endsAt", event.place, event.agenda,
  (select coalesce(jsonb_agg(jsonb_build_object('phrase', invitee ->> 'phrase')), '[]')
    from jsonb_array_elements(event.invitees) invitee) as invitees,
  (select count(*) from event_organisation where event_id = event.id)::int as bodies`

/** Whether an event concerns the actor: it is the office's, or one of the bodies invited is the actor's to see. */
const isInScope = (scope: Scope) => sql`(
  event.office_id = ${anyOf(scope.offices)}
  or exists (select from event_organisation invited where invited.event_id = event.id and ${isWorkInScope(
    scope,
    {
      officeId: sql.ref('event.office_id'),
      organisationId: sql.ref('invited.organisation_id'),
    },
  )})
)`

/** Events to come to which bodies of the areas that one supervises are invited; asked only of who supervises. */
const orOfArea = (scope: Scope) =>
  scope.areas.length === 0
    ? sql``
    : sql`or exists (
        select from event_organisation invited
        where invited.event_id = event.id and ${isInArea(scope, sql.ref('invited.organisation_id'))}
      )`

/** Events to come for the units that one belongs to, one's offices or one's areas, the nearest first. One query. */
export async function listComingEvents(
  reader: Reader,
  scope: Scope,
  asked: { today: CivilDate; offset: number; limit: number },
): Promise<Page<EventLine>> {
  const { rows } = await sql<EventLine & { total: number }>`
    select ${line}, count(*) over ()::int as total
    from event join plan on plan.id = event.plan_id join organisation office on office.id = event.office_id
    where coalesce(event.ends_on, event.starts_on) >= ${asked.today} and (
      event.office_id = ${anyOf(scope.offices)}
      or event.id in (select event_id from event_organisation where organisation_id = ${anyOf(scope.memberships)})
      ${orOfArea(scope)}
    )
    order by event.starts_on, event.starts_at nulls first, event.id
    ${cutPage(asked)}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** The events of a plan, in their order, as far as one may see them. One query. */
export async function listPlanEvents(reader: Reader, scope: Scope, planId: string): Promise<EventLine[]> {
  const { rows } = await sql<EventLine>`
    select ${line}
    from event join plan on plan.id = event.plan_id join organisation office on office.id = event.office_id
    where event.plan_id = ${planId} and ${isInScope(scope)}
    order by event.starts_on, event.starts_at nulls first, event.id
    limit 200
  `.execute(reader)
  return rows
}
