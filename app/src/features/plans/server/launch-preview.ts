import { sql } from 'kysely'
import type { OrganisationRow } from '#features/organisations/schema.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { BeforeDay } from '../deadlines.ts'
import { draftLaunch, type LaunchDraft } from '../launch-draft.ts'
import type { Page } from '../schema.ts'
import { layOutParties, readMeanings } from './launch-parties.ts'
import { getReview } from './review-reads.ts'

/** Who gets one part of the plan. */
export interface Receivers {
  leads: number
  others: number
  /** The first of them by name. */
  names: string[]
}

export interface LaunchPreview {
  planId: string
  officeId: string
  officeName: string
  subject: string | null
  number: string | null
  state: string
  /** Sent back with the launch: the review must be the one that was previewed. */
  version: number
  beforeDay: BeforeDay
  draft: LaunchDraft
  tasks: Receivers[]
  events: Receivers[]
  reports: Receivers[]
  units: number
  members: number
  /** Accounts that will get a notice. */
  accounts: number
  assignments: number
  /** What the launch leaves as it is, by number. */
  left: { materials: number; purposes: number; requirements: number; recipients: number }
}

/** How an office reckons "trước ngày", or as most do. */
export async function readBeforeDay(reader: Reader, officeId: string): Promise<BeforeDay> {
  const { rows } = await sql<{ beforeDay: BeforeDay }>`
    select before_day as "beforeDay" from office_setting where office_id = ${officeId}
  `.execute(reader)
  return rows[0]?.beforeDay ?? 'counts'
}

const namesShown = 24

/** What would happen if the plan were launched now. Nothing is written. */
export async function previewLaunch(
  context: Context,
  planId: string,
  asked: { beforeDay?: BeforeDay } = {},
): Promise<LaunchPreview> {
  const { reader, scope, today } = context
  const row = await getReview(context, planId)
  requireMay(plans.launch(scope, { officeId: row.officeId, reachesActor: false }))
  const beforeDay = asked.beforeDay ?? (await readBeforeDay(reader, row.officeId))
  const meanings = await readMeanings(reader, scope, row.officeId, row.review)
  const draft = draftLaunch(row.review, meanings, { launchedOn: today, beforeDay })
  const { receivers, sums } = await readReceivers(context, row.officeId, draft)
  const of = (kind: string, count: number): Receivers[] =>
    Array.from(
      { length: count },
      (_, item) => receivers.get(`${kind} ${item}`) ?? { leads: 0, others: 0, names: [] },
    )
  const { review } = row
  return {
    planId,
    officeId: row.officeId,
    subject: review.head.subject.value,
    number: review.head.number.value,
    state: row.state,
    version: row.version,
    beforeDay,
    draft,
    tasks: of('task', draft.tasks.length),
    events: of('event', draft.events.length),
    reports: of('report', draft.reports.length),
    ...sums,
    left: {
      materials: review.materials.length,
      purposes: review.purposes.length,
      requirements: review.requirements.length,
      recipients: review.recipients.length,
    },
  }
}

async function readReceivers({ reader, today }: Context, officeId: string, draft: LaunchDraft) {
  const { chosen, wanted } = layOutParties(officeId, draft)
  const { rows } = await sql<{
    kind: string
    item: number
    leads: number
    others: number
    names: string[] | null
  }>`
    with chosen as materialized (${chosen}), wanted as (${wanted}),
    given as materialized (
      select kind, item, organisation_id, bool_or(role = 'lead') as leads
      from wanted join chosen using (audience_no) group by kind, item, organisation_id
    )
    select items.kind, items.item,
      count(*) filter (where leads)::int as leads, count(*) filter (where not leads)::int as others,
      (select array_agg(name order by leads desc, name) from (
        select body.name, one.leads from given one join organisation body on body.id = one.organisation_id
        where one.kind = items.kind and one.item = items.item
        order by one.leads desc, body.name limit ${namesShown}
      ) first) as names
    from given items group by items.kind, items.item
  `.execute(reader)
  const sums = await sql<{
    officeName: string
    units: number
    members: number
    accounts: number
    assignments: number
  }>`
    with chosen as materialized (${chosen}), wanted as (${wanted}),
    units as materialized (
      select distinct organisation_id from wanted join chosen using (audience_no) where kind <> 'event'
    )
    select (select name from organisation where id = ${officeId}) as "officeName",
      (select count(*) from units)::int as units,
      (select count(*) from membership where organisation_id in (select organisation_id from units)
        and status in ('official', 'probationary') and from_on <= ${today} and (to_on is null or to_on >= ${today})
      )::int as members,
      (select count(distinct account_id) from holders_of(
        array(select organisation_id from units), array['officer', 'secretary', 'member'], ${today}))::int as accounts,
      (select count(*) from (
        select distinct item, organisation_id from wanted join chosen using (audience_no) where kind = 'task'
      ) given)::int as assignments
  `.execute(reader)
  const [first] = sums.rows
  return {
    receivers: new Map(
      rows.map(({ kind, item, leads, others, names }) => [
        `${kind} ${item}`,
        { leads, others, names: names ?? [] },
      ]),
    ),
    sums: first ?? { officeName: '', units: 0, members: 0, accounts: 0, assignments: 0 },
  }
}

/** All who would get one part of the plan, by name, a page at a time. */
export async function listReceivers(
  context: Context,
  preview: { officeId: string; draft: LaunchDraft },
  part: { kind: 'task' | 'event' | 'report'; item: number },
  page: { offset: number; limit: number },
): Promise<Page<Pick<OrganisationRow, 'id' | 'name'> & { leads: boolean; parentName: string | null }>> {
  const { chosen, wanted } = layOutParties(preview.officeId, preview.draft)
  const { rows } = await sql<{
    id: string
    name: string
    leads: boolean
    parentName: string | null
    total: number
  }>`
    with chosen as materialized (${chosen}), wanted as (${wanted}),
    given as materialized (
      select organisation_id, bool_or(role = 'lead') as leads from wanted join chosen using (audience_no)
      where kind = ${part.kind} and item = ${part.item} group by organisation_id
    )
    select body.id, body.name, given.leads, parent.name as "parentName", count(*) over ()::int as total
    from given join organisation body on body.id = given.organisation_id
    left join organisation parent on parent.id = body.parent_id
    order by given.leads desc, body.name, body.id ${cutPage(page)}
  `.execute(context.reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}
