import { type ActionFailure, fail, type RequestEvent } from '@sveltejs/kit'
import { qrPicture } from '#features/accounts/qr.ts'
import {
  getOwnAccount,
  hasPassword,
  recordOwn,
  takeOwnAttempt,
} from '#features/accounts/server/own-account.ts'
import {
  beginTwoStep,
  confirmTwoStep,
  endTwoStep,
  renewRecoveryCodes,
} from '#features/accounts/server/two-step.ts'
import { askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope } = signedIn(locals)
  const { hasTwoStep } = await getOwnAccount(reader, scope.accountId)
  const knowsPassword = await hasPassword(locals.signIn, scope.accountId)
  return {
    hasTwoStep,
    hasPassword: knowsPassword,
    owed: locals.owesTwoStep,
    takesPasskeys: locals.signIn.passkeysWork,
  }
}

/** What is done with one's own password, typed once more; guessing it is slowed. */
async function withPassword<Done>(
  event: RequestEvent,
  work: (password: string) => Promise<Done | undefined>,
): Promise<{ done: Done } | { refused: ActionFailure<{ problem: 'password' | 'wait'; seconds: number }> }> {
  const { scope } = signedIn(event.locals)
  const password = String((await readForm(event.request)).get('password') ?? '')
  const attempt = await takeOwnAttempt(event.locals.signIn, askingOf(event), scope.accountId)
  if (!attempt.ok) return { refused: fail(429, { problem: 'wait', seconds: attempt.seconds }) }
  const done = await work(password)
  if (done === undefined) return { refused: fail(400, { problem: 'password', seconds: 0 }) }
  await attempt.succeeded()
  return { done }
}

export const actions: Actions = {
  begin: async (event) => {
    const outcome = await withPassword(event, (password) =>
      beginTwoStep(event.locals.signIn, askingOf(event), password),
    )
    if ('refused' in outcome) return outcome.refused
    await recordOwn(signedIn(event.locals), 'account.begin-two-step')
    const begun = outcome.done
    return { begun: { picture: qrPicture(begun.uri), secret: begun.secret }, codes: begun.recoveryCodes }
  },
  confirm: async (event) => {
    const context = signedIn(event.locals)
    const code = String((await readForm(event.request)).get('code') ?? '')
    if (!(await confirmTwoStep(event.locals.signIn, askingOf(event), code)))
      return fail(400, { problem: 'code' as const })
    await recordOwn(context, 'account.turn-on-two-step')
    return { done: 'on' as const }
  },
  renew: async (event) => {
    const outcome = await withPassword(event, (password) =>
      renewRecoveryCodes(event.locals.signIn, askingOf(event), password),
    )
    if ('refused' in outcome) return outcome.refused
    await recordOwn(signedIn(event.locals), 'account.renew-recovery-codes')
    return { codes: outcome.done }
  },
  end: async (event) => {
    const outcome = await withPassword(
      event,
      async (password) => (await endTwoStep(event.locals.signIn, askingOf(event), password)) || undefined,
    )
    if ('refused' in outcome) return outcome.refused
    await recordOwn(signedIn(event.locals), 'account.turn-off-two-step')
    return { done: 'off' as const }
  },
}
