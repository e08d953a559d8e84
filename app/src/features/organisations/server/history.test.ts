import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, type Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { insertOrganisations } from './writes.ts'

let test: TestDatabase
const ids = { province: newId(), one: newId(), two: newId(), cell: newId(), union: newId() }

const body = (
  id: string,
  name: string,
  parentId: string | null,
  kind: 'cell' | 'commune-committee' | 'union',
) => ({
  id,
  hierarchy: kind === 'union' ? ('front' as const) : ('party' as const),
  kind,
  name,
  abbreviation: null,
  parentId,
  unitCode: null,
})

beforeAll(async () => {
  test = await createTestDatabase()
  await inTransaction(test.database, (tx) =>
    insertOrganisations(tx, [
      body(ids.province, 'Đảng ủy tỉnh', null, 'commune-committee'),
      body(ids.one, 'Đảng ủy xã Một', ids.province, 'commune-committee'),
      body(ids.two, 'Đảng ủy xã Hai', ids.province, 'commune-committee'),
      body(ids.cell, 'Chi bộ Khu 1', ids.one, 'cell'),
      body(ids.union, 'Hội Nông dân xã Một', ids.one, 'union'),
    ]),
  )
})
afterAll(() => test.drop())

const change = (on: string, work: (tx: Tx) => Promise<unknown>) =>
  inTransaction(test.database, async (tx) => {
    await sql`select act_as('program'), set_config('trienkhai.change_on', ${on}, true)`.execute(tx)
    await work(tx)
  })
const set = (id: string, values: Record<string, unknown>, on: string) =>
  change(on, (tx) => tx.updateTable('organisation').set(values).where('id', '=', id).execute())
const read = <Row>(query: ReturnType<typeof sql<Row>>) =>
  inTransaction(test.database, async (tx) => {
    await sql`select act_as('program')`.execute(tx)
    return (await query.execute(tx)).rows
  })
const periods = (id: string) =>
  read(sql<{ name: string; from: string | null; to: string | null }>`
    select name, from_on as from, to_on as to from organisation_period where organisation_id = ${id}
    order by from_on nulls first`)
const places = (id: string) =>
  read(sql<{ parent: string | null; from: string | null; to: string | null }>`
    select parent_id as parent, from_on as from, to_on as to from organisation_place where organisation_id = ${id}
    order by hierarchy, from_on nulls first`)
const lineOn = async (id: string, day: string) =>
  (
    await read(sql<{ id: string }>`select ancestor_id as id from line_on(${id}, ${day}) order by distance`)
  ).map((row) => row.id)

describe('the history of an organisation', () => {
  it('begins with its row, as far back as is known', async () => {
    expect(await periods(ids.cell)).toEqual([{ name: 'Chi bộ Khu 1', from: null, to: null }])
    expect(await places(ids.cell)).toEqual([{ parent: ids.one, from: null, to: null }])
  })

  it('keeps the former name up to the eve, and takes a correction for the same state', async () => {
    await set(ids.cell, { name: 'Chi bộ Khu Một' }, '2025-07-01')
    await set(ids.cell, { name: 'Chi bộ Khu 01' }, 'correct')
    expect(await periods(ids.cell)).toEqual([
      { name: 'Chi bộ Khu 1', from: null, to: '2025-06-30' },
      { name: 'Chi bộ Khu 01', from: '2025-07-01', to: null },
    ])
    await set(ids.cell, { name: 'Chi bộ Khu 1' }, '2025-07-01')
    expect(await periods(ids.cell)).toEqual([
      { name: 'Chi bộ Khu 1', from: null, to: '2025-06-30' },
      { name: 'Chi bộ Khu 1', from: '2025-07-01', to: null },
    ])
  })

  it('refuses a change before one that is known already', async () => {
    await expect(set(ids.cell, { name: 'Khác' }, '2025-06-30')).rejects.toThrow('later change')
  })

  it('knows the line above on any day, and draws the lines of today anew', async () => {
    await set(ids.cell, { parent_id: ids.two }, '2026-03-01')
    expect(await lineOn(ids.cell, '2026-02-28')).toEqual([ids.cell, ids.one, ids.province])
    expect(await lineOn(ids.cell, '2026-03-01')).toEqual([ids.cell, ids.two, ids.province])
    expect(
      await read(
        sql`select ancestor_id as id from organisation_line where organisation_id = ${ids.cell} order by distance`,
      ),
    ).toEqual([ids.cell, ids.two, ids.province].map((id) => ({ id })))
  })

  it('refuses an organisation below itself, today and on any other day', async () => {
    await expect(set(ids.province, { parent_id: ids.cell }, '2026-04-01')).rejects.toThrow('below itself')
    await set(ids.two, { parent_id: ids.one }, '2026-05-01')
    // Two stands below One from May on: One below Two would be a circle in May, though not in March.
    await expect(set(ids.one, { parent_id: ids.two }, '2026-03-01')).rejects.toThrow('below itself')
    await set(ids.two, { parent_id: ids.province }, '2026-06-01')
    await expect(set(ids.one, { parent_id: ids.two }, '2026-05-15')).rejects.toThrow('below itself')
  })

  it('ends with the eve of the day on which it is no more, and does not come back', async () => {
    await set(ids.union, { ended_on: '2026-07-01' }, '2026-07-01')
    expect((await periods(ids.union)).at(-1)?.to).toBe('2026-06-30')
    expect((await places(ids.union)).at(-1)?.to).toBe('2026-06-30')
    await expect(set(ids.union, { ended_on: null }, '2026-07-02')).rejects.toThrow('does not come back')
  })

  it('holds places in other hierarchies beside its own', async () => {
    await change('2026-02-01', (tx) =>
      sql`select place_beside(${ids.cell}, 'school', ${ids.province}, '2026-02-01')`.execute(tx),
    )
    await change('2026-08-01', (tx) =>
      sql`select place_beside(${ids.cell}, 'school', null, '2026-08-01')`.execute(tx),
    )
    expect((await places(ids.cell)).at(-1)).toEqual({
      parent: ids.province,
      from: '2026-02-01',
      to: '2026-07-31',
    })
  })
})

it('searches names of any time by the same key as the program', async () => {
  const { nameKey } = await import('../name-key.ts')
  const names = [
    'Uỷ ban Kỹ thuật',
    'Ủy ban kĩ thuật',
    'Hội Quý',
    'Lý luận',
    'Thúy',
    'Mỹ Đức',
    'Kĩ',
    'QUÍ',
    'Tây',
  ]
  const keys = await read(
    sql<{ key: string }>`select name_key(name) as key from unnest(${names}::text[]) name`,
  )
  expect(keys.map(({ key }) => key)).toEqual(names.map(nameKey))
  expect(nameKey('Uỷ ban Kỹ thuật')).toBe(nameKey('Ủy ban kĩ thuật'))
})
