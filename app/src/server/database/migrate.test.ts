import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { listMigrations, migrate } from './migrate.ts'

let test_: TestDatabase
let folder: string
beforeAll(async () => {
  test_ = await createTestDatabase()
  await query('drop table schema_migration')
})
afterAll(() => test_.drop())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trienkhai-migrations-'))
  await query('drop table if exists schema_migration, colour, shape')
  return () => rmSync(folder, { recursive: true, force: true })
})

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: test_.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const write = (file: string, sql: string) => writeFileSync(join(folder, file), sql)

describe('migrations', () => {
  test('are applied once each, in order', async () => {
    write('0001-colour.sql', 'create table colour (name text)')
    expect(await migrate(test_.url, { folder })).toEqual(['0001-colour.sql'])
    write('0002-red.sql', `insert into colour values ('red'); insert into colour values ('blue')`)
    expect(await migrate(test_.url, { folder })).toEqual(['0002-red.sql'])
    expect(await migrate(test_.url, { folder })).toEqual([])
    expect(await query('select name from colour order by 1')).toEqual([{ name: 'blue' }, { name: 'red' }])
  })

  test('are applied once by two programs that start at once', async () => {
    write('0001-colour.sql', 'create table colour (name text); select pg_sleep(0.2)')
    const done = await Promise.all([migrate(test_.url, { folder }), migrate(test_.url, { folder })])
    expect(done.flat()).toEqual(['0001-colour.sql'])
  })

  test('that fail leave nothing of themselves, and name the file', async () => {
    write('0001-colour.sql', 'create table colour (name text)')
    write('0002-shape.sql', 'create table shape (name text); select 1/0')
    await expect(migrate(test_.url, { folder })).rejects.toMatchObject({
      reason: { code: 'migration-failed', file: '0002-shape.sql', detail: 'division by zero' },
    })
    expect(await query('select version from schema_migration')).toEqual([{ version: 1 }])
    expect(await query(`select to_regclass('shape') as shape`)).toEqual([{ shape: null }])
  })

  test('refuse a file that was edited after it was applied', async () => {
    write('0001-colour.sql', 'create table colour (name text)')
    await migrate(test_.url, { folder })
    write('0001-colour.sql', 'create table colour (name text not null)')
    await expect(migrate(test_.url, { folder })).rejects.toMatchObject({
      reason: { code: 'migration-changed', file: '0001-colour.sql' },
    })
  })

  test('refuse a database that a newer program has changed', async () => {
    write('0001-colour.sql', 'create table colour (name text)')
    await migrate(test_.url, { folder })
    await query(`insert into schema_migration (version, file, checksum) values (2, '0002-later.sql', '')`)
    await expect(migrate(test_.url, { folder })).rejects.toMatchObject({
      reason: { code: 'database-newer', version: 2, known: 1 },
    })
  })

  test('are applied when they come later under a number that was kept for them', async () => {
    write('0001-colour.sql', 'create table colour (name text)')
    write('0003-blue.sql', `insert into colour values ('blue')`)
    expect(await migrate(test_.url, { folder })).toEqual(['0001-colour.sql', '0003-blue.sql'])
    write('0002-shape.sql', 'create table shape (name text)')
    expect(await migrate(test_.url, { folder })).toEqual(['0002-shape.sql'])
  })

  test('are refused where two bear one number', () => {
    write('0001-colour.sql', '')
    write('0001-shape.sql', '')
    expect(() => listMigrations(folder)).toThrow('0001-shape.sql: migration 1 is there twice')
  })
})
