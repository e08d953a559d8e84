import { fail, redirect } from '@sveltejs/kit'
import { givePost } from '#features/people/server/operations/posts.ts'
import { getPerson } from '#features/people/server/person-page.ts'
import { findBodies, findBodyInCare, listTitles } from '#features/people/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import { dayOf, optional } from '../../people-form.ts'
import type { Actions, PageServerLoad } from './$types'

const mostFound = 30

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today, on } = signedIn(locals)
  const person = await getPerson(reader, scope, { id: params.id, on })
  if (scope.personnel.length === 0) throw new NotFound('person')
  const words = (url.searchParams.get('body') ?? '').trim().slice(0, 100)
  const organisation = await findBodyInCare(reader, scope, url.searchParams.get('organisation') ?? '')
  const found = words ? await findBodies(reader, scope, { words, inCare: true, limit: mostFound }) : []
  return {
    commandId: newId(),
    today,
    id: person.id,
    fullName: person.fullName,
    organisation,
    words,
    found: found.map(({ id, name, parentName }) => ({ id, name, about: parentName })),
    titles: organisation
      ? (await listTitles(reader, { kind: organisation.kind, organisationId: organisation.id })).map(
          ({ id, name }) => ({ id, name }),
        )
      : [],
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const [fromOn, toOn] = [dayOf(form, 'fromOn'), dayOf(form, 'toOn')]
    if (!fromOn || toOn === undefined) return fail(400, { reason: 'bad-day' as const })
    const outcome = await givePost(signedIn(locals), {
      commandId: commandOf(form),
      personId: params.id,
      organisationId: textOf(form, 'organisation'),
      titleId: textOf(form, 'title'),
      fromOn,
      toOn,
      decision: optional(form, 'decision'),
    })
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}`)
  },
}
