import { error, redirect } from '@sveltejs/kit'
import { discardLetter, getLetter, sendWaiting } from '#features/mail/server/outbox.ts'
import { writeLetter } from '#features/mail/write-letter.ts'
import { isId } from '#server/platform/ids.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { reader, scope, today } = signedIn(locals)
  if (!isId(params.id)) error(404, 'no such letter')
  const letter = await getLetter(reader, scope, params.id, today)
  const { signIn } = locals
  const address = letter.sealed ? `${signIn.baseUrl}/invitations/${await signIn.unseal(letter.sealed)}` : null
  return {
    letter: {
      id: letter.id,
      to: letter.to,
      state: letter.state,
      kind: letter.kind,
      isLinkHidden: letter.isLinkHidden,
    },
    written: writeLetter(letter, address),
  }
}

function idOf(params: { id: string }): string {
  if (!isId(params.id)) error(404, 'no such letter')
  return params.id
}

export const actions: Actions = {
  send: async ({ locals, params }) => {
    const context = signedIn(locals)
    await getLetter(context.reader, context.scope, idOf(params), context.today)
    await sendWaiting(context, idOf(params))
    redirect(303, '/outbox')
  },
  discard: async ({ locals, params }) => {
    await discardLetter(signedIn(locals), idOf(params))
    redirect(303, '/outbox')
  },
}
