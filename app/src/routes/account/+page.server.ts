import { fail } from '@sveltejs/kit'
import { listAppPasswords } from '#features/accounts/server/app-passwords.ts'
import {
  changePassword,
  getOwnAccount,
  hasPassword,
  recordOwn,
} from '#features/accounts/server/own-account.ts'
import { listPasskeys } from '#features/accounts/server/passkeys.ts'
import { endOtherSessions, endSession, listSessions } from '#features/accounts/server/sessions.ts'
import { beginLink, endLink, isLinked } from '#features/accounts/server/single-sign-on.ts'
import { isId } from '#server/platform/ids.ts'
import { askingOf } from '../asking.ts'
import { readForm } from '../form-text.ts'
import { signedIn } from '../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const { accountId } = scope
  const { signIn, session } = locals
  const { singleSignOn } = signIn
  return {
    account: await getOwnAccount(reader, accountId),
    hasPassword: await hasPassword(signIn, accountId),
    passkeys: (await listPasskeys(reader, accountId)).length,
    takesPasskeys: signIn.passkeysWork,
    appPasswords: (await listAppPasswords(reader, accountId)).length,
    sessions: await listSessions(signIn, accountId),
    here: session?.id ?? null,
    service: singleSignOn ? { label: singleSignOn.label, isLinked: await isLinked(signIn, accountId) } : null,
    linkFailed: url.searchParams.has('error'),
  }
}

export const actions: Actions = {
  password: async (event) => {
    const form = await readForm(event.request)
    const current = String(form.get('current') ?? '')
    const wanted = String(form.get('password') ?? '')
    if (wanted !== String(form.get('again') ?? ''))
      return fail(400, { problem: 'different' as const, seconds: 0 })
    const { signIn } = event.locals
    const outcome = await changePassword(signedIn(event.locals), signIn, askingOf(event), { current, wanted })
    if (outcome.ok) return { done: 'password' as const }
    return fail(400, { problem: outcome.reason, seconds: outcome.reason === 'wait' ? outcome.seconds : 0 })
  },
  endSession: async ({ request, locals }) => {
    const context = signedIn(locals)
    const id = String((await readForm(request)).get('session') ?? '')
    if (isId(id) && (await endSession(locals.signIn, context.scope.accountId, id)))
      await recordOwn(context, 'account.end-session')
    return { done: 'session' as const }
  },
  endOthers: async ({ locals }) => {
    const context = signedIn(locals)
    await endOtherSessions(locals.signIn, context.scope.accountId, locals.session?.id)
    await recordOwn(context, 'account.end-other-sessions')
    return { done: 'others' as const }
  },
  link: async (event) => {
    signedIn(event.locals)
    const address = await beginLink(event.locals.signIn, askingOf(event))
    return address === undefined
      ? fail(409, { problem: 'service' as const, seconds: 0 })
      : { done: 'link' as const, goTo: address }
  },
  unlink: async ({ locals }) => {
    const context = signedIn(locals)
    const { accountId } = context.scope
    const others = (await listPasskeys(context.reader, accountId)).length
    // A link that is the only way in would leave its owner outside.
    if (others === 0 && !(await hasPassword(locals.signIn, accountId)))
      return fail(409, { problem: 'lastWay' as const, seconds: 0 })
    if (await endLink(locals.signIn, accountId)) await recordOwn(context, 'account.unlink-service')
    return { done: 'unlink' as const }
  },
}
