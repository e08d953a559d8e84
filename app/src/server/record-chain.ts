import { sql } from 'kysely'
import { type Database, inTransaction } from './database/handles.ts'
import type { Log } from './platform/log.ts'

/** How an entry breaks the chain. */
export type RecordBreak = 'changed' | 'removed' | 'inserted'

export interface Verification {
  /** Entries under seal. */
  entries: number
  /** The hash of the last seal, in hexadecimal; null where nothing is sealed. */
  head: string | null
  broken: { entryId: number; how: RecordBreak } | null
}

const atOnce = 1_000
const everyMilliseconds = 5_000

/** Seals all entries that wait. Two that seal at once do it once. */
export async function sealRecord(database: Database): Promise<number> {
  for (let total = 0; ; ) {
    const sealed = await inTransaction(database, async (tx) => {
      const { rows } = await sql<{ sealed: number }>`select seal_record(${atOnce}) as sealed`.execute(tx)
      return rows[0]?.sealed ?? 0
    })
    total += sealed
    if (sealed < atOnce) return total
  }
}

/** Seals what was written, every few seconds, until it is told to stop. */
export function keepSealing(database: Database, log: Log): { stop: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    last = last
      .then(() => sealRecord(database))
      .catch((err: unknown) => log.warn({ err }, 'the record could not be sealed'))
  }, everyMilliseconds)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await last
    },
  }
}

/**
 * Seals what waits, goes over every entry, and keeps what came of it for the page of the record. A chain that somebody
 * who owns the tables has written anew from end to end is whole: that shows only beside a head that was noted elsewhere.
 */
export async function verifyRecord(database: Database): Promise<Verification> {
  await sealRecord(database)
  return await inTransaction(database, async (tx) => {
    const { rows } = await sql<{
      entries: number
      head: string | null
      entryId: number | null
      how: RecordBreak | null
    }>`
      select (select count(*) from record_seal) as entries,
        (select encode(hash, 'hex') from record_seal order by place desc limit 1) as head,
        broken.entry_id as "entryId", broken.how
      from (select) one left join find_record_break() broken on true
    `.execute(tx)
    const found = rows[0] ?? { entries: 0, head: null, entryId: null, how: null }
    const { entries, head, entryId, how } = found
    await tx
      .insertInto('record_verification')
      .values({ entries, head, broken_entry: entryId, broken_how: how })
      .execute()
    return { entries, head, broken: entryId === null || how === null ? null : { entryId, how } }
  })
}

/** Whether the chain ever bore this head: one that was noted on another day. */
export async function wasHead(database: Database, head: string): Promise<boolean> {
  const { rows } = await sql`
    select from record_seal where hash = decode(${head}, 'hex') limit 1`.execute(database.reader)
  return rows.length > 0
}
