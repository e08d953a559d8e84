import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finishAssignment } from '#features/assignments/server/operations.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import {
  dueOn,
  openSampleOffice,
  type ReviewContent,
  type SampleOffice,
} from '../../../../../tests/helpers/sample-office.ts'
import type { OverdueOf } from '../overdue.ts'
import { launchPlan } from './launch.ts'
import { listOverdueUnits, type OverdueAsked } from './overdue-units.ts'
import { withdrawPlan } from './withdraw.ts'

let test: TestDatabase
let office: SampleOffice
let officer: Context
let secretary: Context
let supervisor: Context
let stranger: Context
let nobody: Context
let first: string
let second: string
const province = 'Tỉnh ủy Phú Thọ'
const commune = 'Đảng ủy xã Lâm Thao'
const today = '2026-11-23' as CivilDate

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [province, 'province-committee', null],
    [commune, 'commune-committee', province],
    ['Chi bộ Khu 1', 'cell', commune],
    ['Chi bộ Khu 2', 'cell', commune],
    ['Chi bộ Khu 3', 'cell', commune],
    ['Đảng ủy xã Khác', 'commune-committee', province],
  )
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', 'Chi bộ Khu 1']])
  supervisor = await office.actAs([
    ['supervisor', 'Chi bộ Khu 1'],
    ['supervisor', 'Chi bộ Khu 2'],
  ])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
  nobody = await office.actAs([])
  first = await launch('Học tập chuyên đề', [
    { text: 'Đọc tài liệu', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-20') },
    { text: 'Viết thu hoạch', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-10') },
    { text: 'Sơ kết', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-12-10') },
  ])
  second = await launch('Vệ sinh môi trường', [
    { text: 'Quét dọn đường làng', lead: ['Chi bộ Khu 2'], ...dueOn('2026-11-22') },
    { text: 'Trồng cây', lead: ['Chi bộ Khu 3'], ...dueOn('2026-11-23') },
  ])
  const done = await test.database.reader
    .selectFrom('assignment')
    .innerJoin('task', 'task.id', 'assignment.task_id')
    .select('assignment.id')
    .where('task.text', '=', 'Đọc tài liệu')
    .where('organisation_id', '=', office.idOf('Chi bộ Khu 1'))
    .executeTakeFirstOrThrow()
  const finish = { commandId: newId(), note: '', withoutEvidence: true, files: [] }
  await finishAssignment(secretary, { ...finish, assignmentId: done.id }, { mostBytes: 9 })
})
afterAll(() => test.drop())

async function launch(subject: string, tasks: NonNullable<ReviewContent['tasks']>): Promise<string> {
  const planId = await office.plantPlan(commune, { subject, tasks })
  expect(await launchPlan(officer, { planId, commandId: newId(), version: 0 })).toMatchObject({ ok: true })
  return planId
}

const ask = (context: Context, whose: OverdueOf, rest: Partial<OverdueAsked> = {}) =>
  listOverdueUnits(context.reader, context.scope, {
    search: '',
    offset: 0,
    limit: 50,
    today,
    planId: null,
    whose,
    ...rest,
  })

/** Units with the words of what they are late with, as somebody sees them. */
async function lateOf(context: Context, whose: OverdueOf, rest: Partial<OverdueAsked> = {}) {
  const { rows } = await ask(context, whose, rest)
  return rows.map(({ planId, name, tasks }) => [
    planId === first ? 'first' : 'second',
    name,
    ...tasks.map(({ text }) => text),
  ])
}

describe('what is overdue', () => {
  it('stands by plan and unit for the office, the longest overdue on top of each unit', async () => {
    expect(await lateOf(officer, 'office')).toEqual([
      ['first', 'Chi bộ Khu 1', 'Viết thu hoạch'],
      ['first', 'Chi bộ Khu 2', 'Viết thu hoạch', 'Đọc tài liệu'],
      ['first', 'Chi bộ Khu 3', 'Viết thu hoạch', 'Đọc tài liệu'],
      ['second', 'Chi bộ Khu 2', 'Quét dọn đường làng'],
    ])
    expect((await ask(officer, 'office')).rows[0]).toMatchObject({
      planSubject: 'Học tập chuyên đề',
      planNumber: '12-KH/ĐU',
      officeName: commune,
      organisationId: office.idOf('Chi bộ Khu 1'),
      groupName: commune,
      tasks: [{ state: 'owed', dueOn: '2026-11-10', openObstacles: 0 }],
    })
  })

  it('is one’s area for a supervisor, and one’s own for a unit', async () => {
    expect(await lateOf(supervisor, 'area')).toEqual([
      ['first', 'Chi bộ Khu 1', 'Viết thu hoạch'],
      ['first', 'Chi bộ Khu 2', 'Viết thu hoạch', 'Đọc tài liệu'],
      ['second', 'Chi bộ Khu 2', 'Quét dọn đường làng'],
    ])
    expect(await lateOf(secretary, 'own')).toEqual([['first', 'Chi bộ Khu 1', 'Viết thu hoạch']])
  })

  it('is nothing for others, however they ask', async () => {
    for (const other of [stranger, nobody])
      for (const whose of ['office', 'area', 'own'] as const)
        expect(await ask(other, whose, { planId: first })).toEqual({ rows: [], total: 0 })
    expect(await ask(secretary, 'office')).toEqual({ rows: [], total: 0 })
    expect(await ask(secretary, 'area')).toEqual({ rows: [], total: 0 })
    expect(await ask(supervisor, 'own')).toEqual({ rows: [], total: 0 })
  })

  it('is searched without marks: by unit, by plan, and by the words of a task', async () => {
    expect((await lateOf(officer, 'office', { search: 'khu 3' })).map(([, name]) => name)).toEqual([
      'Chi bộ Khu 3',
    ])
    expect((await ask(officer, 'office', { search: 'VE SINH' })).total).toBe(1)
    expect(await lateOf(officer, 'office', { search: 'doc tai lieu' })).toEqual([
      ['first', 'Chi bộ Khu 2', 'Đọc tài liệu'],
      ['first', 'Chi bộ Khu 3', 'Đọc tài liệu'],
    ])
    expect((await ask(officer, 'office', { search: 'so ket' })).total).toBe(0)
    expect((await ask(officer, 'office', { search: '100%' })).total).toBe(0)
  })

  it('is that of one plan, and none of a plan that cannot be', async () => {
    expect(await lateOf(officer, 'office', { planId: second })).toEqual([
      ['second', 'Chi bộ Khu 2', 'Quét dọn đường làng'],
    ])
    expect((await ask(officer, 'office', { planId: 'không phải' })).total).toBe(0)
  })

  it('is paged by unit, with two queries however long the page', async () => {
    const page = await ask(officer, 'office', { offset: 2, limit: 1 })
    expect([page.total, page.rows.map(({ name }) => name)]).toEqual([4, ['Chi bộ Khu 3']])
    for (const limit of [1, 3])
      expect(await test.countQueries(() => ask(officer, 'office', { limit, search: 'khu' }))).toBe(2)
  })

  it('goes with a plan that is withdrawn', async () => {
    const planId = await launch('Kế hoạch rút lại', [
      { text: 'Việc rút lại', lead: ['Chi bộ Khu 3'], ...dueOn('2026-11-01') },
    ])
    expect((await ask(officer, 'office', { planId })).total).toBe(1)
    await withdrawPlan(officer, { commandId: newId(), planId, reason: 'Ban hành nhầm' })
    expect((await ask(officer, 'office', { planId })).total).toBe(0)
  })
})
