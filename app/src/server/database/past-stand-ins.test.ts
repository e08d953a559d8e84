import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { openSampleOffice } from '../../../../tests/helpers/sample-office.ts'
import { newId } from '../platform/ids.ts'
import { actOn } from './acting.ts'

// What happened later was not known on a day: it is not there yet, or stands as it stood.

const [early, day, late] = ['2026-03-02', '2026-03-10' as CivilDate, '2026-03-20']
const today = '2026-11-23' as CivilDate

let test: TestDatabase
let accountId: string
beforeAll(async () => {
  test = await createTestDatabase()
  const office = openSampleOffice(test)
  await office.plant(['Đảng ủy xã Một', 'commune-committee', null])
  const { actor } = await office.actAs([
    ['administrator', 'Đảng ủy xã Một'],
    ['officer', 'Đảng ủy xã Một'],
  ])
  accountId = actor.accountId
  const officeId = office.idOf('Đảng ủy xã Một')
  const planId = await office.plantPlan('Đảng ủy xã Một')
  await test.askAsOwner(
    `insert into paper (id, office_id, plan_id, kind, title, content, figures_on, created_by, created_at,
       number, issued_on, issued_at, issued_by)
     values ($1, $2, $3, 'report', 'Báo cáo', '{}', $4::timestamptz, $5, $4::timestamptz, '7', $6::timestamptz,
       $6::timestamptz, $5)`,
    [newId(), officeId, planId, early, accountId, late],
  )
  for (const at of [early, late]) {
    await test.askAsOwner(
      `insert into notice (id, account_id, kind, created_at, read_at) values ($1, $2, 'plan-launched', $3, $4)`,
      [newId(), accountId, at, late],
    )
    await test.askAsOwner(
      `insert into record_entry (done_at, account_id, office_id, operation, subject_kind)
       values ($1, $2, $3, 'plan.launch', 'plan')`,
      [at, accountId, officeId],
    )
    await test.askAsOwner(
      `insert into reorganisation (id, office_id, title, on_day, state, outcome, created_by, created_at,
         scheduled_by, scheduled_at, done_at)
       values ($1, $2, 'Sắp xếp', $3::timestamptz, 'done', '{}', $4, $5, $4, $3::timestamptz, $3::timestamptz)`,
      [newId(), officeId, late, accountId, at],
    )
    await test.askAsOwner(
      `insert into data_import (id, office_id, account_id, file_name, state, created_at, applied_at, undone_at)
       values ($1, $2, $3, 'danh-sach.xlsx', 'undone', $4, $5, $5)`,
      [newId(), officeId, accountId, at, late],
    )
    await test.askAsOwner(
      `insert into letter (id, kind, account_id, organisation_id, to_address, language, state, made_at, closed_at)
       values ($1, 'invitation', $2, $3, 'an@example.vn', 'vi', 'sent', $4, $5)`,
      [newId(), accountId, officeId, at, late],
    )
    await test.askAsOwner(
      `insert into erasure_request (id, account_id, organisation_id, state, asked_at, decided_by, decided_at, answer)
       values ($1, $2, $3, 'refused', $4, $2, $5, 'Còn sinh hoạt')`,
      [newId(), accountId, officeId, at, late],
    )
  }
})
afterAll(() => test.drop())

const questions = {
  notice: `select read_at is null as "isUnread" from notice`,
  record: `select operation from record_entry where operation = 'plan.launch'`,
  paper: `select number, printed_number, issued_on, issued_at, issued_by from paper`,
  reorganisation: `select state, scheduled_by, done_at, outcome from reorganisation`,
  import: `select state, applied_at, undone_at from data_import`,
  letter: `select state, closed_at from letter`,
  request: `select state, decided_by, decided_at, answer from erasure_request`,
}

async function askOn(on: CivilDate | undefined): Promise<Record<string, unknown>> {
  const acting = actOn(test.database, { accountId, today, on })
  const answers: Record<string, unknown> = {}
  for (const [name, question] of Object.entries(questions))
    answers[name] = (await sql.raw(question).execute(acting.reader)).rows
  await acting.end()
  return answers
}

it('reads what waited on a day as waiting, and of what came later nothing', async () => {
  expect(await askOn(day)).toEqual({
    notice: [{ isUnread: true }],
    record: [{ operation: 'plan.launch' }],
    paper: [{ number: null, printed_number: null, issued_on: null, issued_at: null, issued_by: null }],
    reorganisation: [{ state: 'draft', scheduled_by: null, done_at: null, outcome: null }],
    import: [{ state: 'preview', applied_at: null, undone_at: null }],
    letter: [{ state: 'waiting', closed_at: null }],
    request: [{ state: 'waiting', decided_by: null, decided_at: null, answer: null }],
  })
  const lengths = Object.values(await askOn(undefined)).map((rows) => (rows as unknown[]).length)
  expect(lengths).toEqual([2, 2, 1, 2, 2, 2, 2])
})
