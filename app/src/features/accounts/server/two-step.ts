import { readRecoveryCode } from './codes.ts'
import { passCookies } from './cookies.ts'
import { type Asking, accountIn, finishSignIn, headersFor, type SignIn } from './sign-in.ts'

export type CodeOutcome = { ok: true } | { ok: false; reason: 'wrong' | 'over' | 'locked' }

/** What the library's refusal of a code means: try again, sign in again, or wait. */
async function reasonOf(response: Response | undefined): Promise<'wrong' | 'over' | 'locked'> {
  const said: unknown = response ? await response.json().catch(() => undefined) : undefined
  const code = typeof said === 'object' && said !== null && 'code' in said ? String(said.code) : ''
  if (code === 'ACCOUNT_TEMPORARILY_LOCKED') return 'locked'
  return code === 'INVALID_TWO_FACTOR_COOKIE' || code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'
    ? 'over'
    : 'wrong'
}

/** Whether a request is between its password and its second step. */
export function awaitsCode({ cookies }: Asking): boolean {
  return cookies.getAll().some(({ name }) => name.endsWith('trienkhai.two_factor'))
}

/** The second step of signing in: the figures that the app shows, or one of the recovery codes. */
export async function signInByCode(
  signIn: SignIn,
  asking: Asking,
  { code, kind }: { code: string; kind: 'totp' | 'recovery-code' },
): Promise<CodeOutcome> {
  const headers = headersFor(asking)
  const { api } = signIn.library
  const response = await (kind === 'totp'
    ? api.verifyTOTP({ body: { code: code.replace(/\s/g, '') }, headers, asResponse: true })
    : api.verifyBackupCode({ body: { code: readRecoveryCode(code) }, headers, asResponse: true })
  ).catch(() => undefined)
  if (!response?.ok) return { ok: false, reason: await reasonOf(response) }
  passCookies(response.headers, asking.cookies)
  const accountId = await accountIn(response)
  if (accountId !== undefined) await finishSignIn(signIn, asking, accountId)
  return { ok: true }
}

/** What an app is shown to begin with, and the codes for the day when it is lost. */
export interface TwoStepBegun {
  /** `otpauth://…`, for the QR. */
  uri: string
  /** The same secret for typing, in groups of four. */
  secret: string
  recoveryCodes: string[]
}

/** Begins a second step: nothing changes until a first code of the app is confirmed. Undefined for a wrong password. */
export async function beginTwoStep(
  { library }: SignIn,
  asking: Asking,
  password: string,
): Promise<TwoStepBegun | undefined> {
  const begun = await library.api
    .enableTwoFactor({ body: { password, method: 'totp' }, headers: headersFor(asking) })
    .catch(() => undefined)
  if (begun?.method !== 'totp') return undefined
  const secret = new URL(begun.totpURI).searchParams.get('secret') ?? ''
  return {
    uri: begun.totpURI,
    secret: secret.replace(/=+$/, '').replace(/(.{4})(?=.)/g, '$1 '),
    recoveryCodes: begun.backupCodes,
  }
}

/** Confirms the app by a first code of it. The session is a new one afterwards. */
export async function confirmTwoStep({ library }: SignIn, asking: Asking, code: string): Promise<boolean> {
  const response = await library.api
    .verifyTOTP({ body: { code: code.replace(/\s/g, '') }, headers: headersFor(asking), asResponse: true })
    .catch(() => undefined)
  if (!response?.ok) return false
  passCookies(response.headers, asking.cookies)
  return true
}

/** Ends the second step; false for a wrong password. */
export async function endTwoStep({ library }: SignIn, asking: Asking, password: string): Promise<boolean> {
  const response = await library.api
    .disableTwoFactor({ body: { password }, headers: headersFor(asking), asResponse: true })
    .catch(() => undefined)
  if (!response?.ok) return false
  passCookies(response.headers, asking.cookies)
  return true
}

/** New recovery codes in place of the old ones; undefined for a wrong password. */
export async function renewRecoveryCodes(
  { library }: SignIn,
  asking: Asking,
  password: string,
): Promise<string[] | undefined> {
  const made = await library.api
    .generateBackupCodes({ body: { password }, headers: headersFor(asking) })
    .catch(() => undefined)
  return made?.backupCodes
}
