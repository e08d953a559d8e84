import { fail } from '@sveltejs/kit'
import { qrPicture } from '#features/accounts/qr.ts'
import { getOwnAccount, recordOwn } from '#features/accounts/server/own-account.ts'
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
  return { hasTwoStep, owed: locals.owesTwoStep, takesPasskeys: locals.signIn.passkeysWork }
}

const wrongPassword = () => fail(400, { problem: 'password' as const })

export const actions: Actions = {
  begin: async (event) => {
    const context = signedIn(event.locals)
    const password = String((await readForm(event.request)).get('password') ?? '')
    const begun = await beginTwoStep(event.locals.signIn, askingOf(event), password)
    if (!begun) return wrongPassword()
    await recordOwn(context, 'account.begin-two-step')
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
    const context = signedIn(event.locals)
    const password = String((await readForm(event.request)).get('password') ?? '')
    const codes = await renewRecoveryCodes(event.locals.signIn, askingOf(event), password)
    if (!codes) return wrongPassword()
    await recordOwn(context, 'account.renew-recovery-codes')
    return { codes }
  },
  end: async (event) => {
    const context = signedIn(event.locals)
    const password = String((await readForm(event.request)).get('password') ?? '')
    if (!(await endTwoStep(event.locals.signIn, askingOf(event), password))) return wrongPassword()
    await recordOwn(context, 'account.turn-off-two-step')
    return { done: 'off' as const }
  },
}
