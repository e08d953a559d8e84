import type { LetterKind } from '#features/mail/schema.ts'
import { putLetter } from '#features/mail/server/letters.ts'
import type { Context } from '#server/context.ts'
import type { Reader, Tx } from '#server/database/handles.ts'
import { record } from '#server/record.ts'
import { hasMail, type PasswordProblem } from '../rules.ts'
import { passCookies } from './cookies.ts'
import { type AttemptTaken, takeAttempt } from './limits.ts'
import { findPasswordProblem } from './passwords.ts'
import { type Asking, headersFor, type SignIn } from './sign-in.ts'

/** One's own account, as its page shows it. */
export interface OwnAccount {
  name: string
  username: string
  email: string | null
  organisationId: string | null
  hasTwoStep: boolean
}

export async function getOwnAccount(reader: Reader, accountId: string): Promise<OwnAccount> {
  const account = await reader
    .selectFrom('account')
    .select(['name', 'username', 'email', 'organisation_id', 'two_factor_enabled'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return {
    name: account.name,
    username: account.username ?? '',
    email: hasMail(account.email) ? account.email : null,
    organisationId: account.organisation_id,
    hasTwoStep: account.two_factor_enabled,
  }
}

/** A try of one's own password, counted as at the sign-in page: somebody may sit at somebody else's open session. */
export async function takeOwnAttempt(
  { pool, secret }: SignIn,
  { address }: Asking,
  accountId: string,
): Promise<AttemptTaken> {
  return await takeAttempt(pool, secret, {
    subject: `password of ${accountId}`,
    address,
    knownDevice: undefined,
  })
}

export type PasswordChange =
  | { ok: true }
  | { ok: false; reason: 'current' | PasswordProblem }
  | { ok: false; reason: 'wait'; seconds: number }

/** Changes one's own password; every other session ends, and a letter says that it was changed. */
export async function changePassword(
  context: Context,
  signIn: SignIn,
  asking: Asking,
  { current, wanted }: { current: string; wanted: string },
): Promise<PasswordChange> {
  const { accountId } = context.scope
  const account = await getOwnAccount(context.reader, accountId)
  const attempt = await takeOwnAttempt(signIn, asking, accountId)
  if (!attempt.ok) return { ok: false, reason: 'wait', seconds: attempt.seconds }
  const problem = await findPasswordProblem(wanted, [account.name, account.username])
  if (problem) {
    await attempt.succeeded()
    return { ok: false, reason: problem }
  }
  const response = await signIn.library.api
    .changePassword({
      body: { currentPassword: current, newPassword: wanted, revokeOtherSessions: true },
      headers: headersFor(asking),
      asResponse: true,
    })
    .catch(() => undefined)
  if (!response?.ok) return { ok: false, reason: 'current' }
  await attempt.succeeded()
  passCookies(response.headers, asking.cookies)
  await context.inTransaction(async (tx) => {
    await tellOwner(tx, context, 'password-changed')
    await record(tx, context, {
      operation: 'account.change-password',
      subjectKind: 'account',
      subjectId: accountId,
    })
  })
  return { ok: true }
}

/** Whether an account has a password of its own; one may be signed in by the office's service alone. */
export async function hasPassword({ pool }: SignIn, accountId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from credential where user_id = $1 and password is not null',
    [accountId],
  )
  return (rowCount ?? 0) > 0
}

/** What an account is asked for before a new way in is made. */
export type WantedProof = 'password' | 'fresh-sign-in' | 'nothing'

/** So long after it, in minutes, a sign-in counts as proof for an account that has no password to ask for. */
const freshMinutes = 10

/** Whose session asks. */
export interface Asker {
  accountId: string
  sessionId: string
}

/**
 * What is wanted of whoever asks: the password; or, of an account that has none (the office's service or a passkey signs
 * it in), a sign-in of the last minutes. `nothing` where the session itself is that sign-in.
 */
export async function findWantedProof(signIn: SignIn, { accountId, sessionId }: Asker): Promise<WantedProof> {
  if (await hasPassword(signIn, accountId)) return 'password'
  const { rowCount } = await signIn.pool.query(
    `select from session
     where id = $1 and user_id = $2 and created_at > now() - make_interval(mins => $3)`,
    [sessionId, accountId, freshMinutes],
  )
  return (rowCount ?? 0) > 0 ? 'nothing' : 'fresh-sign-in'
}

export type OwnerProof = { ok: true } | { ok: false; reason: 'password' | 'wait' | 'stale' }

/**
 * Asks for proof once more before a new way in is made: who finds a session open should not be able to keep the
 * account. The password where there is one; else the session has to have been signed in to just now.
 */
export async function proveOwner(
  signIn: SignIn,
  asking: Asking,
  asker: Asker,
  password: string,
): Promise<OwnerProof> {
  const wanted = await findWantedProof(signIn, asker)
  if (wanted !== 'password') return wanted === 'nothing' ? { ok: true } : { ok: false, reason: 'stale' }
  const attempt = await takeOwnAttempt(signIn, asking, asker.accountId)
  if (!attempt.ok) return { ok: false, reason: 'wait' }
  const proved = await signIn.library.api
    .verifyPassword({ body: { password }, headers: headersFor(asking) })
    .catch(() => undefined)
  if (!proved?.status) return { ok: false, reason: 'password' }
  await attempt.succeeded()
  return { ok: true }
}

/** Tells the owner of the account by letter what was done to its ways in, where they have an address. */
export async function tellOwner(tx: Tx, context: Context, kind: LetterKind): Promise<void> {
  const { accountId } = context.scope
  const account = await getOwnAccount(tx, accountId)
  if (account.email)
    await putLetter(tx, {
      kind,
      accountId,
      organisationId: account.organisationId,
      to: account.email,
      language: context.language,
      details: { name: account.name, username: account.username },
    })
}

/** Puts on record what somebody did to the ways into their own account. */
export async function recordOwn(context: Context, operation: string): Promise<void> {
  const { accountId } = context.scope
  await context.inTransaction((tx) =>
    record(tx, context, { operation, subjectKind: 'account', subjectId: accountId }),
  )
}
