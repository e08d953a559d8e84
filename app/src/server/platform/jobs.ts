import { sql } from 'kysely'
import type { Tx } from '../database/handles.ts'

/**
 * The jobs of the product: name → what it is told, which is ids, never a copy of a row. Each feature adds its own in
 * its `schema.ts`:
 *
 *     declare module '#server/platform/jobs.ts' {
 *       interface Jobs {
 *         'documents.read': { documentId: string }
 *       }
 *     }
 */
export interface Jobs {
  /** Removes what interrupted uploads left in the file store. */
  'files.sweep': Record<string, never>
}

export type JobName = keyof Jobs & string

export interface SendOptions {
  /** A job of the same key that is still waiting is replaced by this one: sent twice is done once. */
  key?: string
  /** Not before this moment. */
  runAt?: Date
  /** Jobs of one queue are done one after the other. */
  queue?: string
  /** Tries before it is given up; 25 unless told, over about three days. */
  mostAttempts?: number
}

/**
 * Sends a job in the transaction that causes it: it is done once that commits, and never if it doesn't. A job may run
 * twice (the program was killed before it could say that it was done), so what it does must bear that.
 */
export async function sendJob<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: Jobs[Name],
  options: SendOptions = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${name},
      ${JSON.stringify(payload)}::json,
      queue_name => ${options.queue ?? null}::text,
      run_at => ${options.runAt ?? null}::timestamptz,
      max_attempts => ${options.mostAttempts ?? null}::int,
      job_key => ${options.key ?? null}::text
    )`.execute(tx)
}
