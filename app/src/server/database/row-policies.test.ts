import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedSampleData } from '#entry/seed.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { openFileStore } from '../platform/files.ts'
import { type ActingDatabase, actOn } from './acting.ts'
import { asRole, programRole } from './addresses.ts'
import { connect } from './connect.ts'
import type { Database } from './handles.ts'

const today = '2026-11-23' as CivilDate

let test_: TestDatabase
/** As the pages connect: nobody acts until a transaction says so. */
let pages: Database
let folder: string
beforeAll(async () => {
  test_ = await createTestDatabase()
  pages = connect(asRole(test_.url, programRole), { mostSessions: 3 })
  folder = mkdtempSync(join(tmpdir(), 'trienkhai-policies-'))
  await seedSampleData(test_.database, { cells: 50, today, files: openFileStore(folder) })
  await test_.askAsOwner(`
    insert into record_entry (account_id, office_id, operation, subject_kind, subject_id)
    select plan.launched_by, plan.office_id, 'plan.launch', 'plan', plan.id from plan where launched_by is not null`)
  await test_.askAsOwner(`
    insert into file (hash, size, media_type) values (repeat('a', 64), 1, 'image/png');
    insert into document_page (document_id, page, file_hash) select id, 0, repeat('a', 64) from document;
    insert into phrase_audience (office_id, phrase_key, phrase, audience, decided_by)
    select distinct on (office_id) office_id, 'cac chi bo', 'các chi bộ', '{}'::jsonb, created_by from document;
    insert into amendment (id, plan_id, reason, changes, amended_by)
    select gen_random_uuid(), id, 'đổi ngày', '[]', launched_by from plan where launched_by is not null;
    insert into paper (id, office_id, plan_id, kind, title, content, figures_on, created_by)
    select gen_random_uuid(), office_id, id, 'report', 'Báo cáo', '{}', '${today}', launched_by
    from plan where launched_by is not null`)
  await test_.askAsOwner(`
    insert into command (id, account_id, operation, outcome)
    select gen_random_uuid(), id, 'plan.launch', '{"ok": true}' from account`)
})
afterAll(async () => {
  await pages.close()
  await test_.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Tables of the product that bear no policy, each with its reason. */
const bare: Record<string, string> = {
  schema_migration: 'which files of the program were applied',
  rate_limit: 'how often an address has tried, by a key that names nobody',
  sign_in_limit: 'how often an address has tried, by a key that names nobody',
  password_request:
    'what somebody typed who forgot a password, until a job has looked; a row names nobody else',
}

async function listTables(): Promise<{ name: string; isHeld: boolean; isOpen: boolean }[]> {
  return await test_.askAsOwner(`
    select relname as name,
      relrowsecurity and exists (select from pg_policy where polrelid = pg_class.oid) as "isHeld",
      has_any_column_privilege('${programRole}', pg_class.oid, 'select, insert, update')
        or has_table_privilege('${programRole}', pg_class.oid, 'delete') as "isOpen"
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`)
}

/** Tables whose every row the program can ask for; of the others it may read some columns, which no test here does. */
async function listReadable(): Promise<string[]> {
  const rows = await test_.askAsOwner<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and has_table_privilege('${programRole}', oid, 'select') order by 1`)
  return rows.map(({ name }) => name).filter((name) => !(name in bare))
}

async function act(username: string): Promise<ActingDatabase> {
  const [account] = await test_.askAsOwner<{ id: string }>('select id from account where username = $1', [
    username,
  ])
  return actOn(pages, { accountId: account?.id ?? '', today })
}

/** Where the rows of a table may lie that an actor sees; `$2` its offices, `$3` all below its tops, `$4` its line up. */
const places: Record<string, string> = {
  document: 'office_id = any($2)',
  document_reading: 'document_id in (select id from document where office_id = any($2))',
  document_page: 'document_id in (select id from document where office_id = any($2))',
  plan: `office_id = any($2) or state in ('launched', 'closed') and id in (
    select plan_id from expected where organisation_id = any($3) union
    select plan_id from event join event_organisation on event_id = event.id where organisation_id = any($3))`,
  plan_review: 'plan_id in (select id from plan where office_id = any($2))',
  phrase_audience: 'office_id = any($2)',
  office_setting: 'office_id = any($2)',
  amendment: `plan_id in (select id from plan where office_id = any($2)
    or id in (select plan_id from expected where organisation_id = any($3)))`,
  paper: 'office_id = any($2)',
  task: `plan_id in (select id from plan where office_id = any($2))
    or id in (select task_id from assignment where organisation_id = any($3))`,
  expected: 'plan_id in (select id from plan where office_id = any($2)) or organisation_id = any($3)',
  assignment: 'office_id = any($2) or organisation_id = any($3)',
  assignment_tally: 'plan_id in (select id from plan where office_id = any($2))',
  task_tally: 'plan_id in (select id from plan where office_id = any($2))',
  unit_tally: 'plan_id in (select id from plan where office_id = any($2))',
  progress:
    'assignment_id in (select id from assignment where office_id = any($2) or organisation_id = any($3))',
  evidence:
    'assignment_id in (select id from assignment where office_id = any($2) or organisation_id = any($3))',
  obstacle:
    'assignment_id in (select id from assignment where office_id = any($2) or organisation_id = any($3))',
  report_duty: 'office_id = any($2) or organisation_id = any($3)',
  event: `office_id = any($2) or id in (select event_id from event_organisation where organisation_id = any($3))`,
  event_organisation: `event_id in (select id from event where office_id = any($2)
    or id in (select event_id from event_organisation where organisation_id = any($3)))`,
  post: `organisation_id = any($3) or organisation_id = any($4)
    or person_id = (select person_id from account where id = $1)`,
  membership: 'organisation_id = any($3)',
  person: `id in (select person_id from membership where organisation_id = any($3)
    union select person_id from post where organisation_id = any($3) or organisation_id = any($4))`,
  role_grant: 'organisation_id = any($3) or organisation_id = any($4)',
  account: `id in (select account_id from role_grant where organisation_id = any($3) or organisation_id = any($4))
    or person_id in (select person_id from post where organisation_id = any($3) or organisation_id = any($4))`,
  command: 'account_id = $1',
  notice: 'account_id = $1',
  record_entry: 'account_id = $1 or office_id = any($2) or office_id = any($3)',
}

interface Standing {
  accountId: string
  offices: string[]
  below: string[]
  line: string[]
}

async function standingOf(username: string): Promise<Standing> {
  const [standing] = await test_.askAsOwner<Standing>(
    `
    with held as (
      select grants.* from account, lateral grants_of(account.id, '${today}') grants where account.username = $1
    )
    select (select id from account where username = $1) as "accountId",
      coalesce((select array_agg(distinct organisation_id) from held where role in ('officer', 'approver', 'viewer')), '{}')
        as offices,
      coalesce((
        select array_agg(distinct line.organisation_id) from held
        join organisation_line line on line.ancestor_id = held.organisation_id
          and (line.distance = 0 or held.role in ('officer', 'approver', 'viewer', 'supervisor', 'administrator', 'personnel'))
      ), '{}') as below,
      coalesce((
        select array_agg(distinct line.ancestor_id) from held
        join organisation_line line on line.organisation_id = held.organisation_id
      ), '{}') as line`,
    [username],
  )
  if (!standing) throw new Error(`${username} stands nowhere`)
  return standing
}

const strangers = ['canbo2', 'bithu2', 'bithu', 'bithu02', 'dangvien', 'giamsat', 'canbo', 'quantri']

describe('every table of the product', () => {
  test('holds its rows by policies, or says why it need not', async () => {
    const loose = (await listTables())
      .filter(({ isHeld, isOpen }) => isOpen && !isHeld)
      .map(({ name }) => name)
    expect(loose.filter((name) => !(name in bare))).toEqual([])
  })

  test('gives no row to a transaction in which nobody acts', async () => {
    for (const table of await listReadable()) {
      const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(pages.reader)
      expect([table, rows.length]).toEqual([table, 0])
    }
  })
})

describe.each(strangers)('as %s, a query that forgets its scope', (username) => {
  let acting: ActingDatabase
  let standing: Standing
  beforeAll(async () => {
    acting = await act(username)
    standing = await standingOf(username)
  })
  afterAll(() => acting.end())

  test.each(Object.keys(places))('finds in %s only what the actor may see', async (table) => {
    const { rows } = await sql<{ at: string }>`select ctid::text as at from ${sql.table(table)}`.execute(
      acting.reader,
    )
    const { accountId, offices, below, line } = standing
    const [strange] = await test_.askAsOwner<{ count: number; all: number }>(
      `select count(*)::int as count, (select count(*)::int from ${table}) as all from ${table}
       where ctid = any($5::tid[]) and not coalesce((${places[table]}), false)
         and ($1::uuid, $2::uuid[], $3::uuid[], $4::uuid[]) is not null`,
      [accountId, offices, below, line, rows.map(({ at }) => at)],
    )
    expect({ table, strange: strange?.count }).toEqual({ table, strange: 0 })
  })

  test('changes and removes nothing of others', async () => {
    const [other] = await test_.askAsOwner<{ id: string; office: string }>(
      `select id, office_id as office from plan where office_id <> all($1) and launched_at is not null limit 1`,
      [standing.offices],
    )
    const planId = other?.id ?? ''
    const tries = [
      sql`update plan set subject = 'x' where id = ${planId}`,
      sql`delete from plan where id = ${planId}`,
      sql`update document set subject = 'x' where office_id = ${other?.office}`,
      sql`delete from document where office_id = ${other?.office}`,
      sql`delete from assignment where plan_id = ${planId}`,
      sql`delete from expected where plan_id = ${planId}`,
      sql`update task set text = 'x' where plan_id = ${planId}`,
      sql`delete from event where plan_id = ${planId}`,
      sql`update notice set read_at = now() where account_id <> ${standing.accountId}`,
      sql`delete from command where account_id <> ${standing.accountId}`,
    ]
    for (const statement of tries) {
      const touched = await acting.inTransaction(async (tx) => {
        const { numAffectedRows } = await statement.execute(tx)
        return { ok: false, count: Number(numAffectedRows ?? 0) }
      })
      expect(touched.count).toBe(0)
    }
  })

  test('makes itself no right', async () => {
    const [elsewhere] = await test_.askAsOwner<{ id: string }>(
      'select id from organisation where id <> all($1) limit 1',
      [standing.below],
    )
    if (!elsewhere) return
    const give = acting.inTransaction((tx) =>
      sql`insert into role_grant (id, account_id, role, organisation_id, from_on)
        values (gen_random_uuid(), ${standing.accountId}, 'officer', ${elsewhere.id}, '2026-01-01')`.execute(
        tx,
      ),
    )
    await expect(give).rejects.toThrow('row-level security')
  })
})

test('there is something to see and something to hide in each table that is tried', async () => {
  const hidden: string[] = []
  const acting = await act('canbo2')
  for (const table of Object.keys(places)) {
    const [all] = await test_.askAsOwner<{ count: number }>(`select count(*)::int as count from ${table}`)
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int as count from ${sql.table(table)}`.execute(acting.reader)
    if ((rows[0]?.count ?? 0) >= (all?.count ?? 0)) hidden.push(table)
  }
  await acting.end()
  expect(hidden).toEqual([])
})
