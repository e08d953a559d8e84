import { fail } from '@sveltejs/kit'
import {
  listAppPasswords,
  makeAppPassword,
  revokeAppPassword,
} from '#features/accounts/server/app-passwords.ts'
import { getOwnAccount } from '#features/accounts/server/own-account.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const { username } = await getOwnAccount(reader, scope.accountId)
  return {
    username,
    address: `${url.origin}/feeds/events.ics`,
    appPasswords: await listAppPasswords(reader, scope.accountId),
  }
}

export const actions: Actions = {
  make: async ({ request, locals }) => {
    const name = String((await readForm(request)).get('name') ?? '')
    const outcome = await makeAppPassword(signedIn(locals), name)
    return outcome.ok ? { secret: outcome.secret } : fail(400, { problem: outcome.reason })
  },
  revoke: async ({ request, locals }) => {
    await revokeAppPassword(signedIn(locals), String((await readForm(request)).get('password') ?? ''))
    return { revoked: true }
  },
}
