import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeEvidence } from '#features/assignments/server/evidence.ts'
import { attachLink } from '#features/assignments/server/operations.ts'
import type { Context } from '#server/context.ts'
import { actOn } from '#server/database/acting.ts'
import type { Reader } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import type { AmendmentChange } from '../command-schema.ts'
import { amendPlan } from './amend.ts'
import { launchPlan } from './launch.ts'
import { reviewAgain, withdrawPlan } from './withdraw.ts'

// What was taken away later is still there on the days before, with the figures that were read on them.

const commune = 'Đảng ủy xã Vân Sơn'
const [cell1, cell2, cell3] = ['Chi bộ Xóm 1', 'Chi bộ Xóm 2', 'Chi bộ Xóm 3']
let test: TestDatabase
let office: SampleOffice

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [commune, 'commune-committee', null],
    [cell1, 'cell', commune],
    [cell2, 'cell', commune],
    [cell3, 'cell', commune],
    ['Đảng ủy xã Khác', 'commune-committee', null],
  )
})
afterAll(() => test.drop())

const officerOn = (day: string) => office.actAs([['officer', commune]], `2026-11-${day}T10:00:00+07:00`)
const secretaryOn = (day: string) => office.actAs([['secretary', cell1]], `2026-11-${day}T11:00:00+07:00`)

/** Everything of a plan that its pages count and list. */
async function readAll(reader: Reader, planId: string): Promise<unknown> {
  const ask = async (query: RawBuilder<object>) => (await query.execute(reader)).rows
  return {
    plan: await ask(sql`select state, launched_at, withdrawn_reason from plan where id = ${planId}`),
    tasks: await ask(sql`select id, text, due_on::text from task where plan_id = ${planId} order by ordinal`),
    assignments: await ask(sql`
      select id, task_id, organisation_id, state, due_on::text, evidence_count from assignment
      where plan_id = ${planId} order by id`),
    expected: await ask(sql`
      select organisation_id, name, tasks, done, first_open_on::text from expected
      where plan_id = ${planId} order by name`),
    duties: await ask(sql`
      select id, organisation_id, submitted_at from report_duty where plan_id = ${planId} order by id`),
    events: await ask(sql`
      select event.id, title, (select count(*)::int from event_organisation where event_id = event.id) as invited
      from event where plan_id = ${planId}`),
    evidence: await ask(sql`
      select evidence.id, title from evidence join assignment on assignment.id = assignment_id
      where assignment.plan_id = ${planId} order by evidence.id`),
    standing: await ask(sql`
      select standing, first_open_on::text, sum(units)::int as units from unit_tally
      where plan_id = ${planId} group by 1, 2 having sum(units) <> 0 order by 1, 2`),
    counted: await ask(sql`
      select task_id, state, sum(count)::int as count from task_tally
      where plan_id = ${planId} group by 1, 2 having sum(count) <> 0 order by 1, 2`),
  }
}
/** The same, read today by this actor for a day of the past. */
const readAsOf = async (context: Context, day: string, planId: string) => {
  const { accountId } = context.actor
  const on = `2026-11-${day}` as typeof context.on
  const acting = actOn(test.database, { accountId, today: context.today, on })
  const all = await readAll(acting.reader, planId)
  await acting.end()
  return all
}

async function launch(day: string): Promise<string> {
  const officer = await officerOn(day)
  const planId = await office.plantPlan(commune, {
    tasks: [
      { text: 'Sinh hoạt chuyên đề', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-28') },
      { text: 'Ra mắt tủ sách', lead: [cell1], ...dueOn('2026-12-10') },
    ],
    reports: [{ text: 'Báo cáo kết quả', from: ['các chi bộ trực thuộc'], ...dueOn('2026-12-15') }],
    events: [{ title: 'Hội nghị triển khai', start: '2026-11-25' }],
  })
  // Written on the day on which the test has it.
  await test.askAsOwner('update plan set created_at = $1 where id = $2', [officer.now, planId])
  expect(await launchPlan(officer, { planId, commandId: newId(), version: 0 })).toEqual({ ok: true, planId })
  return planId
}

it('shows work that was taken back, and evidence that was removed, on the days on which they were there', async () => {
  const planId = await launch('10')
  const assignments = await sql<{ id: string; taskId: string; unit: string }>`
    select id, task_id as "taskId", organisation_id as unit from assignment where plan_id = ${planId}
    order by (select ordinal from task where id = task_id), organisation_id
  `.execute(test.database.reader)
  const { id: assignmentId = '', taskId = '' } =
    assignments.rows.find(({ unit }) => unit === office.idOf(cell1)) ?? {}
  const attach = async (day: string, title: string) =>
    attachLink(await secretaryOn(day), {
      commandId: newId(),
      assignmentId,
      url: 'https://example.vn/anh',
      title,
    })
  expect(await attach('12', 'Ảnh chụp nhầm')).toEqual({ ok: true })
  expect(await attach('13', 'Ảnh buổi sinh hoạt')).toEqual({ ok: true })
  const on13 = await readAll((await officerOn('13')).reader, planId)

  const { rows: shown } = await sql<{ id: string }>`
    select id from evidence where title = 'Ảnh chụp nhầm'`.execute(test.database.reader)
  expect(
    await removeEvidence(await secretaryOn('15'), {
      commandId: newId(),
      assignmentId,
      evidenceId: shown[0]?.id ?? '',
    }),
  ).toEqual({ ok: true })
  const amend = async (day: string, change: AmendmentChange) =>
    await amendPlan(await officerOn(day), { commandId: newId(), planId, reason: 'Điều chỉnh', change })
  expect(
    await amend('16', { kind: 'remove-units', taskId, organisationIds: [office.idOf(cell2)] }),
  ).toMatchObject({ ok: true })
  const on16 = await readAll((await officerOn('16')).reader, planId)
  expect(on16).not.toEqual(on13)
  expect(await amend('17', { kind: 'text', taskId, text: 'Sinh hoạt chuyên đề quý IV' })).toMatchObject({
    ok: true,
  })
  expect(await amend('17', { kind: 'due', taskId, dueOn: '2026-11-30' as Context['on'] })).toMatchObject({
    ok: true,
  })

  const officer = await officerOn('23')
  expect(await readAsOf(officer, '13', planId)).toEqual(on13)
  expect(await readAsOf(officer, '16', planId)).toEqual(on16)
  // Rights hold there as they hold today: another office reads nothing of it.
  const stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
  expect(await readAsOf(stranger, '13', planId)).toEqual({
    plan: [],
    tasks: [],
    assignments: [],
    expected: [],
    duties: [],
    events: [],
    evidence: [],
    standing: [],
    counted: [],
  })
  const taken = sql<{
    kind: string
  }>`select distinct kind from bygone where plan_id = ${planId} order by kind`
  expect((await taken.execute(officer.reader)).rows).toEqual([{ kind: 'assignment' }, { kind: 'evidence' }])
  expect((await taken.execute(stranger.reader)).rows).toEqual([])
})

it('shows a plan that was withdrawn, and launched anew, as it was launched first', async () => {
  const planId = await launch('10')
  const on12 = await readAll((await officerOn('12')).reader, planId)
  const command = { commandId: newId(), planId, reason: 'Ban hành nhầm' }
  expect(await withdrawPlan(await officerOn('14'), command)).toEqual({ ok: true })
  const officer = await officerOn('23')
  expect(await readAsOf(officer, '12', planId)).toEqual(on12)
  expect(await readAsOf(officer, '14', planId)).toMatchObject({
    plan: [{ state: 'withdrawn' }],
    assignments: [],
    standing: [],
  })
  expect(await reviewAgain(await officerOn('18'), { commandId: newId(), planId })).toEqual({ ok: true })
  expect(await readAsOf(officer, '12', planId)).toEqual(on12)
  const again = await officerOn('19')
  expect(await launchPlan(again, { planId, commandId: newId(), version: 0 })).toEqual({ ok: true, planId })
  expect(await readAsOf(officer, '12', planId)).toEqual(on12)
  expect(await readAsOf(officer, '20', planId)).toEqual(await readAll(officer.reader, planId))
})

it('keeps nothing of what was never launched', async () => {
  const before = await sql<{ count: number }>`select count(*)::int as count from bygone`.execute(
    test.database.reader,
  )
  const planId = await office.plantPlan(commune)
  await test.askAsOwner('delete from plan where id = $1', [planId])
  const after = await sql<{ count: number }>`select count(*)::int as count from bygone`.execute(
    test.database.reader,
  )
  expect(after.rows).toEqual(before.rows)
})
