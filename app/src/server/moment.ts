import { sql } from 'kysely'
import type { Context } from './context.ts'
import type { Tx } from './database/handles.ts'

/**
 * Tells the database the moment of what is done, for the rest of a transaction: what is taken away now is kept for the
 * days before it, as it was until then.
 */
export async function sayMoment(tx: Tx, { now }: Context): Promise<void> {
  await sql`select set_config('trienkhai.moment', ${now.toISOString()}, true)`.execute(tx)
}
