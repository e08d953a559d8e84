import { redirect } from '@sveltejs/kit'
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ request, locals, cookies }) => {
  const headers = await locals.signIn.signOut(request.headers)
  for (const line of headers.getSetCookie())
    for (const [name, cookie] of parseSetCookieHeader(line))
      cookies.set(name, cookie.value, { ...toCookieOptions(cookie), path: '/' })
  redirect(303, '/sign-in')
}
