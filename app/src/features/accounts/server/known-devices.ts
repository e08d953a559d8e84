import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Cookies } from '@sveltejs/kit'
import { cookiePrefix } from './library.ts'
import type { SignIn } from './sign-in.ts'

const deviceCookie = `${cookiePrefix}.device`
const secondsPerYear = 31_536_000

const hashOf = (device: string): string => createHash('sha256').update(device).digest('base64url')

/** The device that a signed cookie names; one that was not given out here is none. */
function readDevice({ secret }: SignIn, cookies: Cookies): string | undefined {
  const [device, signature] = (cookies.get(deviceCookie) ?? '').split('.')
  if (!device || !signature) return undefined
  const wanted = createHmac('sha256', secret).update(`device ${device}`).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? device : undefined
}

/** The device of a request, where the account was signed in to on it before. */
export async function findKnownDevice(
  signIn: SignIn,
  cookies: Cookies,
  accountId: string,
): Promise<string | undefined> {
  const device = readDevice(signIn, cookies)
  if (device === undefined) return undefined
  const { rows } = await signIn.pool.query(
    'select from known_device where device_hash = $1 and account_id = $2',
    [hashOf(device), accountId],
  )
  return rows.length > 0 ? device : undefined
}

/** From now on the device is known for the account. */
export async function rememberDevice(signIn: SignIn, cookies: Cookies, accountId: string): Promise<void> {
  const device = readDevice(signIn, cookies) ?? randomBytes(18).toString('base64url')
  const signature = createHmac('sha256', signIn.secret).update(`device ${device}`).digest('base64url')
  cookies.set(deviceCookie, `${device}.${signature}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: signIn.baseUrl.startsWith('https:'),
    maxAge: secondsPerYear,
  })
  await signIn.pool.query(
    `insert into known_device (device_hash, account_id) values ($1, $2)
     on conflict (device_hash, account_id) do update set seen_at = now()`,
    [hashOf(device), accountId],
  )
}
