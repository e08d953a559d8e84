import { askForPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf } from '../../../asking.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) =>
  await askForPasskey(event.locals.signIn, askingOf(event), 'sign-in')
