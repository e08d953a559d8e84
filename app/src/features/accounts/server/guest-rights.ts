import { findThings } from '#features/guests/server/reads.ts'
import { accounts } from '#server/access/accounts.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import { isId } from '#server/platform/ids.ts'
import { getAccountFacts } from './account-reads.ts'
import { insertRight, isTerm } from './administration.ts'

/** A guest's right always ends: it is for an occasion. */
export interface GuestRightWanted {
  thingId: string
  fromOn: string
  toOn: string
}

export type GuestRightOutcome = { ok: true } | { ok: false; reason: 'thing' | 'term' }

/** Lets an account in to one thing of an office that the actor both sees and administers; never oneself. */
export async function giveGuestRight(
  context: Context,
  accountId: string,
  { thingId, fromOn, toOn }: GuestRightWanted,
): Promise<GuestRightOutcome> {
  return await context.inTransaction(async (tx): Promise<GuestRightOutcome> => {
    const { scope, today } = context
    requireMay(accounts.giveRights(scope, await getAccountFacts(tx, scope, accountId, today)))
    if (toOn === '' || !isTerm(fromOn, toOn)) return { ok: false, reason: 'term' }
    const [thing] = isId(thingId) ? await findThings(tx, scope, { words: '', id: thingId, limit: 1 }) : []
    if (!thing) return { ok: false, reason: 'thing' }
    const subject = { kind: thing.kind, id: thing.id }
    await insertRight(tx, context, accountId, {
      role: 'guest',
      organisationId: thing.officeId,
      fromOn,
      toOn,
      subject,
    })
    return { ok: true }
  })
}
