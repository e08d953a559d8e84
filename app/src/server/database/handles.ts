import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely, LogEvent, Transaction } from 'kysely'
import type pg from 'pg'
import type { DB } from './tables.ts'

declare const readerMark: unique symbol
declare const transactionMark: unique symbol

/** The part of Kysely that selects. `getExecutor` is what the `sql` tag asks of a handle. */
type Selecting = Pick<
  Kysely<DB>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'case' | 'dynamic' | 'getExecutor'
>

/**
 * What reads are given: it can select and nothing else. Outside a transaction its connections are read-only in the
 * database too, so that not even raw SQL writes. Every `Tx` is a Reader.
 */
export type Reader = Selecting & { readonly [readerMark]: true }

/** What writes are given: an open transaction. Only `inTransaction` makes one. */
export type Tx = Transaction<DB> & { readonly [readerMark]: true; readonly [transactionMark]: true }

/**
 * The key under which a Database holds its writing side. A registered symbol, as the built pages and the program
 * round them each have their own copy of this module and share one Database.
 */
const writing: unique symbol = Symbol.for('trienkhai.database.writing')
const reading: unique symbol = Symbol.for('trienkhai.database.reading')
const pools: unique symbol = Symbol.for('trienkhai.database.pools')

/** The sessions beneath both sides, for whoever says at each transaction's begin who acts. */
interface Pools {
  reading: pg.Pool
  writing: pg.Pool
  log: ((event: LogEvent) => void) | undefined
}

/** A connected database. Whoever holds it can read, and can write by `inTransaction`. */
export interface Database {
  readonly reader: Reader
  /** `postgresql://…`, for what keeps connections of its own (jobs, migrations). Holds the password: never log it. */
  readonly url: string
  /** The sessions in use and the most there may be, for `/health`. */
  readonly load: () => { reading: number; writing: number; most: number }
  readonly close: () => Promise<void>
  readonly [writing]: Kysely<DB>
  readonly [reading]: Kysely<DB>
  readonly [pools]: Pools
}

/** Joins the two sides of a connected database; only `connect.ts` does. */
export function joinHandles(
  sides: { reading: Kysely<DB>; writing: Kysely<DB> },
  beneath: Pools,
  rest: Pick<Database, 'url' | 'load' | 'close'>,
): Database {
  return {
    ...rest,
    reader: sides.reading as unknown as Reader,
    [writing]: sides.writing,
    [reading]: sides.reading,
    [pools]: beneath,
  }
}

/** The sessions beneath a Database; only `acting.ts` takes them, and what does one statement (`rate-limit.ts`, `look-book.ts`). */
export function poolsOf(database: Database): Pools {
  return database[pools]
}

/** PostgreSQL's codes for "try that again": a serialization failure and a deadlock. */
const worthRetrying = new Set(['40001', '40P01'])
const mostAttempts = 4

function isWorthRetrying(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    worthRetrying.has(error.code)
  )
}

function isRefusal(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'ok' in outcome && outcome.ok === false
}

export interface TransactionOptions {
  /** `read committed` unless told. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
}

/**
 * Does `work` in one transaction and answers what it answers.
 *
 * - Anything thrown rolls back. So does a refusal (`{ ok: false … }`): what was refused has written nothing.
 * - A deadlock or a serialization failure is tried again, four times in all with a growing random wait, so `work` must
 *   change nothing but the database: files are kept before it, letters and notices are sent by jobs after it.
 * - Ask one thing after the other in it: a connection takes one query at a time.
 */
export async function inTransaction<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return await runTransaction(database[writing], work, options)
}

/** The same on a writing side that says who acts. */
export async function runTransaction<T>(
  side: Kysely<DB>,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(side, work, options)
    } catch (error) {
      if (attempt >= mostAttempts || !isWorthRetrying(error)) throw error
      await sleep(Math.random() * 20 * 3 ** attempt)
    }
  }
}

async function attemptOnce<T>(
  side: Kysely<DB>,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const opening = side.startTransaction()
  const transaction = await (options.isolation
    ? opening.setIsolationLevel(options.isolation)
    : opening
  ).execute()
  try {
    const outcome = await work(transaction as unknown as Tx)
    if (isRefusal(outcome)) await transaction.rollback().execute()
    else await transaction.commit().execute()
    return outcome
  } catch (error) {
    // The connection may be gone, and then there is nothing left to roll back: the first error is the one to tell.
    if (!transaction.isCommitted && !transaction.isRolledBack)
      await transaction
        .rollback()
        .execute()
        .catch(() => {})
    throw error
  }
}

/**
 * Reads on one connection in one moment of the database: several selects that must agree, or that need settings of
 * the session (row-level security). Read-only.
 */
export async function inSnapshot<T>(database: Database, read: (reader: Reader) => Promise<T>): Promise<T> {
  return await database[reading]
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => read(transaction as unknown as Reader))
}
