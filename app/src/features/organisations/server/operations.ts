import { sql } from 'kysely'
import { isInAdministration } from '#features/reorganisations/server/reads.ts'
import { reorganisations } from '#server/access/reorganisations.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { record } from '#server/record.ts'
import type { Hierarchy, OrganisationKind } from '../schema.ts'

export type CorrectOutcome =
  | { ok: true; id: string }
  | {
      ok: false
      reason: 'title-missing' | 'name-missing' | 'nothing-changes' | 'choice-missing' | 'day-missing'
    }

interface Naming {
  name: string
  abbreviation: string | null
  kind: OrganisationKind
  unitCode: string | null
}

async function requireAdministered(context: Context, id: string): Promise<void> {
  const administered = await isInAdministration(context.reader, context.scope, id)
  if (!administered) throw new NotFound('organisation')
  requireMay(reorganisations.correct(context.scope, { administered }))
}

/**
 * Puts right what was mistyped: the state that holds now is told rightly, as if it had been from its first day on. Not a
 * change of the organisation, so its history gains nothing; what stood before is on record.
 */
export async function correctOrganisation(
  context: Context,
  command: { commandId: string; id: string; reason: string; to: Naming },
): Promise<CorrectOutcome> {
  await requireAdministered(context, command.id)
  const reason = command.reason.trim().slice(0, 1_000)
  const name = command.to.name.trim().slice(0, 300)
  if (!name) return { ok: false, reason: 'name-missing' }
  if (!reason) return { ok: false, reason: 'title-missing' }
  const { id } = command
  return asCommand(
    context,
    command.commandId,
    'organisation.correct',
    async (tx): Promise<CorrectOutcome> => {
      const before = await lockNaming(tx, id)
      const after: Naming = { ...command.to, name }
      if (JSON.stringify(before) === JSON.stringify(after)) return { ok: false, reason: 'nothing-changes' }
      await sql`select act_as('program'), set_config('trienkhai.change_on', 'correct', true)`.execute(tx)
      await tx
        .updateTable('organisation')
        .set({ name, abbreviation: after.abbreviation, kind: after.kind, unit_code: after.unitCode })
        .where('id', '=', id)
        .execute()
      await record(tx, context, {
        operation: 'organisation.correct',
        subjectKind: 'organisation',
        subjectId: id,
        officeId: id,
        before,
        after: { ...after, reason },
      })
      return { ok: true, id }
    },
  )
}

async function lockNaming(tx: Tx, id: string): Promise<Naming> {
  const { rows } = await sql<Naming>`
    select name, abbreviation, kind, unit_code as "unitCode" from organisation where id = ${id} for no key update
  `.execute(tx)
  const [row] = rows
  if (!row) throw new NotFound('organisation')
  return row
}

/** Says where a body stands in a hierarchy that is not its own, from a day on; without a parent, nowhere any more. */
export async function placeBeside(
  context: Context,
  command: {
    commandId: string
    id: string
    hierarchy: Hierarchy
    parentId: string | null
    onDay: string
    reason: string
  },
): Promise<CorrectOutcome> {
  await requireAdministered(context, command.id)
  const { id, hierarchy, parentId, onDay } = command
  const reason = command.reason.trim().slice(0, 1_000)
  if (!reason) return { ok: false, reason: 'title-missing' }
  if (onDay > context.today) return { ok: false, reason: 'day-missing' }
  if (
    parentId !== null &&
    (parentId === id || !(await isInAdministration(context.reader, context.scope, parentId)))
  )
    return { ok: false, reason: 'choice-missing' }
  return asCommand(
    context,
    command.commandId,
    'organisation.place-beside',
    async (tx): Promise<CorrectOutcome> => {
      const { rows } = await sql<{ own: boolean; later: boolean }>`
      select body.hierarchy = ${hierarchy} as own, exists (
        select from organisation_place place where place.organisation_id = body.id and place.hierarchy = ${hierarchy}
          and (place.from_on > ${onDay}::date or place.to_on >= ${onDay}::date)
      ) as later
      from organisation body where body.id = ${id} and body.ended_on is null
    `.execute(tx)
      const [facts] = rows
      if (!facts || facts.own) return { ok: false, reason: 'choice-missing' }
      if (facts.later) return { ok: false, reason: 'day-missing' }
      await sql`select act_as('program'), set_config('trienkhai.change_reason', ${reason}, true)`.execute(tx)
      await sql`select place_beside(${id}, ${hierarchy}, ${parentId}::uuid, ${onDay}::date)`.execute(tx)
      await record(tx, context, {
        operation: 'organisation.place-beside',
        subjectKind: 'organisation',
        subjectId: id,
        officeId: id,
        after: { hierarchy, parentId, onDay, reason },
      })
      return { ok: true, id }
    },
  )
}
