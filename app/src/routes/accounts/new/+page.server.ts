import { error, fail, redirect } from '@sveltejs/kit'
import { suggestUsername } from '#features/accounts/rules.ts'
import { findPeopleWithout } from '#features/accounts/server/account-reads.ts'
import { createAccount } from '#features/accounts/server/administration.ts'
import { isId } from '#server/platform/ids.ts'
import { readForm } from '../../form-text.ts'
import { searchOf } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const mostFound = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const search = searchOf(url)
  const wanted = url.searchParams.get('person') ?? ''
  const personId = isId(wanted) ? wanted : null
  const found = await findPeopleWithout(reader, scope, { words: search, personId, today, limit: mostFound })
  const person = personId === null ? null : (found[0] ?? null)
  if (personId !== null && !person) error(404, 'no such person')
  return {
    search,
    found: personId === null ? found : [],
    person,
    suggested: person ? suggestUsername(person.fullName) : '',
    today,
  }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const text = (name: string): string => String(form.get(name) ?? '')
    const outcome = await createAccount(context, {
      personId: text('person'),
      username: text('username'),
      email: text('email'),
      organisationId: text('home'),
      right: {
        role: text('role'),
        organisationId: text('organisation'),
        fromOn: text('from'),
        toOn: text('to'),
      },
    })
    if (!outcome.ok)
      return fail(400, { problem: outcome.reason, username: text('username'), email: text('email') })
    redirect(303, `/accounts/${outcome.id}`)
  },
}
