import type { Cookies } from '@sveltejs/kit'
import { parseSetCookieHeader } from 'better-auth/cookies'

/** Hands the cookies of the authentication library on to the browser, as they were meant. */
export function passCookies(headers: Headers, cookies: Cookies): void {
  for (const line of headers.getSetCookie())
    for (const [name, cookie] of parseSetCookieHeader(line)) {
      const sameSite = cookie.samesite
      cookies.set(name, cookie.value, {
        path: '/',
        httpOnly: cookie.httponly ?? true,
        secure: cookie.secure ?? false,
        sameSite: sameSite === 'strict' || sameSite === 'none' ? sameSite : 'lax',
        ...(cookie['max-age'] === undefined ? {} : { maxAge: cookie['max-age'] }),
      })
    }
}
