import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { inject } from 'vitest'
import { asRole, programRole } from '../../app/src/server/database/addresses.ts'
import { connect } from '../../app/src/server/database/connect.ts'
import type { Database } from '../../app/src/server/database/handles.ts'
import { askServer } from './ask-server.ts'
import { withDatabase } from './database-address.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server that test databases are made on, by a role that may make them, and the migrated template. */
    testServer: { adminUrl: string; template: string }
  }
}

/** A database of a test file's own, migrated and empty. */
export interface TestDatabase {
  /** Reads and writes as jobs and commands do: every row, by the role that owns nothing. */
  database: Database
  /** By the role that owns the tables. */
  url: string
  /** How many queries, of any kind, the work sends to the database. */
  countQueries: (work: () => Promise<unknown>) => Promise<number>
  /** Asks as the role that owns the tables: what is kept from the program too. */
  askAsOwner: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>
  /** Disconnects and drops it. */
  drop: () => Promise<void>
}

/** Makes a database from the run's migrated template: 0.1–0.2 s. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  // Copying files is a third of the work of copying by the log, where nothing is kept for a crash.
  await askServer(adminUrl, `create database ${name} template ${template} strategy file_copy`)
  const url = withDatabase(adminUrl, name)
  let queries = 0
  const database = connect(asRole(url, programRole), {
    actor: 'program',
    mostSessions: 8,
    onQuery: () => {
      queries += 1
    },
  })
  return {
    database,
    url,
    countQueries: async (work) => {
      const before = queries
      await work()
      return queries - before
    },
    askAsOwner: (sql, values) => askServer(url, sql, values),
    drop: async () => {
      await database.close()
      await dropDatabase(adminUrl, name)
    },
  }
}

const mostDrops = 50

/** An autovacuum worker may be in it, which only a superuser may end: it is waited for. */
async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  for (let drops = 1; ; drops++)
    try {
      await askServer(adminUrl, `drop database if exists ${name} with (force)`)
      return
    } catch (error) {
      const isForbidden = error instanceof Error && 'code' in error && error.code === '42501'
      if (!isForbidden || drops === mostDrops) throw error
      await sleep(200)
    }
}
