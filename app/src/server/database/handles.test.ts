import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { newId } from '../platform/ids.ts'
import { inSnapshot, inTransaction } from './handles.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await createTestDatabase()
})
afterAll(() => test_.drop())

const newOrganisation = (name: string) => ({ id: newId(), hierarchy: 'party', kind: 'cell', name })

async function namesLike(pattern: string): Promise<string[]> {
  const rows = await test_.database.reader
    .selectFrom('organisation')
    .select('name')
    .where('name', 'like', pattern)
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}

describe('a reader', () => {
  test('cannot write, not even by raw SQL', async () => {
    const write = sql`update organisation set name = 'x'`.execute(test_.database.reader)
    await expect(write).rejects.toThrow('cannot execute UPDATE in a read-only transaction')
  })

  test('sees one moment in a snapshot, whatever is written meanwhile', async () => {
    const count = () =>
      test_.database.reader.selectFrom('organisation').select(({ fn }) => fn.countAll<number>().as('n'))
    const seen = await inSnapshot(test_.database, async (reader) => {
      const before = await reader
        .selectFrom('organisation')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .execute()
      await inTransaction(test_.database, async (tx) => {
        await tx.insertInto('organisation').values(newOrganisation('Snapshot')).execute()
      })
      const after = await reader
        .selectFrom('organisation')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .execute()
      return { before: before[0]?.n, after: after[0]?.n }
    })
    expect(seen.after).toBe(seen.before)
    expect((await count().execute())[0]?.n).toBe((seen.before ?? 0) + 1)
  })

  test('gives civil dates as text, counts as numbers, and days as Vietnam has them', async () => {
    const { rows } = await sql`
      select date '2026-02-03' as day, count(*) as many, timestamptz '2026-02-03T20:00:00Z'::date as there
      from generate_series(1, 3)`.execute(test_.database.reader)
    expect(rows).toEqual([{ day: '2026-02-03', many: 3, there: '2026-02-04' }])
  })

  test('sorts names as a Vietnamese dictionary does', async () => {
    await inTransaction(test_.database, async (tx) => {
      const names = ['Ô Sắp', 'Ơ Sắp', 'O Sắp', 'Đ Sắp', 'D Sắp', 'Chi bộ 10 Sắp', 'Chi bộ 2 Sắp']
      await tx.insertInto('organisation').values(names.map(newOrganisation)).execute()
    })
    expect(await namesLike('%Sắp')).toEqual([
      'Chi bộ 2 Sắp',
      'Chi bộ 10 Sắp',
      'D Sắp',
      'Đ Sắp',
      'O Sắp',
      'Ô Sắp',
      'Ơ Sắp',
    ])
  })
})

describe('a transaction', () => {
  test('keeps what was written, and answers what the work answers', async () => {
    const answer = await inTransaction(test_.database, async (tx) => {
      await tx.insertInto('organisation').values(newOrganisation('Kept 1')).execute()
      return { ok: true as const, value: 7 }
    })
    expect(answer).toEqual({ ok: true, value: 7 })
    expect(await namesLike('Kept%')).toEqual(['Kept 1'])
  })

  test('writes nothing where the work throws', async () => {
    const work = inTransaction(test_.database, async (tx) => {
      await tx.insertInto('organisation').values(newOrganisation('Thrown')).execute()
      throw new Error('a bug')
    })
    await expect(work).rejects.toThrow('a bug')
    expect(await namesLike('Thrown%')).toEqual([])
  })

  test('writes nothing where the work refuses', async () => {
    const answer = await inTransaction(test_.database, async (tx) => {
      await tx.insertInto('organisation').values(newOrganisation('Refused')).execute()
      return { ok: false as const, reason: 'late' }
    })
    expect(answer).toEqual({ ok: false, reason: 'late' })
    expect(await namesLike('Refused%')).toEqual([])
  })

  test('is tried again after a deadlock, and both sides are done', async () => {
    const [one, two] = [newOrganisation('Lock one'), newOrganisation('Lock two')]
    await inTransaction(test_.database, (tx) => tx.insertInto('organisation').values([one, two]).execute())
    let attempts = 0
    const rename = (first: string, second: string, mark: string) =>
      inTransaction(test_.database, async (tx) => {
        attempts += 1
        for (const id of [first, second]) {
          await tx
            .updateTable('organisation')
            .set({ abbreviation: sql`coalesce(abbreviation, '') || ${mark}::text` })
            .where('id', '=', id)
            .execute()
          await new Promise((done) => setTimeout(done, 100))
        }
      })
    await Promise.all([rename(one.id, two.id, 'a'), rename(two.id, one.id, 'b')])
    const rows = await test_.database.reader
      .selectFrom('organisation')
      .select('abbreviation')
      .where('id', 'in', [one.id, two.id])
      .execute()
    expect(rows.map((row) => [...(row.abbreviation ?? '')].sort().join(''))).toEqual(['ab', 'ab'])
    expect(attempts).toBeGreaterThan(2)
  })
})
