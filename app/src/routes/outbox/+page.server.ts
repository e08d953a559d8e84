import { settingsFromEnvironment } from '#env.ts'
import { listLetters, sendWaiting } from '#features/mail/server/outbox.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const pageSize = 50
const states = ['waiting', 'sent', 'failed', 'discarded'] as const

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const state = states.find((known) => known === url.searchParams.get('state')) ?? null
  const list = await readPage(listRequest(url, pageSize), ({ offset, limit }) =>
    listLetters(reader, scope, { state, offset, limit }),
  )
  return { ...list, state, pageSize, hasServer: settingsFromEnvironment().smtpUrl !== undefined }
}

export const actions: Actions = {
  send: async ({ locals }) => ({ queued: await sendWaiting(signedIn(locals), 'all') }),
}
