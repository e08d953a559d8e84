import { redirect } from '@sveltejs/kit'
import { readCode } from '#features/accounts/server/codes.ts'
import { readForm } from '../form-text.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  default: async ({ request }) => {
    const code = readCode(String((await readForm(request)).get('code') ?? '')).slice(0, 100)
    redirect(303, code ? `/invitations/${encodeURIComponent(code)}` : '/invitations')
  },
}
