import { fail, redirect } from '@sveltejs/kit'
import { changeDetails } from '#features/people/server/operations/details.ts'
import { getPerson } from '#features/people/server/person-page.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import { detailsFrom } from '../../people-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const context = signedIn(locals)
  const person = await getPerson(context.reader, context.scope, { id: params.id, on: context.on })
  if (!person.may.change || !person.personal) throw new NotFound('person')
  await recordLook(context, { operation: 'person.look', subjectKind: 'person', subjectIds: [person.id] })
  return { commandId: newId(), id: person.id, fullName: person.fullName, details: person.personal.details }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const typed: Record<string, string> = {}
    for (const [name, value] of form) if (typeof value === 'string') typed[name] = value
    const details = detailsFrom(form)
    if (!details) return fail(400, { reason: 'bad-day' as const, typed })
    const outcome = await changeDetails(signedIn(locals), {
      commandId: commandOf(form),
      personId: params.id,
      fullName: textOf(form, 'name'),
      details,
    })
    if (!outcome.ok) return fail(409, { reason: outcome.reason, typed })
    redirect(303, `/people/${params.id}`)
  },
}
