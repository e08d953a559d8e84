import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrganisationKind } from '#features/organisations/schema.ts'
import { insertOrganisations } from '#features/organisations/server/writes.ts'
import { insertMemberships, insertPeople } from '#features/people/server/writes.ts'
import { scopeOf } from '#server/access/scope.ts'
import { inTransaction, type Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import type { Audience } from '../schema.ts'
import { forgetPhrase, rememberPhrase } from './operations.ts'
import { findOfficeFacts, matchPhrases } from './reads.ts'
import { countAudiences, resolveAudience } from './resolve-audience.ts'

const today = '2026-11-23' as CivilDate
const accountId = newId()
const idOf = new Map<string, string>()
const id = (name: string): string => idOf.get(name) ?? ''

async function plant(
  tx: Tx,
  ...rows: [name: string, kind: OrganisationKind, parent: string | null, abbreviation?: string][]
) {
  for (const [name] of rows) idOf.set(name, newId())
  await insertOrganisations(
    tx,
    rows.map(([name, kind, parent, abbreviation]) => ({
      id: id(name),
      hierarchy: 'party',
      kind,
      name,
      abbreviation: abbreviation ?? null,
      parentId: parent && id(parent),
      unitCode: null,
    })),
  )
}

async function enrol(
  tx: Tx,
  organisation: string,
  statuses: ('official' | 'probationary' | 'union-member')[],
  toOn: string | null = null,
) {
  const people = statuses.map((status, index) => ({
    id: newId(),
    status,
    fullName: `Người ${index}`,
    sortKey: `${index}`,
  }))
  await insertPeople(tx, people)
  await insertMemberships(
    tx,
    people.map(({ id: personId, status }) => ({
      id: newId(),
      personId,
      organisationId: id(organisation),
      status,
      fromOn: '2020-01-01',
      toOn,
    })),
  )
}

const small = 'Đảng ủy xã Nhỏ'
const large = 'Đảng ủy xã Lớn'
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
  await inTransaction(test.database, async (tx) => {
    await plant(
      tx,
      ['Tỉnh ủy Phú Thọ', 'province-committee', null],
      [small, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
      [large, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
      ['Chi bộ Xóm Nhỏ', 'cell', small],
      ['Hội Nông dân xã Nhỏ', 'union', small, 'HND'],
      ['Chi bộ Khu 10', 'cell', large],
      ['Chi bộ Khu 2', 'cell', large],
      ['Chi bộ Trường THCS Lớn', 'cell', large],
      ['Đảng bộ UBND xã Lớn', 'grassroots-committee', large],
      ['Chi bộ Phòng Kinh tế', 'cell', 'Đảng bộ UBND xã Lớn'],
      ['Hội Nông dân xã Lớn', 'union', large, 'HND'],
      ['Hội Liên hiệp Phụ nữ xã Lớn', 'union', large, 'HLHPN'],
    )
    await enrol(tx, 'Chi bộ Khu 2', ['official', 'official', 'probationary', 'union-member'])
    await enrol(tx, 'Chi bộ Khu 2', ['official'], '2025-12-31')
    await enrol(tx, 'Chi bộ Xóm Nhỏ', ['official'])
    await tx
      .insertInto('account')
      .values({ id: accountId, name: 'Cán bộ', email: 'canbo@example.vn', username: 'canbo' })
      .execute()
  })
})
afterAll(() => test.drop())

const scopeFor = (office: string) =>
  scopeOf({
    accountId,
    personId: null,
    name: 'Cán bộ',
    grants: [{ role: 'officer', organisationId: id(office), organisationName: office }],
  })
const cells = (reach: 'direct' | 'below', ...named: string[]): Audience =>
  named.length > 0
    ? { type: 'every', kinds: ['cell'], reach, named }
    : { type: 'every', kinds: ['cell'], reach }
async function namesOf(office: string, audience: Audience, as = office): Promise<string[]> {
  const question = { officeId: id(office), audience, today }
  const { organisations } = await resolveAudience(test.database.reader, scopeFor(as), question)
  return organisations.map(({ name }) => name)
}

describe('an audience resolved to organisations', () => {
  it('lists the bodies directly below by name, numbers by value', async () => {
    expect(await namesOf(large, cells('direct'))).toEqual([
      'Chi bộ Khu 2',
      'Chi bộ Khu 10',
      'Chi bộ Trường THCS Lớn',
    ])
    expect(await namesOf(small, cells('direct'))).toEqual(['Chi bộ Xóm Nhỏ'])
  })

  it('goes down to every depth', async () => {
    expect(await namesOf(large, cells('below'))).toEqual([
      'Chi bộ Khu 2',
      'Chi bộ Khu 10',
      'Chi bộ Phòng Kinh tế',
      'Chi bộ Trường THCS Lớn',
    ])
  })

  it('keeps to names that hold a word as a whole', async () => {
    expect(await namesOf(large, cells('below', 'khu', 'truong'))).toEqual([
      'Chi bộ Khu 2',
      'Chi bộ Khu 10',
      'Chi bộ Trường THCS Lớn',
    ])
    expect(await namesOf(large, cells('below', 'kh'))).toEqual([])
  })

  it('joins and takes away, each body once', async () => {
    const kept: Audience = {
      type: 'union',
      parts: [
        {
          type: 'difference',
          from: cells('below'),
          without: { type: 'organisations', ids: [id('Chi bộ Khu 10')] },
        },
        { type: 'organisations', ids: [id('Chi bộ Khu 2'), id('Hội Nông dân xã Lớn')] },
        { type: 'holders', post: 'committee-member', of: { type: 'self' } },
      ],
    }
    expect(await namesOf(large, kept)).toEqual([
      'Chi bộ Khu 2',
      'Chi bộ Phòng Kinh tế',
      'Chi bộ Trường THCS Lớn',
      large,
      'Hội Nông dân xã Lớn',
    ])
    expect(await namesOf(large, { type: 'union', parts: [] })).toEqual([])
  })

  it("never reaches another office's bodies, even by their ids, nor the office above", async () => {
    const reaching: Audience = {
      type: 'organisations',
      ids: [id('Chi bộ Xóm Nhỏ'), id(small), id('Tỉnh ủy Phú Thọ'), id('Chi bộ Khu 2')],
    }
    expect(await namesOf(large, reaching)).toEqual(['Chi bộ Khu 2'])
    expect(await namesOf(large, cells('below'), small)).toEqual([])
  })

  it('says whose parent it is and how many members there are today', async () => {
    const { organisations } = await resolveAudience(test.database.reader, scopeFor(large), {
      officeId: id(large),
      audience: cells('below', 'khu 2'),
      today,
    })
    expect(organisations).toEqual([
      {
        id: id('Chi bộ Khu 2'),
        name: 'Chi bộ Khu 2',
        kind: 'cell',
        parentId: id(large),
        parentName: large,
        members: 3,
      },
    ])
  })

  it('pages, and counts the whole', async () => {
    const page = await resolveAudience(test.database.reader, scopeFor(large), {
      officeId: id(large),
      audience: cells('below'),
      today,
      limit: 1,
      offset: 1,
    })
    expect([page.organisations.map(({ name }) => name), page.total]).toEqual([['Chi bộ Khu 10'], 4])
  })

  it('takes one query for one body and for three', async () => {
    expect(await test.countQueries(() => namesOf(small, cells('direct')))).toBe(1)
    expect(await test.countQueries(() => namesOf(large, cells('direct')))).toBe(1)
  })
})

describe('many audiences counted at once', () => {
  it('counts organisations and members in the order asked, in one query', async () => {
    const audiences: Audience[] = [
      { type: 'self' },
      cells('below'),
      { type: 'every', kinds: ['school'], reach: 'below' },
    ]
    const ask = () =>
      countAudiences(test.database.reader, scopeFor(large), { officeId: id(large), audiences, today })
    expect(await ask()).toEqual([
      { organisations: 1, members: 0 },
      { organisations: 4, members: 3 },
      { organisations: 0, members: 0 },
    ])
    expect(await test.countQueries(ask)).toBe(1)
  })

  it('counts nothing of an office that is not theirs', async () => {
    const stranger = scopeFor(small)
    expect(
      await countAudiences(test.database.reader, stranger, {
        officeId: id(large),
        audiences: [cells('below')],
        today,
      }),
    ).toEqual([{ organisations: 0, members: 0 }])
  })
})

describe('phrases matched on the database', () => {
  it('knows the bodies around the office, in three queries', async () => {
    const phrases = ['các chi bộ trực thuộc', 'Hội ND xã', 'HND', 'Tỉnh ủy', 'Đảng bộ UBND xã']
    let matches = new Map<string, { why: string; audience: Audience | null }>()
    const queries = await test.countQueries(async () => {
      matches = await matchPhrases(test.database.reader, scopeFor(large), id(large), phrases)
    })
    expect(queries).toBe(3)
    expect([...matches].map(([phrase, { why, audience }]) => [phrase, why, audience])).toEqual([
      ['các chi bộ trực thuộc', 'collective', cells('direct')],
      ['Hội ND xã', 'name', { type: 'organisations', ids: [id('Hội Nông dân xã Lớn')] }],
      ['HND', 'name', { type: 'organisations', ids: [id('Hội Nông dân xã Lớn')] }],
      ['Tỉnh ủy', 'above', { type: 'organisations', ids: [id('Tỉnh ủy Phú Thọ')] }],
      ['Đảng bộ UBND xã', 'name', { type: 'organisations', ids: [id('Đảng bộ UBND xã Lớn')] }],
    ])
  })

  it('remembers a decision for the office that made it, in any spelling, until it is forgotten', async () => {
    const decision = { officeId: id(large), phrase: 'Các hội nghề nghiệp', audience: cells('direct') }
    const why = async (office: string) =>
      (await matchPhrases(test.database.reader, scopeFor(office), id(office), ['CÁC HỘI NGHỀ NGHIỆP'])).get(
        'CÁC HỘI NGHỀ NGHIỆP',
      )
    await inTransaction(test.database, (tx) => rememberPhrase(tx, scopeFor(large), decision))
    await inTransaction(test.database, (tx) =>
      rememberPhrase(tx, scopeFor(large), { ...decision, audience: { type: 'self' } }),
    )
    expect(await why(large)).toMatchObject({ why: 'remembered', audience: { type: 'self' } })
    expect(await why(small)).toMatchObject({ why: 'unknown' })
    await inTransaction(test.database, (tx) => forgetPhrase(tx, scopeFor(large), decision))
    expect(await why(large)).toMatchObject({ why: 'unknown' })
  })

  it('lets nobody decide for another office, nor look at its bodies', async () => {
    const decision = { officeId: id(large), phrase: 'các hội', audience: cells('direct') }
    await expect(
      inTransaction(test.database, (tx) => rememberPhrase(tx, scopeFor(small), decision)),
    ).rejects.toMatchObject({ name: 'NotAllowed' })
    expect(
      await findOfficeFacts(test.database.reader, scopeFor(small), id(large), ['các hội']),
    ).toBeUndefined()
  })
})
