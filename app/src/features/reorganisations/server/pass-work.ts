import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import type { Passing } from '../schema.ts'
import type { Taking } from './change-bodies.ts'

// Work that is open under running plans passes to the successor and says where it came from. Who was expected at the
// launch stays in the frozen list under the name of that day; the successor joins it by an amendment of each plan.

const pairs = (passings: readonly Passing[]): RawBuilder<unknown> => sql`
  unnest(${passings.map(({ fromId }) => fromId)}::uuid[], ${passings.map(({ toId }) => toId)}::uuid[])
    as pair (from_id, to_id)`

export interface PassedWork {
  assignments: number
  duties: number
  plans: number
}

export async function passWork(
  tx: Tx,
  { day, effects, reorganisationId }: Taking,
  amending: { accountId: string; at: Date; reason: string },
): Promise<PassedWork> {
  const passings = effects.passings.work
  if (passings.length === 0) return { assignments: 0, duties: 0, plans: 0 }
  const assignments = await sql`
    insert into work_passing (on_day, assignment_id, from_id, to_id, reorganisation_id)
    select ${day}::date, assignment.id, pair.from_id, pair.to_id, ${reorganisationId}
    from ${pairs(passings)} join assignment on assignment.organisation_id = pair.from_id
    join plan on plan.id = assignment.plan_id
    where assignment.state <> 'done' and plan.state = 'launched'
  `.execute(tx)
  const duties = await sql`
    insert into work_passing (on_day, report_duty_id, from_id, to_id, reorganisation_id)
    select ${day}::date, report_duty.id, pair.from_id, pair.to_id, ${reorganisationId}
    from ${pairs(passings)} join report_duty on report_duty.organisation_id = pair.from_id
    join plan on plan.id = report_duty.plan_id
    where report_duty.submitted_at is null and plan.state = 'launched'
  `.execute(tx)
  const passed = sql`
    select coalesce(assignment.plan_id, duty.plan_id) as plan_id, passing.from_id, passing.to_id,
      count(passing.assignment_id)::int as assignments, count(passing.report_duty_id)::int as duties
    from work_passing passing
    left join assignment on assignment.id = passing.assignment_id
    left join report_duty duty on duty.id = passing.report_duty_id
    where passing.reorganisation_id = ${reorganisationId}
    group by 1, 2, 3`
  const plans = await keepAmendments(tx, passed, amending)
  await joinExpected(tx, passed, day)
  await sql`
    update assignment set organisation_id = passing.to_id, group_id = heir.group_id,
      inherited_from_id = coalesce(assignment.inherited_from_id, passing.from_id), inherited_on = ${day}::date
    from work_passing passing join assignment passed on passed.id = passing.assignment_id
    join expected heir on heir.plan_id = passed.plan_id and heir.organisation_id = passing.to_id
    where passing.reorganisation_id = ${reorganisationId} and assignment.id = passing.assignment_id
  `.execute(tx)
  await sql`
    update report_duty duty set organisation_id = passing.to_id,
      inherited_from_id = coalesce(duty.inherited_from_id, passing.from_id), inherited_on = ${day}::date
    from work_passing passing
    where passing.reorganisation_id = ${reorganisationId} and duty.id = passing.report_duty_id
  `.execute(tx)
  return {
    assignments: Number(assignments.numAffectedRows ?? 0),
    duties: Number(duties.numAffectedRows ?? 0),
    plans,
  }
}

/** The successor is expected from the day on, in the place of whom it follows; who left is not counted any more. */
async function joinExpected(tx: Tx, passed: RawBuilder<unknown>, day: string): Promise<void> {
  await sql`
    insert into expected (plan_id, organisation_id, name, members, group_id, place, added_on)
    select passed.plan_id, heir.id, heir.name, coalesce(sum(former.members), 0),
      case when heir.kind in ('cell', 'cell-group') then coalesce(heir.parent_id, heir.id) else heir.id end,
      coalesce(min(former.place), 0), ${day}::date
    from (${passed}) passed join organisation heir on heir.id = passed.to_id
    left join expected former on former.plan_id = passed.plan_id and former.organisation_id = passed.from_id
      and former.passed_on is null
    group by passed.plan_id, heir.id
    order by passed.plan_id, heir.id
    on conflict (plan_id, organisation_id) do update
      set members = expected.members + excluded.members, passed_on = null, passed_to_id = null
  `.execute(tx)
  await sql`
    update expected set passed_on = ${day}::date, passed_to_id = passed.to_id
    from (${passed}) passed
    where expected.plan_id = passed.plan_id and expected.organisation_id = passed.from_id
  `.execute(tx)
}

/** One amendment a plan: whose work passed to whom, how much of it. */
async function keepAmendments(
  tx: Tx,
  passed: RawBuilder<unknown>,
  { accountId, at, reason }: { accountId: string; at: Date; reason: string },
): Promise<number> {
  const { rows } = await sql<{ planId: string; changes: unknown }>`
    select passed.plan_id as "planId", jsonb_agg(
      jsonb_build_object('kind', 'inherit', 'from', former.name, 'to', heir.name, 'toId', heir.id,
        'assignments', passed.assignments, 'duties', passed.duties)
      order by heir.name, former.name
    ) as changes
    from (${passed}) passed join organisation former on former.id = passed.from_id
    join organisation heir on heir.id = passed.to_id
    group by passed.plan_id order by passed.plan_id
  `.execute(tx)
  if (rows.length > 0)
    await sql`
      insert into amendment (id, plan_id, reason, changes, amended_by, amended_at)
      select added.id, added.plan_id, ${reason}, added.changes::jsonb, ${accountId}, ${at}
      from unnest(
        ${rows.map(() => newId())}::uuid[], ${rows.map(({ planId }) => planId)}::uuid[],
        ${rows.map(({ changes }) => JSON.stringify(changes))}::text[]
      ) as added (id, plan_id, changes)
    `.execute(tx)
  return rows.length
}

/**
 * Papers stay where they were written: the successor reaches them (see `forebears_of` in the database). What is still
 * on the desk goes on at the successor's: plans in review with their documents, the office's settings, what it decided
 * that phrases stand for, the audiences that it saved, and the invitations to what is yet to come.
 */
export async function passDesk(tx: Tx, { day, effects }: Taking): Promise<void> {
  const ended = new Set(effects.ended)
  const passings = effects.passings.documents.filter(({ fromId }) => ended.has(fromId))
  if (passings.length > 0) {
    await sql`
      update document set office_id = pair.to_id
      from ${pairs(passings)}, plan
      where plan.document_id = document.id and plan.state = 'review' and plan.office_id = pair.from_id
        and document.office_id = pair.from_id and not exists (
          select from document other where other.office_id = pair.to_id and other.file_hash = document.file_hash
        )
    `.execute(tx)
    await sql`
      update plan set office_id = pair.to_id from ${pairs(passings)}
      where plan.office_id = pair.from_id and plan.state = 'review'
    `.execute(tx)
    await sql`
      insert into office_setting (office_id, before_day)
      select distinct on (pair.to_id) pair.to_id, setting.before_day
      from ${pairs(passings)} join office_setting setting on setting.office_id = pair.from_id
      order by pair.to_id, pair.from_id on conflict do nothing
    `.execute(tx)
    await sql`
      insert into phrase_audience (office_id, phrase_key, phrase, audience, decided_by, decided_at)
      select distinct on (pair.to_id, decided.phrase_key) pair.to_id, decided.phrase_key, decided.phrase,
        decided.audience, decided.decided_by, decided.decided_at
      from ${pairs(passings)} join phrase_audience decided on decided.office_id = pair.from_id
      order by pair.to_id, decided.phrase_key, decided.decided_at desc on conflict do nothing
    `.execute(tx)
    // What it kept under names of its own; of two of a name the successor's own, else the one that was made last.
    await sql`
      insert into audience (id, office_id, name, expression, version, made_by, made_at)
      select gen_random_uuid(), chosen.* from (
        select distinct on (pair.to_id, saved.key) pair.to_id, saved.name, saved.expression, saved.version,
          saved.made_by, saved.made_at
        from ${pairs(passings)} join audience saved on saved.office_id = pair.from_id and saved.ended_at is null
        order by pair.to_id, saved.key, saved.made_at desc
      ) chosen
      on conflict do nothing
    `.execute(tx)
  }
  const { work } = effects.passings
  if (work.length > 0)
    await sql`
      insert into event_organisation (event_id, organisation_id)
      select distinct invited.event_id, pair.to_id
      from ${pairs(work)} join event_organisation invited on invited.organisation_id = pair.from_id
      join event on event.id = invited.event_id
      where event.starts_on >= ${day}::date on conflict do nothing
    `.execute(tx)
}
