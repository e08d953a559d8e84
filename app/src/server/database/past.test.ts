import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

it('has the columns of each table in its stand-in of the past, so that a query reads either', async () => {
  const { rows } = await sql<{ table: string; missing: string[] | null; odd: string[] | null }>`
    with held as (
      select table_schema, table_name, array_agg(column_name::text || ' ' || udt_name order by column_name) as columns
      from information_schema.columns where table_schema in ('public', 'past') group by 1, 2
    )
    select past.table_name as table,
      (select array_agg(name) from unnest(present.columns) name where name <> all(past.columns)) as missing,
      (select array_agg(name) from unnest(past.columns) name where name <> all(present.columns)) as odd
    from held past join held present on present.table_schema = 'public' and present.table_name = past.table_name
    where past.table_schema = 'past' order by 1
  `.execute(test.database.reader)
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.filter(({ missing, odd }) => missing !== null || odd !== null)).toEqual([])
})
