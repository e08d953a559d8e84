import { error } from '@sveltejs/kit'
import { provePassword } from '#features/accounts/server/own-account.ts'
import { askForPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf, readJson } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  const { scope } = signedIn(event.locals)
  // Whoever else uses the device could sign in by it.
  if (event.locals.session?.isShared) error(403, 'a passkey of a shared device would be everybody’s')
  const { password } = await readJson(event.request)
  const asking = askingOf(event)
  const proof = await provePassword(event.locals.signIn, asking, scope.accountId, String(password ?? ''))
  if (!proof.ok) error(proof.reason === 'wait' ? 429 : 401, proof.reason)
  return await askForPasskey(event.locals.signIn, asking, 'add')
}
