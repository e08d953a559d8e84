import { fail } from '@sveltejs/kit'
import {
  listAppPasswords,
  makeAppPassword,
  revokeAppPassword,
} from '#features/accounts/server/app-passwords.ts'
import { getOwnAccount, hasPassword, provePassword } from '#features/accounts/server/own-account.ts'
import { askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const { username } = await getOwnAccount(reader, scope.accountId)
  return {
    username,
    hasPassword: await hasPassword(locals.signIn, scope.accountId),
    address: `${url.origin}/feeds/events.ics`,
    appPasswords: await listAppPasswords(reader, scope.accountId),
  }
}

export const actions: Actions = {
  make: async (event) => {
    const { locals } = event
    const context = signedIn(locals)
    const form = await readForm(event.request)
    const name = String(form.get('name') ?? '')
    const password = String(form.get('password') ?? '')
    const proof = await provePassword(locals.signIn, askingOf(event), context.scope.accountId, password)
    if (!proof.ok) return fail(proof.reason === 'wait' ? 429 : 400, { problem: proof.reason, name })
    const outcome = await makeAppPassword(context, name)
    return outcome.ok ? { secret: outcome.secret } : fail(400, { problem: outcome.reason, name })
  },
  revoke: async ({ request, locals }) => {
    await revokeAppPassword(signedIn(locals), String((await readForm(request)).get('password') ?? ''))
    return { revoked: true }
  },
}
