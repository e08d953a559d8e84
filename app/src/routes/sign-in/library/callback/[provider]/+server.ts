import { redirect } from '@sveltejs/kit'
import { returnFromService } from '#features/accounts/server/single-sign-on.ts'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import { askingOf } from '../../../../asking.ts'
import type { RequestHandler } from './$types'

/**
 * The way back from the office's own sign-in service, which comes as a link: the one address that starts a session
 * without a form. It takes only what this browser asked for a moment ago.
 */
export const GET: RequestHandler = async (event) => {
  const { signIn } = event.locals
  if (!signIn.singleSignOn) redirect(303, '/sign-in')
  const address = new URL(event.url.pathname + event.url.search, signIn.baseUrl)
  const { context, session } = event.locals
  const former = context && session && { accountId: context.scope.accountId, sessionId: session.id }
  redirect(303, pageToOpen(await returnFromService(signIn, askingOf(event), address, former)))
}
