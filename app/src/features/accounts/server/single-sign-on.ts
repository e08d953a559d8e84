import { passCookies } from './cookies.ts'
import { oidcProvider } from './library.ts'
import type { Asker } from './own-account.ts'
import { endSession } from './sessions.ts'
import { type Asking, finishSignIn, headersFor, type SignIn } from './sign-in.ts'

/**
 * The address of the office's own sign-in service that a person is sent to; undefined where it does not answer. With
 * `again` the service is told to ask who they are, though they may be signed in there.
 */
export async function beginSingleSignOn(
  { library, singleSignOn }: SignIn,
  asking: Asking,
  { next, again }: { next: string; again: boolean },
): Promise<string | undefined> {
  if (!singleSignOn) return undefined
  const response = await library.api
    .signInSocial({
      body: {
        provider: oidcProvider,
        callbackURL: next,
        errorCallbackURL: '/sign-in',
        disableRedirect: true,
        ...(again ? { additionalParams: { prompt: 'login', max_age: '0' } } : {}),
      },
      headers: headersFor(asking),
      asResponse: true,
    })
    .catch(() => undefined)
  return await leadOn(response, asking)
}

/** The same to link the service to the account that is signed in. */
export async function beginLink(
  { library, singleSignOn }: SignIn,
  asking: Asking,
): Promise<string | undefined> {
  if (!singleSignOn) return undefined
  const response = await library.api
    .linkSocialAccount({
      body: {
        provider: oidcProvider,
        callbackURL: '/account?linked',
        errorCallbackURL: '/account',
        disableRedirect: true,
      },
      headers: headersFor(asking),
      asResponse: true,
    })
    .catch(() => undefined)
  return await leadOn(response, asking)
}

async function leadOn(response: Response | undefined, asking: Asking): Promise<string | undefined> {
  if (!response?.ok) return undefined
  passCookies(response.headers, asking.cookies)
  const said: unknown = await response.json()
  return typeof said === 'object' && said !== null && 'url' in said && typeof said.url === 'string'
    ? said.url
    : undefined
}

/**
 * The way back from the service: the library checks what it brings, and the person is signed in or told why not. A
 * session that this browser had before ends with the new one.
 */
export async function returnFromService(
  signIn: SignIn,
  asking: Asking,
  address: URL,
  former: Asker | undefined,
): Promise<string> {
  const request = new Request(address, { headers: headersFor(asking) })
  const response = await signIn.library.handler(request)
  passCookies(response.headers, asking.cookies)
  const target = new URL(response.headers.get('location') ?? '/sign-in?error=service', signIn.baseUrl)
  const session = await findMadeSession(signIn, response.headers)
  if (session !== undefined) {
    await finishSignIn(signIn, asking, session)
    if (former) await endSession(signIn, former.accountId, former.sessionId)
  }
  return target.origin === new URL(signIn.baseUrl).origin ? target.pathname + target.search : '/sign-in'
}

/** Whose session the library has just made, by the cookie that it set. */
async function findMadeSession({ library }: SignIn, set: Headers): Promise<string | undefined> {
  const cookie = set
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => /session_token=.+/.test(pair))
  if (cookie === undefined) return undefined
  const found = await library.api.getSession({ headers: new Headers({ cookie }) })
  return found?.user.id
}

export type ReturnProblem = 'unknown' | 'service'

/** Why somebody came back from the service without being signed in, by what the library puts in the address. */
export function problemOfReturn(query: URLSearchParams): ReturnProblem | null {
  const error = query.get('error')
  if (error === null) return null
  return /signup_disabled|not_linked|not linked|email|user|unable_to_link/.test(error) ? 'unknown' : 'service'
}

/** Whether an account is linked to the service. */
export async function isLinked({ pool }: SignIn, accountId: string): Promise<boolean> {
  const { rows } = await pool.query('select from credential where user_id = $1 and provider_id = $2', [
    accountId,
    oidcProvider,
  ])
  return rows.length > 0
}

/** Ends the link, and says whether there was one. */
export async function endLink({ pool }: SignIn, accountId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from credential where user_id = $1 and provider_id = $2', [
    accountId,
    oidcProvider,
  ])
  return (rowCount ?? 0) > 0
}
