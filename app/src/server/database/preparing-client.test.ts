import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { inTransaction } from './handles.ts'

let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
})
afterAll(() => held.drop())

const prepared = sql<{ statement: string; calls: number }>`
  select statement, (generic_plans + custom_plans)::int as calls from pg_prepared_statements
  where statement like '%::int + $2%'`

test('what is asked a second time is prepared once, and answers by its own values each time', async () => {
  await inTransaction(held.database, async (tx) => {
    for (const added of [1, 2, 3, 4]) {
      const { rows } = await sql<{ sum: number }>`select ${40}::int + ${added} as sum`.execute(tx)
      expect(rows).toEqual([{ sum: 40 + added }])
    }
    expect((await prepared.execute(tx)).rows).toEqual([{ statement: 'select $1::int + $2 as sum', calls: 3 }])
  })
})

test('a text too long to come again is asked as it is', async () => {
  await inTransaction(held.database, async (tx) => {
    const long = sql.raw(`/* ${'x'.repeat(12_000)} */`)
    const { rows } = await sql<{ sum: number }>`select ${1}::int + ${2}::int + 0 as sum ${long}`.execute(tx)
    expect(rows).toEqual([{ sum: 3 }])
    const { rows: kept } = await sql<{ length: number }>`
      select length(statement) as length from pg_prepared_statements where length(statement) > 12000`.execute(
      tx,
    )
    expect(kept).toEqual([])
  })
})

test('an error in a prepared text leaves the next one unharmed', async () => {
  const divide = (by: number) =>
    inTransaction(held.database, (tx) =>
      sql<{ share: number }>`select ${12}::int / ${by}::int as share`.execute(tx),
    )
  await expect(divide(0)).rejects.toThrow('division by zero')
  expect((await divide(4)).rows).toEqual([{ share: 3 }])
})
