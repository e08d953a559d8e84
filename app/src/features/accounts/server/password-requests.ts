import { symmetricEncrypt } from 'better-auth/crypto'
import { settingsFromEnvironment } from '#env.ts'
import { putLetter } from '#features/mail/server/letters.ts'
import { inTransaction } from '#server/database/handles.ts'
import { now } from '#server/platform/clock.ts'
import { newId } from '#server/platform/ids.ts'
import type { JobTools } from '#server/platform/job-worker.ts'
import { hasMail } from '../rules.ts'
import { makeInvitation } from './invitations.ts'
import { takeAttempt } from './limits.ts'
import type { Asking, SignIn } from './sign-in.ts'

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    'accounts.password-request': { requestId: string }
  }
}

/**
 * Takes the request of somebody who forgot a password. Whether there is such an account is looked up by a job, so the
 * answer tells nothing. Too many requests are dropped, with the same answer.
 */
export async function requestPassword(signIn: SignIn, asking: Asking, typed: string): Promise<void> {
  const { pool, secret } = signIn
  const asked = typed.trim().toLowerCase().slice(0, 200)
  const subject = `forgotten ${asked}`
  const attempt = await takeAttempt(pool, secret, {
    subject,
    address: asking.address,
    knownDevice: undefined,
  })
  if (!attempt.ok) return
  await pool.query('select ask_for_password($1, $2)', [newId(), asked])
}

/** Looks up what was typed, and sends the link where there is an account that mail reaches. */
export async function answerPasswordRequest({ database }: JobTools, requestId: string): Promise<void> {
  const { authSecret: secret } = settingsFromEnvironment()
  await inTransaction(database, async (tx) => {
    const request = await tx
      .deleteFrom('password_request')
      .where('id', '=', requestId)
      .returning('asked')
      .executeTakeFirst()
    if (!request) return
    const { asked } = request
    const account = await tx
      .selectFrom('account')
      .select(['id', 'name', 'username', 'email', 'language', 'organisation_id as organisationId'])
      .where('off_at', 'is', null)
      .where((where) => where.or([where('username', '=', asked), where('email', '=', asked)]))
      .executeTakeFirst()
    if (!account || !hasMail(account.email)) return
    const moment = now()
    const made = await makeInvitation(tx, {
      secret,
      accountId: account.id,
      purpose: 'reset',
      by: 'mail',
      madeBy: null,
      now: moment,
    })
    await putLetter(tx, {
      kind: 'reset',
      accountId: account.id,
      organisationId: account.organisationId,
      to: account.email,
      language: account.language === 'en' ? 'en' : 'vi',
      details: {
        name: account.name,
        username: account.username ?? '',
        until: made.expiresAt.toISOString(),
      },
      sealed: await symmetricEncrypt({ key: secret, data: made.code }),
    })
  })
}
