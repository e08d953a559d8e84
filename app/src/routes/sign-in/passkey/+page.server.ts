import { redirect } from '@sveltejs/kit'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import type { PageServerLoad } from './$types'

/** Only a script can ask a device for a passkey. */
export const csr = true

export const load: PageServerLoad = ({ locals, url }) => {
  const next = pageToOpen(url.searchParams.get('next'))
  if (locals.context) redirect(303, next)
  if (!locals.signIn.passkeysWork) redirect(303, '/sign-in')
  return { next }
}
