import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { kindsFor } from '../../rules.ts'
import type { MembershipEnding, MembershipStatus, PeopleOutcome } from '../../schema.ts'
import { insertExemptions, insertMemberships, insertTemporaryMemberships } from '../writes.ts'
import { asPeopleCommand, getBodyInCare, getPersonInCare, isEndedBefore, refuse } from './people-command.ts'

/** What can be done to how a person belongs. A day that ends something is its last; one that begins it, its first. */
export type MembershipChange =
  | { type: 'enrol'; organisationId: string; status: MembershipStatus; fromOn: CivilDate }
  /** A probationary member becomes a full one. */
  | { type: 'become-official'; membershipId: string; fromOn: CivilDate }
  | { type: 'transfer'; membershipId: string; organisationId: string; fromOn: CivilDate }
  | { type: 'end'; membershipId: string; toOn: CivilDate; endedAs: MembershipEnding }
  | { type: 'exempt'; organisationId: string; reason: string; fromOn: CivilDate; toOn: CivilDate | null }
  | { type: 'end-exemption'; exemptionId: string; toOn: CivilDate }
  /** For a time away from home, here at the host; the one outside the product is named by its place. */
  | {
      type: 'move-for-a-time'
      homeId: string | null
      hostId: string | null
      place: string | null
      fromOn: CivilDate
      toOn: CivilDate | null
    }
  | { type: 'come-back'; temporaryId: string; toOn: CivilDate }

/** Changes how a person belongs. Nothing of before is rewritten: what ends gets its last day, what begins is added. */
export async function changeMembership(
  context: Context,
  asked: { commandId: string; personId: string; change: MembershipChange },
): Promise<PeopleOutcome> {
  const { commandId, personId, change } = asked
  const operation = `membership.${change.type}`
  return asPeopleCommand(context, commandId, operation, async (tx) => {
    await getPersonInCare(tx, context.scope, personId)
    const done = await carryOut(tx, context, personId, change)
    if ('ok' in done) return done
    await record(tx, context, {
      operation,
      subjectKind: 'person',
      subjectId: personId,
      ...(done.officeId ? { officeId: done.officeId } : {}),
      ...(done.before ? { before: done.before } : {}),
      after: change,
    })
    return { ok: true, personId }
  })
}

type Done =
  | { officeId: string | null; before?: unknown }
  | { ok: false; reason: Parameters<typeof refuse>[0] }

async function carryOut(
  tx: Tx,
  { scope }: Context,
  personId: string,
  change: MembershipChange,
): Promise<Done> {
  switch (change.type) {
    case 'enrol': {
      const body = await getBodyInCare(tx, scope, change.organisationId)
      if (!kindsFor(change.status).includes(body.kind)) return refuse('not-a-member')
      const { organisationId, status, fromOn } = change
      if (await isEndedBefore(tx, organisationId, null)) return refuse('body-ended')
      await insertMemberships(tx, [{ id: newId(), personId, organisationId, status, fromOn, toOn: null }])
      return { officeId: organisationId }
    }
    case 'become-official':
    case 'transfer':
    case 'end':
      return changeRow(tx, scope, personId, change)
    case 'exempt': {
      await getBodyInCare(tx, scope, change.organisationId)
      const { organisationId, reason, fromOn, toOn } = change
      if (reason.trim() === '') return refuse('no-reason')
      if (toOn && toOn < fromOn) return refuse('ends-before-it-begins')
      if (await isEndedBefore(tx, organisationId, toOn)) return refuse('body-ended')
      if (!(await belongsTo(tx, personId, organisationId, fromOn))) return refuse('not-a-member')
      await insertExemptions(tx, [
        { id: newId(), personId, organisationId, reason: reason.trim(), fromOn, toOn },
      ])
      return { officeId: organisationId }
    }
    case 'move-for-a-time': {
      const { homeId, hostId, fromOn, toOn } = change
      const place = change.place?.trim() || null
      // One of the two is the actor's; the other is named, or a place is.
      await getBodyInCare(tx, scope, homeId ?? hostId ?? '')
      if (toOn && toOn < fromOn) return refuse('ends-before-it-begins')
      if (!(homeId && hostId) && !place) return refuse('no-place')
      if (homeId === hostId) return refuse('is-themselves')
      for (const id of [homeId, hostId])
        if (id && (await isEndedBefore(tx, id, toOn))) return refuse('body-ended')
      if (homeId && !(await belongsTo(tx, personId, homeId, fromOn))) return refuse('not-a-member')
      await insertTemporaryMemberships(tx, [
        { id: newId(), personId, homeId, hostId, place: homeId && hostId ? null : place, fromOn, toOn },
      ])
      return { officeId: homeId ?? hostId }
    }
    case 'end-exemption':
      return endRow(tx, scope, personId, 'membership_exemption', change.exemptionId, change.toOn)
    case 'come-back':
      return endRow(tx, scope, personId, 'temporary_membership', change.temporaryId, change.toOn)
  }
}

async function belongsTo(tx: Tx, personId: string, organisationId: string, on: CivilDate): Promise<boolean> {
  const { rows } = await sql`
    select from membership where person_id = ${personId} and organisation_id = ${organisationId}
      and from_on <= ${on} and (to_on is null or to_on >= ${on})
  `.execute(tx)
  return rows.length > 0
}

interface MembershipRow {
  id: string
  organisationId: string
  status: MembershipStatus
  fromOn: CivilDate
  toOn: CivilDate | null
}

async function changeRow(
  tx: Tx,
  scope: Context['scope'],
  personId: string,
  change: Extract<MembershipChange, { membershipId: string }>,
): Promise<Done> {
  if (!isId(change.membershipId)) throw new NotFound('membership')
  const { rows } = await sql<MembershipRow>`
    select id, organisation_id as "organisationId", status, from_on as "fromOn", to_on as "toOn"
    from membership where id = ${change.membershipId} and person_id = ${personId} for update
  `.execute(tx)
  const [row] = rows
  if (!row) throw new NotFound('membership')
  await getBodyInCare(tx, scope, row.organisationId)
  if (row.toOn !== null) return refuse('not-a-member')
  const before = row
  const close = async (toOn: CivilDate, endedAs: MembershipEnding): Promise<boolean> => {
    if (toOn < row.fromOn) return false
    await tx
      .updateTable('membership')
      .set({ to_on: toOn, ended_as: endedAs })
      .where('id', '=', row.id)
      .execute()
    await sql`
      update membership_exemption set to_on = greatest(from_on, ${toOn}::date)
      where person_id = ${personId} and organisation_id = ${row.organisationId} and (to_on is null or to_on > ${toOn})
        and ${endedAs !== 'became-official'}
    `.execute(tx)
    return true
  }
  const begin = (organisationId: string, status: MembershipStatus, fromOn: CivilDate): Promise<void> =>
    insertMemberships(tx, [{ id: newId(), personId, organisationId, status, fromOn, toOn: null }])
  switch (change.type) {
    case 'end':
      if (!(await close(change.toOn, change.endedAs))) return refuse('ends-before-it-begins')
      break
    case 'become-official':
      if (row.status !== 'probationary') return refuse('not-a-member')
      if (await isEndedBefore(tx, row.organisationId, null)) return refuse('body-ended')
      if (!(await close(addDays(change.fromOn, -1), 'became-official')))
        return refuse('ends-before-it-begins')
      await begin(row.organisationId, 'official', change.fromOn)
      break
    case 'transfer': {
      if (change.organisationId === row.organisationId) return refuse('is-themselves')
      const to = await getBodyInCare(tx, scope, change.organisationId)
      if (!kindsFor(row.status).includes(to.kind)) return refuse('not-a-member')
      if (await isEndedBefore(tx, to.id, null)) return refuse('body-ended')
      if (!(await close(addDays(change.fromOn, -1), 'transferred'))) return refuse('ends-before-it-begins')
      await begin(to.id, row.status, change.fromOn)
    }
  }
  return { officeId: row.organisationId, before }
}

async function endRow(
  tx: Tx,
  scope: Context['scope'],
  personId: string,
  table: 'membership_exemption' | 'temporary_membership',
  id: string,
  toOn: CivilDate,
): Promise<Done> {
  if (!isId(id)) throw new NotFound('membership')
  const place = table === 'membership_exemption' ? sql`organisation_id` : sql`coalesce(home_id, host_id)`
  const { rows } = await sql<{ fromOn: CivilDate; toOn: CivilDate | null; organisationId: string }>`
    select from_on as "fromOn", to_on as "toOn", ${place} as "organisationId"
    from ${sql.table(table)} where id = ${id} and person_id = ${personId} for update
  `.execute(tx)
  const [row] = rows
  if (!row) throw new NotFound('membership')
  await getBodyInCare(tx, scope, row.organisationId)
  if (toOn < row.fromOn) return refuse('ends-before-it-begins')
  await sql`update ${sql.table(table)} set to_on = ${toOn} where id = ${id}`.execute(tx)
  return { officeId: row.organisationId, before: { id, toOn: row.toOn } }
}
