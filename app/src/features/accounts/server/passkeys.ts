import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import type { Reader } from '#server/database/handles.ts'
import { passCookies } from './cookies.ts'
import { type Asking, accountIn, finishSignIn, headersFor, type SignIn } from './sign-in.ts'

export interface PasskeyLine {
  id: string
  name: string
  madeAt: Date | null
  /** Kept by a service that copies it between the owner's devices. */
  isSynced: boolean
}

/** One's own passkeys, the newest first. */
export async function listPasskeys(reader: Reader, accountId: string): Promise<PasskeyLine[]> {
  const rows = await reader
    .selectFrom('passkey')
    .select(['id', 'name', 'created_at as madeAt', 'backed_up as isSynced'])
    .where('user_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, name: row.name ?? '' }))
}

/** What the browser is asked for: to make a passkey, or to show one. JSON of the standard, with its cookies set. */
export async function askForPasskey(
  { library }: SignIn,
  asking: Asking,
  purpose: 'add' | 'sign-in',
): Promise<Response> {
  const headers = headersFor(asking)
  const response =
    purpose === 'add'
      ? await library.api.generatePasskeyRegistrationOptions({ headers, query: {}, asResponse: true })
      : await library.api.generatePasskeyAuthenticationOptions({ headers, asResponse: true })
  passCookies(response.headers, asking.cookies)
  return new Response(await response.text(), {
    status: response.status,
    headers: { 'content-type': 'application/json' },
  })
}

/** Keeps the passkey that the browser has made for the account that is signed in. */
export async function addPasskey(
  { library }: SignIn,
  asking: Asking,
  made: { response: unknown; name: string },
): Promise<boolean> {
  const response = await library.api
    .verifyPasskeyRegistration({
      body: { response: made.response, name: made.name.slice(0, 80) },
      headers: headersFor(asking),
      asResponse: true,
    })
    .catch(() => undefined)
  if (!response?.ok) return false
  passCookies(response.headers, asking.cookies)
  return true
}

/** Signs in by the passkey that the browser has shown; the library looks at what that is. */
export async function signInByPasskey(signIn: SignIn, asking: Asking, shown: unknown): Promise<boolean> {
  const headers = headersFor(asking)
  const body = { response: shown as AuthenticationResponseJSON }
  const response = await signIn.library.api
    .verifyPasskeyAuthentication({ body, headers, asResponse: true })
    .catch(() => undefined)
  if (!response?.ok) return false
  passCookies(response.headers, asking.cookies)
  const accountId = await accountIn(response)
  if (accountId !== undefined) await finishSignIn(signIn, asking, accountId)
  return true
}

/** Another's passkey is not there. */
export async function renamePasskey(
  { pool }: SignIn,
  accountId: string,
  passkey: { id: string; name: string },
): Promise<void> {
  await pool.query('update passkey set name = $3 where user_id = $1 and id = $2', [
    accountId,
    passkey.id,
    passkey.name.slice(0, 80),
  ])
}

/** Removes a passkey, and says whether there was one; another's is not there. */
export async function removePasskey(
  { pool }: SignIn,
  accountId: string,
  passkeyId: string,
): Promise<boolean> {
  const { rowCount } = await pool.query('delete from passkey where user_id = $1 and id = $2', [
    accountId,
    passkeyId,
  ])
  return rowCount === 1
}
