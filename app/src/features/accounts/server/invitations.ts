import type pg from 'pg'
import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import type { PasswordProblem } from '../rules.ts'
import { hashCode, makeCode, readCode } from './codes.ts'
import { passCookies } from './cookies.ts'
import { takeAttempt } from './limits.ts'
import { findPasswordProblem } from './passwords.ts'
import { type Asking, finishSignIn, headersFor, type SignIn } from './sign-in.ts'
import { beginLink } from './single-sign-on.ts'

export type InvitationPurpose = 'invite' | 'reset'
export type InvitationWay = 'mail' | 'slip'

/** How long a way in stays open, in hours: a slip travels by hand. */
const hoursOpen: Record<InvitationPurpose, Record<InvitationWay, number>> = {
  invite: { mail: 7 * 24, slip: 30 * 24 },
  reset: { mail: 24, slip: 3 * 24 },
}
/** A reset that somebody asked for by themselves: they wait at their mailbox. */
const hoursOwnReset = 0.5

/** A way in that was just made. The code is told this once and kept nowhere. */
export interface InvitationMade {
  id: string
  code: string
  expiresAt: Date
}

/** Makes a way in for an account; those made before are closed by it. */
export async function makeInvitation(
  tx: Tx,
  made: {
    secret: string
    accountId: string
    purpose: InvitationPurpose
    by: InvitationWay
    madeBy: string | null
    now: Date
  },
): Promise<InvitationMade> {
  const { accountId, purpose, by, now } = made
  await revokeInvitations(tx, accountId, now)
  const id = newId()
  const code = makeCode(by)
  const hours = made.madeBy === null ? hoursOwnReset : hoursOpen[purpose][by]
  const expiresAt = new Date(now.getTime() + hours * 3_600_000)
  await tx
    .insertInto('invitation')
    .values({
      id,
      account_id: accountId,
      purpose,
      by,
      code_hash: hashCode(made.secret, code),
      made_by: made.madeBy,
      made_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { id, code, expiresAt }
}

/** Closes what is open of an account's invitations. */
export async function revokeInvitations(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Whom an open invitation is for. */
export interface InvitationFound {
  accountId: string
  name: string
  username: string
  purpose: InvitationPurpose
}

const openInvitation = `
  select account.id as "accountId", account.name, coalesce(account.username, '') as username, invitation.purpose
  from invitation join account on account.id = invitation.account_id
  where invitation.code_hash = $1 and invitation.used_at is null and invitation.revoked_at is null
    and invitation.expires_at > now() and account.off_at is null`

/** The invitation of a code, while it is open; used, taken back, run out and never given out are one answer. */
export async function findInvitation(
  { pool, secret }: SignIn,
  typed: string,
): Promise<InvitationFound | undefined> {
  const { rows } = await pool.query<InvitationFound>(openInvitation, [hashCode(secret, readCode(typed))])
  return rows[0]
}

export type UseOutcome =
  | { ok: true; signedIn: boolean }
  | { ok: false; reason: 'over' }
  | { ok: false; reason: 'wait'; seconds: number }
  | { ok: false; reason: PasswordProblem }

/**
 * Uses an invitation up: sets the password that the person has chosen and signs in, where no second step stands
 * before that. A reset ends every session of the account: somebody else may be in one.
 */
export async function useInvitation(
  signIn: SignIn,
  asking: Asking,
  { code, password }: { code: string; password: string },
): Promise<UseOutcome> {
  const attempt = await takeAttempt(signIn.pool, signIn.secret, {
    subject: 'invitations',
    address: asking.address,
    knownDevice: undefined,
  })
  if (!attempt.ok) return { ok: false, reason: 'wait', seconds: attempt.seconds }
  const found = await findInvitation(signIn, code)
  if (!found) return { ok: false, reason: 'over' }
  await attempt.succeeded()
  const problem = await findPasswordProblem(password, [found.name, found.username])
  if (problem) return { ok: false, reason: problem }
  const { password: passwords } = await signIn.library.$context
  const hash = await passwords.hash(password)
  const taken = await inPoolTransaction(signIn.pool, async (client) => {
    const { rows } = await client.query<{ by: InvitationWay; purpose: InvitationPurpose }>(
      `update invitation set used_at = now()
       where code_hash = $1 and used_at is null and revoked_at is null and expires_at > now()
       returning by, purpose`,
      [hashCode(signIn.secret, readCode(code))],
    )
    const [used] = rows
    if (!used) return undefined
    await setPassword(client, found.accountId, hash)
    // Who opens a link out of a letter has shown that the letters come to them.
    if (used.by === 'mail')
      await client.query('update account set email_verified = true where id = $1', [found.accountId])
    if (used.purpose === 'reset') {
      await client.query('delete from session where user_id = $1', [found.accountId])
      await client.query('delete from known_device where account_id = $1', [found.accountId])
    }
    const { rows: accounts } = await client.query<{ twoStep: boolean }>(
      'select two_factor_enabled as "twoStep" from account where id = $1',
      [found.accountId],
    )
    return { twoStep: accounts[0]?.twoStep ?? false }
  })
  if (!taken) return { ok: false, reason: 'over' }
  if (taken.twoStep) return { ok: true, signedIn: false }
  await signInInvited(signIn, asking, found.accountId)
  return { ok: true, signedIn: true }
}

export type ServiceUse = { ok: true; address: string } | { ok: false; reason: 'over' | 'service' | 'wait' }

/**
 * Uses an invitation up without a password: who holds it is signed in and led to the office's own sign-in service, whose
 * answer is linked to the account. Only a first invitation does this, and only while no second step stands before it.
 */
export async function useInvitationByService(
  signIn: SignIn,
  asking: Asking,
  typed: string,
): Promise<ServiceUse> {
  const { pool, secret, singleSignOn } = signIn
  if (!singleSignOn) return { ok: false, reason: 'service' }
  const attempt = await takeAttempt(pool, secret, {
    subject: 'invitations',
    address: asking.address,
    knownDevice: undefined,
  })
  if (!attempt.ok) return { ok: false, reason: 'wait' }
  const found = await findInvitation(signIn, typed)
  if (found?.purpose !== 'invite') return { ok: false, reason: 'over' }
  await attempt.succeeded()
  const { rowCount } = await pool.query(
    `update invitation set used_at = now()
     where code_hash = $1 and used_at is null and revoked_at is null and expires_at > now()
       and exists (select from account where id = account_id and not two_factor_enabled)`,
    [hashCode(secret, readCode(typed))],
  )
  if (!rowCount) return { ok: false, reason: 'over' }
  const session = await signInInvited(signIn, asking, found.accountId)
  const address = await beginLink(signIn, { ...asking, headers: withCookies(asking.headers, session) })
  return address === undefined ? { ok: false, reason: 'service' } : { ok: true, address }
}

/** The headers of the request as if it had come with the cookies that were just set. */
function withCookies(headers: Headers, set: Headers): Headers {
  const handed = new Headers(headers)
  handed.set(
    'cookie',
    set
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .join('; '),
  )
  return handed
}

async function signInInvited(signIn: SignIn, asking: Asking, accountId: string): Promise<Headers> {
  const response = await signIn.library.api.signInInvited({
    body: { accountId },
    headers: headersFor(asking),
    asResponse: true,
  })
  passCookies(response.headers, asking.cookies)
  await finishSignIn(signIn, asking, accountId)
  return response.headers
}

async function setPassword(client: pg.PoolClient, accountId: string, hash: string): Promise<void> {
  const changed = await client.query(
    `update credential set password = $2, updated_at = now() where user_id = $1 and provider_id = 'credential'`,
    [accountId, hash],
  )
  if (changed.rowCount) return
  await client.query(
    `insert into credential (id, account_id, provider_id, user_id, password)
     values ($1, $2, 'credential', $3, $4)`,
    [newId(), accountId, accountId, hash],
  )
}

/** All of `work` or none of it, on one connection of the sign-in role. */
async function inPoolTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const outcome = await work(client)
    await client.query('commit')
    return outcome
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
