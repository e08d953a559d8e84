import { putLetter } from '#features/mail/server/letters.ts'
import { accounts } from '#server/access/accounts.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import { record } from '#server/record.ts'
import type { Slip } from '../schema.ts'
import { getAccount, getAccountFacts } from './account-reads.ts'
import {
  type InvitationPurpose,
  type InvitationWay,
  makeInvitation,
  revokeInvitations,
} from './invitations.ts'
import type { SignIn } from './sign-in.ts'

export type InviteOutcome = { ok: true; slip: Slip | null } | { ok: false; reason: 'off' | 'no-mail' }

/** Slips that are made at once: as many as are printed in one go. */
export const mostSlips = 200

/**
 * Invites one account, or lets its owner set a new password where they have been in before: by a letter, or by a slip
 * whose code is told this once. What was open before is closed.
 */
export async function inviteAccount(
  context: Context,
  signIn: SignIn,
  accountId: string,
  by: InvitationWay,
): Promise<InviteOutcome> {
  const { scope, today, now } = context
  return await context.inTransaction(async (tx): Promise<InviteOutcome> => {
    requireMay(accounts.invite(scope, await getAccountFacts(tx, scope, accountId, today)))
    const account = await getAccount(tx, scope, accountId, today)
    if (account.isOff) return { ok: false, reason: 'off' }
    if (by === 'mail' && account.email === null) return { ok: false, reason: 'no-mail' }
    const purpose: InvitationPurpose = account.lastSignedInAt === null ? 'invite' : 'reset'
    const { secret, baseUrl } = signIn
    const made = await makeInvitation(tx, { secret, accountId, purpose, by, madeBy: scope.accountId, now })
    await record(tx, context, {
      operation: purpose === 'invite' ? 'account.invite' : 'account.reset',
      subjectKind: 'account',
      subjectId: accountId,
      ...(account.organisationId ? { officeId: account.organisationId } : {}),
      after: { by },
    })
    const organisationName = account.organisationName ?? ''
    if (by === 'mail' && account.email !== null) {
      await putLetter(tx, {
        kind: purpose === 'invite' ? 'invitation' : 'reset',
        accountId,
        organisationId: account.organisationId,
        to: account.email,
        language: context.language,
        details: {
          name: account.name,
          username: account.username,
          organisation: organisationName,
          until: made.expiresAt.toISOString(),
        },
        sealed: await signIn.seal(made.code),
      })
      return { ok: true, slip: null }
    }
    const { name, username } = account
    const address = `${baseUrl}/invitations/${made.code}`
    const slip = {
      name,
      username,
      organisationName,
      purpose,
      code: made.code,
      address,
      expiresAt: made.expiresAt,
    }
    return { ok: true, slip }
  })
}

/** Takes back what is open of an account's invitations. */
export async function revokeInvitation(context: Context, accountId: string): Promise<void> {
  await context.inTransaction(async (tx) => {
    const facts = await getAccountFacts(tx, context.scope, accountId, context.today)
    requireMay(accounts.invite(context.scope, facts))
    await revokeInvitations(tx, accountId, context.now)
    await record(tx, context, {
      operation: 'account.revoke-invitation',
      subjectKind: 'account',
      subjectId: accountId,
      officeId: facts.organisationId,
    })
  })
}
