import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { sealRecord, verifyRecord } from '#server/record-chain.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice } from '../../../../../tests/helpers/office.ts'
import { retirePersonalData } from './retention.ts'

let test_: TestDatabase
let files: ReturnType<typeof openTestFiles>
let accountId: string
const at = new Date('2026-11-23T19:00:00Z')
const keepDays = {
  sessions: 30,
  failures: 10,
  letters: 90,
  notices: 365,
  commands: 30,
  drafts: 730,
  looks: 1095,
}
const ago = (days: number): string => new Date(at.getTime() - days * 86_400_000).toISOString()

beforeAll(async () => {
  test_ = await createTestDatabase()
  files = openTestFiles()
  const office = await plantOffice(test_.database, files.files, { place: 'Sao Khuê' })
  accountId = office.officer.actor.accountId
  const ask = (statement: string, ...values: unknown[]) => test_.askAsOwner(statement, values)
  for (const [days, name] of [
    [29, 'young'],
    [31, 'old'],
  ] as const) {
    await ask(
      'insert into session (id, token, user_id, expires_at) values ($1, $2, $3, $4)',
      newId(),
      name,
      accountId,
      ago(days),
    )
    await ask(
      `insert into command (id, account_id, operation, outcome, done_at) values ($1, $2, $3, '{}', $4)`,
      newId(),
      accountId,
      name,
      ago(days),
    )
  }
  for (const [days, name] of [
    [9, 'young'],
    [11, 'old'],
  ] as const)
    await ask('insert into sign_in_limit (key, failures, last_at) values ($1, 1, $2)', name, ago(days))
  for (const [days, name, state] of [
    [89, 'young', 'sent'],
    [91, 'old', 'sent'],
    [91, 'waiting', 'waiting'],
  ] as const)
    await ask(
      `insert into letter (id, kind, to_address, language, state, made_at, closed_at)
       values ($1, $2, 'a@example.vn', 'vi', $3, $4, case when $3 = 'sent' then $4::timestamptz end)`,
      newId(),
      name,
      state,
      ago(days),
    )
  for (const [days, key, isRead] of [
    [364, 'young', true],
    [366, 'old', true],
    [366, 'unread', false],
  ] as const)
    await ask(
      `insert into notice (id, account_id, kind, details, read_at, created_at)
       values ($1, $2, 'plan-launched', jsonb_build_object('key', $3::text), $4, $5)`,
      newId(),
      accountId,
      key,
      isRead ? ago(days) : null,
      ago(days),
    )
  for (const [days, operation] of [
    [1094, 'young.look'],
    [1096, 'old.look'],
    [1096, 'plan.launch'],
  ] as const)
    await ask(
      `insert into record_entry (operation, subject_kind, done_at) values ($1, 'person', $2)`,
      operation,
      ago(days),
    )
  await sealRecord(test_.database)
  const [document, plan] = [newId(), newId()]
  await ask(
    `insert into document (id, office_id, direction, file_name, created_by) values ($1, $2, 'draft', 'x', $3)`,
    document,
    office.id,
    accountId,
  )
  await ask(
    `insert into plan (id, office_id, document_id, subject) values ($1, $2, $3, 'x')`,
    plan,
    office.id,
    document,
  )
  for (const [days, title, issued] of [
    [729, 'young', false],
    [731, 'old', false],
    [731, 'issued', true],
  ] as const)
    await ask(
      `insert into paper (id, office_id, plan_id, kind, title, content, figures_on, created_by, updated_at,
         number, issued_on, issued_at, issued_by)
       values ($1, $2, $3, 'report', $4, '{}', '2024-01-01', $5, $6,
         case when $7 then '7' end, case when $7 then date '2024-01-02' end, case when $7 then now() end,
         case when $7 then $5::uuid end)`,
      newId(),
      office.id,
      plan,
      title,
      accountId,
      ago(days),
      issued,
    )
  for (const [days, title] of [
    [729, 'young'],
    [731, 'old'],
  ] as const)
    await ask(
      `insert into bygone (kind, row_id, plan_id, office_id, launched_at, gone_at, content)
       values ('evidence', $1, $2, $3, $4, $4, jsonb_build_object('title', $5::text, 'url', 'https://example.vn/a'))`,
      newId(),
      plan,
      office.id,
      ago(days),
      title,
    )
})
afterAll(async () => {
  await test_.drop()
  files.remove()
})

const left = async (): Promise<Record<string, string[]>> => {
  const asked = {
    session: 'select token as name from session order by 1',
    command: 'select operation as name from command order by 1',
    sign_in_limit: 'select key as name from sign_in_limit order by 1',
    letter: 'select kind as name from letter order by 1',
    notice: `select details ->> 'key' as name from notice order by 1`,
    paper: 'select title as name from paper order by 1',
    bygone: `select concat(content ->> 'title', ' ', content ->> 'url') as name from bygone order by gone_at desc`,
    record_entry: `select operation as name from record_entry where operation <> 'personal-data.retire' order by 1`,
  }
  const found: Record<string, string[]> = {}
  for (const [table, statement] of Object.entries(asked))
    found[table] = (await test_.askAsOwner<{ name: string }>(statement)).map(({ name }) => name)
  return found
}

test('what is too old goes, and what is not, or is still worked with, stays', async () => {
  const retired = await inTransaction(test_.database, (tx) => retirePersonalData(tx, at, keepDays))
  expect(await left()).toEqual({
    session: ['young'],
    command: ['young'],
    sign_in_limit: ['young'],
    letter: ['waiting', 'young'],
    notice: ['unread', 'young'],
    paper: ['issued', 'young'],
    bygone: ['young https://example.vn/a', '… '],
    record_entry: ['plan.launch', 'young.look'],
  })
  expect(Object.fromEntries(retired.map(({ kind, removed }) => [kind, removed]))).toEqual({
    sessions: 1,
    failures: 1,
    letters: 1,
    notices: 1,
    commands: 1,
    drafts: 2,
    looks: 1,
  })
})

test('what went is on record, and a second time nothing goes', async () => {
  const again = await inTransaction(test_.database, (tx) => retirePersonalData(tx, at, keepDays))
  expect(again.every(({ removed }) => removed === 0)).toBe(true)
  const entries = await test_.askAsOwner(
    `select account_id, after from record_entry where operation = 'personal-data.retire' order by id`,
  )
  expect(entries).toEqual([
    {
      account_id: null,
      after: { looksUntil: ago(1095), removed: { looks: 1 } },
    },
    {
      account_id: null,
      after: { removed: { sessions: 1, failures: 1, letters: 1, notices: 1, commands: 1, drafts: 2 } },
    },
  ])
  const runs = await test_.askAsOwner('select kind, removed from retention_run order by kind')
  expect(runs).toHaveLength(7)
  expect(runs[0]).toEqual({ kind: 'commands', removed: 1 })
})

test('the chain of the record is whole without the looks that went', async () => {
  expect(await verifyRecord(test_.database)).toMatchObject({ entries: 5, broken: null })
})

test('only the program may have traces of signing in removed', async () => {
  await expect(
    test_.askAsOwner(
      `select set_config('trienkhai.account', $1, false), forget_sign_in_traces('sessions', now())`,
      [accountId],
    ),
  ).rejects.toThrow(/only the program/)
  await expect(
    inTransaction(test_.database, async (tx) => {
      await sql`select act_as(${accountId})`.execute(tx)
      await sql`select forget_sign_in(${accountId})`.execute(tx)
    }),
  ).rejects.toThrow(/only the program/)
})
