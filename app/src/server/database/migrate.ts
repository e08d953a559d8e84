import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations as installJobTables, Logger } from 'graphile-worker'
import pg from 'pg'
import { programRole } from './addresses.ts'
import { CannotStart } from './cannot-start.ts'
import { sessionConfig } from './connect.ts'

const folder = join(import.meta.dirname, 'migrations')

/** Any fixed number will do, so long as nothing else of the product locks by it. */
const lockNumber = 7_203_401

/** The job queue tells of each of its own files; nobody asks. */
const silentJobLogger = new Logger(() => () => {})

interface Migration {
  version: number
  file: string
  sql: string
  checksum: string
}

/**
 * The program's migrations, in order. A double in the numbers is a fault of the program; a hole is a number that was
 * given out and is still being worked on.
 */
export function listMigrations(from: string = folder): Migration[] {
  const files = readdirSync(from)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
  const seen = new Set<number>()
  return files.map((file) => {
    const version = Number(file.slice(0, 4))
    if (seen.has(version)) throw new Error(`${file}: migration ${version} is there twice`)
    seen.add(version)
    const sql = readFileSync(join(from, file), 'utf8')
    return { version, file, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

export interface MigrateOptions {
  /** Another folder of migrations: for tests. */
  folder?: string
  onFile?: (file: string) => void
}

/**
 * Brings the database up to the program: each file once, in order, each in a transaction of its own, under a lock, so
 * that two programs starting at once do it once. Answers the files that were applied.
 *
 * Forward only. Refuses (CannotStart) a database that a newer program has changed, and one where a file that was
 * applied has been edited since: write the next file instead.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = listMigrations(options.folder)
  const client = new pg.Client(sessionConfig(url, { readOnly: false }))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    await installJobTables({ connectionString: url, logger: silentJobLogger })
    const applied = await readApplied(client)
    checkApplied(applied, migrations)
    const known = new Set(applied.map(({ version }) => version))
    const done: string[] = []
    for (const migration of migrations.filter(({ version }) => !known.has(version))) {
      options.onFile?.(migration.file)
      await apply(client, migration)
      done.push(migration.file)
    }
    await letProgramWork(client)
    return done
  } finally {
    // Ending the session gives the lock back.
    await client.end()
  }
}

/**
 * Lets the program send and do jobs: the queue's tables belong to the owner and bear row-level security of their own.
 * Said after each migration, as a newer queue brings newer tables.
 */
async function letProgramWork(client: pg.Client): Promise<void> {
  await client.query(`
    do $$
    declare
      job_table text;
    begin
      if not exists (select from pg_roles where rolname = '${programRole}') then return; end if;
      grant usage on schema graphile_worker to ${programRole};
      grant select, insert, update, delete on all tables in schema graphile_worker to ${programRole};
      grant usage on all sequences in schema graphile_worker to ${programRole};
      for job_table in
        select relname from pg_class
        where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity and not exists (
          select from pg_policy where polrelid = pg_class.oid
        )
      loop
        execute format(
          'create policy program on graphile_worker.%I to ${programRole} using (true) with check (true)', job_table);
      end loop;
    end $$`)
}

async function readApplied(client: pg.Client): Promise<{ version: number; checksum: string }[]> {
  await client.query(`
    create table if not exists schema_migration (
      version int primary key,
      file text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'select version, checksum from schema_migration order by version',
  )
  return rows
}

function checkApplied(applied: { version: number; checksum: string }[], migrations: Migration[]): void {
  const newest = applied.at(-1)?.version ?? 0
  const known = migrations.at(-1)?.version ?? 0
  if (newest > known) throw new CannotStart({ code: 'database-newer', version: newest, known })
  for (const { version, checksum } of applied) {
    const migration = migrations.find((one) => one.version === version)
    if (migration && migration.checksum !== checksum) {
      throw new CannotStart({ code: 'migration-changed', file: migration.file })
    }
  }
}

async function apply(client: pg.Client, { version, file, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into schema_migration (version, file, checksum) values ($1, $2, $3)', [
      version,
      file,
      checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const detail = error instanceof Error ? error.message : String(error)
    throw new CannotStart({ code: 'migration-failed', file, detail }, error)
  }
}
