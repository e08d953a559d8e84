import { redirect } from '@sveltejs/kit'
import { passCookies } from '#features/accounts/server/cookies.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ request, locals, cookies }) => {
  const headers = await locals.signIn.signOut(request.headers)
  passCookies(headers, cookies)
  redirect(303, '/sign-in')
}
