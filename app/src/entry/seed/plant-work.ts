import type { PlanEvent, ReportDuty, Task } from '@trienkhai/plan-reader/plan.ts'
import type { Span } from '@trienkhai/plan-reader/source-document.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Audience } from '#features/audiences/schema.ts'
import { audienceInTree } from '#features/audiences/server/audience-sql.ts'
import { plantProgress } from './plant-progress.ts'
import { atHour, drawn, type LaunchedSample, type Planting } from './planting.ts'

type AudienceOf = (phrase: string) => Audience | null

/** Up to this many bodies each is shown for itself; more are shown by the body above them. */
const mostShownAlone = 300

const stableId = (...parts: RawBuilder<unknown>[]): RawBuilder<string> =>
  sql<string>`md5(concat_ws('/', ${sql.join(parts)}))::uuid`

/** The tasks, assignments, expected list, duties to report, events and notices of a launched plan. */
export async function plantWork(
  planting: Planting,
  launched: LaunchedSample,
  audienceOf: AudienceOf,
): Promise<void> {
  for (const [ordinal, task] of launched.tasks.entries()) {
    await plantTask(planting, launched, audienceOf, task, ordinal)
  }
  for (const [ordinal, duty] of launched.reports.entries())
    await plantDuty(planting, launched, audienceOf, duty, ordinal)
  await plantExpected(planting, launched)
  for (const event of launched.events) await plantEvent(planting, launched, audienceOf, event)
  await plantProgress(planting, launched)
  await plantNotices(planting, launched)
}

async function plantTask(
  { tx, random }: Planting,
  launched: LaunchedSample,
  audienceOf: AudienceOf,
  task: Task & { spans: Span[] },
  ordinal: number,
): Promise<void> {
  const parties = [
    ...task.lead.map((phrase) => ({ role: 'lead', phrase, audience: audienceOf(phrase) })),
    ...task.with.map((phrase) => ({ role: 'with', phrase, audience: audienceOf(phrase) })),
  ]
  const taskId = random.id()
  await sql`
    insert into task (id, plan_id, ordinal, text, product, condition, section, deadline, due_on, parties, spans)
    values (${taskId}, ${launched.planId}, ${ordinal}, ${task.text}, ${task.product}, ${task.condition}, ${task.section},
      ${task.deadline && JSON.stringify(task.deadline)}::jsonb, ${task.due}::date, ${JSON.stringify(parties)}::jsonb,
      ${JSON.stringify(task.spans)}::jsonb)
  `.execute(tx)
  for (const { role, audience } of parties) {
    if (!audience) continue
    await sql`
      with unit as materialized (${audienceInTree(launched.officeId, audience)})
      insert into assignment (id, plan_id, task_id, office_id, organisation_id, group_id, role, due_on)
      select ${stableId(sql`${taskId}::text`, sql`organisation_id`)}, ${launched.planId}, ${taskId},
        ${launched.officeId}, organisation_id,
        case when (select count(*) from unit) > ${mostShownAlone} then coalesce(parent_id, organisation_id)
          else organisation_id end,
        ${role}, ${task.due}::date
      from unit join organisation body on body.id = unit.organisation_id
      on conflict (task_id, organisation_id) do nothing
    `.execute(tx)
  }
}

async function plantDuty(
  { tx, today }: Planting,
  launched: LaunchedSample,
  audienceOf: AudienceOf,
  duty: ReportDuty,
  ordinal: number,
): Promise<void> {
  for (const phrase of duty.from) {
    const audience = audienceOf(phrase)
    if (!audience) continue
    const draw = (salt: string) =>
      drawn(sql`${launched.planId}::text`, sql`unit.organisation_id`, sql`${`${salt} ${ordinal}`}::text`)
    await sql`
      with unit as (${audienceInTree(launched.officeId, audience)})
      insert into report_duty (id, plan_id, ordinal, office_id, organisation_id, text, deadline, due_on, submitted_at, body)
      select ${stableId(sql`${launched.planId}::text`, sql`organisation_id`, sql`${`report ${ordinal}`}::text`)},
        ${launched.planId}, ${ordinal}, ${launched.officeId}, organisation_id, ${duty.text},
        ${duty.deadline && JSON.stringify(duty.deadline)}::jsonb, ${duty.due}::date,
        case when ${duty.due}::date <= ${today}::date + 20 and ${draw('sent')} < 0.6 then
          least(${atHour(today, 15)}::timestamptz - interval '1 day', ${duty.due}::date - 3 + time '10:00')
            - interval '1 hour' * floor(${draw('hours')} * 40) end,
        case when ${duty.due}::date <= ${today}::date + 20 and ${draw('sent')} < 0.6 then
          'Chi bộ đã tổ chức thực hiện đầy đủ các nội dung theo kế hoạch; đảng viên tham gia nghiêm túc, không có ý kiến vướng mắc.' end
      from unit
      on conflict (plan_id, ordinal, organisation_id) do nothing
    `.execute(tx)
  }
  await sql`
    update report_duty duty set submitted_by = coalesce((
      select account_id from role_grant where organisation_id = duty.organisation_id and role in ('secretary', 'officer')
      order by id limit 1
    ), ${launched.accountId})
    where plan_id = ${launched.planId} and ordinal = ${ordinal} and submitted_at is not null
  `.execute(tx)
}

/** Who has to answer, under the names and with the members of the day of launching. */
async function plantExpected({ tx }: Planting, launched: LaunchedSample): Promise<void> {
  await sql`
    insert into expected (plan_id, organisation_id, name, members)
    select ${launched.planId}, body.id, body.name, (
      select count(*) from membership where organisation_id = body.id and status in ('official', 'probationary')
        and from_on <= ${launched.launchedAt}::date and (to_on is null or to_on >= ${launched.launchedAt}::date)
    )
    from organisation body where body.id in (
      select organisation_id from assignment where plan_id = ${launched.planId}
      union select organisation_id from report_duty where plan_id = ${launched.planId}
    )
  `.execute(tx)
}

async function plantEvent(
  { tx, random }: Planting,
  launched: LaunchedSample,
  audienceOf: AudienceOf,
  event: PlanEvent,
): Promise<void> {
  const eventId = random.id()
  const invitees = event.participants.map((phrase) => ({ phrase, audience: audienceOf(phrase) }))
  const [startsOn, startsAt = null] = event.start.split('T')
  const [endsOn = null, endsAt = null] = event.end?.split('T') ?? []
  await sql`
    insert into event (id, plan_id, office_id, title, starts_on, starts_at, ends_on, ends_at, place, agenda, invitees)
    values (${eventId}, ${launched.planId}, ${launched.officeId}, ${event.title}, ${startsOn}::date, ${startsAt}::time,
      ${endsOn}::date, ${endsAt}::time, ${event.place}, ${JSON.stringify(event.programme)}::jsonb,
      ${JSON.stringify(invitees)}::jsonb)
  `.execute(tx)
  for (const { audience } of invitees) {
    if (!audience) continue
    await sql`
      insert into event_organisation (event_id, organisation_id)
      select ${eventId}, unit.organisation_id from (${audienceInTree(launched.officeId, audience)}) unit
      on conflict do nothing
    `.execute(tx)
  }
}

/** Whoever enters things for a unit that has to answer is told of the plan, once. */
async function plantNotices({ tx }: Planting, launched: LaunchedSample): Promise<void> {
  await sql`
    insert into notice (id, account_id, kind, plan_id, organisation_id, created_at, read_at)
    select ${stableId(sql`${launched.planId}::text`, sql`role_grant.account_id`, sql`expected.organisation_id`)},
      role_grant.account_id, 'plan-launched', ${launched.planId}, expected.organisation_id,
      ${launched.launchedAt}::timestamptz,
      case when ${drawn(sql`${launched.planId}::text`, sql`expected.organisation_id`)} < 0.7
        then ${launched.launchedAt}::timestamptz + interval '5 hours' end
    from expected join role_grant on role_grant.organisation_id = expected.organisation_id
      and role_grant.role in ('secretary', 'officer')
    where expected.plan_id = ${launched.planId}
    on conflict do nothing
  `.execute(tx)
}
