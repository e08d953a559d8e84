import { error } from '@sveltejs/kit'
import { signInByPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf, readJson } from '../../../asking.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  const { response } = await readJson(event.request)
  const done = await signInByPasskey(event.locals.signIn, askingOf(event), response)
  if (!done) error(400, 'the passkey was not taken')
  return new Response(null, { status: 204 })
}
