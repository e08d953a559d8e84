import { fail } from '@sveltejs/kit'
import { requestPassword } from '#features/accounts/server/password-requests.ts'
import { askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  default: async (event) => {
    const asked = String((await readForm(event.request)).get('username') ?? '').trim()
    if (!asked) return fail(400, { sent: false })
    await requestPassword(event.locals.signIn, askingOf(event), asked)
    return { sent: true }
  },
}
