import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import type { PersonDetails } from '../schema.ts'
import { findDoubles } from './doubles.ts'
import { listPeople } from './list-people.ts'
import { createPerson } from './operations/create-person.ts'
import { changeDetails } from './operations/details.ts'
import { changeMembership, type MembershipChange } from './operations/memberships.ts'
import { keepApart, mergePeople, undoMerge } from './operations/merge-people.ts'
import { appointStandIn, endPost, givePost } from './operations/posts.ts'
import { addTitle, endTitle } from './operations/titles.ts'
import { findStanding, getPerson } from './person-page.ts'
import { listPeopleOf, listTitles } from './reads.ts'

let test: TestDatabase
let office: SampleOffice
let keeper: Context
let officer: Context
let secretary: Context
let stranger: Context
const commune = 'Đảng ủy xã Lâm Thao'
const cell = 'Chi bộ Khu 2'
const day = (text: string): CivilDate => text as CivilDate

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    [cell, 'cell', commune],
    ['Chi bộ Khu 3', 'cell', commune],
    ['Hội Nông dân xã', 'union', commune],
    ['Đảng ủy xã Khác', 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Xa', 'cell', 'Đảng ủy xã Khác'],
  )
  keeper = await office.actAs([['personnel', commune]])
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', cell]])
  stranger = await office.actAs([['personnel', 'Đảng ủy xã Khác']])
})
afterAll(() => test.drop())

const nothing: PersonDetails = {
  bornOn: null,
  bornKnownTo: 'day',
  sex: null,
  phone: null,
  email: null,
  partyCard: null,
  joinedOn: null,
  officialOn: null,
}

async function titleNamed(name: string, kind: string): Promise<string> {
  const title = (await listTitles(test.database.reader, { kind })).find((one) => one.name === name)
  if (!title) throw new Error(`no title called ${name}`)
  return title.id
}

interface Entered {
  in?: string
  status?: 'official' | 'probationary' | 'union-member' | null
  titleId?: string
  from?: string
  details?: Partial<PersonDetails>
  apart?: string[]
  as?: Context
}
const enter = (fullName: string, rest: Entered = {}) =>
  createPerson(rest.as ?? keeper, {
    commandId: newId(),
    fullName,
    organisationId: office.idOf(rest.in ?? cell),
    status: rest.status === undefined ? 'official' : rest.status,
    titleId: rest.titleId ?? null,
    fromOn: day(rest.from ?? '2020-01-01'),
    details: { ...nothing, ...rest.details },
    apart: rest.apart ?? [],
  })
async function entered(fullName: string, rest: Entered = {}): Promise<string> {
  const outcome = await enter(fullName, rest)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.personId
}
const pageOf = (context: Context, id: string, on = '2026-11-23') =>
  getPerson(context.reader, context.scope, { id, on: day(on) })
const change = (personId: string, what: MembershipChange, as = keeper) =>
  changeMembership(as, { commandId: newId(), personId, change: what })
const listed = async (context: Context, words: string, rest: object = {}) => {
  const filter = { words, organisationId: null, titleId: null, status: null, on: day('2026-11-23') }
  const { rows } = await listPeople(context.reader, context.scope, {
    ...filter,
    offset: 0,
    limit: 50,
    ...rest,
  })
  return rows.map(({ fullName }) => fullName)
}

describe('a new person', () => {
  it('is entered with what they are, and found by any words of the name, marks or not', async () => {
    await entered('Đặng Thị  Thủy Hòa', { details: { bornOn: day('1980-06-05') } })
    for (const words of ['thuy hoa', 'hoà đặng', 'Hòa thuỷ', 'dang', 'THỦY'])
      expect(await listed(keeper, words), words).toContain('Đặng Thị Thủy Hòa')
    for (const words of ['hóa', 'ang']) expect(await listed(keeper, words), words).toEqual([])
  })

  it('is listed by given name', async () => {
    await entered('Trần Văn Ân', { in: 'Chi bộ Khu 3' })
    await entered('Nguyễn Thị Ánh', { in: 'Chi bộ Khu 3' })
    await entered('Lê Văn Anh', { in: 'Chi bộ Khu 3' })
    expect(await listed(keeper, '', { organisationId: office.idOf('Chi bộ Khu 3') })).toEqual([
      'Lê Văn Anh',
      'Nguyễn Thị Ánh',
      'Trần Văn Ân',
    ])
  })

  it('who may be there already is shown first, with why; told apart, is asked about no more', async () => {
    const first = await entered('Nguyễn Văn Hùng', {
      details: { bornOn: day('1975-02-03'), phone: '0912 345 678' },
    })
    const details = { ...nothing, bornOn: day('1975-02-03'), phone: '+84912345678' }
    expect(await enter('Nguyễn Văn Hưng', { details })).toEqual({ ok: false, reason: 'likely-doubles' })
    const likeness = { fullName: 'Nguyễn Văn Hưng', ...details, bodyIds: [office.idOf(cell)] }
    expect(await findDoubles(keeper.reader, keeper.scope, likeness)).toEqual([
      {
        id: first,
        fullName: 'Nguyễn Văn Hùng',
        posts: [],
        bodies: [cell],
        bornYear: '1975',
        score: 100,
        reasons: ['same-name-without-marks', 'same-birth-day', 'same-phone', 'same-body'],
      },
    ])
    const second = await entered('Nguyễn Văn Hưng', { details, apart: [first] })
    expect(await findDoubles(keeper.reader, keeper.scope, likeness, second)).toEqual([])
    // Nobody learns of people whom they don't keep.
    expect(await findDoubles(stranger.reader, stranger.scope, likeness)).toEqual([])
  })

  it('cannot be entered, nor be given anything, in a body that has ended; what was before its end can', async () => {
    await office.plant(['Chi bộ Cũ', 'cell', commune])
    const gone = office.idOf('Chi bộ Cũ')
    const id = await entered('Bùi Văn Cũ', { in: 'Chi bộ Khu 3', status: 'probationary' })
    const { rows } = await sql<{ id: string }>`select id from membership where person_id = ${id}`.execute(
      test.database.reader,
    )
    await test.askAsOwner(`update organisation set ended_on = '2025-07-01' where id = $1`, [gone])
    const ended = { ok: false, reason: 'body-ended' }
    const titleId = await titleNamed('Bí thư chi bộ', 'cell')
    const give = (toOn: string | null) =>
      givePost(keeper, {
        commandId: newId(),
        personId: id,
        organisationId: gone,
        titleId,
        fromOn: day('2024-01-01'),
        toOn: toOn === null ? null : day(toOn),
        decision: null,
      })
    const from = { fromOn: day('2026-01-01') }
    const away = { type: 'move-for-a-time', homeId: office.idOf('Chi bộ Khu 3'), place: null } as const
    expect([
      await enter('Người Mới', { in: 'Chi bộ Cũ' }),
      await give(null),
      await give('2025-07-01'),
      await change(id, { type: 'enrol', organisationId: gone, status: 'official', ...from }),
      await change(id, { type: 'transfer', membershipId: rows[0]?.id ?? '', organisationId: gone, ...from }),
      await change(id, { ...away, hostId: gone, toOn: null, ...from }),
    ]).toEqual([ended, ended, ended, ended, ended, ended])
    expect(await give('2025-06-30')).toEqual({ ok: true, personId: id })
  })

  it('cannot be entered where one does not keep the people, nor without a name, nor as nothing', async () => {
    await expect(enter('Ai Đó', { as: stranger })).rejects.toMatchObject({ name: 'NotFound' })
    await expect(enter('Ai Đó', { as: officer })).rejects.toMatchObject({ name: 'NotFound' })
    expect(await enter('  ')).toEqual({ ok: false, reason: 'no-name' })
    expect(await enter('Ai Đó', { status: null })).toEqual({ ok: false, reason: 'not-a-member' })
  })
})

describe('posts', () => {
  it('are given from the list, one holder where there is one seat; who stands in acts for a time', async () => {
    const titleId = await titleNamed('Bí thư chi bộ', 'cell')
    const holder = await entered('Phạm Văn Chính', { titleId })
    const deputy = await entered('Phạm Thị Phó')
    const give = (personId: string, fromOn: string) =>
      givePost(keeper, {
        commandId: newId(),
        personId,
        organisationId: office.idOf(cell),
        titleId,
        fromOn: day(fromOn),
        toOn: null,
        decision: null,
      })
    expect(await give(deputy, '2026-01-01')).toEqual({ ok: false, reason: 'seat-taken' })
    const [post] = (await pageOf(keeper, holder)).posts
    const stand = (personId: string, fromOn: string, toOn: string) =>
      appointStandIn(keeper, {
        commandId: newId(),
        postId: post?.id ?? '',
        personId,
        fromOn: day(fromOn),
        toOn: day(toOn),
        decision: '7-QĐ/ĐU',
      })
    expect(await stand(holder, '2026-11-01', '2026-12-31')).toEqual({ ok: false, reason: 'is-themselves' })
    expect(await stand(deputy, '2026-11-01', '2026-10-31')).toEqual({
      ok: false,
      reason: 'ends-before-it-begins',
    })
    expect(await stand(deputy, '2026-11-01', '2026-12-31')).toEqual({ ok: true, personId: deputy })
    expect(await stand(deputy, '2026-12-01', '2026-12-15')).toEqual({ ok: false, reason: 'overlaps' })
    expect((await pageOf(keeper, holder)).posts).toMatchObject([
      { title: 'Bí thư chi bộ', stoodInBy: { fullName: 'Phạm Thị Phó', toOn: '2026-12-31' } },
    ])
    expect((await pageOf(keeper, deputy)).posts).toMatchObject([
      { title: 'Bí thư chi bộ', standsInFor: { fullName: 'Phạm Văn Chính' }, decision: '7-QĐ/ĐU' },
    ])
    // Ended: who stood in for it acts no longer, and the seat is free.
    const end = { commandId: newId(), postId: post?.id ?? '', toOn: day('2026-11-30') }
    expect(await endPost(keeper, end)).toEqual({ ok: true, personId: holder })
    expect((await pageOf(keeper, deputy)).posts).toMatchObject([{ toOn: '2026-11-30' }])
    expect(await give(deputy, '2026-12-01')).toEqual({ ok: true, personId: deputy })
    expect(await endPost(keeper, { ...end, commandId: newId(), toOn: day('2019-01-01') })).toEqual({
      ok: false,
      reason: 'ends-before-it-begins',
    })
    await expect(endPost(stranger, { ...end, commandId: newId() })).rejects.toMatchObject({
      name: 'NotFound',
    })
  })

  it('may have titles of the office’s own, until they are ended', async () => {
    const add = {
      officeId: office.idOf(commune),
      name: 'Trưởng nhóm số hóa',
      kinds: ['cell' as const],
      isSingle: false,
    }
    expect(await addTitle(keeper, { commandId: newId(), ...add })).toEqual({ ok: true })
    expect(await addTitle(keeper, { commandId: newId(), ...add })).toEqual({
      ok: false,
      reason: 'title-known',
    })
    const own = async () =>
      (await listTitles(test.database.reader, { kind: 'cell', organisationId: office.idOf(cell) })).filter(
        ({ officeId }) => officeId !== null,
      )
    const [title] = await own()
    expect(title).toMatchObject({ name: 'Trưởng nhóm số hóa', kinds: ['cell'], seats: null })
    await expect(endTitle(stranger, { commandId: newId(), titleId: title?.id ?? '' })).rejects.toMatchObject({
      name: 'NotFound',
    })
    expect(await endTitle(keeper, { commandId: newId(), titleId: title?.id ?? '' })).toEqual({ ok: true })
    expect(await own()).toEqual([])
    await expect(addTitle(officer, { commandId: newId(), ...add, name: 'Khác' })).rejects.toMatchObject({
      name: 'NotFound',
    })
  })
})

describe('memberships', () => {
  it('go from probationary to full and from cell to cell, and all that was stays told', async () => {
    const id = await entered('Vũ Văn Dự', { status: 'probationary', from: '2024-05-01' })
    const [first] = (await pageOf(keeper, id)).personal?.memberships ?? []
    await change(id, { type: 'become-official', membershipId: first?.id ?? '', fromOn: day('2025-05-01') })
    const [second] = (await pageOf(keeper, id)).personal?.memberships ?? []
    const transfer = {
      type: 'transfer' as const,
      organisationId: office.idOf('Chi bộ Khu 3'),
      fromOn: day('2026-06-01'),
    }
    await change(id, { ...transfer, membershipId: second?.id ?? '' })
    const { personal } = await pageOf(keeper, id)
    const told = personal?.memberships.map(({ status, body, fromOn, toOn, endedAs }) => [
      status,
      body.name,
      fromOn,
      toOn,
      endedAs,
    ])
    expect(told).toEqual([
      ['official', 'Chi bộ Khu 3', '2026-06-01', null, null],
      ['official', cell, '2025-05-01', '2026-05-31', 'transferred'],
      ['probationary', cell, '2024-05-01', '2025-04-30', 'became-official'],
    ])
    // A second cell at the same time the database itself refuses.
    const again = { type: 'enrol' as const, organisationId: office.idOf(cell), status: 'official' as const }
    expect(await change(id, { ...again, fromOn: day('2026-07-01') })).toEqual({
      ok: false,
      reason: 'overlaps',
    })
    expect(
      await change(id, {
        ...again,
        organisationId: office.idOf('Hội Nông dân xã'),
        fromOn: day('2026-07-01'),
      }),
    ).toEqual({ ok: false, reason: 'not-a-member' })
  })

  it('may be exempt from meetings and elsewhere for a time', async () => {
    const id = await entered('Bùi Thị Tạm')
    const cellId = office.idOf(cell)
    const exempt = { type: 'exempt' as const, organisationId: cellId, reason: 'Sức khỏe', toOn: null }
    expect(await change(id, { ...exempt, fromOn: day('2026-01-01') })).toMatchObject({ ok: true })
    expect(await change(id, { ...exempt, fromOn: day('2026-02-01') })).toEqual({
      ok: false,
      reason: 'overlaps',
    })
    expect(await change(id, { ...exempt, reason: ' ', fromOn: day('2026-02-01') })).toEqual({
      ok: false,
      reason: 'no-reason',
    })
    const away = {
      type: 'move-for-a-time' as const,
      homeId: cellId,
      hostId: null,
      fromOn: day('2026-03-01'),
      toOn: null,
    }
    expect(await change(id, { ...away, place: null })).toEqual({ ok: false, reason: 'no-place' })
    expect(await change(id, { ...away, place: 'Bình Dương' })).toMatchObject({ ok: true })
    const personal = (await pageOf(keeper, id)).personal
    const back = {
      type: 'come-back' as const,
      temporaryId: personal?.temporary[0]?.id ?? '',
      toOn: day('2026-09-30'),
    }
    expect(await change(id, back)).toMatchObject({ ok: true })
    const over = {
      type: 'end-exemption' as const,
      exemptionId: personal?.exemptions[0]?.id ?? '',
      toOn: day('2026-06-30'),
    }
    expect(await change(id, over)).toMatchObject({ ok: true })
    expect((await pageOf(keeper, id)).personal).toMatchObject({
      temporary: [{ place: 'Bình Dương', home: { name: cell }, host: null, toOn: '2026-09-30' }],
      exemptions: [{ reason: 'Sức khỏe', toOn: '2026-06-30' }],
    })
    await expect(change(id, back, officer)).rejects.toMatchObject({ name: 'NotFound' })
    await expect(change(id, back, stranger)).rejects.toMatchObject({ name: 'NotFound' })
  })
})

describe('two entries of one person', () => {
  it('are merged with all they were, lead to one page, and can be parted again', async () => {
    const details = { phone: '0987000111' }
    const kept = await entered('Hà Văn Một', { from: '2012-01-01' })
    const other = await entered('Hà Văn Mốt', { from: '2010-01-01', details, apart: [kept] })
    const union = await entered('Hà Văn Mọt', {
      in: 'Hội Nông dân xã',
      status: 'union-member',
      apart: [kept, other],
    })
    const merge = (mergedId: string) =>
      mergePeople(keeper, { commandId: newId(), keptId: kept, mergedId, reason: 'Nhập hai lần' })
    expect(await merge(kept)).toEqual({ ok: false, reason: 'is-themselves' })
    expect(await merge(other)).toEqual({ ok: true, personId: kept })
    await expect(merge(other)).rejects.toMatchObject({ name: 'NotFound' })
    expect(await merge(union)).toEqual({ ok: true, personId: kept })
    expect(await findStanding(keeper.reader, other)).toBe(kept)
    const { personal } = await pageOf(keeper, kept)
    expect(personal?.details).toMatchObject(details)
    expect(personal?.memberships.map(({ status, fromOn }) => [status, fromOn])).toEqual([
      ['union-member', '2020-01-01'],
      ['official', '2010-01-01'],
    ])
    expect(await listed(keeper, 'ha van mot')).toEqual(['Hà Văn Một'])

    const before = personal?.merged.find(({ fullName }) => fullName === 'Hà Văn Mốt')
    const undo = { commandId: newId(), mergeId: before?.mergeId ?? '' }
    await expect(undoMerge(stranger, undo)).rejects.toMatchObject({ name: 'NotFound' })
    expect(await undoMerge(keeper, undo)).toEqual({ ok: true, personId: other })
    expect((await pageOf(keeper, kept)).personal?.details).toMatchObject({ phone: null })
    const own = (await pageOf(keeper, other)).personal
    expect(own?.memberships.map(({ fromOn }) => fromOn)).toEqual(['2010-01-01'])
    expect((await pageOf(keeper, kept)).personal?.memberships.map(({ fromOn }) => fromOn)).toEqual([
      '2020-01-01',
      '2012-01-01',
    ])
  })

  it('who belong to two cells at a time are not one, until one is put right; told apart they are offered no more', async () => {
    const here = await entered('Lý Thị Hai')
    const there = await entered('Lý Thị Hai', { in: 'Chi bộ Khu 3', apart: [here] })
    const merge = { commandId: newId(), keptId: here, mergedId: there, reason: 'Nhập hai lần' }
    expect(await mergePeople(keeper, merge)).toEqual({ ok: false, reason: 'memberships-differ' })
    expect((await pageOf(keeper, there)).personal?.memberships).toHaveLength(1)
    const third = await entered('Lý Thị Hai', { in: 'Chi bộ Khu 3', apart: [here, there] })
    expect(await keepApart(keeper, { commandId: newId(), personId: there, otherId: third })).toMatchObject({
      ok: true,
    })
    const { rows } =
      await sql`select from person_apart where one_id = any(${[here, there, third]}::uuid[])`.execute(
        test.database.reader,
      )
    expect(rows).toHaveLength(3)
  })
})

describe('who may see', () => {
  it('names and posts in one’s line; memberships and details only who keeps them', async () => {
    const titleId = await titleNamed('Bí thư', 'commune-committee')
    const leader = await entered('Cao Văn Đứng', {
      in: commune,
      status: null,
      titleId,
      details: { phone: '0900000009' },
    })
    const far = await entered('Người Ở Xa', { in: 'Chi bộ Xa', as: stranger })
    // The secretary of a cell sees who leads the commune, not what is personal of them.
    const seen = await pageOf(secretary, leader)
    expect([seen.posts.map(({ title }) => title), seen.personal, seen.may]).toEqual([
      ['Bí thư'],
      null,
      { viewDetails: false, change: false },
    ])
    expect((await pageOf(officer, leader)).personal).toBeNull()
    expect((await pageOf(keeper, leader)).personal?.details?.phone).toBe('0900000009')
    for (const context of [keeper, officer, secretary]) {
      await expect(pageOf(context, far)).rejects.toMatchObject({ name: 'NotFound' })
      expect(await listed(context, 'nguoi o xa')).toEqual([])
    }
    expect(await listed(stranger, 'cao van dung')).toEqual([])
    const peopleOf = async (context: Context) =>
      (
        await listPeopleOf(context.reader, context.scope, {
          organisationId: office.idOf(cell),
          today: day('2026-11-23'),
          page: 1,
          pageSize: 50,
        })
      ).rows
    expect((await peopleOf(officer)).every(({ status }) => status === null)).toBe(true)
    expect((await peopleOf(keeper)).some(({ status }) => status === 'official')).toBe(true)
    expect(await peopleOf(stranger)).toEqual([])
  })

  it('the same among all people as among those of a few bodies', async () => {
    for (const context of [keeper, officer, secretary, stranger])
      for (const words of [null, 'nguyen', 'hung', 'ha:* & van']) {
        const query = words && (words.includes('&') ? words : `${words}:*`)
        const { rows } = await sql<{ name: string }>`
          select person.full_name as name
          from find_people(${query}, '{}', null, null, null, '2026-11-23', 0, 200, 2000) found
          join person on person.id = found.id
        `.execute(context.reader)
        const names = rows.map(({ name }) => name)
        const among = await listed(context, words?.replace(/[:*&]/g, ' ') ?? '', { limit: 200 })
        // Along the list also stand those who lead the bodies above, and who belonged here before.
        expect(names).toEqual(expect.arrayContaining(among))
        if (context === stranger) expect(names).toEqual(among)
      }
  })

  it('of very many bearers of a name first who is called so, page by page, each once', async () => {
    for (const fullName of ['Kha Văn Tùng', 'Tùng Văn Kha', 'Lò Tùng Kha', 'Vi Thị Tùng', 'Ngân Tùng An'])
      await entered(fullName, { in: 'Chi bộ Khu 3' })
    const page = async (skip: number, most: number): Promise<string[]> => {
      const { rows } = await sql<{ name: string }>`
        select person.full_name as name
        from find_people('tung:*', '{}', null, null, null, '2026-11-23', ${skip}, ${most}, 0)
          with ordinality as found (id, total, place)
        join person on person.id = found.id order by place
      `.execute(keeper.reader)
      return rows.map(({ name }) => name)
    }
    const all = ['Kha Văn Tùng', 'Vi Thị Tùng', 'Ngân Tùng An', 'Lò Tùng Kha', 'Tùng Văn Kha']
    expect(await page(0, 10)).toEqual(all)
    for (let skip = 0; skip < 6; skip++) expect(await page(skip, 2)).toEqual(all.slice(skip, skip + 2))
  })

  it('what is personal is changed by who keeps the person, and put on record', async () => {
    const id = await entered('Mai Thị Riêng')
    const asked = {
      commandId: newId(),
      personId: id,
      fullName: 'Mai Thị Riêng',
      details: { ...nothing, phone: '0911' },
    }
    await expect(changeDetails(officer, asked)).rejects.toMatchObject({ name: 'NotFound' })
    await expect(changeDetails(stranger, asked)).rejects.toMatchObject({ name: 'NotFound' })
    expect(await changeDetails(keeper, asked)).toEqual({ ok: true, personId: id })
    const { rows } = await sql<{ operation: string }>`
      select operation from record_entry where subject_id = ${id} order by id`.execute(test.database.reader)
    expect(rows.map(({ operation }) => operation)).toEqual(['person.create', 'person.details'])
  })
})
