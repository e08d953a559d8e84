import { error, fail, redirect } from '@sveltejs/kit'
import { getAccount, getAccountFacts } from '#features/accounts/server/account-reads.ts'
import { giveGuestRight } from '#features/accounts/server/guest-rights.ts'
import { findThings } from '#features/guests/server/reads.ts'
import { accounts } from '#server/access/accounts.ts'
import { requireMay } from '#server/access/require.ts'
import { isId } from '#server/platform/ids.ts'
import { readForm } from '../../../form-text.ts'
import { searchOf } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const mostFound = 20

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today } = signedIn(locals)
  if (!isId(params.id)) error(404, 'no such account')
  requireMay(accounts.giveRights(scope, await getAccountFacts(reader, scope, params.id, today)))
  const { id, name } = await getAccount(reader, scope, params.id, today)
  const search = searchOf(url)
  return {
    account: { id, name },
    search,
    today,
    hasOffice: scope.offices.length > 0,
    things: await findThings(reader, scope, { words: search, id: null, limit: mostFound }),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    if (!isId(params.id)) error(404, 'no such account')
    const form = await readForm(request)
    const text = (name: string): string => String(form.get(name) ?? '')
    const outcome = await giveGuestRight(signedIn(locals), params.id, {
      thingId: text('thing'),
      fromOn: text('from'),
      toOn: text('to'),
    })
    if (!outcome.ok) return fail(400, { problem: outcome.reason, from: text('from'), to: text('to') })
    redirect(303, `/accounts/${params.id}#rights`)
  },
}
