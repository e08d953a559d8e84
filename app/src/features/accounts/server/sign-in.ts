import { randomBytes } from 'node:crypto'
import type { Cookies } from '@sveltejs/kit'
import { getSessionCookie } from 'better-auth/cookies'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type pg from 'pg'
import { openPool } from '#server/database/connect.ts'
import { newId } from '#server/platform/ids.ts'
import { passCookies } from './cookies.ts'
import { findKnownDevice, rememberDevice } from './known-devices.ts'
import { addressHeader, cookiePrefix, type LibrarySettings, openLibrary, sharedHeader } from './library.ts'
import { takeAttempt } from './limits.ts'

export interface SignInSettings extends LibrarySettings {
  /** By the role that keeps passwords and sessions, and sees nothing else. */
  databaseUrl: string
}

/** Cookies that are remembered at most, the oldest forgotten first. */
const mostVouched = 20_000

/**
 * What signs people in: the authentication library and the connections of its role. Everything about passwords,
 * second steps, passkeys, invitations and app passwords goes by this; the program's own role cannot read those tables.
 */
export function openSignIn(settings: SignInSettings) {
  const pool = openPool(settings.databaseUrl, { most: 4, readOnly: false })
  const library = openLibrary(pool, settings)
  const { secret, baseUrl, singleSignOn } = settings
  const vouched = new Map<string, string>()
  return {
    library,
    pool,
    secret,
    baseUrl,
    singleSignOn,
    passkeysWork: takesPasskeys(baseUrl),
    /**
     * The token of the session that a request's cookies name, or undefined. The library checks a cookie's signature
     * the first time; a signature that was good once stays so. Whether the session still stands is for the caller to
     * ask of the database, each time.
     */
    async findToken(headers: Headers): Promise<string | undefined> {
      const cookie = getSessionCookie(headers, { cookiePrefix })
      if (!cookie) return undefined
      const known = vouched.get(cookie)
      if (known !== undefined) return known
      const found = await library.api.getSession({ headers })
      if (!found) return undefined
      for (const oldest of vouched.keys()) {
        if (vouched.size < mostVouched) break
        vouched.delete(oldest)
      }
      // The library may have gone by another of the cookies sent: then it vouched for that one.
      if (cookie.startsWith(`${found.session.token}.`)) vouched.set(cookie, found.session.token)
      return found.session.token
    },
    /** Seals what must be kept for a while and read by nobody but the product. */
    seal: (text: string): Promise<string> => symmetricEncrypt({ key: secret, data: text }),
    unseal: (sealed: string): Promise<string> => symmetricDecrypt({ key: secret, data: sealed }),
    close: () => pool.end(),
  }
}

/** Browsers bind passkeys to a name, over https (or on the machine itself): not to a number in a network. */
function takesPasskeys(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  return (
    hostname === 'localhost' || (protocol === 'https:' && /[a-z]/i.test(hostname) && !hostname.includes(':'))
  )
}

export type SignIn = ReturnType<typeof openSignIn>

/** The request that somebody signs in by. */
export interface Asking {
  headers: Headers
  cookies: Cookies
  /** The peer's, where it is known. */
  address: string | undefined
}

const sharedCookie = `${cookiePrefix}.shared`
const secondsPerYear = 31_536_000

/** Remembers, on the device, whether several people use it: chosen at sign-in, and for the steps that follow it. */
export function setSharedDevice(signIn: SignIn, cookies: Cookies, isShared: boolean): void {
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: signIn.baseUrl.startsWith('https:'),
  } as const
  if (isShared) cookies.set(sharedCookie, 'yes', { ...options, maxAge: secondsPerYear })
  else if (cookies.get(sharedCookie)) cookies.delete(sharedCookie, options)
}

export const isSharedDevice = (cookies: Cookies): boolean => cookies.get(sharedCookie) === 'yes'

/** The headers that the library goes by: the browser's, with what the product knows better. */
export function headersFor({ headers, cookies, address }: Asking): Headers {
  const handed = new Headers(headers)
  handed.delete(addressHeader)
  handed.delete(sharedHeader)
  if (address !== undefined) handed.set(addressHeader, address)
  if (isSharedDevice(cookies)) handed.set(sharedHeader, 'yes')
  return handed
}

export type SignInOutcome =
  | { ok: true; twoStep: boolean }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'wait'; seconds: number }

/** A name that no account has, so that trying it takes as long as trying one that somebody has. */
const nobody = (): string => `khong.ai.${randomBytes(8).toString('hex')}`

/** What the library asks about an account that there is, so that a name that nobody has costs as many questions. */
async function askForNobodysPassword(pool: pg.Pool): Promise<void> {
  await pool.query(
    `select from credential where user_id = $1 and provider_id = 'credential' and account_id = $1::text`,
    [newId()],
  )
}

/**
 * Signs in by user name or e-mail and password. All refusals take the same time and say the same, whether there is
 * such an account, whether it is off, and whether it has a password.
 */
export async function signInByPassword(
  signIn: SignIn,
  asking: Asking,
  { name, password }: { name: string; password: string },
): Promise<SignInOutcome> {
  const { pool, secret, library } = signIn
  const typed = name.toLowerCase().slice(0, 200)
  const { rows } = await pool.query<{ id: string; username: string }>(
    `select account.id, account.username from account
     join credential on credential.user_id = account.id and credential.provider_id = 'credential'
     where account.off_at is null and account.username is not null and credential.password is not null
       and (account.username = $1 or (account.email_verified and account.email = $1))
     order by account.username = $1 desc limit 1`,
    [typed],
  )
  const [account] = rows
  const knownDevice = account && (await findKnownDevice(signIn, asking.cookies, account.id))
  const attempt = await takeAttempt(pool, secret, {
    subject: account?.id ?? typed,
    address: asking.address,
    knownDevice,
  })
  if (!attempt.ok) return { ok: false, reason: 'wait', seconds: attempt.seconds }
  const response = await library.api
    .signInUsername({
      body: {
        username: account?.username ?? nobody(),
        password,
        rememberMe: !isSharedDevice(asking.cookies),
      },
      headers: headersFor(asking),
      asResponse: true,
    })
    .catch(() => undefined)
  if (!account) await askForNobodysPassword(pool)
  if (!account || !response?.ok) return { ok: false, reason: 'wrong' }
  await attempt.succeeded()
  passCookies(response.headers, asking.cookies)
  const said: unknown = await response.json()
  const twoStep = typeof said === 'object' && said !== null && 'twoFactorRedirect' in said
  if (!twoStep) await finishSignIn(signIn, asking, account.id)
  return { ok: true, twoStep }
}

/** What every way of signing in ends with: the device is known from now on. */
export async function finishSignIn(signIn: SignIn, asking: Asking, accountId: string): Promise<void> {
  await signIn.pool.query('update account set last_signed_in_at = now() where id = $1', [accountId])
  await rememberDevice(signIn, asking.cookies, accountId)
}

/** The id of the account in what the library answers to a sign-in. */
export async function accountIn(response: Response): Promise<string | undefined> {
  const said: unknown = await response.json()
  if (typeof said !== 'object' || said === null || !('user' in said)) return undefined
  const { user } = said
  return typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string'
    ? user.id
    : undefined
}

/** Ends the session of a request's cookies. */
export async function signOut({ library }: SignIn, asking: Asking): Promise<void> {
  const response = await library.api.signOut({ headers: headersFor(asking), asResponse: true })
  passCookies(response.headers, asking.cookies)
}
