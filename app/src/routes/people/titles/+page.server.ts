import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { audienceWords } from '#features/audiences/words.ts'
import { organisationKindSchema, organisationKinds } from '#features/organisations/schema.ts'
import { addTitle, endTitle } from '#features/people/server/operations/titles.ts'
import { findOrganisationName, listTitles } from '#features/people/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope, language } = signedIn(locals)
  const [officeId] = scope.personnel
  if (!officeId) throw new NotFound('person')
  const titles = await listTitles(reader, { organisationId: officeId })
  const kindWords = audienceWords[language].kind
  return {
    commandId: newId(),
    office: await findOrganisationName(reader, scope, officeId),
    titles: titles.map(({ id, name, english, officeId: ownerId, kinds, seats }) => ({
      id,
      name,
      english,
      seats,
      isCommon: ownerId === null,
      mayEnd: ownerId !== null && scope.personnel.includes(ownerId),
      commandId: newId(),
      kinds: kinds
        .map((kind) => organisationKindSchema.safeParse(kind).data)
        .flatMap((kind) => (kind ? kindWords[kind] : [])),
    })),
    kinds: organisationKinds.map((kind) => ({ kind, name: kindWords[kind] })),
  }
}

export const actions: Actions = {
  add: async ({ request, locals }) => {
    const context = signedIn(locals)
    const [officeId] = context.scope.personnel
    if (!officeId) throw new NotFound('person')
    const form = await readForm(request)
    const kinds = z.array(organisationKindSchema).safeParse(form.getAll('kind'))
    const outcome = await addTitle(context, {
      commandId: commandOf(form),
      officeId,
      name: textOf(form, 'name'),
      kinds: kinds.data ?? [],
      isSingle: form.get('single') === 'on',
    })
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, '/people/titles')
  },
  end: async ({ request, locals }) => {
    const form = await readForm(request)
    const outcome = await endTitle(signedIn(locals), {
      commandId: commandOf(form),
      titleId: textOf(form, 'title'),
    })
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, '/people/titles')
  },
}
