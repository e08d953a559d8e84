import { fail, redirect } from '@sveltejs/kit'
import { findInvitation, useInvitation } from '#features/accounts/server/invitations.ts'
import { askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await findInvitation(locals.signIn, params.code)
  const { singleSignOn } = locals.signIn
  return {
    invited: found ? { name: found.name, username: found.username, purpose: found.purpose } : null,
    service: singleSignOn && found?.purpose === 'invite' ? singleSignOn.label : null,
    code: params.code,
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event.request)
    const password = String(form.get('password') ?? '')
    if (password !== String(form.get('again') ?? '')) return fail(400, { problem: 'different' as const })
    const { code } = event.params
    const outcome = await useInvitation(event.locals.signIn, askingOf(event), { code, password })
    if (!outcome.ok) return fail(400, { problem: outcome.reason })
    redirect(303, outcome.signedIn ? '/' : '/sign-in')
  },
}
