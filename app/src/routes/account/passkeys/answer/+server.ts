import { error } from '@sveltejs/kit'
import { proveOwner, tellOwner } from '#features/accounts/server/own-account.ts'
import { addPasskey } from '#features/accounts/server/passkeys.ts'
import { askerOf, askingOf, readJson, refuseUnproved } from '../../../asking.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  const context = signedIn(event.locals)
  const { signIn } = event.locals
  const { response, name, password } = await readJson(event.request)
  const asking = askingOf(event)
  // Asked here too: what is asked of a device at the sign-in page could be answered here.
  const proof = await proveOwner(signIn, asking, askerOf(event.locals), String(password ?? ''))
  if (!proof.ok) refuseUnproved(proof)
  const done = await addPasskey(signIn, asking, { response, name: String(name ?? '') })
  if (!done) error(400, 'the passkey was not taken')
  await context.inTransaction((tx) => tellOwner(tx, context, 'passkey-added'))
  return new Response(null, { status: 204 })
}
