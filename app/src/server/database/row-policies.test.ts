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
  await test_.askAsOwner(plantedKeys)
  await test_.askAsOwner(`
    insert into command (id, account_id, operation, outcome)
    select gen_random_uuid(), id, 'plan.launch', '{"ok": true}' from account`)
})
afterAll(async () => {
  await pages.close()
  await test_.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** A row in each body for each account, of what the sample has none of. */
const plantedKeys = `
  insert into audience (id, office_id, name, expression, version, made_by)
  select gen_random_uuid(), office_id, 'Các chi bộ ' || office_id, '{}', 1, min(created_by::text)::uuid
  from document group by office_id;
  insert into letter (id, kind, account_id, organisation_id, to_address, language)
  select gen_random_uuid(), 'invitation', id, organisation_id, 'an@example.vn', 'vi' from account;
  insert into invitation (id, account_id, purpose, by, code_hash, expires_at)
  select gen_random_uuid(), id, 'invite', 'slip', id::text, now() from account;
  insert into app_password (id, account_id, name, secret_hash) select gen_random_uuid(), id, 'Lịch', id::text from account;
  insert into passkey (id, public_key, user_id, credential_id, counter, device_type, backed_up)
  select gen_random_uuid(), 'AA', id, id::text, 0, 'singleDevice', false from account;
  insert into session (id, token, user_id, expires_at) select gen_random_uuid(), id::text, id, now() from account;
  insert into erasure_request (id, account_id, organisation_id)
  select gen_random_uuid(), id, organisation_id from account where organisation_id is not null;
  insert into data_import (id, office_id, account_id, file_name)
  select id, organisation_id, id, 'danh-sach.xlsx' from account where organisation_id is not null;
  insert into data_import_row (import_id, kind, number, target_id, cells, facts, state, search_key)
  select id, 'people', 2, id, '{}', '{}', 'new', '' from data_import;
  insert into reorganisation (id, office_id, title, on_day, created_by)
  select organisation_id, organisation_id, 'Sắp xếp', '2027-01-01', min(id::text)::uuid
  from account where organisation_id is not null group by organisation_id;
  insert into reorganisation_step (id, reorganisation_id, ordinal, content) select id, id, 1, '{}' from reorganisation;
  insert into two_step_rule (organisation_id) select id from organisation;
  insert into bygone (kind, row_id, plan_id, office_id, organisation_id, launched_at, gone_at, content)
  select 'assignment', id, plan_id, office_id, organisation_id, now(), now(), '{}' from assignment;
  insert into work_passing (on_day, assignment_id, from_id, to_id)
  select '${today}', id, organisation_id, office_id from assignment;
  insert into event_person (event_id, person_id, organisation_id, capacity)
  select event_id, min(membership.person_id::text)::uuid, organisation_id, 'đại biểu'
  from event_organisation join membership using (organisation_id) group by 1, 3 on conflict do nothing;
  insert into person_detail (person_id, phone) select id, '0912345678' from person on conflict do nothing;
  insert into membership_exemption (id, person_id, organisation_id, reason, from_on)
  select gen_random_uuid(), min(person_id::text)::uuid, organisation_id, 'tuổi cao', '2026-01-01'
  from membership group by organisation_id;
  insert into temporary_membership (id, person_id, home_id, place, from_on)
  select gen_random_uuid(), max(person_id::text)::uuid, organisation_id, 'Hà Nội', '2026-01-01'
  from membership group by organisation_id on conflict do nothing;
  insert into person_apart (one_id, other_id, decided_by)
  select min(person_id::text)::uuid, max(person_id::text)::uuid, (select id from account order by id limit 1)
  from membership group by organisation_id having count(*) > 1 on conflict do nothing;
  insert into person_merge (id, kept_id, merged_id, merged_name, reason, moved, merged_by)
  select gen_random_uuid(), one_id, other_id, 'An', 'trùng', '{}', decided_by from person_apart;
`

/** Tables of which everybody who is signed in may read every row, or no account any; each with its reason. */
const alike: Record<string, string> = {
  organisation: 'bodies of the State, the Party and the Front',
  organisation_line: 'who stands above whom',
  organisation_period: 'their names through time',
  organisation_place: 'their places through time',
  succession: 'who came after whom',
  post_title: 'what posts are called',
  file: 'hashes, which nobody guesses; what is in a file is asked for by what it belongs to',
  record_seal: 'for the program alone',
  record_verification: 'whether the record is whole',
  retention_run: 'how many rows a night removed',
}

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

/** Tables of which the program may ask for rows, by one of the columns that it may read; views of the past, too. */
async function listReadable(): Promise<{ schema: string; name: string; column: string }[]> {
  const rows = await test_.askAsOwner<{ schema: string; name: string; column: string }>(`
    select nspname as schema, relname as name, min(attname) as column
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where nspname in ('public', 'past') and relkind in ('r', 'p', 'v', 'm')
      and has_column_privilege('${programRole}', pg_class.oid, attnum, 'select')
    group by 1, 2 order by 1, 2`)
  return rows.filter(({ name }) => !(name in bare))
}

async function act(username: string): Promise<ActingDatabase> {
  const [account] = await test_.askAsOwner<{ id: string }>('select id from account where username = $1', [
    username,
  ])
  return actOn(pages, { accountId: account?.id ?? '', today })
}

const ofSelf = 'person_id = (select person_id from account where id = $1)'
const ofPeople = (column: string): string => `${column} = (select person_id from account where id = $1)
  or ${column} in (select person_id from membership where organisation_id = any($3)
    union select person_id from post where organisation_id = any($3))`

/** Of tables of which the program reads some columns, one by which a row is known. */
const knownBy: Record<string, string> = { app_password: 'id', invitation: 'id', passkey: 'id', session: 'id' }
const keyOf = (table: string): string => knownBy[table] ?? 'ctid'

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
  audience: 'office_id = any($2)',
  bygone: 'office_id = any($2) or organisation_id = any($3)',
  work_passing:
    'assignment_id in (select id from assignment where office_id = any($2) or organisation_id = any($3))',
  event_person: `person_id = (select person_id from account where id = $1) or event_id in (
    select id from event where office_id = any($2)
    union select event_id from event_organisation where organisation_id = any($3))`,
  person_detail: ofPeople('person_id'),
  person_apart: `${ofPeople('one_id')} or ${ofPeople('other_id')}`,
  person_merge: ofPeople('kept_id'),
  membership_exemption: `organisation_id = any($3) or ${ofSelf}`,
  temporary_membership: `home_id = any($3) or host_id = any($3) or ${ofSelf}`,
  letter: 'organisation_id = any($3)',
  invitation: 'account_id in (select id from account where organisation_id = any($3))',
  app_password: 'account_id = $1',
  passkey: 'user_id = $1',
  session: 'user_id = $1',
  erasure_request: 'account_id = $1 or organisation_id = any($3)',
  data_import: 'account_id = $1',
  data_import_row: 'import_id in (select id from data_import where account_id = $1)',
  reorganisation: 'office_id = any($3)',
  reorganisation_step: 'reorganisation_id in (select id from reorganisation where office_id = any($3))',
  two_step_rule: 'organisation_id = any($3)',
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

  test('is tried below, a new one too, or says why there is nothing to try', async () => {
    const tables = (await listReadable()).filter(({ schema }) => schema === 'public').map(({ name }) => name)
    expect(tables.filter((name) => !(name in places) && !(name in alike))).toEqual([])
  })

  test('has a stand-in of the past that is read with the rights of who asks', async () => {
    const loose = await test_.askAsOwner(`
      select relname from pg_class where relnamespace = 'past'::regnamespace and relkind in ('v', 'm', 'r')
        and not coalesce(reloptions @> array['security_invoker=true'], false)`)
    expect(loose).toEqual([])
  })

  test('gives no row to a transaction in which nobody acts', async () => {
    const tables = await listReadable()
    expect(tables.filter(({ schema }) => schema === 'past').length).toBeGreaterThan(10)
    for (const { schema, name, column } of tables) {
      const { rows } =
        await sql`select ${sql.ref(column)} from ${sql.table(`${schema}.${name}`)} limit 1`.execute(
          pages.reader,
        )
      expect([schema, name, rows.length]).toEqual([schema, name, 0])
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
    const { rows } = await sql<{
      at: string
    }>`select ${sql.raw(keyOf(table))}::text as at from ${sql.table(table)}`.execute(acting.reader)
    const { accountId, offices, below, line } = standing
    const [strange] = await test_.askAsOwner<{ count: number; all: number }>(
      `select count(*)::int as count, (select count(*)::int from ${table}) as all from ${table}
       where ${keyOf(table)}::text = any($5::text[]) and not coalesce((${places[table]}), false)
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
    }>`select count(${sql.raw(keyOf(table))}::text)::int as count from ${sql.table(table)}`.execute(
      acting.reader,
    )
    if ((rows[0]?.count ?? 0) >= (all?.count ?? 0)) hidden.push(table)
  }
  await acting.end()
  expect(hidden).toEqual([])
})
