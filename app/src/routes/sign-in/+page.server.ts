import { fail, redirect } from '@sveltejs/kit'
import { passCookies } from '#features/accounts/server/cookies.ts'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import { readForm } from '../form-text.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => {
  const next = pageToOpen(url.searchParams.get('next'))
  if (locals.context) redirect(303, next)
  return { next }
}

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const form = await readForm(request)
    const username = String(form.get('username') ?? '').trim()
    const password = String(form.get('password') ?? '')
    if (!username || !password) return fail(400, { username, problem: 'missing' as const })
    const headers = await locals.signIn.signIn(username, password, request.headers)
    if (!headers) return fail(400, { username, problem: 'wrong' as const })
    passCookies(headers, cookies)
    redirect(303, pageToOpen(form.get('next')))
  },
}
