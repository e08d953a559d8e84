import { fail, redirect } from '@sveltejs/kit'
import { awaitsCode, signInByCode } from '#features/accounts/server/two-step.ts'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import { askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => {
  const next = pageToOpen(event.url.searchParams.get('next'))
  if (event.locals.context) redirect(303, next)
  if (!awaitsCode(askingOf(event))) redirect(303, '/sign-in')
  return { next, recovery: event.url.searchParams.has('recovery') }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event.request)
    const code = String(form.get('code') ?? '').trim()
    const kind = form.get('kind') === 'recovery-code' ? ('recovery-code' as const) : ('totp' as const)
    if (!code) return fail(400, { problem: 'wrong' as const })
    const outcome = await signInByCode(event.locals.signIn, askingOf(event), { code, kind })
    if (!outcome.ok) return fail(400, { problem: outcome.reason })
    redirect(303, pageToOpen(form.get('next')))
  },
}
