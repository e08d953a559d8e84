import { fail, redirect } from '@sveltejs/kit'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { listPeople } from '#features/people/server/list-people.ts'
import { appointStandIn, endPost } from '#features/people/server/operations/posts.ts'
import { findPersonFacts, getPerson } from '#features/people/server/person-page.ts'
import { tellApart } from '#features/people/server/tell-apart.ts'
import { peopleWords } from '#features/people/words.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../../../../command-of.ts'
import { readForm } from '../../../../form-text.ts'
import { signedIn } from '../../../../signed-in.ts'
import { dayOf, optional } from '../../../people-form.ts'
import type { Actions, PageServerLoad } from './$types'

const mostFound = 20

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, on, today, language } = context
  const person = await getPerson(reader, scope, { id: params.id, on })
  const post = person.posts.find(({ id }) => id === params.postId)
  if (!post) throw new NotFound('post')
  if (!post.mayChange) throw new NotFound('person')
  const words = (url.searchParams.get('q') ?? '').trim().slice(0, 100)
  const filter = { words, organisationId: null, titleId: null, status: null }
  const found = words
    ? (await listPeople(reader, scope, { ...filter, on, offset: 0, limit: mostFound })).rows
    : []
  const others = found.map(({ id }) => id).filter((id) => id !== person.id)
  const { people, look } = await tellApart(reader, scope, others, on)
  await recordLook(context, { operation: 'people.look', subjectKind: 'person', subjectIds: look })
  const standInId = url.searchParams.get('person') ?? ''
  const standIn = await findPersonFacts(reader, scope, standInId)
  return {
    commands: [newId(), newId()],
    id: person.id,
    fullName: person.fullName,
    post,
    today,
    words,
    found: people.map(({ id, fullName, about, bornYear }) => ({
      id,
      name: fullName,
      about: [...about, ...(bornYear ? [peopleWords[language].bornIn(bornYear)] : [])].join(' · '),
    })),
    standIn: standIn?.inSight ? { id: standInId, fullName: standIn.fullName } : null,
  }
}

export const actions: Actions = {
  end: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const toOn = dayOf(form, 'toOn')
    if (!toOn) return fail(400, { reason: 'bad-day' as const })
    const command = { commandId: commandOf(form), postId: params.postId, toOn }
    const outcome = await endPost(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}`)
  },
  standIn: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const days: (CivilDate | null | undefined)[] = [dayOf(form, 'fromOn'), dayOf(form, 'toOn')]
    const [fromOn, toOn] = days
    if (!fromOn || !toOn) return fail(400, { reason: 'bad-day' as const })
    const outcome = await appointStandIn(signedIn(locals), {
      commandId: commandOf(form),
      postId: params.postId,
      personId: textOf(form, 'person'),
      fromOn,
      toOn,
      decision: optional(form, 'decision'),
    })
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}`)
  },
}
