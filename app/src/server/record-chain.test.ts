import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/helpers/database.ts'
import { inTransaction } from './database/handles.ts'
import { sealRecord, verifyRecord, wasHead } from './record-chain.ts'

let test_: TestDatabase
beforeEach(async () => {
  test_ = await createTestDatabase()
})
afterEach(() => test_.drop())

const add = (operation: string): Promise<unknown> =>
  inTransaction(test_.database, (tx) =>
    tx
      .insertInto('record_entry')
      .values({ operation, subject_kind: 'plan', after: JSON.stringify({ words: 'Kế hoạch' }) })
      .execute(),
  )

async function addThree(): Promise<number[]> {
  for (const operation of ['plan.review', 'plan.launch', 'plan.close']) await add(operation)
  await sealRecord(test_.database)
  const rows = await test_.askAsOwner<{ id: string }>('select id from record_entry order by id')
  return rows.map(({ id }) => Number(id))
}

/** As somebody who owns the tables and knows of the triggers. */
async function tamper(statement: string, table = 'record_entry'): Promise<void> {
  await test_.askAsOwner(`alter table ${table} disable trigger user`)
  await test_.askAsOwner(statement)
  await test_.askAsOwner(`alter table ${table} enable trigger user`)
}

describe('the chain of the record', () => {
  test('is whole over all that was written, and says its head', async () => {
    expect(await verifyRecord(test_.database)).toEqual({ entries: 0, head: null, broken: null })
    await addThree()
    const verification = await verifyRecord(test_.database)
    expect(verification).toEqual({
      entries: 3,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      broken: null,
    })
    await add('plan.reopen')
    expect(await verifyRecord(test_.database)).toMatchObject({ entries: 4, broken: null })
    expect(await wasHead(test_.database, verification.head ?? '')).toBe(true)
    expect(await wasHead(test_.database, '0'.repeat(64))).toBe(false)
  })

  test('is broken at an entry that was changed', async () => {
    const [, second = 0] = await addThree()
    await tamper(`update record_entry set after = '{"words": "Khác"}' where id = ${second}`)
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: second, how: 'changed' })
    const kept = await test_.askAsOwner(
      'select broken_entry::int as entry, broken_how as how from record_verification',
    )
    expect(kept).toEqual([{ entry: second, how: 'changed' }])
  })

  test('is broken at an entry that was removed', async () => {
    const [first = 0] = await addThree()
    await tamper(`delete from record_entry where id = ${first}`)
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: first, how: 'removed' })
  })

  test('is broken behind an entry that was removed with its seal', async () => {
    const [, second = 0, third = 0] = await addThree()
    await tamper(`delete from record_entry where id = ${second}`)
    await tamper(`delete from record_seal where entry_id = ${second}`, 'record_seal')
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: third, how: 'removed' })
  })

  test('is broken at an entry that was slipped in', async () => {
    await addThree()
    await tamper(`insert into record_entry (id, operation, subject_kind) overriding system value
      values (-1, 'plan.launch', 'plan')`)
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: -1, how: 'inserted' })
  })

  test('is broken at an entry of the past that was sealed long after it', async () => {
    await addThree()
    await tamper(`update record_seal set sealed_at = sealed_at - interval '1 day'`, 'record_seal')
    await test_.askAsOwner(`insert into record_entry (id, operation, subject_kind) overriding system value
      values (-1, 'plan.launch', 'plan')`)
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: -1, how: 'inserted' })
  })

  test('holds when many write and two seal at once', async () => {
    await Promise.all([
      ...Array.from({ length: 40 }, (_, at) => add(`plan.${at}`)),
      ...Array.from({ length: 6 }, () => sealRecord(test_.database)),
    ])
    expect(await verifyRecord(test_.database)).toMatchObject({ entries: 40, broken: null })
  })

  test('waits for whoever commits late', async () => {
    await inTransaction(test_.database, async (tx) => {
      await tx.insertInto('record_entry').values({ operation: 'slow', subject_kind: 'plan' }).execute()
      await addThree()
    })
    expect(await verifyRecord(test_.database)).toMatchObject({ entries: 4, broken: null })
  })
})

describe('looks that are past their term', () => {
  const days = (count: number): string => new Date(Date.now() - count * 86_400_000).toISOString()
  const addLook = async (ago: number): Promise<number> => {
    const [row] = await test_.askAsOwner<{ id: string }>(
      `insert into record_entry (operation, subject_kind, done_at, after)
       values ('people.look', 'person', $1, '{"subjects": ["a"]}') returning id`,
      [days(ago)],
    )
    return Number(row?.id)
  }
  const retire = (ago: number): Promise<number> =>
    inTransaction(test_.database, async (tx) => {
      const { rows } = await sql<{ removed: number }>`select retire_looks(${days(ago)}) as removed`.execute(
        tx,
      )
      return rows[0]?.removed ?? 0
    })
  const operations = async (): Promise<string[]> =>
    (await test_.askAsOwner<{ operation: string }>('select operation from record_entry order by id')).map(
      ({ operation }) => operation,
    )

  test('go, and the chain is whole without them', async () => {
    await addLook(900)
    await add('plan.launch')
    await addLook(500)
    expect(await retire(800)).toBe(0)
    await sealRecord(test_.database)
    expect(await retire(800)).toBe(1)
    expect(await operations()).toEqual(['plan.launch', 'people.look', 'personal-data.retire'])
    expect(await verifyRecord(test_.database)).toMatchObject({ entries: 4, broken: null })
    expect(await retire(800)).toBe(0)
    expect(await operations()).toHaveLength(3)
  })

  test('do not go within a year, nor at the wish of who acts for somebody', async () => {
    await addLook(300)
    await sealRecord(test_.database)
    await expect(retire(200)).rejects.toThrow('for a year')
    await expect(
      inTransaction(test_.database, async (tx) => {
        await sql`select set_config('trienkhai.account', gen_random_uuid()::text, true)`.execute(tx)
        await sql`select retire_looks(now() - interval '2 years')`.execute(tx)
      }),
    ).rejects.toThrow('only the program')
    expect(await operations()).toEqual(['people.look'])
  })

  test('break the chain where one of a later day is gone, or anything but a look', async () => {
    await addLook(900)
    const later = await addLook(500)
    await sealRecord(test_.database)
    await retire(800)
    await tamper(`delete from record_entry where id = ${later}`)
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: later, how: 'removed' })
  })

  test('cannot be feigned: neither by a seal that says so, nor by an entry of a term that is too short', async () => {
    const [, second = 0] = await addThree()
    await tamper(
      `update record_seal set looked_at = now() - interval '900 days' where entry_id = ${second}`,
      'record_seal',
    )
    await tamper(`delete from record_entry where id = ${second}`)
    await inTransaction(test_.database, (tx) =>
      tx
        .insertInto('record_entry')
        .values({
          operation: 'personal-data.retire',
          subject_kind: 'personal-data',
          after: JSON.stringify({ looksUntil: days(800) }),
        })
        .execute(),
    )
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: second, how: 'changed' })
  })

  test('of yesterday are missed, though an entry says that they were past their term', async () => {
    const look = await addLook(1)
    await sealRecord(test_.database)
    await test_.askAsOwner(
      `insert into record_entry (operation, subject_kind, after) values ('personal-data.retire', 'personal-data', $1)`,
      [JSON.stringify({ looksUntil: days(0) })],
    )
    await tamper(`delete from record_entry where id = ${look}`)
    expect((await verifyRecord(test_.database)).broken).toEqual({ entryId: look, how: 'removed' })
  })
})

describe('the record', () => {
  test('cannot be changed by the program', async () => {
    await addThree()
    for (const statement of [
      `update record_entry set operation = 'x'`,
      'delete from record_entry',
      'truncate record_entry',
      'delete from record_seal',
      `update record_seal set hash = hash`,
      "insert into record_seal (place, entry_id, content, hash) values (99, 99, sha256('x'), sha256('x'))",
      'delete from record_unsealed',
      `insert into record_entry (id, operation, subject_kind) overriding system value values (-1, 'x', 'x')`,
    ])
      await expect(
        inTransaction(test_.database, (tx) => sql.raw(statement).execute(tx)),
        statement,
      ).rejects.toThrow('permission denied')
  })

  test('cannot be changed by its owner by mistake', async () => {
    await addThree()
    for (const statement of [
      `update record_entry set operation = 'x'`,
      'delete from record_entry',
      'truncate record_entry',
      'delete from record_seal',
    ])
      await expect(test_.askAsOwner(statement)).rejects.toThrow('never changed')
  })
})
