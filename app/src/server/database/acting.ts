import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import {
  type Database,
  poolsOf,
  type Reader,
  runTransaction,
  type TransactionOptions,
  type Tx,
} from './handles.ts'
import { ReadingSession } from './reading-session.ts'
import type { DB } from './tables.ts'

/** On whose behalf rows are read and written; the policies of the database go by this. */
export interface ActingFor {
  accountId: string
  /** The day on which rights must hold. */
  today: CivilDate
  /** The day that is looked at, where it is one of the past: tables are read as they were then. */
  on?: CivilDate | undefined
}

/** A database as one actor sees it. */
export interface ActingDatabase {
  /** All that is asked through it is one read-only transaction, begun with the first question. */
  readonly reader: Reader
  readonly inTransaction: <Result>(
    work: (tx: Tx) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>
  /** Ends what was read, so that the session is free for others; what is asked later begins anew. */
  readonly end: () => Promise<void>
}

/** What says who acts, for the rest of a transaction. */
export function actingStatement({ accountId, today, on }: ActingFor): string {
  const acting = `select act_as(${pg.escapeLiteral(accountId)}, ${pg.escapeLiteral(today)}::date)`
  return on === undefined ? acting : `${acting}; ${pastStatement(on)}`
}

/** What makes the rest of a transaction read the product as of a day of the past: see the schema `past`. */
export const pastStatement = (on: CivilDate): string =>
  `select set_config('trienkhai.on', ${pg.escapeLiteral(on)}, true), set_config('search_path', 'past, public', true)`

/** A session on which nobody acts yet: it sees no rows until its `begin` has found who does. */
export function openReading(database: Database): ReadingSession {
  return new ReadingSession(poolsOf(database).reading, 'select')
}

/** The database as this actor sees it, reading on a session that was begun for it or on one of its own. */
export function actOn(
  database: Database,
  actor: ActingFor,
  session: ReadingSession = openReading(database),
): ActingDatabase {
  session.beginLaterWith(actingStatement(actor))
  let writing: Kysely<DB> | undefined
  return {
    reader: readerOn(database, session, actor.on !== undefined),
    inTransaction: async (work, options) => {
      writing ??= writingAs(database, actor)
      return await runTransaction(writing, work, options)
    },
    end: () => session.end(),
  }
}

function readerOn(database: Database, session: ReadingSession, isPast: boolean): Reader {
  const { reading, log } = poolsOf(database)
  const client = {
    // Prepared queries go by their words: one that was prepared for the tables of today is none for the past.
    query: (text: string, values: unknown[]) => session.query(isPast ? `/* past */ ${text}` : text, values),
    release: () => {},
  }
  const pool = {
    connect: async () => client,
    end: async () => {},
    options: reading.options,
    Client: pg.Client,
  }
  const dialect = new PostgresDialect({ pool: pool as unknown as pg.Pool })
  return new Kysely<DB>({ dialect, ...(log ? { log } : {}) }) as unknown as Reader
}

function writingAs(database: Database, actor: ActingFor): Kysely<DB> {
  const { writing: pool, log } = poolsOf(database)
  const plain = new PostgresDialect({ pool })
  const dialect = {
    createDriver: () => new ActingDriver(pool, actingStatement(actor)),
    createQueryCompiler: () => plain.createQueryCompiler(),
    createAdapter: () => plain.createAdapter(),
    createIntrospector: (database: Kysely<DB>) => plain.createIntrospector(database),
  }
  return new Kysely<DB>({ dialect, ...(log ? { log } : {}) })
}

/** Begins every transaction by saying who acts, in the same round trip. */
class ActingDriver extends PostgresDriver {
  readonly #opening: string

  constructor(pool: pg.Pool, opening: string) {
    super({ pool })
    this.#opening = opening
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const begin = ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode]
    await connection.executeQuery(
      CompiledQuery.raw(`${begin.filter((part) => part !== undefined).join(' ')}; ${this.#opening}`),
    )
  }
}
