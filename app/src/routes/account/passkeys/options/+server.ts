import { error } from '@sveltejs/kit'
import { askForPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  signedIn(event.locals)
  // Whoever else uses the device could sign in by it.
  if (event.locals.session?.isShared) error(403, 'a passkey of a shared device would be everybody’s')
  return await askForPasskey(event.locals.signIn, askingOf(event), 'add')
}
