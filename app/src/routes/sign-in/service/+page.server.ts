import { fail, redirect } from '@sveltejs/kit'
import { beginSingleSignOn } from '#features/accounts/server/single-sign-on.ts'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import { askingOf } from '../../asking.ts'
import { readForm } from '../../form-text.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  const { singleSignOn } = locals.signIn
  if (!singleSignOn) redirect(303, '/sign-in')
  return { label: singleSignOn.label }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event.request)
    const next = pageToOpen(form.get('next'))
    const address = await beginSingleSignOn(event.locals.signIn, askingOf(event), {
      next,
      again: form.get('again') === 'yes',
    })
    return address === undefined ? fail(503, { goTo: null }) : { goTo: address }
  },
}
