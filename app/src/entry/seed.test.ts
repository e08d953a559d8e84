import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { verifyPassword } from 'better-auth/crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFileStore } from '#server/platform/files.ts'
import { createTestDatabase, type TestDatabase } from '../../../tests/helpers/database.ts'
import { listSampleAccounts, seedSampleData } from './seed.ts'

const folder = mkdtempSync(join(tmpdir(), 'trienkhai-seed-'))
const files = openFileStore(folder)
const today = '2026-11-23' as CivilDate
let test: TestDatabase

beforeEach(async () => {
  test = await createTestDatabase()
})
afterEach(() => test.drop())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ask<Row>(statement: string): Promise<Row[]> {
  return (await sql.raw<Row>(statement).execute(test.database.reader)).rows
}
const countOf = async (table: string): Promise<number> =>
  (await ask<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count ?? -1

/** Everything that should not differ between two runs, in one string. */
async function fingerprint(): Promise<string> {
  const [row] = await ask<{ print: string }>(`
    select md5((select string_agg(id || name, ',' order by id) from organisation)
      || (select string_agg(id || full_name, ',' order by id) from person)
      || (select string_agg(username || name, ',' order by id) from account)) as print`)
  return row?.print ?? ''
}

describe('the sample data', () => {
  it('have two communes, the first with as many cells as asked', async () => {
    await seedSampleData(test.database, { cells: 20, today, files })
    expect(
      await ask(`
        select commune.name, (count(*) filter (where cell.kind = 'cell'))::int as cells
        from organisation commune join organisation_line line on line.ancestor_id = commune.id
        join organisation cell on cell.id = line.organisation_id
        where commune.kind = 'commune-committee' group by commune.name order by commune.name`),
    ).toEqual([
      { name: 'Đảng ủy xã Lâm Thao', cells: 20 },
      { name: 'Đảng ủy xã Phùng Nguyên', cells: 12 },
    ])
  })

  it('are the same in every run, and a second run adds nothing', async () => {
    const first = await seedSampleData(test.database, { cells: 10, today, files })
    const print = await fingerprint()
    const second = await seedSampleData(test.database, { cells: 10, today, files })
    expect([first.isNew, second.isNew, await fingerprint()]).toEqual([true, false, print])
    expect(second.accounts).toEqual(first.accounts)
    await test.drop()
    test = await createTestDatabase()
    await seedSampleData(test.database, { cells: 10, today, files })
    expect(await fingerprint()).toBe(print)
  })

  it('leave nothing when they are interrupted, and can be sent again', async () => {
    const interrupted = seedSampleData(test.database, {
      cells: 10,
      today,
      files,
      onProgress: () => {
        throw new Error('the power is gone')
      },
    })
    await expect(interrupted).rejects.toThrow('the power is gone')
    expect([await countOf('organisation'), await countOf('person'), await countOf('account')]).toEqual([
      0, 0, 0,
    ])
    expect((await seedSampleData(test.database, { cells: 10, today, files })).isNew).toBe(true)
  })

  it('can be signed in to: one for each role, each in its place, all by the one password', async () => {
    const { accounts, password } = await seedSampleData(test.database, { cells: 20, today, files })
    const named = (username: string) => {
      const found = accounts.find((account) => account.username === username)
      return found && [found.role, found.organisation]
    }
    expect({
      canbo: named('canbo'),
      bithu: named('bithu'),
      bithu02: named('bithu02'),
      bithu20: named('bithu20'),
      dangvien: named('dangvien'),
      giamsat: named('giamsat')?.[0],
      quantri: named('quantri'),
      canbo2: named('canbo2'),
      bithu2: named('bithu2'),
    }).toEqual({
      canbo: ['officer', 'Đảng ủy xã Lâm Thao'],
      bithu: ['secretary', 'Chi bộ Khu 1, Đảng ủy xã Lâm Thao'],
      bithu02: ['secretary', 'Chi bộ Khu 2, Đảng ủy xã Lâm Thao'],
      bithu20: ['secretary', 'Chi bộ Trường Tiểu học Lâm Thao, Đảng ủy xã Lâm Thao'],
      dangvien: ['member', 'Chi bộ Khu 1, Đảng ủy xã Lâm Thao'],
      giamsat: 'supervisor',
      quantri: ['administrator', 'Tỉnh ủy Phú Thọ'],
      canbo2: ['officer', 'Đảng ủy xã Phùng Nguyên'],
      bithu2: ['secretary', 'Chi bộ Khu 1, Đảng ủy xã Phùng Nguyên'],
    })
    const hashes = await test.askAsOwner<{ password: string }>('select distinct password from credential')
    expect(hashes).toHaveLength(1)
    expect(await verifyPassword({ hash: hashes[0]?.password ?? '', password })).toBe(true)
    const shown = await listSampleAccounts(test.database.reader)
    expect(shown[0]).toEqual({
      username: 'canbo',
      password,
      role: { vi: 'cán bộ văn phòng, Đảng ủy xã Lâm Thao', en: 'office staff, Đảng ủy xã Lâm Thao' },
    })
  })

  it('give every cell a secretary who is a full member of it', async () => {
    await seedSampleData(test.database, { cells: 10, today, files })
    expect(
      await ask(`
        select cell.name from organisation cell where kind = 'cell' and not exists (
          select from post join membership on membership.person_id = post.person_id
            and membership.organisation_id = cell.id and membership.status = 'official'
          where post.organisation_id = cell.id and post.title = 'Bí thư')`),
    ).toEqual([])
  })

  it('hold together: counts, tallies and expected lists are those of the rows behind them', async () => {
    await seedSampleData(test.database, { cells: 20, today, files })
    const [wrong] = await ask(`
      select
        (select count(*)::int from assignment where evidence_count <>
          (select count(*) from evidence where assignment_id = assignment.id)) as evidence,
        (select count(*)::int from assignment where open_obstacles <>
          (select count(*) from obstacle where assignment_id = assignment.id and answer is null)) as obstacles,
        (select count(*)::int from assignment where state = 'done' and done_by is null) as "doneByNobody",
        (select count(*)::int from assignment join plan on plan.id = plan_id
          where started_at < launched_at or done_at < started_at or done_at > '2026-11-23') as times,
        (select count(*)::int from assignment a where not exists (
          select from expected e where e.plan_id = a.plan_id and e.organisation_id = a.organisation_id)) as unexpected,
        (select count(*)::int from (
          select plan_id, task_id, state, count(*) from assignment group by 1, 2, 3
          except select plan_id, task_id, state, sum(count) from assignment_tally group by 1, 2, 3) t) as tallies,
        (select count(*)::int from assignment a join plan p on p.id = a.plan_id where not exists (
          select from organisation_line l where l.organisation_id = a.organisation_id and l.ancestor_id = p.office_id
        )) as outside`)
    expect(wrong).toEqual({
      evidence: 0,
      obstacles: 0,
      doneByNobody: 0,
      times: 0,
      unexpected: 0,
      tallies: 0,
      outside: 0,
    })
  })

  it('have plans in review and launched, with work in every state', async () => {
    await seedSampleData(test.database, { cells: 50, today, files })
    expect(
      await ask(`
        select organisation.name, state, count(*)::int from plan join organisation on organisation.id = office_id
        group by 1, 2 order by organisation.name, state`),
    ).toEqual([
      { name: 'Đảng ủy xã Lâm Thao', state: 'launched', count: 3 },
      { name: 'Đảng ủy xã Lâm Thao', state: 'review', count: 1 },
      { name: 'Đảng ủy xã Phùng Nguyên', state: 'launched', count: 2 },
      { name: 'Tỉnh ủy Phú Thọ', state: 'launched', count: 1 },
    ])
    const [some] = await ask<Record<string, boolean>>(`
      select count(*) filter (where state = 'done' and evidence_count > 0) > 20 as proven,
        count(*) filter (where state = 'done' and evidence_count = 0) > 20 as unproven,
        count(*) filter (where state = 'doing') > 20 as doing,
        count(*) filter (where state = 'owed') > 20 as owed,
        count(*) filter (where state <> 'done' and due_on < '2026-11-23') > 20 as late,
        count(*) filter (where open_obstacles > 0) > 5 as stuck
      from assignment`)
    expect(some).toEqual({ proven: true, unproven: true, doing: true, owed: true, late: true, stuck: true })
    // Every phrase of the launched plans stands for somebody.
    expect(
      await ask(
        `select task.text from task, jsonb_array_elements(parties) party where party -> 'audience' = 'null'`,
      ),
    ).toEqual([])
  })

  it('take no account for a sample one that is not', async () => {
    expect(await listSampleAccounts(test.database.reader)).toEqual([])
  })
})
