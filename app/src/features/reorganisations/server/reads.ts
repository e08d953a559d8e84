import { sql } from 'kysely'
import type { Page } from '#features/organisations/schema.ts'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { type ReorganisationState, type Step, type StepProblem, stepSchema } from '../schema.ts'
import type { TakenEffect } from './take-effect.ts'

export interface ReorganisationLine {
  id: string
  officeId: string
  officeName: string
  title: string
  decision: string | null
  onDay: string
  state: ReorganisationState
  steps: number
}

export interface ReorganisationDetails extends ReorganisationLine {
  reason: string | null
  version: number
  createdBy: string
  createdAt: Date
  scheduledBy: string | null
  scheduledAt: Date | null
  doneAt: Date | null
  failure: StepProblem[] | null
  outcome: TakenEffect | null
}

const isAdministered = (scope: Scope) => sql<boolean>`exists (
  select from organisation_line line
  where line.organisation_id = reorganisation.office_id and line.ancestor_id = ${anyOf(scope.administers)}
)`

const line = sql`
  reorganisation.id, reorganisation.office_id as "officeId", office.name as "officeName", reorganisation.title,
  reorganisation.decision, reorganisation.on_day as "onDay", reorganisation.state,
  (select count(*) from reorganisation_step step where step.reorganisation_id = reorganisation.id)::int as steps`

/** Whether an organisation lies in what the actor administers. One query. */
export async function isInAdministration(
  reader: Reader,
  scope: Scope,
  organisationId: string,
): Promise<boolean> {
  if (!isId(organisationId) || scope.administers.length === 0) return false
  const { rows } = await sql<{ inside: boolean }>`
    select exists (
      select from organisation_line line
      where line.organisation_id = ${organisationId} and line.ancestor_id = ${anyOf(scope.administers)}
    ) as inside
  `.execute(reader)
  return rows[0]?.inside ?? false
}

/** Reorganisations of what one administers: what is being prepared first, then by day, the latest first. One query. */
export async function listReorganisations(
  reader: Reader,
  scope: Scope,
  asked: { state: ReorganisationState | null; offset: number; limit: number },
): Promise<Page<ReorganisationLine>> {
  const { rows } = await sql<ReorganisationLine & { total: number }>`
    select ${line}, (count(*) over ())::int as total
    from reorganisation join organisation office on office.id = reorganisation.office_id
    where ${isAdministered(scope)} ${asked.state ? sql`and reorganisation.state = ${asked.state}` : sql``}
    order by reorganisation.state in ('draft', 'scheduled') desc, reorganisation.on_day desc,
      reorganisation.created_at desc, reorganisation.id
    ${cutPage(asked)}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** One reorganisation; NotFound outside what one administers. One query. */
export async function getReorganisation(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<ReorganisationDetails> {
  if (!isId(id)) throw new NotFound('reorganisation')
  const { rows } = await sql<ReorganisationDetails>`
    select ${line}, reorganisation.reason, reorganisation.version, maker.name as "createdBy",
      reorganisation.created_at as "createdAt", scheduler.name as "scheduledBy",
      reorganisation.scheduled_at as "scheduledAt", reorganisation.done_at as "doneAt", reorganisation.failure,
      reorganisation.outcome
    from reorganisation join organisation office on office.id = reorganisation.office_id
    join account maker on maker.id = reorganisation.created_by
    left join account scheduler on scheduler.id = reorganisation.scheduled_by
    where reorganisation.id = ${id} and ${isAdministered(scope)}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('reorganisation')
  return row
}

export interface KeptStep {
  id: string
  ordinal: number
  step: Step
  source: string | null
}

/** All steps of a reorganisation, in their order. One query. */
export async function listKeptSteps(reader: Reader, reorganisationId: string): Promise<KeptStep[]> {
  const rows = await reader
    .selectFrom('reorganisation_step')
    .select(['id', 'ordinal', 'content', 'source'])
    .where('reorganisation_id', '=', reorganisationId)
    .orderBy('ordinal')
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, step: stepSchema.parse(content) }))
}
