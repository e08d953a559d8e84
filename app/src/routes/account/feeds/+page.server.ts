import { fail } from '@sveltejs/kit'
import {
  listAppPasswords,
  makeAppPassword,
  revokeAppPassword,
} from '#features/accounts/server/app-passwords.ts'
import { findWantedProof, getOwnAccount, proveOwner } from '#features/accounts/server/own-account.ts'
import { askerOf, askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const { username } = await getOwnAccount(reader, scope.accountId)
  return {
    username,
    wanted: await findWantedProof(locals.signIn, askerOf(locals)),
    service: locals.signIn.singleSignOn?.label ?? null,
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
    const proof = await proveOwner(locals.signIn, askingOf(event), askerOf(locals), password)
    if (!proof.ok)
      return fail({ password: 400, stale: 409, wait: 429 }[proof.reason], { problem: proof.reason, name })
    const outcome = await makeAppPassword(context, name)
    return outcome.ok ? { secret: outcome.secret } : fail(400, { problem: outcome.reason, name })
  },
  revoke: async ({ request, locals }) => {
    await revokeAppPassword(signedIn(locals), String((await readForm(request)).get('password') ?? ''))
    return { revoked: true }
  },
}
