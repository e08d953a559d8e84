import { Kysely, type LogEvent, PostgresDialect } from 'kysely'
import pg from 'pg'
import { takeRole } from './addresses.ts'
import { CannotStart } from './cannot-start.ts'
import { type Database, joinHandles } from './handles.ts'
import { PreparingClient } from './preparing-client.ts'
import type { DB } from './tables.ts'

/** Days and times in SQL are those of Vietnam: `now()::date` is today there. */
const databaseTimeZone = 'Asia/Ho_Chi_Minh'
const oldestVersion = 150_000
const { builtins } = pg.types

/** A whole number of 64 bits as a number, where it is one exactly; a larger one is an error, never a rounded figure. */
function parseWholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond exact whole numbers`)
  return value
}

const parsers = new Map<number, (text: string) => unknown>([
  // A civil date has no time zone: as a Date it would shift by a day for some.
  [builtins.DATE, (text) => text],
  [builtins.INT8, parseWholeNumber],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
}

export interface ConnectOptions {
  /** Sessions on each side, reading and writing. */
  mostSessions?: number
  /**
   * Jobs, commands and sample data act for nobody: their sessions see and change every row. Left out, a session sees
   * nothing until its transaction says who acts (`actOn`).
   */
  actor?: 'program'
  /** Told of every query, with its milliseconds: for measuring and for tests that count. */
  onQuery?: (sql: string, milliseconds: number) => void
}

/** What `pg` is given to connect to an address: types, time zone, name in `pg_stat_activity`. */
export function sessionConfig(
  address: string,
  session: { readOnly: boolean; actor?: 'program' | undefined },
): pg.PoolConfig {
  const { url, role } = takeRole(address)
  const settings = [`TimeZone=${databaseTimeZone}`, 'idle_in_transaction_session_timeout=60000']
  if (session.readOnly) settings.push('default_transaction_read_only=on')
  if (session.actor) settings.push(`trienkhai.account=${session.actor}`)
  if (role !== undefined) settings.push(`role=${role}`)
  return {
    connectionString: url,
    Client: PreparingClient,
    types,
    application_name: session.readOnly ? 'trienkhai reads' : 'trienkhai',
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
}

/** At most `most` sessions, opened when needed, each closed after a minute without work. */
export function openPool(
  url: string,
  session: { most: number; readOnly: boolean; actor?: 'program' | undefined },
): pg.Pool {
  const { most, ...kind } = session
  const pool = new pg.Pool({ ...sessionConfig(url, kind), max: most, idleTimeoutMillis: 60_000 })
  // An idle session that the server ends is replaced at the next query; unheard, the event would end the program.
  pool.on('error', () => {})
  // One that is held between two questions of a page tells its end by itself, too.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Connects to a PostgreSQL by its address. Sessions open when they are first needed. */
export function connect(url: string, options: ConnectOptions = {}): Database {
  const most = options.mostSessions ?? 6
  const { onQuery, actor } = options
  const pools = {
    reading: openPool(url, { most, actor, readOnly: true }),
    writing: openPool(url, { most, actor, readOnly: false }),
  }
  const log = onQuery ? (event: LogEvent) => onQuery(event.query.sql, event.queryDurationMillis) : undefined
  const sideOf = (pool: pg.Pool): Kysely<DB> =>
    new Kysely<DB>({ dialect: new PostgresDialect({ pool }), ...(log ? { log } : {}) })
  const sides = { reading: sideOf(pools.reading), writing: sideOf(pools.writing) }
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await Promise.all([sides.reading.destroy(), sides.writing.destroy()])
  }
  return joinHandles(
    sides,
    { ...pools, log },
    {
      url,
      load: () => ({
        reading: pools.reading.totalCount - pools.reading.idleCount,
        writing: pools.writing.totalCount - pools.writing.idleCount,
        most,
      }),
      close: () => {
        closing ??= close()
        return closing
      },
    },
  )
}

/** Sees that the server answers and is new enough. Throws CannotStart. */
export async function checkServer(url: string): Promise<void> {
  const client = new pg.Client(sessionConfig(url, { readOnly: true }))
  let version: { number: number; text: string }
  try {
    await client.connect()
    const { rows } = await client.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    )
    version = { number: Number(rows[0]?.number), text: rows[0]?.text ?? '' }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new CannotStart({ code: 'database-unreachable', address: withoutPassword(url), detail }, error)
  } finally {
    await client.end().catch(() => {})
  }
  if (version.number < oldestVersion) throw new CannotStart({ code: 'database-too-old', found: version.text })
}

/** An address that may be shown. */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*):[^@]*@/, '$1:…@')
}

/** Where this process keeps the one Database that the pages and the program round them share. */
const shared = Symbol.for('trienkhai.database.shared')
const processWide: typeof globalThis & { [shared]?: Database | undefined } = globalThis

/**
 * The database of this process, by `DATABASE_URL`, which `start` and `dev` set before they load the pages (to the
 * embedded server's address where none was given). Connected once, however often it is asked for.
 */
export function databaseFromEnvironment(): Database {
  const known = processWide[shared]
  if (known) return known
  const url = process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL is not set: start the product by its own commands (start, dev)')
  const database = connect(url)
  const closeOnce = database.close
  const sharedDatabase: Database = {
    ...database,
    close: async () => {
      processWide[shared] = undefined
      await closeOnce()
    },
  }
  processWide[shared] = sharedDatabase
  return sharedDatabase
}
