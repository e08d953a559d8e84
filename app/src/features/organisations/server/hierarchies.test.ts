import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#server/access/actor.ts'
import { scopeOf } from '#server/access/scope.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import type { Hierarchy, OrganisationKind } from '../schema.ts'
import { listTree } from './organisation-reads.ts'
import { listBranches, listChildren, listTops, searchOrganisations } from './reads.ts'
import { insertOrganisations } from './writes.ts'

// A commune whose Front stands below the committee, and two schools that a room of the State guides beside their place.

const today = '2026-11-23' as CivilDate
const eve = '2026-08-31' as CivilDate
const first = { page: 1, pageSize: 50 }
const rows: [name: string, kind: OrganisationKind, hierarchy: Hierarchy, parent: string | null][] = [
  ['Tỉnh ủy', 'province-committee', 'party', null],
  ['Mặt trận tỉnh', 'front', 'front', 'Tỉnh ủy'],
  ['Xã Một', 'commune-committee', 'party', 'Tỉnh ủy'],
  ['Mặt trận xã Một', 'front', 'front', 'Xã Một'],
  ['Hội Nông dân xã Một', 'union', 'front', 'Mặt trận xã Một'],
  ['Ủy ban xã Một', 'government', 'government', 'Xã Một'],
  ['Trường Một', 'school', 'government', 'Ủy ban xã Một'],
  ['Xã Hai', 'commune-committee', 'party', 'Tỉnh ủy'],
  ['Trường Hai', 'school', 'government', 'Xã Hai'],
]
const ids = new Map(rows.map(([name]) => [name, newId()]))
const id = (name: string): string => ids.get(name) ?? ''
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
  await inTransaction(test.database, async (tx) => {
    await insertOrganisations(
      tx,
      rows.map(([name, kind, hierarchy, parent]) => ({
        id: id(name),
        hierarchy,
        kind,
        name,
        abbreviation: null,
        parentId: parent && id(parent),
        unitCode: null,
      })),
    )
    // Since September both schools are guided by the first commune's committee of the State.
    for (const school of ['Trường Một', 'Trường Hai'])
      await sql`select place_beside(${id(school)}, 'school', ${id('Ủy ban xã Một')}, '2026-09-01')`.execute(
        tx,
      )
  })
})
afterAll(() => test.drop())

const as = (role: Role, organisation: string) =>
  scopeOf({
    accountId: newId(),
    personId: null,
    name: 'Người thử',
    grants: [{ role, organisationId: id(organisation), organisationName: organisation }],
  })
const all = as('administrator', 'Tỉnh ủy')
const one = as('officer', 'Xã Một')
const two = as('officer', 'Xã Hai')
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name)

describe('the tree of one hierarchy', () => {
  it('starts at the bodies that stand in it below nothing else of it, and says below what', async () => {
    const tops = await listTops(test.database.reader, all, 'front', first)
    expect(tops).toEqual({
      rows: [
        expect.objectContaining({ name: 'Mặt trận tỉnh', parentName: 'Tỉnh ủy', children: 0 }),
        expect.objectContaining({ name: 'Mặt trận xã Một', parentName: 'Xã Một', children: 1 }),
      ],
      total: 2,
    })
    expect(names((await listTops(test.database.reader, all, 'party', first)).rows)).toEqual(['Tỉnh ủy'])
    expect(names((await listTops(test.database.reader, one, 'party', first)).rows)).toEqual(['Xã Một'])
    expect(names((await listTops(test.database.reader, one, 'front', first)).rows)).toEqual([
      'Mặt trận xã Một',
    ])
    expect(await listTops(test.database.reader, two, 'front', first)).toEqual({ rows: [], total: 0 })
  })

  it('pages, and tells how many there are', async () => {
    const second = await listTops(test.database.reader, all, 'front', { page: 2, pageSize: 1 })
    expect([names(second.rows), second.total]).toEqual([['Mặt trận xã Một'], 2])
  })

  it('opens by the places of that hierarchy', async () => {
    const opened = (hierarchy: Hierarchy | null) =>
      listBranches(test.database.reader, all, [id('Ủy ban xã Một')], 9, { hierarchy })
    expect(names(await opened('school'))).toEqual(['Trường Hai', 'Trường Một'])
    expect(names(await opened(null))).toEqual(['Trường Một'])
    expect(names(await opened('party'))).toEqual([])
  })

  it('gives nobody more than the own line: neither names nor how many', async () => {
    const reader = test.database.reader
    const guided = (scope: typeof one) =>
      listChildren(reader, scope, id('Ủy ban xã Một'), { ...first, hierarchy: 'school' })
    expect(names((await guided(one)).rows)).toEqual(['Trường Một'])
    expect(names((await guided(two)).rows)).toEqual(['Trường Hai'])
    expect((await listTops(reader, one, 'school', first)).rows).toMatchObject([
      { name: 'Trường Một', children: 0 },
    ])
    const printed = await listTree(reader, one, id('Ủy ban xã Một'), {
      today,
      hierarchy: 'school',
      deepest: 40,
      limit: 9,
    })
    expect(names(printed)).toEqual(['Ủy ban xã Một', 'Trường Một'])
    expect((await searchOrganisations(reader, one, 'truong', { ...first, hierarchy: 'school' })).total).toBe(
      1,
    )
  })

  it('is printed and drawn from a body that stands in another', async () => {
    const print = async (hierarchy: Hierarchy | null, on: CivilDate | null = null) =>
      (
        await listTree(test.database.reader, all, id('Xã Một'), {
          today,
          on,
          hierarchy,
          deepest: 40,
          limit: 99,
        })
      ).map(({ name, distance }) => [name, distance])
    expect(await print('front')).toEqual([
      ['Xã Một', 0],
      ['Mặt trận xã Một', 1],
      ['Hội Nông dân xã Một', 2],
    ])
    expect(await print('school', today)).toEqual([['Xã Một', 0]])
  })

  it('is searched', async () => {
    const find = async (hierarchy: Hierarchy | null) =>
      names(
        (await searchOrganisations(test.database.reader, all, 'xã một', { ...first, hierarchy })).rows,
      ).sort()
    expect(await find('front')).toEqual(['Hội Nông dân xã Một', 'Mặt trận xã Một'])
    expect(await find('party')).toEqual(['Xã Một'])
    expect((await find(null)).length).toBe(4)
  })

  it('is as it was on a day', async () => {
    const reader = test.database.reader
    const guiding = (on: CivilDate | null) =>
      listBranches(reader, all, [id('Ủy ban xã Một')], 9, { on, hierarchy: 'school' })
    expect(names(await guiding(eve))).toEqual([])
    expect(await listTops(reader, all, 'school', { ...first, on: eve })).toEqual({ rows: [], total: 0 })
    expect(names((await listTops(reader, all, 'front', { ...first, on: eve })).rows)).toEqual([
      'Mặt trận tỉnh',
      'Mặt trận xã Một',
    ])
  })

  it('takes one query for one open branch and for three', async () => {
    const branches = (...open: string[]) =>
      listBranches(test.database.reader, all, open.map(id), 2, { hierarchy: 'front' })
    expect(await test.countQueries(() => branches('Xã Một'))).toBe(1)
    expect(await test.countQueries(() => branches('Xã Một', 'Mặt trận xã Một', 'Tỉnh ủy'))).toBe(1)
    expect(await test.countQueries(() => listTops(test.database.reader, all, 'front', first))).toBe(1)
  })
})
