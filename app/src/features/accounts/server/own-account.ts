import { putLetter } from '#features/mail/server/letters.ts'
import type { Context } from '#server/context.ts'
import type { Reader } from '#server/database/handles.ts'
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
    if (account.email)
      await putLetter(tx, {
        kind: 'password-changed',
        accountId,
        organisationId: account.organisationId,
        to: account.email,
        language: context.language,
        details: { name: account.name, username: account.username },
      })
    await record(tx, context, {
      operation: 'account.change-password',
      subjectKind: 'account',
      subjectId: accountId,
    })
  })
  return { ok: true }
}

/** Puts on record what somebody did to the ways into their own account. */
export async function recordOwn(context: Context, operation: string): Promise<void> {
  const { accountId } = context.scope
  await context.inTransaction((tx) =>
    record(tx, context, { operation, subjectKind: 'account', subjectId: accountId }),
  )
}
