import { readSmallTable } from '@trienkhai/spreadsheet/table.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { wantedColumns } from '../columns.ts'
import { type ImportKind, importKinds } from '../schema.ts'
import { applyImport } from './apply-import.ts'
import { exportList } from './export-list.ts'
import { actAsKeeper, bringIn, rowsOf, toolsOf } from './imports.test-data.ts'
import { startApplying } from './operations.ts'
import { getImport } from './reads.ts'

let test: TestDatabase
let office: SampleOffice
let keeper: Context
const commune = 'Đảng ủy xã Hợp Lý'

const people = {
  stays: ['Hoàng Thị Ở', '00123'],
  moved: ['Lường Văn Chuyển', '00456'],
  gone: ['Bùi Thị Đi', '00789'],
  resting: ['Quách Văn Nghỉ', '=SUM(A1:A9)'],
} as const

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ xóm Đồi', 'cell', commune],
    ['Chi bộ xóm Suối', 'cell', commune],
    ['Chi bộ xóm Trại', 'cell', commune],
  )
  keeper = await actAsKeeper(test, office, commune)
  const ids = new Map(Object.keys(people).map((key) => [key, newId()]))
  const at = (cell: string): string => office.idOf(`Chi bộ xóm ${cell}`)
  await inTransaction(test.database, async (tx) => {
    for (const [key, [name, card]] of Object.entries(people)) {
      await sql`insert into person (id, full_name, sort_key) values (${ids.get(key)}, ${name}, ${name})`.execute(
        tx,
      )
      await sql`insert into person_detail (person_id, born_on, born_known_to, party_card, phone)
        values (${ids.get(key)}, '1971-05-09', 'month', ${card}, '0912 000 111')`.execute(tx)
    }
    const memberships: [string, string, string, string, string | null, string | null][] = [
      ['stays', 'Đồi', 'probationary', '2011-03-01', '2012-02-29', 'became-official'],
      ['stays', 'Đồi', 'official', '2012-03-01', null, null],
      ['moved', 'Đồi', 'official', '2005-01-01', '2020-06-30', 'transferred'],
      ['moved', 'Suối', 'official', '2020-07-01', null, null],
      ['gone', 'Suối', 'official', '2001-01-01', '2015-12-31', 'left'],
      ['resting', 'Trại', 'official', '1999-01-01', '2026-08-31', 'transferred'],
      ['resting', 'Suối', 'official', '2026-09-01', null, null],
    ]
    for (const [key, cell, status, from, to, as] of memberships)
      await sql`insert into membership (id, person_id, organisation_id, status, from_on, to_on, ended_as)
        values (${newId()}, ${ids.get(key)}, ${at(cell)}, ${status}, ${from}, ${to}, ${as})`.execute(tx)
    const posts: [string, string, string, string, string | null, string | null][] = [
      ['resting', 'Trại', 'Bí thư chi bộ', '2010-01-01', '2026-08-31', '07-QĐ/ĐU'],
      ['stays', 'Đồi', 'Chi ủy viên', '2015-01-01', '2019-12-31', null],
      ['stays', 'Đồi', 'Bí thư chi bộ', '2020-01-01', null, '=HYPERLINK("http://example.vn")'],
    ]
    for (const [key, cell, title, from, to, decision] of posts)
      await sql`insert into post (id, person_id, organisation_id, title, from_on, to_on, decision)
        values (${newId()}, ${ids.get(key)}, ${at(cell)}, ${title}, ${from}, ${to}, ${decision})`.execute(tx)
    await sql`select set_config('trienkhai.change_on', '2025-07-01', true)`.execute(tx)
    await sql`update organisation set name = 'Chi bộ thôn Suối Trong' where id = ${at('Suối')}`.execute(tx)
    await sql`update organisation set ended_on = '2026-09-01' where id = ${at('Trại')}`.execute(tx)
  })
})
afterAll(() => test.drop())

interface Asked {
  kind: ImportKind | 'all'
  format: 'xlsx' | 'csv'
  on?: CivilDate
  history?: boolean
  language?: Language
}

async function takeOut({ language = 'vi', on = keeper.today, ...asked }: Asked): Promise<Uint8Array> {
  const wanted = { officeId: office.idOf(commune), on, ...asked }
  const { portions } = await exportList({ ...keeper, language }, wanted)
  const parts: Uint8Array[] = []
  for await (const part of portions) parts.push(part)
  return Buffer.concat(parts)
}

/** What a list says in these columns, row by row. */
async function readOut(asked: Asked & { kind: ImportKind }, ...keys: string[]): Promise<string[]> {
  const table = await readSmallTable(await takeOut(asked), wantedColumns(asked.kind, true))
  if (!table.ok) throw new Error(table.reason)
  return table.rows.map(({ cells }) => keys.map((key) => cells.get(key)?.text ?? '').join(' | '))
}

/** All that lists hold, as it stands in the database. */
const everything = async (): Promise<unknown> =>
  test.askAsOwner(`
    select (select jsonb_agg(to_jsonb(o) order by o.id) from organisation o) as organisations,
      (select jsonb_agg(to_jsonb(p) order by p.id) from organisation_period p) as periods,
      (select jsonb_agg(to_jsonb(p) order by p.id) from organisation_place p) as places,
      (select jsonb_agg(to_jsonb(p) order by p.id) from person p) as people,
      (select jsonb_agg(to_jsonb(d) order by d.person_id) from person_detail d) as details,
      (select jsonb_agg(to_jsonb(m) order by m.id) from membership m) as memberships,
      (select jsonb_agg(to_jsonb(p) order by p.id) from post p) as posts`)

describe('a list taken out and brought in again', () => {
  const asked: Asked[] = [false, true].flatMap((history) => [
    { kind: 'all', format: 'xlsx', history, language: 'vi' },
    { kind: 'all', format: 'xlsx', history, language: 'en' },
    ...importKinds.flatMap((kind) =>
      (['xlsx', 'csv'] as const).map((format): Asked => ({ kind, format, history })),
    ),
  ])

  it.each(asked)('changes nothing: $kind as $format, history $history, $language', async (one) => {
    const before = await everything()
    const importId = await bringIn(test, keeper, office.idOf(commune), await takeOut(one))
    const { sheets, version } = await getImport(keeper.reader, keeper.scope, importId)
    const kinds = one.kind === 'all' ? importKinds : [one.kind]
    expect(sheets.map(({ kind, skipped, extra }) => [kind, skipped, extra])).toEqual(
      kinds.map((kind) => [kind, null, []]),
    )
    for (const kind of kinds) {
      const rows = await rowsOf(keeper, importId, kind)
      expect(rows.length).toBeGreaterThan(0)
      expect(
        rows.filter(
          ([, state]) => state !== 'unchanged' && !(kind === 'organisations' && state === 'passed-over'),
        ),
      ).toEqual([])
    }
    const command = { commandId: newId(), importId, leaveWrong: true, version }
    expect(await startApplying(keeper, command)).toEqual({ ok: false, reason: 'nothing' })
    await applyImport(toolsOf(test, keeper), importId)
    expect(await everything()).toEqual(before)
  })
})

describe('a list', () => {
  it('holds what is in force, and what has ended where that is asked for', async () => {
    const posts = { kind: 'posts', format: 'xlsx' } as const
    expect(await readOut(posts, 'name', 'title', 'fromOn', 'toOn')).toEqual([
      'Hoàng Thị Ở | Bí thư chi bộ | 2020-01-01 | ',
    ])
    expect(await readOut({ ...posts, history: true }, 'name', 'title', 'fromOn', 'toOn')).toEqual([
      'Hoàng Thị Ở | Chi ủy viên | 2015-01-01 | 2019-12-31',
      'Hoàng Thị Ở | Bí thư chi bộ | 2020-01-01 | ',
      'Quách Văn Nghỉ | Bí thư chi bộ | 2010-01-01 | 2026-08-31',
    ])
    const memberships = { kind: 'memberships', format: 'csv' } as const
    expect((await readOut(memberships, 'name')).length).toBe(3)
    expect((await readOut({ ...memberships, history: true }, 'name')).length).toBe(7)
    // Who has left is told of, and is said to be nowhere.
    const all = { kind: 'people', format: 'csv', history: true } as const
    expect(await readOut(all, 'name', 'organisation', 'status', 'partyCard')).toEqual([
      'Bùi Thị Đi |  |  | 00789',
      'Lường Văn Chuyển | Chi bộ thôn Suối Trong | chính thức | 00456',
      'Quách Văn Nghỉ | Chi bộ thôn Suối Trong | chính thức | =SUM(A1:A9)',
      'Hoàng Thị Ở | Chi bộ xóm Đồi | chính thức | 00123',
    ])
    expect(await readOut({ ...all, history: false }, 'name')).toEqual([
      'Lường Văn Chuyển',
      'Quách Văn Nghỉ',
      'Hoàng Thị Ở',
    ])
  })

  it('says what bodies were called and how long they lasted', async () => {
    const bodies = { kind: 'organisations', format: 'csv', history: true } as const
    expect(await readOut(bodies, 'name', 'parent', 'fromOn', 'toOn')).toEqual([
      'Đảng ủy xã Hợp Lý | Tỉnh ủy Phú Thọ |  | ',
      'Chi bộ xóm Suối | Đảng ủy xã Hợp Lý |  | 30/06/2025',
      'Chi bộ thôn Suối Trong | Đảng ủy xã Hợp Lý | 01/07/2025 | ',
      'Chi bộ xóm Đồi | Đảng ủy xã Hợp Lý |  | ',
      'Chi bộ xóm Trại | Đảng ủy xã Hợp Lý |  | 31/08/2026',
    ])
    expect(await readOut({ ...bodies, history: false }, 'name')).toEqual([
      'Đảng ủy xã Hợp Lý',
      'Chi bộ thôn Suối Trong',
      'Chi bộ xóm Đồi',
    ])
  })

  it('is as of a day: what was in force then, and no more than had begun', async () => {
    const on = '2016-01-01' as CivilDate
    const names = (kind: ImportKind, history: boolean) =>
      readOut({ kind, format: 'xlsx', on, history }, 'name', ...(kind === 'posts' ? ['title'] : []))
    expect(await names('organisations', false)).toEqual([
      commune,
      'Chi bộ xóm Đồi',
      'Chi bộ xóm Suối',
      'Chi bộ xóm Trại',
    ])
    expect(await names('people', false)).toEqual(['Hoàng Thị Ở', 'Lường Văn Chuyển', 'Quách Văn Nghỉ'])
    expect(await names('people', true)).toHaveLength(4)
    expect(await names('posts', false)).toEqual([
      'Hoàng Thị Ở | Chi ủy viên',
      'Quách Văn Nghỉ | Bí thư chi bộ',
    ])
    expect(await names('posts', true)).toEqual(await names('posts', false))
  })
})
