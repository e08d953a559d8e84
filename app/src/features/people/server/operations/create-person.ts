import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { personSortKey } from '@trienkhai/vietnamese/compare.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { tidyName } from '../../rules.ts'
import type { MembershipStatus, PeopleOutcome, PersonDetails } from '../../schema.ts'
import { findDoubles } from '../doubles.ts'
import { insertMemberships, insertPeople, insertPosts, keepDetails } from '../writes.ts'
import { asPeopleCommand, getBodyInCare, isEndedBefore, refuse } from './people-command.ts'
import { findTitleFor, isSeatTaken } from './seats.ts'

export interface PersonCreated {
  commandId: string
  fullName: string
  organisationId: string
  /** How they belong to the body, what they hold there, or both. */
  status: MembershipStatus | null
  titleId: string | null
  fromOn: CivilDate
  details: PersonDetails
  /** Those who were shown as likely doubles, and are somebody else. */
  apart: readonly string[]
}

/**
 * Enters a person with what they are in a body whose people the actor keeps. Whoever may be the same person has to be
 * looked at first: a likely double that is not among `apart` refuses it.
 */
export async function createPerson(context: Context, asked: PersonCreated): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'person.create', async (tx) => {
    const { scope } = context
    const body = await getBodyInCare(tx, scope, asked.organisationId)
    if (await isEndedBefore(tx, body.id, null)) return refuse('body-ended')
    const fullName = tidyName(asked.fullName)
    if (fullName === '') return refuse('no-name')
    const title = asked.titleId ? await findTitleFor(tx, body, asked.titleId) : null
    if (asked.titleId && !title) return refuse('title-not-here')
    if (!asked.status && !title) return refuse('not-a-member')
    if (
      title &&
      (await isSeatTaken(tx, { title, organisationId: body.id, fromOn: asked.fromOn, toOn: null }))
    )
      return refuse('seat-taken')
    const likeness = { fullName, ...asked.details, bodyIds: [body.id] }
    const doubles = await findDoubles(tx, scope, likeness)
    if (doubles.some(({ id }) => !asked.apart.includes(id))) return refuse('likely-doubles')

    const personId = newId()
    await insertPeople(tx, [{ id: personId, fullName, sortKey: personSortKey(fullName) }])
    const place = { personId, organisationId: body.id, fromOn: asked.fromOn, toOn: null }
    if (asked.status) await insertMemberships(tx, [{ id: newId(), status: asked.status, ...place }])
    if (title) await insertPosts(tx, [{ id: newId(), title: title.name, titleId: title.id, ...place }])
    if (hasDetails(asked.details)) await keepDetails(tx, [{ personId, ...asked.details }])
    await tellApart(
      tx,
      context,
      personId,
      doubles.map(({ id }) => id),
    )
    await record(tx, context, {
      operation: 'person.create',
      subjectKind: 'person',
      subjectId: personId,
      officeId: body.id,
      after: {
        fullName,
        organisationId: body.id,
        status: asked.status,
        title: title?.name ?? null,
        fromOn: asked.fromOn,
      },
    })
    return { ok: true, personId }
  })
}

/** Whether anything personal was said at all. */
function hasDetails({ bornKnownTo: _, ...details }: PersonDetails): boolean {
  return Object.values(details).some((value) => value !== null)
}

/** Keeps that people are not the same as one, so that they are not offered as doubles again. */
export async function tellApart(
  tx: Tx,
  context: Context,
  personId: string,
  others: readonly string[],
): Promise<void> {
  if (others.length === 0) return
  await tx
    .insertInto('person_apart')
    .values(
      others.map((other) => ({
        one_id: other < personId ? other : personId,
        other_id: other < personId ? personId : other,
        decided_by: context.actor.accountId,
        decided_at: context.now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['one_id', 'other_id']).doNothing())
    .execute()
}
