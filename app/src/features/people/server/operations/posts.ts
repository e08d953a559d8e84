import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import type { PeopleOutcome } from '../../schema.ts'
import { findPersonFacts } from '../person-page.ts'
import { insertPosts } from '../writes.ts'
import { asPeopleCommand, getBodyInCare, getPersonInCare, isEndedBefore, refuse } from './people-command.ts'
import { findTitleFor, isSeatTaken } from './seats.ts'

export interface PostGiven {
  commandId: string
  personId: string
  organisationId: string
  titleId: string
  fromOn: CivilDate
  toOn: CivilDate | null
  decision: string | null
}

/** Gives a person a post in a body whose people the actor keeps. */
export async function givePost(context: Context, asked: PostGiven): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'post.give', async (tx) => {
    const body = await getBodyInCare(tx, context.scope, asked.organisationId)
    await getPersonInSight(tx, context, asked.personId)
    const title = await findTitleFor(tx, body, asked.titleId)
    if (!title) return refuse('title-not-here')
    if (asked.toOn && asked.toOn < asked.fromOn) return refuse('ends-before-it-begins')
    if (await isEndedBefore(tx, body.id, asked.toOn)) return refuse('body-ended')
    if (await isSeatTaken(tx, { ...asked, title })) return refuse('seat-taken')
    const { personId, organisationId, fromOn, toOn, decision } = asked
    const post = {
      id: newId(),
      personId,
      organisationId,
      title: title.name,
      titleId: title.id,
      fromOn,
      toOn,
      decision,
    }
    await insertPosts(tx, [post])
    await record(tx, context, {
      operation: 'post.give',
      subjectKind: 'person',
      subjectId: personId,
      officeId: organisationId,
      after: post,
    })
    return { ok: true, personId }
  })
}

/** Ends a post with a day, its last. What was before stays as it was. */
export async function endPost(
  context: Context,
  asked: { commandId: string; postId: string; toOn: CivilDate },
): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'post.end', async (tx) => {
    const post = await getPostInCare(tx, context, asked.postId)
    if (asked.toOn < post.fromOn) return refuse('ends-before-it-begins')
    await tx.updateTable('post').set({ to_on: asked.toOn }).where('id', '=', post.id).execute()
    // Who stands in for a post does so no longer than it lasts.
    await sql`
      update post set to_on = ${asked.toOn}
      where stands_in_for = ${post.id} and from_on <= ${asked.toOn} and (to_on is null or to_on > ${asked.toOn})
    `.execute(tx)
    await record(tx, context, {
      operation: 'post.end',
      subjectKind: 'person',
      subjectId: post.personId,
      officeId: post.organisationId,
      before: { postId: post.id, title: post.title, toOn: post.toOn },
      after: { postId: post.id, title: post.title, toOn: asked.toOn },
    })
    return { ok: true, personId: post.personId }
  })
}

export interface StandInAppointed {
  commandId: string
  /** The post in which somebody else acts for a time. */
  postId: string
  personId: string
  fromOn: CivilDate
  toOn: CivilDate
  decision: string | null
}

/** Appoints who acts in a post for a time; the holder keeps it. */
export async function appointStandIn(context: Context, asked: StandInAppointed): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'post.stand-in', async (tx) => {
    const post = await getPostInCare(tx, context, asked.postId)
    await getPersonInSight(tx, context, asked.personId)
    if (asked.personId === post.personId) return refuse('is-themselves')
    if (asked.toOn < asked.fromOn || asked.fromOn < post.fromOn) return refuse('ends-before-it-begins')
    if (post.toOn && asked.fromOn > post.toOn) return refuse('ends-before-it-begins')
    if (await isEndedBefore(tx, post.organisationId, asked.toOn)) return refuse('body-ended')
    const standIn = {
      id: newId(),
      personId: asked.personId,
      organisationId: post.organisationId,
      title: post.title,
      titleId: post.titleId,
      fromOn: asked.fromOn,
      toOn: asked.toOn,
      decision: asked.decision,
      standsInFor: post.id,
    }
    await insertPosts(tx, [standIn])
    await record(tx, context, {
      operation: 'post.stand-in',
      subjectKind: 'person',
      subjectId: asked.personId,
      officeId: post.organisationId,
      after: standIn,
    })
    return { ok: true, personId: asked.personId }
  })
}

/** Somebody whom the actor may see: enough to give them a post in a body whose people one keeps. */
async function getPersonInSight(tx: Tx, { scope }: Context, id: string): Promise<void> {
  const facts = await findPersonFacts(tx, scope, id)
  if (facts?.inCare) await getPersonInCare(tx, scope, id)
  else if (!facts?.inSight) throw new NotFound('person')
}

interface PostRow {
  id: string
  personId: string
  organisationId: string
  title: string
  titleId: string | null
  fromOn: CivilDate
  toOn: CivilDate | null
}

async function getPostInCare(tx: Tx, { scope }: Context, id: string): Promise<PostRow> {
  if (!isId(id)) throw new NotFound('post')
  const { rows } = await sql<PostRow>`
    select id, person_id as "personId", organisation_id as "organisationId", title, title_id as "titleId",
      from_on as "fromOn", to_on as "toOn"
    from post where id = ${id} for update
  `.execute(tx)
  const [post] = rows
  if (!post) throw new NotFound('post')
  await getBodyInCare(tx, scope, post.organisationId)
  return post
}
