import { fail, redirect } from '@sveltejs/kit'
import { isSharedDevice, setSharedDevice, signInByPassword } from '#features/accounts/server/sign-in.ts'
import { problemOfReturn } from '#features/accounts/server/single-sign-on.ts'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import { askingOf } from '../asking.ts'
import { readForm } from '../form-text.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url, cookies }) => {
  const next = pageToOpen(url.searchParams.get('next'))
  if (locals.context) redirect(303, next)
  return {
    next,
    isShared: isSharedDevice(cookies),
    passkeys: locals.signIn.passkeysWork,
    singleSignOn: locals.signIn.singleSignOn?.label ?? null,
    returned: problemOfReturn(url.searchParams),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event.request)
    const username = String(form.get('username') ?? '').trim()
    const password = String(form.get('password') ?? '')
    const next = pageToOpen(form.get('next'))
    if (!username || !password) return fail(400, { username, problem: 'missing' as const, seconds: 0 })
    const { signIn } = event.locals
    setSharedDevice(signIn, event.cookies, form.get('shared') === 'yes')
    const outcome = await signInByPassword(signIn, askingOf(event), { name: username, password })
    if (!outcome.ok) {
      const seconds = outcome.reason === 'wait' ? outcome.seconds : 0
      return fail(outcome.reason === 'wait' ? 429 : 400, { username, problem: outcome.reason, seconds })
    }
    redirect(303, outcome.twoStep ? `/sign-in/code?next=${encodeURIComponent(next)}` : next)
  },
}
