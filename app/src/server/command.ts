import { sql } from 'kysely'
import type { Context } from './context.ts'
import type { Tx } from './database/handles.ts'
import { Conflict } from './platform/errors.ts'

/**
 * Runs `work` once for a command's id, however often it is sent: the first time in one transaction with the
 * entry that remembers its outcome, afterwards only the outcome is answered. A refusal (`ok: false`) is not
 * remembered, so that the same form can be sent again once the cause is gone. Two sendings at the same moment
 * wait for each other.
 */
export async function asCommand<Outcome extends { ok: boolean }>(
  context: Context,
  commandId: string,
  operation: string,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<Outcome> {
  return context.inTransaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${commandId}, 0))`.execute(tx)
    const earlier = await tx
      .selectFrom('command')
      .select('outcome')
      .where('id', '=', commandId)
      .where('account_id', '=', context.actor.accountId)
      .where('operation', '=', operation)
      .executeTakeFirst()
    if (earlier) return earlier.outcome as unknown as Outcome
    const outcome = await work(tx)
    if (outcome.ok) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('command')
        .values({
          id: commandId,
          account_id: context.actor.accountId,
          operation,
          outcome: JSON.stringify(outcome),
          done_at: context.now,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      // Somebody else's command, or another one of one's own, bears this id: nothing of this one is done.
      if (!numInsertedOrUpdatedRows) throw new Conflict('the command')
    }
    return outcome
  })
}
