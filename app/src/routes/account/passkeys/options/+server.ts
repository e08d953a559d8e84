import { askForPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  signedIn(event.locals)
  return await askForPasskey(event.locals.signIn, askingOf(event), 'add')
}
