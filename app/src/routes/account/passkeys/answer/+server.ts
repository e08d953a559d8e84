import { error } from '@sveltejs/kit'
import { addPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf, readJson } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  signedIn(event.locals)
  const { response, name } = await readJson(event.request)
  const done = await addPasskey(event.locals.signIn, askingOf(event), { response, name: String(name ?? '') })
  if (!done) error(400, 'the passkey was not taken')
  return new Response(null, { status: 204 })
}
