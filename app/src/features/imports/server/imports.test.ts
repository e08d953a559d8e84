import { readSmallTable } from '@trienkhai/spreadsheet/table.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { wantedColumns } from '../columns.ts'
import { importKinds } from '../schema.ts'
import { applyImport } from './apply-import.ts'
import { exportList } from './export-list.ts'
import { actAsKeeper, bringIn, incoming, limits, makeWorkbook, rowsOf, toolsOf } from './imports.test-data.ts'
import {
  correctRow,
  decideRow,
  discardImport,
  mendByFile,
  startApplying,
  startUndoing,
} from './operations.ts'
import { writeCorrections, writeTemplate } from './out-files.ts'
import { readImport } from './read-import.ts'
import { getImport } from './reads.ts'
import { undoImport } from './undo-import.ts'

let test: TestDatabase
let office: SampleOffice
let keeper: Context
let stranger: Context
const commune = 'Đảng ủy xã Vĩnh Tường'
const other = 'Đảng ủy xã Thổ Tang'

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ thôn Hạ', 'cell', commune],
    ['Chi bộ thôn Thượng', 'cell', commune],
    [other, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ thôn Đông', 'cell', other],
  )
  keeper = await actAsKeeper(test, office, commune)
  stranger = await actAsKeeper(test, office, other)
})
afterAll(() => test.drop())

const person = (name: string, more: Record<string, string> = {}) => ({
  name,
  bornOn: '02/03/1980',
  organisation: 'Chi bộ thôn Hạ',
  status: 'chính thức',
  ...more,
})

async function apply(context: Context, importId: string, leaveWrong = false): Promise<unknown> {
  const { version } = await getImport(context.reader, context.scope, importId)
  const started = await startApplying(context, { commandId: newId(), importId, leaveWrong, version })
  if (!started.ok) return started
  await applyImport(toolsOf(test, context), importId)
  const { state, refusal } = await getImport(context.reader, context.scope, importId)
  return refusal ? { state, refusal } : state
}

const readWith = (bytes: Uint8Array, context = keeper) =>
  bringIn(test, context, office.idOf(context === keeper ? commune : other), bytes)

it('brings in people with details and memberships, and finds them unchanged when sent again', async () => {
  const bytes = await makeWorkbook({
    people: [
      person('Nguyễn Thị Hòa', {
        phone: '912345678',
        partyCard: '00123456',
        sex: 'Nữ',
        joinedOn: '3/2/2010',
      }),
      person('Trần Văn Bình', {
        bornOn: 'ngày 1 tháng 2 năm 1975',
        status: 'Đảng viên dự bị',
        fromOn: '5/2026',
      }),
      person('Lê Văn Cả', { bornOn: '1960', organisation: 'CHI BO THON THUONG', status: 'ĐVCT' }),
    ],
  })
  const first = await readWith(bytes)
  expect(await rowsOf(keeper, first, 'people')).toEqual([
    [2, 'new', {}],
    [3, 'new', {}],
    [4, 'new', {}],
  ])
  expect(await apply(keeper, first)).toBe('done')
  const { rows } = await sql`
    select full_name, born_on, born_known_to, sex, phone, party_card, joined_on, membership.status, from_on,
      organisation.name
    from person join person_detail on person_id = person.id join membership on membership.person_id = person.id
    join organisation on organisation.id = organisation_id order by sort_key
  `.execute(test.database.reader)
  expect(rows).toEqual([
    {
      full_name: 'Trần Văn Bình',
      born_on: '1975-02-01',
      born_known_to: 'day',
      sex: null,
      phone: null,
      party_card: null,
      joined_on: null,
      status: 'probationary',
      from_on: '2026-05-01',
      name: 'Chi bộ thôn Hạ',
    },
    {
      full_name: 'Lê Văn Cả',
      born_on: '1960-01-01',
      born_known_to: 'year',
      sex: null,
      phone: null,
      party_card: null,
      joined_on: null,
      status: 'official',
      from_on: expect.any(String),
      name: 'Chi bộ thôn Thượng',
    },
    {
      full_name: 'Nguyễn Thị Hòa',
      born_on: '1980-03-02',
      born_known_to: 'day',
      sex: 'female',
      phone: '0912345678',
      party_card: '00123456',
      joined_on: '2010-02-03',
      status: 'official',
      from_on: '2010-02-03',
      name: 'Chi bộ thôn Hạ',
    },
  ])
  const again = await readWith(bytes)
  expect(await rowsOf(keeper, again, 'people')).toEqual([
    [2, 'unchanged', {}],
    [3, 'unchanged', {}],
    [4, 'unchanged', {}],
  ])
  expect(await apply(keeper, again)).toEqual({ ok: false, reason: 'nothing' })
})

it('compares names however their marks are composed, and shows what changes before and after', async () => {
  const changed = await readWith(
    await makeWorkbook({
      people: [
        person('Nguyễn Thị Hòa'.normalize('NFD'), { phone: '0988 111 222' }),
        person('Trần Văn Bình', {
          bornOn: '1975',
          organisation: 'Chi bộ thôn Thượng',
          fromOn: '1/11/2026',
          status: 'dự bị',
        }),
      ],
    }),
  )
  expect(await rowsOf(keeper, changed, 'people')).toEqual([
    [2, 'changed', { phone: '0912345678 → 0988 111 222' }],
    [3, 'new', {}],
  ])
  // A year alone is no proof of who is meant; the code is.
  const { rows } = await sql<{ id: string }>`select id from person where full_name = 'Trần Văn Bình'`.execute(
    test.database.reader,
  )
  const id = rows[0]?.id ?? ''
  await correctRow(keeper, changed, { kind: 'people', number: 3, cells: { id } })
  expect(await rowsOf(keeper, changed, 'people')).toEqual([
    [2, 'changed', { phone: '0912345678 → 0988 111 222' }],
    [3, 'changed', { organisation: 'Chi bộ thôn Hạ → Chi bộ thôn Thượng' }],
  ])
  expect(await apply(keeper, changed)).toBe('done')
  const { rows: memberships } = await sql`
    select organisation.name, from_on, to_on, ended_as from membership
    join organisation on organisation.id = organisation_id where person_id = ${id} order by from_on
  `.execute(test.database.reader)
  expect(memberships).toEqual([
    { name: 'Chi bộ thôn Hạ', from_on: '2026-05-01', to_on: '2026-10-31', ended_as: 'transferred' },
    { name: 'Chi bộ thôn Thượng', from_on: '2026-11-01', to_on: null, ended_as: null },
  ])
})

it('says of each wrong cell what is wrong, and what was probably meant', async () => {
  const importId = await readWith(
    await makeWorkbook({
      people: [
        person('Phạm Thị Dung', { bornOn: '31/02/1970' }),
        person('Phạm Văn Đức', { bornOn: '02/15/1970' }),
        person('Phạm Văn Em', { bornOn: '1/2/70' }),
        person('Phạm Văn Giang', { organisation: 'Chi bộ thôn Hạa' }),
        person('Phạm Văn Hải', { organisation: 'Chi bộ thôn Đông' }),
        person('Phạm Văn Ích', { status: 'chinh thuc' }),
        person('Phạm Văn Khoa', { status: 'chính thưc' }),
        person('Phạm Văn Lâm', { status: 'cảm tình' }),
        person('Phạm Văn Minh', { phone: '12345' }),
        person('Phạm Văn Nam', { email: 'nam.example.vn' }),
        person('Phạm Văn Oanh', { joinedOn: '1/1/2012', officialOn: '1/1/2011' }),
        { name: 'Phạm Văn Phú' },
        { bornOn: '1/1/1970', organisation: 'Chi bộ thôn Hạ', status: 'dự bị' },
        person('Nguyễn Thị Hòa', { bornOn: '02/03/1981' }),
        person('Phạm Văn Quý', { bornOn: '#REF!' }),
        person('Phạm Văn Sơn'),
        person('PHẠM VĂN SƠN'),
        person('Phạm Văn Thái', { id: 'abc' }),
        person('Phạm Văn Út', { id: newId() }),
        person('Phạm Văn Vinh', { bornOn: '1/1/2030' }),
        person('Phạm Văn Xuân', { partyCard: '00123456' }),
      ],
    }),
  )
  expect(await rowsOf(keeper, importId, 'people', 'wrong')).toEqual([
    [2, 'wrong', { bornOn: 'no-such-day' }],
    [3, 'wrong', { bornOn: 'month-first: 15/02/1970' }],
    [4, 'wrong', { bornOn: 'two-digit-year' }],
    [5, 'wrong', { organisation: 'unknown-organisation: Chi bộ thôn Hạ' }],
    // It is there, in another office's tree: to this one it isn't.
    [6, 'wrong', { organisation: 'unknown-organisation' }],
    [9, 'wrong', { status: 'unknown-choice' }],
    [10, 'wrong', { phone: 'not-a-phone' }],
    [11, 'wrong', { email: 'not-an-email' }],
    [12, 'wrong', { officialOn: 'before-other: joinedOn' }],
    [13, 'wrong', { organisation: 'missing', status: 'status-needed' }],
    [14, 'wrong', { name: 'missing' }],
    [15, 'wrong', { name: 'likely-double' }],
    [16, 'wrong', { bornOn: 'error-value' }],
    [18, 'wrong', { name: 'twice-in-file: 17' }],
    [19, 'wrong', { id: 'not-a-code' }],
    [20, 'wrong', { id: 'unknown-code' }],
    [21, 'wrong', { bornOn: 'in-future' }],
    [22, 'wrong', { name: 'likely-double' }],
  ])
  expect(await apply(keeper, importId)).toEqual({ ok: false, reason: 'wrong-rows' })
  expect(await decideRow(keeper, importId, { kind: 'people', number: 15, decision: 'new' })).toEqual({
    ok: true,
  })
  expect(await decideRow(keeper, importId, { kind: 'people', number: 18, decision: 'out' })).toEqual({
    ok: true,
  })
  const states = new Map((await rowsOf(keeper, importId, 'people')).map(([number, state]) => [number, state]))
  expect([states.get(15), states.get(18)]).toEqual(['new', 'passed-over'])
  expect(await discardImport(keeper, importId)).toEqual({ ok: true })
  await expect(getImport(keeper.reader, keeper.scope, importId)).rejects.toThrow('not found')
})

it('takes a corrected file, in which rows say which row they mend', async () => {
  const importId = await readWith(
    await makeWorkbook({
      people: [person('Đỗ Văn An', { bornOn: 'x' }), person('Đỗ Văn Bé', { bornOn: '1/1/1990' })],
    }),
  )
  const corrected =
    'Dòng gốc;Họ và tên;Ngày sinh;Tổ chức;Tư cách\n2;Đỗ Văn An;4/5/1988;Chi bộ thôn Hạ;dự bị\n'
  expect(await mendByFile(keeper, importId, incoming(Buffer.from(corrected), 'sua.csv'), limits)).toEqual({
    ok: true,
    importId,
  })
  await readImport(toolsOf(test, keeper), importId)
  expect(await rowsOf(keeper, importId, 'people')).toEqual([
    [2, 'new', {}],
    [3, 'new', {}],
  ])
  expect(await apply(keeper, importId)).toBe('done')
})

it('brings in organisations whose superiors stand in the same file, then their people and posts', async () => {
  const bytes = await makeWorkbook({
    organisations: [
      { name: 'Chi bộ Trường Tiểu học', kind: 'chi bộ', parent: 'Đảng bộ cơ sở Nhà trường' },
      { name: 'Đảng bộ cơ sở Nhà trường', kind: 'đảng bộ cơ sở', unitCode: '00876' },
      { name: 'Chi bộ thôn Hạ', kind: 'chi bộ', abbreviation: 'CB Hạ' },
    ],
    people: [
      { name: 'Vũ Thị Giáo', bornOn: '9/9/1985' },
      { name: 'Vũ Văn Viên', bornOn: '8/8/1986' },
    ],
    posts: [
      {
        name: 'Vũ Thị Giáo',
        bornOn: '9/9/1985',
        organisation: 'Chi bộ Trường Tiểu học',
        title: 'Bí thư chi bộ',
        fromOn: '1/7/2025',
      },
      { name: 'Vũ Văn Lạ', organisation: 'Chi bộ Trường Tiểu học', title: 'Phó Bí thư', fromOn: '1/7/2025' },
    ],
    memberships: [
      {
        name: 'Vũ Thị Giáo',
        organisation: 'Chi bộ Trường Tiểu học',
        status: 'chính thức',
        fromOn: '1/7/2015',
        toOn: '30/6/2025',
        endedAs: 'chuyển sinh hoạt',
      },
      { name: 'Vũ Thị Giáo', organisation: 'Chi bộ thôn Hạ', status: 'chính thức', fromOn: '1/6/2025' },
      { name: 'Vũ Văn Viên', organisation: 'Chi bộ thôn Hạ', status: 'dự bị', fromOn: '1/6/2025' },
    ],
  })
  const importId = await readWith(bytes)
  expect(await rowsOf(keeper, importId, 'organisations')).toEqual([
    [2, 'new', {}],
    [3, 'new', {}],
    [4, 'changed', { abbreviation: ' → CB Hạ' }],
  ])
  expect(await rowsOf(keeper, importId, 'people')).toEqual([
    [2, 'new', {}],
    [3, 'new', {}],
  ])
  expect(await rowsOf(keeper, importId, 'posts')).toEqual([
    [2, 'new', {}],
    [3, 'wrong', { name: 'unknown-person' }],
  ])
  expect(await rowsOf(keeper, importId, 'memberships')).toEqual([
    [2, 'new', {}],
    [3, 'wrong', { fromOn: 'overlaps: #2' }],
    [4, 'new', {}],
  ])
  await correctRow(keeper, importId, { kind: 'memberships', number: 3, cells: { fromOn: '1/7/2025' } })
  expect(await rowsOf(keeper, importId, 'memberships', 'wrong')).toEqual([])
  expect(await apply(keeper, importId, true)).toBe('done')
  const again = await readWith(bytes)
  expect((await rowsOf(keeper, again, 'organisations')).map(([, state]) => state)).toEqual(
    Array(3).fill('unchanged'),
  )
  expect((await rowsOf(keeper, again, 'people')).map(([, state]) => state)).toEqual(
    Array(2).fill('unchanged'),
  )
  const { rows } = await sql`
    select person.full_name, post.title, post_title.name from post join person on person.id = person_id
    left join post_title on post_title.id = title_id`.execute(test.database.reader)
  expect(rows).toEqual([{ full_name: 'Vũ Thị Giáo', title: 'Bí thư chi bộ', name: 'Bí thư chi bộ' }])
})

it('tells nobody else of an import, and does nothing for who has no right', async () => {
  const importId = await readWith(await makeWorkbook({ people: [person('Hồ Văn Kín')] }))
  await expect(getImport(stranger.reader, stranger.scope, importId)).rejects.toThrow('not found')
  await expect(
    correctRow(stranger, importId, { kind: 'people', number: 2, cells: { name: 'x' } }),
  ).rejects.toThrow('not found')
  await expect(bringIn(test, stranger, office.idOf(commune), Buffer.from('a,b'))).rejects.toThrow(
    'not allowed',
  )
  const onlyOrganisations = await office.actAs([['administrator', commune]])
  const half = await bringIn(
    test,
    onlyOrganisations,
    office.idOf(commune),
    await makeWorkbook({ people: [person('Hồ Văn Kín')] }),
  )
  expect((await getImport(onlyOrganisations.reader, onlyOrganisations.scope, half)).sheets).toMatchObject([
    { kind: 'people', skipped: 'no-right' },
  ])
})

it('takes an import back while nothing has touched it, and not afterwards', async () => {
  const count = async (): Promise<unknown> =>
    (
      await sql`select (select count(*)::int from person) as people, (select count(*)::int from membership) as memberships, (select count(*)::int from person_detail) as details`.execute(
        test.database.reader,
      )
    ).rows[0]
  const before = await count()
  const undo = async (importId: string): Promise<unknown> => {
    const started = await startUndoing(keeper, { commandId: newId(), importId })
    if (!started.ok) return started
    await undoImport(toolsOf(test, keeper), importId)
    const { state, refusal } = await getImport(keeper.reader, keeper.scope, importId)
    return refusal ? { state, refusal } : state
  }
  const first = await readWith(
    await makeWorkbook({
      people: [
        person('Cao Văn Lùi', { phone: '0911 222 333' }),
        person('Nguyễn Thị Hòa', { phone: '0900 000 001', sex: 'nữ' }),
      ],
    }),
  )
  expect(await apply(keeper, first)).toBe('done')
  expect(await undo(first)).toBe('undone')
  expect(await count()).toEqual(before)
  const { rows } = await sql`
    select phone from person_detail join person on person.id = person_id where full_name = 'Nguyễn Thị Hòa'
  `.execute(test.database.reader)
  expect(rows).toEqual([{ phone: '0988 111 222' }])

  const second = await readWith(
    await makeWorkbook({ people: [person('Cao Văn Tiến', { phone: '0911 222 334' })] }),
  )
  expect(await apply(keeper, second)).toBe('done')
  await keeper.inTransaction(async (tx) => {
    await sql`update person_detail set phone = '0911 999 999' where phone = '0911 222 334'`.execute(tx)
  })
  expect(await undo(second)).toEqual({ state: 'done', refusal: { reason: 'touched' } })
})

it('refuses files by what is wrong with them', async () => {
  const sent = async (bytes: Uint8Array): Promise<unknown> => {
    const importId = await readWith(bytes)
    const { state, refusal, sheets } = await getImport(keeper.reader, keeper.scope, importId)
    return refusal ? { state, refusal } : { state, skipped: sheets.map(({ skipped }) => skipped) }
  }
  expect(await sent(Buffer.from('PK\u0003\u0004hỏng'))).toMatchObject({
    state: 'refused',
    refusal: { reason: 'damaged' },
  })
  expect(await sent(Buffer.from('a;b\n1;2\n'))).toEqual({ state: 'preview', skipped: ['no-titles'] })
  expect(await sent(Buffer.from('Họ và tên;Ngày sinh\n'))).toMatchObject({
    state: 'refused',
    refusal: { reason: 'empty' },
  })
})

it('takes lists out in the shape in which they come in: brought in again, nothing changes', async () => {
  // A day that is known to the year only, however it is kept.
  await keeper.inTransaction(async (tx) => {
    await sql`update person_detail set born_on = '1960-04-15' where born_known_to = 'year'`.execute(tx)
  })
  for (const language of ['vi', 'en'] as const) {
    const context = { ...keeper, language }
    const { portions } = await exportList(context, {
      officeId: office.idOf(commune),
      kind: 'all',
      format: 'xlsx',
      on: keeper.today,
    })
    const importId = await readWith(await gather(portions))
    const { sheets } = await getImport(keeper.reader, keeper.scope, importId)
    expect(sheets.map(({ kind, skipped, extra }) => [kind, skipped, extra])).toEqual(
      importKinds.map((kind) => [kind, null, []]),
    )
    for (const kind of importKinds) {
      const rows = await rowsOf(keeper, importId, kind)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.filter(([, state]) => state !== 'unchanged')).toEqual([])
    }
  }
  for (const kind of importKinds) {
    const { portions } = await exportList(keeper, {
      officeId: office.idOf(commune),
      kind,
      format: 'csv',
      on: keeper.today,
    })
    const rows = await rowsOf(keeper, await readWith(await gather(portions)), kind)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(([, state]) => state !== 'unchanged')).toEqual([])
  }
})

it('takes out a past day as it was, and nothing for who has no right', async () => {
  const wanted = { officeId: office.idOf(commune), kind: 'people', format: 'csv' } as const
  const past = await exportList(keeper, { ...wanted, on: '2016-01-01' as CivilDate })
  expect(
    Buffer.from(await gather(past.portions))
      .toString()
      .split('\r\n')
      .slice(1, -1).length,
  ).toBeLessThan(5)
  await expect(exportList(stranger, { ...wanted, on: keeper.today })).rejects.toThrow('not found')
  const onlyOrganisations = await office.actAs([['administrator', commune]])
  await expect(exportList(onlyOrganisations, { ...wanted, on: keeper.today })).rejects.toThrow('not found')
})

it('gives templates whose example is passed over, and a file of corrections with the reasons', async () => {
  const importId = await readWith(await gather(await writeTemplate(keeper, importKinds)))
  for (const kind of importKinds)
    expect((await rowsOf(keeper, importId, kind)).map(([, state]) => state)).toEqual(['passed-over'])

  const wrong = await readWith(await makeWorkbook({ people: [person('Tạ Văn Sửa', { bornOn: '=1+1' })] }))
  const line = await getImport(keeper.reader, keeper.scope, wrong)
  const table = await readSmallTable(
    await gather(await writeCorrections(keeper, line)),
    wantedColumns('people'),
  )
  expect(
    table.ok &&
      table.rows.map((row) => Object.fromEntries([...row.cells].map(([key, { text }]) => [key, text]))),
  ).toEqual([
    {
      originalRow: '2',
      name: 'Tạ Văn Sửa',
      bornOn: '=1+1',
      organisation: 'Chi bộ thôn Hạ',
      status: 'chính thức',
      reasons: 'Ngày sinh: Không phải ngày tháng. Ghi như 15/02/1985.',
    },
  ])
})

async function gather(portions: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of portions) parts.push(part)
  return Buffer.concat(parts)
}
