import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listPeopleOf } from '#features/people/server/reads.ts'
import { insertMemberships, insertPeople, insertPosts } from '#features/people/server/writes.ts'
import type { Role } from '#server/access/actor.ts'
import { scopeOf } from '#server/access/scope.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import type { OrganisationKind } from '../schema.ts'
import { getOrganisation } from './organisation-reads.ts'
import { listBelow, listBranches, listChildren, listOwnOrganisations, searchOrganisations } from './reads.ts'
import { insertOrganisations } from './writes.ts'

const today = '2026-11-23' as CivilDate
const first = { page: 1, pageSize: 50 }
const rows: [name: string, kind: OrganisationKind, parent: string | null, abbreviation?: string][] = [
  ['Tỉnh ủy Phú Thọ', 'province-committee', null],
  ['Đảng ủy xã Một', 'commune-committee', 'Tỉnh ủy Phú Thọ', 'ĐU'],
  ['Đảng ủy xã Hai', 'commune-committee', 'Tỉnh ủy Phú Thọ', 'ĐU'],
  ['Chi bộ Khu 10', 'cell', 'Đảng ủy xã Một'],
  ['Chi bộ Khu 2', 'cell', 'Đảng ủy xã Một'],
  ['Hội Nông dân xã Một', 'union', 'Đảng ủy xã Một', 'HND'],
  ['Chi bộ Xóm Hai', 'cell', 'Đảng ủy xã Hai'],
]
const ids = new Map(rows.map(([name]) => [name, newId()]))
const id = (name: string): string => ids.get(name) ?? ''
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
  const people = ['Trần Văn Bình', 'Nguyễn Thị An', 'Lê Đức Chiến'].map((fullName) => ({
    id: newId(),
    fullName,
  }))
  const [binh, an, chien] = people.map((person) => person.id)
  const inCell = (personId = '', status: 'official' | 'probationary', toOn: string | null = null) => ({
    id: newId(),
    personId,
    organisationId: id('Chi bộ Khu 2'),
    status,
    fromOn: '2020-01-01',
    toOn,
  })
  await inTransaction(test.database, async (tx) => {
    await insertOrganisations(
      tx,
      rows.map(([name, kind, parent, abbreviation = null]) => ({
        id: id(name),
        hierarchy: 'party',
        kind,
        name,
        abbreviation,
        parentId: parent && id(parent),
        unitCode: null,
      })),
    )
    await insertPeople(
      tx,
      people.map((person) => ({ ...person, sortKey: person.fullName.split(' ').reverse().join(' ') })),
    )
    await insertMemberships(tx, [
      inCell(binh, 'official'),
      inCell(an, 'probationary'),
      inCell(chien, 'official', '2026-01-31'),
    ])
    await insertPosts(tx, [
      {
        id: newId(),
        personId: binh ?? '',
        organisationId: id('Chi bộ Khu 2'),
        title: 'Bí thư',
        fromOn: '2025-01-01',
        toOn: null,
      },
    ])
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
const officer = as('officer', 'Đảng ủy xã Một')
const secretary = as('secretary', 'Chi bộ Khu 2')
const stranger = as('officer', 'Đảng ủy xã Hai')
const names = (page: { rows: { name: string }[] }): string[] => page.rows.map(({ name }) => name)

describe('the bodies below one', () => {
  it('are listed by name, cells last, numbers by value, each with how many it has below', async () => {
    const page = await listChildren(test.database.reader, officer, id('Đảng ủy xã Một'), first)
    expect(names(page)).toEqual(['Hội Nông dân xã Một', 'Chi bộ Khu 2', 'Chi bộ Khu 10'])
    const above = await listChildren(
      test.database.reader,
      as('administrator', 'Tỉnh ủy Phú Thọ'),
      id('Tỉnh ủy Phú Thọ'),
      first,
    )
    expect(above.rows.map(({ name, children }) => [name, children])).toEqual([
      ['Đảng ủy xã Hai', 1],
      ['Đảng ủy xã Một', 3],
    ])
  })

  it('page, and say how many there are in all', async () => {
    const page = await listChildren(test.database.reader, officer, id('Đảng ủy xã Một'), {
      page: 2,
      pageSize: 2,
    })
    expect([names(page), page.total]).toEqual([['Chi bộ Khu 10'], 3])
  })

  it("show nothing of another office's, and to a secretary only the own line", async () => {
    const reader = test.database.reader
    expect(names(await listChildren(reader, stranger, id('Đảng ủy xã Một'), first))).toEqual([])
    expect(names(await listChildren(reader, secretary, id('Đảng ủy xã Một'), first))).toEqual([
      'Chi bộ Khu 2',
    ])
    expect(names(await listChildren(reader, officer, id('Tỉnh ủy Phú Thọ'), first))).toEqual([
      'Đảng ủy xã Một',
    ])
  })

  it('take one query for one open branch and for three', async () => {
    const top = as('administrator', 'Tỉnh ủy Phú Thọ')
    const branches = (...open: string[]) => listBranches(test.database.reader, top, open.map(id), 2)
    expect((await branches('Đảng ủy xã Một', 'Đảng ủy xã Hai')).map(({ name }) => name).sort()).toEqual([
      'Chi bộ Khu 2',
      'Chi bộ Xóm Hai',
      'Hội Nông dân xã Một',
    ])
    expect(await test.countQueries(() => branches('Đảng ủy xã Một'))).toBe(1)
    expect(
      await test.countQueries(() => branches('Đảng ủy xã Một', 'Đảng ủy xã Hai', 'Tỉnh ủy Phú Thọ')),
    ).toBe(1)
  })
})

it('lists everything below a body, or one kind of it, with members, in one query', async () => {
  const below = (scope: ReturnType<typeof as>, kind: OrganisationKind | null) =>
    listBelow(test.database.reader, scope, { organisationId: id('Đảng ủy xã Một'), kind, today, ...first })
  expect((await below(officer, null)).rows.map(({ name, members }) => [name, members])).toEqual([
    ['Chi bộ Khu 2', 2],
    ['Chi bộ Khu 10', 0],
    ['Hội Nông dân xã Một', 0],
  ])
  expect(names(await below(officer, 'union'))).toEqual(['Hội Nông dân xã Một'])
  expect(await below(stranger, null)).toEqual({ rows: [], total: 0 })
  expect(await test.countQueries(() => below(officer, 'union'))).toBe(1)
  expect(await test.countQueries(() => below(officer, null))).toBe(1)
})

it('starts the tree at the own bodies, the topmost of a line only', async () => {
  const both = scopeOf({
    accountId: newId(),
    personId: null,
    name: 'Người thử',
    grants: [
      { role: 'officer', organisationId: id('Đảng ủy xã Một'), organisationName: '' },
      { role: 'secretary', organisationId: id('Chi bộ Khu 2'), organisationName: '' },
    ],
  })
  expect((await listOwnOrganisations(test.database.reader, both)).map(({ name }) => name)).toEqual([
    'Đảng ủy xã Một',
  ])
})

describe('the search', () => {
  const search = async (words: string, scope = officer) =>
    names(await searchOrganisations(test.database.reader, scope, words, first))

  it('finds by words with and without marks, and by abbreviation', async () => {
    expect(await search('chi bo khu')).toEqual(['Chi bộ Khu 2', 'Chi bộ Khu 10'])
    expect(await search('NÔNG dân')).toEqual(['Hội Nông dân xã Một'])
    expect(await search('HND')).toEqual(['Hội Nông dân xã Một'])
    expect(await search('%')).toEqual([])
    expect(await search('  ')).toEqual([])
  })

  it('finds nothing of another office', async () => {
    expect(await search('xóm hai')).toEqual([])
    expect(await search('xóm hai', stranger)).toEqual(['Chi bộ Xóm Hai'])
  })
})

describe("a body's own page", () => {
  it('has the line above, and what is below', async () => {
    expect(await getOrganisation(test.database.reader, officer, id('Đảng ủy xã Một'), { today })).toEqual({
      id: id('Đảng ủy xã Một'),
      hierarchy: 'party',
      kind: 'commune-committee',
      name: 'Đảng ủy xã Một',
      abbreviation: 'ĐU',
      parentId: id('Tỉnh ủy Phú Thọ'),
      unitCode: null,
      beganOn: null,
      endedOn: null,
      isThere: true,
      line: [{ id: id('Tỉnh ủy Phú Thọ'), name: 'Tỉnh ủy Phú Thọ' }],
      below: 3,
      cellsBelow: 2,
      members: 2,
    })
  })

  it('is not there for who may not see it', async () => {
    const asked = getOrganisation(test.database.reader, stranger, id('Chi bộ Khu 2'), { today })
    await expect(asked).rejects.toMatchObject({ name: 'NotFound' })
  })
})

describe('the people of a body', () => {
  const people = (scope: ReturnType<typeof as>, words = '') =>
    listPeopleOf(test.database.reader, scope, { organisationId: id('Chi bộ Khu 2'), today, words, ...first })

  it('are listed by given name, those of today only, with posts; how they belong only for their keeper', async () => {
    const { rows: listed, total } = await people(officer)
    expect(listed.map(({ fullName, posts, status }) => [fullName, posts, status])).toEqual([
      ['Nguyễn Thị An', [], null],
      ['Trần Văn Bình', ['Bí thư'], null],
    ])
    expect(total).toBe(2)
    const kept = await people(as('personnel', 'Đảng ủy xã Một'))
    expect(kept.rows.map(({ status }) => status)).toEqual(['probationary', 'official'])
    expect((await people(secretary, 'binh')).rows.map(({ fullName }) => fullName)).toEqual(['Trần Văn Bình'])
  })

  it('are nobody for who may not list them', async () => {
    expect(await people(stranger)).toEqual({ rows: [], total: 0 })
    expect(await people(as('secretary', 'Chi bộ Khu 10'))).toEqual({ rows: [], total: 0 })
  })
})
