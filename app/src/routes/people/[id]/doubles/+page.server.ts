import { fail, redirect } from '@sveltejs/kit'
import { findDoubles, readLikeness } from '#features/people/server/doubles.ts'
import { keepApart, mergePeople, undoMerge } from '#features/people/server/operations/merge-people.ts'
import { getPerson } from '#features/people/server/person-page.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const context = signedIn(locals)
  const { reader, scope, on } = context
  const person = await getPerson(reader, scope, { id: params.id, on })
  if (!person.may.change || !person.personal) throw new NotFound('person')
  const doubles = await findDoubles(reader, scope, await readLikeness(reader, person.id), person.id)
  await recordLook(context, {
    operation: 'person.look',
    subjectKind: 'person',
    subjectIds: [person.id, ...doubles.map(({ id }) => id)],
  })
  return {
    id: person.id,
    fullName: person.fullName,
    doubles: doubles.map((double) => ({ ...double, commands: [newId(), newId()] })),
    merged: person.personal.merged.map((merge) => ({ ...merge, commandId: newId() })),
  }
}

export const actions: Actions = {
  merge: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await mergePeople(signedIn(locals), {
      commandId: commandOf(form),
      keptId: params.id,
      mergedId: textOf(form, 'other'),
      reason: textOf(form, 'reason'),
    })
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}`)
  },
  apart: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), personId: params.id, otherId: textOf(form, 'other') }
    const outcome = await keepApart(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}/doubles`)
  },
  undo: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), mergeId: textOf(form, 'merge') }
    const outcome = await undoMerge(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}/doubles`)
  },
}
