import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finishAssignment, noteProgress, startAssignment } from '#features/assignments/server/operations.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import type { AmendmentChange } from '../command-schema.ts'
import { amendPlan } from './amend.ts'
import { launchPlan } from './launch.ts'
import { reviewAgain, withdrawPlan } from './withdraw.ts'

let test: TestDatabase
let office: SampleOffice
let officer: Context
let secretary: Context
let stranger: Context
const commune = 'Đảng ủy xã Lâm Thao'

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Khu 1', 'cell', commune],
    ['Chi bộ Khu 2', 'cell', commune],
    ['Công an xã Lâm Thao', 'police', commune],
    ['Đảng ủy xã Khác', 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Xa', 'cell', 'Đảng ủy xã Khác'],
  )
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', 'Chi bộ Khu 1']])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
})
afterAll(() => test.drop())

async function giveWork(): Promise<{ planId: string; taskId: string; assignmentId: string }> {
  const planId = await office.plantPlan(commune, {
    tasks: [{ text: 'Sinh hoạt chuyên đề', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-30') }],
    reports: [{ text: 'Báo cáo', from: ['Chi bộ Khu 1'] }],
    events: [{ title: 'Hội nghị', start: '2026-11-25' }],
  })
  await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  const row = await test.database.reader
    .selectFrom('assignment')
    .select(['id', 'task_id'])
    .where('plan_id', '=', planId)
    .where('organisation_id', '=', office.idOf('Chi bộ Khu 1'))
    .executeTakeFirstOrThrow()
  return { planId, taskId: row.task_id, assignmentId: row.id }
}

const withdraw = (context: Context, planId: string, reason = 'Ban hành nhầm') =>
  withdrawPlan(context, { commandId: newId(), planId, reason })
const amend = (context: Context, planId: string, change: AmendmentChange) =>
  amendPlan(context, { commandId: newId(), planId, reason: 'Theo chỉ đạo mới', change })
const stateOf = async (planId: string) => {
  const { rows } = await sql<object>`select state,
    (select count(*) from task where plan_id = plan.id) as tasks,
    (select count(*) from assignment where plan_id = plan.id) as assignments,
    (select coalesce(sum(count), 0)::int from assignment_tally where plan_id = plan.id) as tallied,
    (select count(*) from expected where plan_id = plan.id) as expected,
    (select count(*) from report_duty where plan_id = plan.id) as reports
    from plan where id = ${planId}`.execute(test.database.reader)
  return rows[0]
}
const whole = { state: 'launched', tasks: 1, assignments: 2, tallied: 2, expected: 2, reports: 1 }

describe('a withdrawal', () => {
  it('takes back what nobody has acted on, and the plan can be reviewed and launched again', async () => {
    const { planId } = await giveWork()
    expect(await withdraw(officer, planId)).toEqual({ ok: true })
    const nothing = { tasks: 0, assignments: 0, tallied: 0, expected: 0, reports: 0 }
    expect(await stateOf(planId)).toEqual({ state: 'withdrawn', ...nothing })
    expect(await reviewAgain(officer, { commandId: newId(), planId })).toEqual({ ok: true })
    expect(await stateOf(planId)).toEqual({ state: 'review', ...nothing })
    expect(await launchPlan(officer, { planId, commandId: newId(), version: 0 })).toMatchObject({ ok: true })
    expect(await stateOf(planId)).toEqual(whole)
    const kinds = await test.database.reader
      .selectFrom('notice')
      .select('kind')
      .where('plan_id', '=', planId)
      .where('account_id', '=', secretary.actor.accountId)
      .orderBy('kind')
      .execute()
    expect(kinds.map(({ kind }) => kind)).toEqual(['plan-launched', 'plan-launched', 'plan-withdrawn'])
  })

  it('is refused once anybody has acted, and nothing is lost', async () => {
    const { planId, assignmentId } = await giveWork()
    await noteProgress(secretary, { commandId: newId(), assignmentId, note: 'Đã họp' })
    expect(await withdraw(officer, planId)).toEqual({ ok: false, reason: 'somebody-acted' })
    expect(await stateOf(planId)).toEqual(whole)
  })

  it('and an act at the same moment: one of them wins, never both', async () => {
    for (let round = 0; round < 8; round++) {
      const { planId, assignmentId } = await giveWork()
      const [withdrawn, acted] = await Promise.allSettled([
        withdraw(officer, planId),
        startAssignment(secretary, { commandId: newId(), assignmentId }),
      ])
      const isWithdrawn = withdrawn.status === 'fulfilled' && withdrawn.value.ok
      const hasActed = acted.status === 'fulfilled' && acted.value.ok
      expect([isWithdrawn, hasActed].filter(Boolean)).toEqual([true])
    }
  })

  it('asks for a reason, happens once, and only to a launched plan', async () => {
    const { planId } = await giveWork()
    expect(await withdraw(officer, planId, ' ')).toEqual({ ok: false, reason: 'reason-missing' })
    await withdraw(officer, planId)
    expect(await withdraw(officer, planId)).toEqual({ ok: false, reason: 'not-launched' })
  })

  it('is not there for another office, nor for a unit', async () => {
    const { planId } = await giveWork()
    for (const other of [stranger, secretary])
      await expect(withdraw(other, planId)).rejects.toMatchObject({ name: 'NotFound' })
    expect(await stateOf(planId)).toEqual(whole)
  })
})

describe('an amendment', () => {
  const changesOf = async (planId: string) => {
    const rows = await test.database.reader
      .selectFrom('amendment')
      .select(['reason', 'changes'])
      .where('plan_id', '=', planId)
      .execute()
    return rows
  }

  it('moves a last day for every unit, and keeps what it was', async () => {
    const { planId, taskId } = await giveWork()
    const outcome = await amend(officer, planId, { kind: 'due', taskId, dueOn: '2026-12-10' })
    expect(outcome).toMatchObject({ ok: true })
    expect(await changesOf(planId)).toEqual([
      {
        reason: 'Theo chỉ đạo mới',
        changes: [
          { kind: 'due', taskId, task: 'Sinh hoạt chuyên đề', before: '2026-11-30', after: '2026-12-10' },
        ],
      },
    ])
    const dues = await test.database.reader
      .selectFrom('assignment')
      .select('due_on')
      .distinct()
      .where('plan_id', '=', planId)
      .execute()
    expect(dues).toEqual([{ due_on: '2026-12-10' }])
    expect(await amend(officer, planId, { kind: 'due', taskId, dueOn: '2026-12-10' })).toEqual({
      ok: false,
      reason: 'changes-nothing',
    })
  })

  it('changes words', async () => {
    const { planId, taskId } = await giveWork()
    await amend(officer, planId, { kind: 'text', taskId, text: 'Sinh hoạt chuyên đề quý IV' })
    expect(await changesOf(planId)).toMatchObject([
      {
        changes: [
          { kind: 'text', before: 'Sinh hoạt chuyên đề', after: 'Sinh hoạt chuyên đề quý IV', taskId },
        ],
      },
    ])
  })

  it('gives a task to one more unit of the office, and to none of another', async () => {
    const { planId, taskId } = await giveWork()
    const add = (name: string): AmendmentChange => ({
      kind: 'add-units',
      taskId,
      organisationIds: [office.idOf(name)],
      role: 'with',
    })
    expect(await amend(officer, planId, add('Công an xã Lâm Thao'))).toMatchObject({ ok: true })
    expect(await stateOf(planId)).toMatchObject({ assignments: 3, tallied: 3, expected: 3 })
    for (const name of ['Chi bộ Xa', 'Chi bộ Khu 1'])
      expect(await amend(officer, planId, add(name))).toEqual({ ok: false, reason: 'changes-nothing' })
    expect(await stateOf(planId)).toMatchObject({ assignments: 3, expected: 3 })
  })

  it('takes a task away from who has not acted; who has keeps it, and the amendment says so', async () => {
    const { planId, taskId, assignmentId } = await giveWork()
    await finishAssignment(
      secretary,
      { commandId: newId(), assignmentId, note: '', withoutEvidence: true, files: [] },
      { mostBytes: 1 },
    )
    const organisationIds = [office.idOf('Chi bộ Khu 1'), office.idOf('Chi bộ Khu 2')]
    expect(await amend(officer, planId, { kind: 'remove-units', taskId, organisationIds })).toMatchObject({
      ok: true,
    })
    expect(await changesOf(planId)).toMatchObject([
      { changes: [{ kind: 'remove-units', removed: ['Chi bộ Khu 2'], kept: ['Chi bộ Khu 1'] }] },
    ])
    expect(await stateOf(planId)).toMatchObject({ assignments: 1, tallied: 1, expected: 1 })
    expect(
      await amend(officer, planId, {
        kind: 'remove-units',
        taskId,
        organisationIds: organisationIds.slice(0, 1),
      }),
    ).toEqual({ ok: false, reason: 'all-have-acted' })
  })

  it('adds a task after the others', async () => {
    const { planId } = await giveWork()
    await amend(officer, planId, {
      kind: 'add-task',
      text: 'Nộp ảnh',
      dueOn: '2026-12-01',
      organisationIds: [office.idOf('Chi bộ Khu 2')],
    })
    expect(await stateOf(planId)).toMatchObject({ tasks: 2, assignments: 3, tallied: 3 })
  })

  it('is made once for a command sent twice', async () => {
    const { planId, taskId } = await giveWork()
    const command = {
      commandId: newId(),
      planId,
      reason: 'Lùi hạn',
      change: { kind: 'due' as const, taskId, dueOn: null },
    }
    const first = await amendPlan(officer, command)
    expect(await amendPlan(officer, command)).toEqual(first)
    expect(await changesOf(planId)).toHaveLength(1)
  })

  it('needs a launched plan of one’s own office, and one of its tasks', async () => {
    const { planId, taskId } = await giveWork()
    const elsewhere = await giveWork()
    const change: AmendmentChange = { kind: 'due', taskId, dueOn: null }
    await expect(amend(stranger, planId, change)).rejects.toMatchObject({ name: 'NotFound' })
    await expect(amend(secretary, planId, change)).rejects.toMatchObject({ name: 'NotFound' })
    await expect(amend(officer, elsewhere.planId, change)).rejects.toMatchObject({ name: 'NotFound' })
    await withdraw(officer, planId)
    expect(await amend(officer, planId, change)).toEqual({ ok: false, reason: 'not-launched' })
  })
})
