import { fail, redirect } from '@sveltejs/kit'
import { useInvitationByService } from '#features/accounts/server/invitations.ts'
import { askingOf } from '../../../asking.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, params }) => {
  const { singleSignOn } = locals.signIn
  if (!singleSignOn) redirect(303, `/invitations/${params.code}`)
  return { label: singleSignOn.label }
}

export const actions: Actions = {
  default: async (event) => {
    const outcome = await useInvitationByService(event.locals.signIn, askingOf(event), event.params.code)
    return outcome.ok ? { goTo: outcome.address } : fail(400, { goTo: null, problem: outcome.reason })
  },
}
