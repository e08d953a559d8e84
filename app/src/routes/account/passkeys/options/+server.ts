import { error } from '@sveltejs/kit'
import { proveOwner } from '#features/accounts/server/own-account.ts'
import { askForPasskey } from '#features/accounts/server/passkeys.ts'
import { askerOf, askingOf, readJson, refuseUnproved } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  signedIn(event.locals)
  // Whoever else uses the device could sign in by it.
  if (event.locals.session?.isShared) error(403, 'a passkey of a shared device would be everybody’s')
  const { password } = await readJson(event.request)
  const asking = askingOf(event)
  const proof = await proveOwner(event.locals.signIn, asking, askerOf(event.locals), String(password ?? ''))
  if (!proof.ok) refuseUnproved(proof)
  return await askForPasskey(event.locals.signIn, asking, 'add')
}
