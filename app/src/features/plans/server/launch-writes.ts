import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { waysInTree } from '#features/audiences/server/people-sql.ts'
import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import type { DraftTask, LaunchDraft } from '../launch-draft.ts'
import { keptParties, type LaunchParties } from './launch-parties.ts'

// What a launch writes, a statement a table, however many units: rows are chosen and inserted by the database.

export interface Launching {
  planId: string
  officeId: string
  draft: LaunchDraft
  parties: LaunchParties
  today: CivilDate
}

/** The rule as read, with how the last day was reckoned from it. */
function keptDeadline(item: Pick<DraftTask, 'deadline' | 'reckoning'>): string | null {
  return item.deadline ? JSON.stringify({ ...item.deadline, reckoning: item.reckoning }) : null
}

/** A cell is shown under the body that it belongs to, any other body by itself. */
const groupOfBody = sql`
  case when body.kind in ('cell', 'cell-group') then coalesce(body.parent_id, body.id) else body.id end`

/** Freezes who has to answer, under the name and with the members of that day. Answers how many, and their members. */
export async function insertExpected(
  tx: Tx,
  { planId, parties, today }: Launching,
): Promise<{ units: number; members: number }> {
  const { rows } = await sql<{ units: number; members: number }>`
    with chosen as materialized (${parties.chosen}), wanted as (${parties.wanted}),
    unit as materialized (
      select distinct organisation_id from wanted join chosen using (audience_no) where kind <> 'event'
    ),
    sizes as materialized (
      select organisation_id, count(*) as members from membership
      where organisation_id in (select organisation_id from unit)
        and status in ('official', 'probationary') and from_on <= ${today} and (to_on is null or to_on >= ${today})
      group by organisation_id
    ),
    frozen as (
      insert into expected (plan_id, organisation_id, name, members, group_id, place)
      select ${planId}, body.id, body.name, coalesce(sizes.members, 0), grouped.group_id,
        row_number() over (order by grouping.name, grouped.group_id, body.name, body.id)
      from unit join organisation body on body.id = unit.organisation_id
      cross join lateral (select ${groupOfBody} as group_id) grouped
      join organisation grouping on grouping.id = grouped.group_id
      left join sizes on sizes.organisation_id = body.id
      returning members
    )
    select count(*)::int as units, coalesce(sum(members), 0)::int as members from frozen
  `.execute(tx)
  return rows[0] ?? { units: 0, members: 0 }
}

/** The tasks, in the order of the plan; answers their ids. */
export async function insertTasks(tx: Tx, { planId, draft }: Launching): Promise<string[]> {
  if (draft.tasks.length === 0) return []
  const rows = draft.tasks.map((task) => ({ id: newId(), task }))
  await tx
    .insertInto('task')
    .values(
      rows.map(({ id, task }) => ({
        id,
        plan_id: planId,
        ordinal: task.ordinal,
        text: task.text,
        product: task.product,
        condition: task.condition,
        section: task.section,
        deadline: keptDeadline(task),
        due_on: task.dueOn,
        parties: JSON.stringify(keptParties(task)),
        spans: JSON.stringify(task.spans),
      })),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** One assignment for each task and unit; who both leads and helps leads. Answers how many. */
export async function insertAssignments(
  tx: Tx,
  { planId, officeId, draft, parties }: Launching,
  taskIds: readonly string[],
): Promise<number> {
  const result = await sql`
    with chosen as materialized (${parties.chosen}), wanted as (${parties.wanted}),
    laid as (
      select * from unnest(${taskIds}::uuid[], ${draft.tasks.map(({ dueOn }) => dueOn)}::date[])
        with ordinality as laid (task_id, due_on, at)
    )
    insert into assignment (id, plan_id, task_id, office_id, organisation_id, group_id, role, due_on)
    select gen_random_uuid(), ${planId}, laid.task_id, ${officeId}, chosen.organisation_id, expected.group_id,
      case when bool_or(wanted.role = 'lead') then 'lead' else 'with' end, laid.due_on
    from wanted
    join chosen using (audience_no)
    join laid on laid.at = wanted.item + 1
    join expected on expected.plan_id = ${planId} and expected.organisation_id = chosen.organisation_id
    where wanted.kind = 'task'
    group by laid.task_id, laid.due_on, chosen.organisation_id, expected.group_id, expected.place, laid.at
    order by laid.at, expected.place
  `.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

/** The events, and the bodies that their phrases stand for. */
export async function insertEvents(tx: Tx, launching: Launching): Promise<void> {
  const { planId, officeId, draft, parties } = launching
  if (draft.events.length === 0) return
  const rows = draft.events.map((event) => ({ id: newId(), event }))
  await tx
    .insertInto('event')
    .values(
      rows.map(({ id, event }) => ({
        id,
        plan_id: planId,
        office_id: officeId,
        title: event.title,
        starts_on: event.startsOn,
        starts_at: event.startsAt,
        ends_on: event.endsOn,
        ends_at: event.endsAt,
        place: event.place,
        agenda: JSON.stringify(event.agenda),
        invitees: JSON.stringify(event.parties),
      })),
    )
    .execute()
  await sql`
    with chosen as materialized (${parties.chosen}), wanted as (${parties.wanted}),
    laid as (select * from unnest(${rows.map(({ id }) => id)}::uuid[]) with ordinality as laid (event_id, at))
    insert into event_organisation (event_id, organisation_id)
    select distinct laid.event_id, chosen.organisation_id
    from wanted join chosen using (audience_no) join laid on laid.at = wanted.item + 1
    where wanted.kind = 'event'
  `.execute(tx)
  await insertEventPeople(
    tx,
    launching,
    rows.map(({ id }) => id),
  )
}

/** The persons whom an event's phrases stand for on the day, each once, as what they hold or are. */
async function insertEventPeople(
  tx: Tx,
  { officeId, draft, today }: Launching,
  eventIds: readonly string[],
): Promise<void> {
  const invited = draft.events.flatMap(({ parties }, item) => {
    const audiences = parties.flatMap(({ audience }) => audience ?? [])
    const ways =
      audiences.length > 0 ? waysInTree(officeId, { type: 'union', parts: audiences }, today) : null
    return ways ? [sql`select ${eventIds[item] ?? null}::uuid as event_id, way.* from (${ways}) way`] : []
  })
  if (invited.length === 0) return
  await sql`
    insert into event_person (event_id, person_id, organisation_id, capacity)
    select distinct on (way.event_id, way.person_id) way.event_id, way.person_id, way.organisation_id,
      coalesce(post.title, '')
    from (${sql.join(invited, sql` union all `)}) way
    left join post on way.sort = 'post' and post.id = way.source_id
    left join post_title title on title.id = post.title_id
    order by way.event_id, way.person_id, coalesce(title.rank, 1000), way.organisation_id
  `.execute(tx)
}

/** One report duty for each report that the plan asks for and each unit that owes it. */
export async function insertReportDuties(
  tx: Tx,
  { planId, officeId, draft, parties }: Launching,
): Promise<void> {
  if (draft.reports.length === 0) return
  await sql`
    with chosen as materialized (${parties.chosen}), wanted as (${parties.wanted}),
    laid as (
      select * from unnest(
        ${draft.reports.map(({ ordinal }) => ordinal)}::int[], ${draft.reports.map(({ text }) => text)}::text[],
        ${draft.reports.map(keptDeadline)}::jsonb[],
        ${draft.reports.map(({ dueOn }) => dueOn)}::date[]
      ) as laid (ordinal, text, deadline, due_on)
    )
    insert into report_duty (id, plan_id, ordinal, office_id, organisation_id, text, deadline, due_on)
    select gen_random_uuid(), ${planId}, laid.ordinal, ${officeId}, owing.organisation_id, laid.text,
      laid.deadline, laid.due_on
    from (
      select distinct wanted.item, chosen.organisation_id from wanted join chosen using (audience_no)
      where wanted.kind = 'report'
    ) owing
    join laid on laid.ordinal = owing.item
  `.execute(tx)
}

export async function markLaunched(
  tx: Tx,
  launch: { planId: string; accountId: string; at: Date; today: CivilDate },
): Promise<void> {
  await sql`
    update plan set state = 'launched', launched_at = ${launch.at}, launched_by = ${launch.accountId},
      resolved_on = ${launch.today}, withdrawn_reason = null, withdrawn_at = null
    where id = ${launch.planId}
  `.execute(tx)
}

export async function keepBeforeDay(tx: Tx, officeId: string, beforeDay: string): Promise<void> {
  await sql`
    insert into office_setting (office_id, before_day) values (${officeId}, ${beforeDay})
    on conflict (office_id) do update set before_day = excluded.before_day
  `.execute(tx)
}
