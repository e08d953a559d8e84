import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { inTransaction } from './handles.ts'

let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
})
afterAll(() => held.drop())

// An index of an exclusion constraint that a query may be planned by loses living rows: see organisation_period.
test('no query can be planned by the index of a constraint against overlaps', async () => {
  await inTransaction(held.database, async (tx) => {
    const { rows: columns } = await sql<{ table: string; column: string; type: string; indexes: string[] }>`
      select conrelid::regclass::text as table, attname as column,
        format_type(atttypid, null) as type, array_agg(distinct conname::text) as indexes
      from pg_constraint join pg_attribute on attrelid = conrelid and attnum > 0 and not attisdropped
      where contype = 'x' and attname in
        ('organisation_id', 'person_id', 'stands_in_for', 'hierarchy', 'title', 'from_on')
      group by 1, 2, 3 order by 1, 2`.execute(tx)
    expect(new Set(columns.map(({ table }) => table)).size).toBeGreaterThanOrEqual(6)
    await sql`set local enable_seqscan = off`.execute(tx)
    const onDay = sql`daterange(from_on, to_on, '[]') && daterange(current_date, current_date, '[]')`
    for (const { table, column, type, indexes } of columns) {
      const same = sql`${sql.ref(column)} = current_setting('trienkhai.none', true)::${sql.raw(type)}`
      for (const condition of [onDay, same, sql`${same} and ${onDay}`]) {
        const { rows: plan } = await sql<Record<string, string>>`
          explain (format json, costs off) select id from ${sql.table(table)}
          where ${condition}`.execute(tx)
        const text = JSON.stringify(plan)
        expect(text).toContain(`"Relation Name":"${table}"`)
        for (const index of indexes) expect(text, `${table}.${column}`).not.toContain(index)
      }
    }
  })
})
