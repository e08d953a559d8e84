import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Page } from '#features/organisations/schema.ts'
import { anyOf, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { Effects, Taking } from '../schema.ts'

/** What may be listed of a body that leaves something. */
export const consequenceKinds = [
  'bodies',
  'members',
  'posts',
  'rights',
  'assignments',
  'duties',
  'documents',
  'plans',
] as const
export type ConsequenceKind = (typeof consequenceKinds)[number]

export interface Consequence {
  id: string
  name: string
  ends: boolean
  counts: Record<ConsequenceKind, number>
  /** Who takes over what: the heirs by name, each with what it takes. */
  heirs: { id: string; takes: Taking[] }[]
}

/** Rows of each kind that a body has on the day; the body is `body.id`. */
function rowsOf(kind: ConsequenceKind, day: string): RawBuilder<unknown> {
  const holds = (table: string): RawBuilder<unknown> => sql`
    ${sql.table(table)} held where held.organisation_id = body.id
      and (held.to_on is null or held.to_on >= ${day}::date)`
  switch (kind) {
    case 'bodies':
      return sql`organisation held where held.parent_id = body.id and held.ended_on is null`
    case 'members':
      return holds('membership')
    case 'posts':
      return holds('post')
    case 'rights':
      return holds('role_grant')
    case 'assignments':
      return sql`assignment held join plan on plan.id = held.plan_id and plan.state = 'launched'
        where held.organisation_id = body.id and held.state <> 'done'`
    case 'duties':
      return sql`report_duty held join plan on plan.id = held.plan_id and plan.state = 'launched'
        where held.organisation_id = body.id and held.submitted_at is null`
    case 'documents':
      return sql`document held where held.office_id = body.id`
    case 'plans':
      return sql`plan held where held.office_id = body.id and held.state in ('review', 'launched')`
  }
}

/** The bodies that leave something, by name, with how much of each kind. One query. */
export async function listConsequences(
  reader: Reader,
  effects: Effects,
  asked: { day: string; offset: number; limit: number },
): Promise<Page<Consequence>> {
  const leaving = new Set(Object.values(effects.passings).flatMap((rows) => rows.map(({ fromId }) => fromId)))
  const counts = consequenceKinds.map(
    (kind) => sql`${sql.lit(kind)}::text, (select count(*) from ${rowsOf(kind, asked.day)})`,
  )
  const { rows } = await sql<{ id: string; name: string; counts: Consequence['counts']; total: number }>`
    with page as (
      select body.id, body.name, (count(*) over ())::int as total from organisation body
      where body.id = any(${[...leaving]}::uuid[])
      order by body.name, body.id ${cutPage(asked)}
    )
    select body.id, body.name, body.total, jsonb_build_object(${sql.join(counts)}) as counts
    from page body order by body.name, body.id
  `.execute(reader)
  const ended = new Set(effects.ended)
  return {
    rows: rows.map(({ id, name, counts: counted }) => ({
      id,
      name,
      ends: ended.has(id),
      counts: counted,
      heirs: heirsOf(effects, id),
    })),
    total: rows[0]?.total ?? 0,
  }
}

function heirsOf(effects: Effects, id: string): Consequence['heirs'] {
  const heirs = new Map<string, Taking[]>()
  for (const [taking, rows] of Object.entries(effects.passings) as [
    Taking,
    { fromId: string; toId: string }[],
  ][])
    for (const { fromId, toId } of rows)
      if (fromId === id && !(taking === 'posts' && effects.postsEnd.includes(id)))
        heirs.set(toId, [...(heirs.get(toId) ?? []), taking])
  return [...heirs].map(([heirId, takes]) => ({ id: heirId, takes }))
}

export interface ConsequenceRow {
  id: string
  /** Null where its words are not the reader's to see: an administrator reorganises work and does not read it. */
  what: string | null
  detail: string | null
  dueOn: string | null
}

type Shown = { what: RawBuilder<unknown>; detail: RawBuilder<unknown>; dueOn: RawBuilder<unknown> }
const nothing = sql`null::text`
const plainly = (what: RawBuilder<unknown>, detail = nothing): Shown => ({ what, detail, dueOn: nothing })

/** Bodies, and by name who is in them; how somebody belongs there is for who keeps people. Of work its days alone. */
const shown: Record<ConsequenceKind, Shown> = {
  bodies: plainly(sql`held.name`),
  members: plainly(sql`(select full_name from person where id = held.person_id)`),
  posts: plainly(sql`(select full_name from person where id = held.person_id)`, sql`held.title`),
  rights: plainly(sql`(select name from account where id = held.account_id)`, sql`held.role`),
  assignments: { what: nothing, detail: nothing, dueOn: sql`held.due_on::text` },
  duties: { what: nothing, detail: nothing, dueOn: sql`held.due_on::text` },
  documents: plainly(nothing),
  plans: plainly(nothing),
}

/** What a figure of consequences counts, row by row, without the words of work. One query, asked by the program. */
export async function listConsequenceRows(
  reader: Reader,
  question: { bodyId: string; kind: ConsequenceKind; day: CivilDate; offset: number; limit: number },
): Promise<Page<ConsequenceRow>> {
  const { bodyId, kind, day } = question
  const { what, detail, dueOn } = shown[kind]
  const { rows } = await sql<ConsequenceRow & { total: number }>`
    select listed.*, (count(*) over ())::int as total
    from organisation body cross join lateral (
      select held.id, ${what} as what, ${detail} as detail, ${dueOn} as "dueOn" from ${rowsOf(kind, day)}
    ) listed
    where body.id = ${bodyId}
    order by listed.what, listed."dueOn", listed.id ${cutPage(question)}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** The same rows with the words of the work that the actor may see for another reason. One query, asked by the actor. */
export async function nameConsequenceRows(
  reader: Reader,
  scope: Scope,
  kind: ConsequenceKind,
  rows: readonly ConsequenceRow[],
): Promise<ConsequenceRow[]> {
  const work = workInSight(scope, kind)
  if (!work || rows.length === 0) return [...rows]
  const { rows: seen } = await sql<{ id: string; what: string; detail: string | null }>`
    ${work} and held.id = any(${rows.map(({ id }) => id)}::uuid[])
  `.execute(reader)
  const words = new Map(seen.map(({ id, what, detail }) => [id, { what, detail }]))
  return rows.map((row) => ({ ...row, ...words.get(row.id) }))
}

function workInSight(scope: Scope, kind: ConsequenceKind): RawBuilder<unknown> | undefined {
  const place = { officeId: sql`held.office_id`, organisationId: sql`held.organisation_id` }
  const isOwnOffice = sql`held.office_id = ${anyOf(scope.offices)}`
  switch (kind) {
    case 'assignments':
      return sql`select held.id, task.text as what, plan.subject as detail from assignment held
        join task on task.id = held.task_id join plan on plan.id = held.plan_id where ${isWorkInScope(scope, place)}`
    case 'duties':
      return sql`select held.id, held.text as what, plan.subject as detail from report_duty held
        join plan on plan.id = held.plan_id where ${isWorkInScope(scope, place)}`
    case 'documents':
      return sql`select held.id, coalesce(held.subject, held.file_name) as what, held.number as detail
        from document held where ${isOwnOffice}`
    case 'plans':
      return sql`select held.id, held.subject as what, held.number as detail from plan held where ${isOwnOffice}`
    default:
      return undefined
  }
}
