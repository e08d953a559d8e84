import { fail, redirect } from '@sveltejs/kit'
import { kindsFor } from '#features/people/rules.ts'
import { membershipStatuses } from '#features/people/schema.ts'
import { findDoubles } from '#features/people/server/doubles.ts'
import { createPerson } from '#features/people/server/operations/create-person.ts'
import { findBodies, findBodyInCare, listTitles } from '#features/people/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import { dayOf, detailsFrom } from '../people-form.ts'
import type { Actions, PageServerLoad } from './$types'

const mostFound = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, today } = signedIn(locals)
  if (scope.personnel.length === 0) throw new NotFound('person')
  const words = (url.searchParams.get('body') ?? '').trim().slice(0, 100)
  const asked = url.searchParams.get('organisation') ?? ''
  const organisation = await findBodyInCare(reader, scope, asked)
  const found = words ? await findBodies(reader, scope, { words, inCare: true, limit: mostFound }) : []
  return {
    commandId: newId(),
    today,
    organisation,
    words,
    found: found.map(({ id, name, parentName }) => ({ id, name, about: parentName })),
    titles: organisation
      ? (await listTitles(reader, { kind: organisation.kind, organisationId: organisation.id })).map(
          ({ id, name }) => ({ id, name }),
        )
      : [],
    statuses: organisation
      ? membershipStatuses.filter((status) => kindsFor(status).includes(organisation.kind))
      : [],
  }
}

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const typed: Record<string, string> = {}
    for (const [name, value] of form) if (typeof value === 'string') typed[name] = value
    const organisationId = url.searchParams.get('organisation') ?? textOf(form, 'organisation')
    const [fromOn, details] = [dayOf(form, 'fromOn'), detailsFrom(form)]
    if (!fromOn || !details) return fail(400, { reason: 'bad-day' as const, typed, doubles: [] })
    const titleId = textOf(form, 'title')
    const outcome = await createPerson(context, {
      commandId: commandOf(form),
      fullName: textOf(form, 'name'),
      organisationId,
      status: membershipStatuses.find((status) => status === textOf(form, 'status')) ?? null,
      titleId: isId(titleId) ? titleId : null,
      fromOn,
      details,
      apart: form.getAll('apart').map(String),
    })
    if (outcome.ok) redirect(303, `/people/${outcome.personId}`)
    const doubles =
      outcome.reason === 'likely-doubles'
        ? await findDoubles(context.reader, context.scope, {
            fullName: textOf(form, 'name'),
            ...details,
            bodyIds: [organisationId],
          })
        : []
    await recordLook(context, {
      operation: 'person.look',
      subjectKind: 'person',
      subjectIds: doubles.map(({ id }) => id),
    })
    return fail(409, { reason: outcome.reason, typed, doubles })
  },
}
