import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseObstacle } from '#features/assignments/server/obstacles.ts'
import {
  attachLink,
  finishAssignment,
  noteProgress,
  startAssignment,
} from '#features/assignments/server/operations.ts'
import { listWork } from '#features/assignments/server/reads.ts'
import { countOwnWork, listUnitMatters } from '#features/desk/server/unit-matters.ts'
import { createPaper } from '#features/papers/server/operations.ts'
import { submitReport } from '#features/report-duties/server/operations.ts'
import { listDuties } from '#features/report-duties/server/reads.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { amendPlan } from './amend.ts'
import { closePlan, reopenPlan } from './close.ts'
import { launchPlan } from './launch.ts'
import { listOverdueUnits } from './overdue-units.ts'
import { listAssignments } from './plan-lists.ts'
import { getPlan } from './reads.ts'

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
    ['Đảng ủy xã Khác', 'commune-committee', 'Tỉnh ủy Phú Thọ'],
  )
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', 'Chi bộ Khu 1']])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
})
afterAll(() => test.drop())

interface Given {
  planId: string
  taskId: string
  assignmentId: string
  dutyId: string
}

async function giveWork(): Promise<Given> {
  const planId = await office.plantPlan(commune, {
    tasks: [{ text: 'Sinh hoạt chuyên đề', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-10') }],
    reports: [{ text: 'Báo cáo', from: ['Chi bộ Khu 1'] }],
  })
  await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  const assignment = await test.database.reader
    .selectFrom('assignment')
    .select(['id', 'task_id'])
    .where('plan_id', '=', planId)
    .where('organisation_id', '=', office.idOf('Chi bộ Khu 1'))
    .executeTakeFirstOrThrow()
  const duty = await test.database.reader
    .selectFrom('report_duty')
    .select('id')
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow()
  return { planId, taskId: assignment.task_id, assignmentId: assignment.id, dutyId: duty.id }
}

const close = (
  planId: string,
  { context = officer, ...wanted }: { context?: Context; reason?: string; closedOn?: string } = {},
) =>
  closePlan(context, {
    commandId: newId(),
    planId,
    reason: 'Đã tổng kết',
    closedOn: officer.today,
    ...wanted,
  })
const reopen = (planId: string, reason = 'Tổng kết lại') =>
  reopenPlan(officer, { commandId: newId(), planId, reason })
const limits = { mostBytes: 1_000_000 }
const page = { search: '', offset: 0, limit: 50 }

describe('a closed plan', () => {
  it('says when, why and by whom, tells its units, and keeps on record what was left open', async () => {
    const { planId } = await giveWork()
    expect(await close(planId)).toEqual({ ok: true })
    expect(await getPlan(officer.reader, officer.scope, planId)).toMatchObject({
      state: 'closed',
      closed: { on: officer.today, reason: 'Đã tổng kết', by: officer.actor.name },
    })
    const notice = await test.database.reader
      .selectFrom('notice')
      .select(['kind', 'details'])
      .where('plan_id', '=', planId)
      .where('account_id', '=', secretary.actor.accountId)
      .where('kind', '=', 'plan-closed')
      .execute()
    expect(notice).toMatchObject([{ kind: 'plan-closed', details: { text: 'Đã tổng kết' } }])
    const entry = await test.database.reader
      .selectFrom('record_entry')
      .select(['operation', 'before', 'after'])
      .where('subject_id', '=', planId)
      .where('operation', '=', 'plan.close')
      .execute()
    expect(entry).toEqual([
      {
        operation: 'plan.close',
        before: { openAssignments: 2, unitsWithOpen: 2, owedReports: 1 },
        after: { closedOn: officer.today, reason: 'Đã tổng kết' },
      },
    ])
  })

  it('takes no more acts of its units, nor changes', async () => {
    const { planId, taskId, assignmentId, dutyId } = await giveWork()
    await startAssignment(secretary, { commandId: newId(), assignmentId })
    await close(planId)
    const command = () => ({ commandId: newId(), assignmentId })
    const closed = { ok: false, reason: 'plan-closed' }
    expect(await noteProgress(secretary, { ...command(), note: 'Đã họp' })).toEqual(closed)
    expect(await attachLink(secretary, { ...command(), url: 'https://example.com', title: '' })).toEqual(
      closed,
    )
    expect(
      await finishAssignment(secretary, { ...command(), note: '', withoutEvidence: true, files: [] }, limits),
    ).toEqual(closed)
    expect(await raiseObstacle(secretary, { ...command(), text: 'Thiếu tài liệu' })).toEqual(closed)
    expect(
      await submitReport(secretary, { commandId: newId(), dutyId, body: 'Đã làm', file: undefined }, limits),
    ).toEqual(closed)
    expect(
      await amendPlan(officer, {
        commandId: newId(),
        planId,
        reason: 'Lùi hạn',
        change: { kind: 'due', taskId, dueOn: null },
      }),
    ).toEqual({ ok: false, reason: 'not-launched' })
    expect(
      await createPaper(officer, { commandId: newId(), planId, kind: 'reminder', finishBy: officer.today }),
    ).toEqual({ ok: false, reason: 'plan-closed' })
    expect(
      await createPaper(officer, { commandId: newId(), planId, kind: 'report', finishBy: null }),
    ).toMatchObject({ ok: true })
  })

  it('leaves what is open to be seen as not done, and asks nobody for it', async () => {
    const { planId, assignmentId } = await giveWork()
    const today = officer.today
    const before = await countOwnWork(secretary.reader, secretary.scope, today)
    await close(planId)

    const plan = await getPlan(officer.reader, officer.scope, planId)
    const open = await listAssignments(officer.reader, officer.scope, plan, {
      ...page,
      standing: 'open',
      measure: null,
      groupId: null,
      taskId: null,
      organisationId: null,
      today,
    })
    expect(open.rows.map(({ name, state }) => [name, state])).toEqual([
      ['Chi bộ Khu 1', 'owed'],
      ['Chi bộ Khu 2', 'owed'],
    ])

    const workOf = async (standing: 'open' | 'late' | null): Promise<boolean> => {
      const { rows } = await listWork(secretary.reader, secretary.scope, {
        ...page,
        standing,
        unitId: null,
        today,
      })
      return rows.some(({ id, isClosed }) => id === assignmentId && isClosed)
    }
    expect([await workOf('open'), await workOf('late'), await workOf(null)]).toEqual([false, false, true])
    const dutiesOf = async (standing: 'open' | null): Promise<boolean> =>
      (
        await listDuties(secretary.reader, secretary.scope, { ...page, standing, planId: null, today })
      ).rows.some((duty) => duty.planId === planId)
    expect([await dutiesOf('open'), await dutiesOf(null)]).toEqual([false, true])
    const after = await countOwnWork(secretary.reader, secretary.scope, today)
    expect(after).toEqual({ ...before, late: before.late - 1 })
    const matters = await listUnitMatters(secretary.reader, secretary.scope, today)
    expect(matters.filter((matter) => matter.planId === planId)).toEqual([])
    const overdue = await listOverdueUnits(officer.reader, officer.scope, {
      ...page,
      today,
      whose: 'office',
      planId,
    })
    expect(overdue).toEqual({ rows: [], total: 0 })
  })

  it('goes on where it stopped when it is reopened', async () => {
    const { planId, assignmentId } = await giveWork()
    await close(planId)
    expect(await reopen(planId, ' ')).toEqual({ ok: false, reason: 'reason-missing' })
    expect(await reopen(planId)).toEqual({ ok: true })
    expect(await getPlan(officer.reader, officer.scope, planId)).toMatchObject({
      state: 'launched',
      closed: null,
    })
    expect(await noteProgress(secretary, { commandId: newId(), assignmentId, note: 'Đã họp' })).toEqual({
      ok: true,
    })
    expect(await reopen(planId)).toEqual({ ok: false, reason: 'not-closed' })
    expect(await close(planId)).toEqual({ ok: true })
  })

  it('and an act at the same moment: what was taken is there, what came after is refused', async () => {
    for (let round = 0; round < 8; round++) {
      const { planId, assignmentId } = await giveWork()
      const [closed, acted] = await Promise.all([
        close(planId),
        startAssignment(secretary, { commandId: newId(), assignmentId }),
      ])
      expect(closed).toEqual({ ok: true })
      const { state } = await test.database.reader
        .selectFrom('assignment')
        .select('state')
        .where('id', '=', assignmentId)
        .executeTakeFirstOrThrow()
      expect(state).toBe(acted.ok ? 'doing' : 'owed')
    }
  })
})

describe('closing', () => {
  it('asks for a reason and a day between the launch and today, and happens once', async () => {
    const { planId } = await giveWork()
    expect(await close(planId, { reason: ' ' })).toEqual({ ok: false, reason: 'reason-missing' })
    for (const closedOn of ['', '2026-11-31', '2199-01-01', '2001-01-01'])
      expect(await close(planId, { closedOn })).toEqual({ ok: false, reason: 'day-wrong' })
    const command = { commandId: newId(), planId, reason: 'Đã tổng kết', closedOn: officer.today }
    expect(await closePlan(officer, command)).toEqual({ ok: true })
    expect(await closePlan(officer, command)).toEqual({ ok: true })
    expect(await close(planId)).toEqual({ ok: false, reason: 'not-launched' })
  })

  it('is not there for a unit of the plan, nor for another office', async () => {
    const { planId } = await giveWork()
    for (const context of [secretary, stranger]) {
      await expect(close(planId, { context })).rejects.toThrow(NotFound)
      await expect(reopenPlan(context, { commandId: newId(), planId, reason: 'Thử' })).rejects.toThrow(
        NotFound,
      )
    }
    expect(await getPlan(officer.reader, officer.scope, planId)).toMatchObject({ state: 'launched' })
  })
})
