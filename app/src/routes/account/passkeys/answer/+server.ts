import { error } from '@sveltejs/kit'
import { provePassword, tellOwner } from '#features/accounts/server/own-account.ts'
import { addPasskey } from '#features/accounts/server/passkeys.ts'
import { askingOf, readJson } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  const context = signedIn(event.locals)
  const { signIn } = event.locals
  const { response, name, password } = await readJson(event.request)
  const asking = askingOf(event)
  // Asked here too: what is asked of a device at the sign-in page could be answered here.
  const proof = await provePassword(signIn, asking, context.scope.accountId, String(password ?? ''))
  if (!proof.ok) error(proof.reason === 'wait' ? 429 : 401, proof.reason)
  const done = await addPasskey(signIn, asking, { response, name: String(name ?? '') })
  if (!done) error(400, 'the passkey was not taken')
  await context.inTransaction((tx) => tellOwner(tx, context, 'passkey-added'))
  return new Response(null, { status: 204 })
}
