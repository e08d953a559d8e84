import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { people } from '#server/access/people.ts'
import type { Scope } from '#server/access/scope.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import type { NamedBody, PeopleOutcome, PeopleRefusal } from '../../schema.ts'
import { findPersonFacts } from '../person-page.ts'
import { findBodyInCare } from '../reads.ts'

/** Two periods that may not overlap did: PostgreSQL's code for an exclusion constraint. */
const overlapping = '23P01'

export const refuse = (reason: PeopleRefusal): { ok: false; reason: PeopleRefusal } => ({ ok: false, reason })

/** Does one thing to people once, in a transaction; what the database refuses as overlapping is a refusal. */
export async function asPeopleCommand(
  context: Context,
  commandId: string,
  operation: string,
  work: (tx: Tx) => Promise<PeopleOutcome>,
): Promise<PeopleOutcome> {
  try {
    return await asCommand(context, commandId, operation, work)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === overlapping) return refuse('overlaps')
    throw error
  }
}

/** A person whom the actor keeps; locked, so that two changes at one moment come one after the other. */
export async function getPersonInCare(tx: Tx, scope: Scope, id: string): Promise<{ fullName: string }> {
  const facts = await findPersonFacts(tx, scope, id)
  if (!facts || !people.change(scope, facts)) throw new NotFound('person')
  await tx.selectFrom('person').select('id').where('id', '=', id).forUpdate().execute()
  return { fullName: facts.fullName }
}

/** A body whose people the actor keeps; NotFound for any other. */
export async function getBodyInCare(tx: Tx, scope: Scope, id: string): Promise<NamedBody & { kind: string }> {
  const body = await findBodyInCare(tx, scope, id)
  if (!body) throw new NotFound('organisation')
  return body
}

/** Whether a body is no more before something ends that should be entered there; `toOn` null: it is still to last. */
export async function isEndedBefore(
  tx: Tx,
  organisationId: string,
  toOn: CivilDate | null,
): Promise<boolean> {
  const { rows } = await sql`
    select from organisation where id = ${organisationId} and ended_on <= coalesce(${toOn}::date, 'infinity')
  `.execute(tx)
  return rows.length > 0
}
