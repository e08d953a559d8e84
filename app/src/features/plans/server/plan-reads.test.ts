import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseObstacle } from '#features/assignments/server/obstacles.ts'
import { finishAssignment, startAssignment } from '#features/assignments/server/operations.ts'
import { listComingEvents, listPlanEvents } from '#features/events/server/reads.ts'
import { markNoticesRead } from '#features/notices/server/operations.ts'
import { countUnread, listNotices } from '#features/notices/server/reads.ts'
import { submitReport } from '#features/report-duties/server/operations.ts'
import { countDuties, getDuty, getReportFile, listDuties } from '#features/report-duties/server/reads.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { amendPlan } from './amend.ts'
import { launchPlan } from './launch.ts'
import { listOverduePlans } from './overdue-reads.ts'
import { listAmendments, listDatedDuties, listObstacles, listOpenObstacles } from './plan-happenings.ts'
import { getGroupName, getUnit, listAssignments, listUnits } from './plan-lists.ts'
import { getPlan, listPlans } from './reads.ts'
import { countUnits, listGroups, listSquares, listTasks } from './roll-up.ts'

let test: TestDatabase
let office: SampleOffice
let officer: Context
let secretary: Context
let supervisor: Context
let uninvolved: Context
let stranger: Context
let planId: string
const commune = 'Đảng ủy xã Lâm Thao'
const today = '2026-11-23' as CivilDate
const page = { search: '', offset: 0, limit: 50 }
const cells = ['Chi bộ Khu 1', 'Chi bộ Khu 2', 'Chi bộ Khu 3']

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ...cells.map((name): [string, 'cell', string] => [name, 'cell', commune]),
    ['Công an xã Lâm Thao', 'police', commune],
    ['Đảng ủy xã Khác', 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Xa', 'cell', 'Đảng ủy xã Khác'],
  )
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', 'Chi bộ Khu 1']])
  supervisor = await office.actAs([
    ['supervisor', 'Chi bộ Khu 1'],
    ['supervisor', 'Chi bộ Khu 2'],
  ])
  uninvolved = await office.actAs([['secretary', 'Công an xã Lâm Thao']])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
  planId = await office.plantPlan(commune, {
    tasks: [
      { text: 'Học tập', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-20') },
      { text: 'Đăng ký làm theo', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-12-20') },
    ],
    events: [
      { title: 'Hội nghị', start: '2026-11-26T13:30', participants: ['Chi bộ Khu 1'] },
      { title: 'Lễ phát động', start: '2026-11-20', participants: ['các chi bộ trực thuộc'] },
    ],
    reports: [{ text: 'Báo cáo kết quả', from: ['các chi bộ trực thuộc'], ...dueOn('2026-11-22') }],
  })
  await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  // The first cell is done with the first task, late and without evidence, and has reported late with a file.
  const [first, second] = await assignmentsOf('Chi bộ Khu 1')
  const nothing = { note: '', withoutEvidence: true, files: [] }
  await finishAssignment(
    secretary,
    { commandId: newId(), assignmentId: first ?? '', ...nothing },
    { mostBytes: 9 },
  )
  await startAssignment(secretary, { commandId: newId(), assignmentId: second ?? '' })
  await raiseObstacle(secretary, {
    commandId: newId(),
    assignmentId: second ?? '',
    text: 'Thiếu mẫu đăng ký',
  })
})
afterAll(() => test.drop())

async function assignmentsOf(name: string): Promise<string[]> {
  const rows = await test.database.reader
    .selectFrom('assignment')
    .innerJoin('task', 'task.id', 'assignment.task_id')
    .select('assignment.id')
    .where('assignment.plan_id', '=', planId)
    .where('organisation_id', '=', office.idOf(name))
    .orderBy('task.ordinal')
    .execute()
  return rows.map(({ id }) => id)
}

const open = async (context: Context) => {
  const { reader, scope } = context
  const plan = await getPlan(reader, scope, planId)
  return { reader, scope, plan }
}

describe('the figures of a plan', () => {
  const none = { doneOnTime: 0, doneWithEvidence: 0 }

  it('are those of all units for its office', async () => {
    const { reader, scope, plan } = await open(officer)
    expect(plan).toMatchObject({ isOffice: true, may: { withdraw: true, amend: true, writePapers: true } })
    const tasks = await listTasks(reader, scope, plan, today)
    expect(tasks).toMatchObject([
      { text: 'Học tập', dueOn: '2026-11-20', total: 3, done: 1, doing: 0, late: 2, ...none },
      { text: 'Đăng ký làm theo', dueOn: '2026-12-20', total: 3, done: 0, doing: 1, late: 0, ...none },
    ])
    expect(await countUnits(reader, scope, plan, today)).toEqual({
      units: 3,
      members: 0,
      withTasks: 3,
      allDone: 0,
      late: 2,
    })
  })

  it('are those of one’s own unit for its people, and of the area for who supervises it', async () => {
    const own = await open(secretary)
    expect(own.plan).toMatchObject({ isOffice: false, may: { withdraw: false, amend: false, review: false } })
    expect(await listTasks(own.reader, own.scope, own.plan, today)).toMatchObject([
      { total: 1, done: 1, late: 0 },
      { total: 1, doing: 1 },
    ])
    expect(await countUnits(own.reader, own.scope, own.plan, today)).toMatchObject({ units: 1, late: 0 })
    const area = await open(supervisor)
    expect(await listTasks(area.reader, area.scope, area.plan, today)).toMatchObject([
      { total: 2, done: 1, late: 1 },
      { total: 2, doing: 1 },
    ])
    expect((await listSquares(area.reader, area.scope, area.plan)).map(({ name }) => name)).toEqual([
      'Chi bộ Khu 1',
      'Chi bộ Khu 2',
      'Chi bộ Khu 1',
      'Chi bộ Khu 2',
    ])
  })

  it('are not there for another office, nor for a unit that the plan does not reach', async () => {
    for (const other of [stranger, uninvolved])
      await expect(getPlan(other.reader, other.scope, planId)).rejects.toMatchObject({ name: 'NotFound' })
    await expect(getPlan(officer.reader, officer.scope, 'khong-co')).rejects.toMatchObject({
      name: 'NotFound',
    })
  })

  it('open by groups', async () => {
    const { reader, scope, plan } = await open(officer)
    const groups = await listGroups(reader, scope, plan, { today, ...page })
    expect(groups).toMatchObject({
      total: 1,
      rows: [{ name: commune, total: 6, done: 1, doing: 1, late: 2 }],
    })
    expect(await getGroupName(reader, scope, plan, office.idOf(commune))).toBe(commune)
    await expect(getGroupName(reader, scope, plan, office.idOf('Chi bộ Xa'))).rejects.toMatchObject({
      name: 'NotFound',
    })
  })
})

describe('the rows behind the figures', () => {
  const all = {
    ...page,
    today,
    standing: null,
    measure: null,
    taskId: null,
    groupId: null,
    organisationId: null,
  }
  const rowsFor = async (context: Context, rest: Partial<typeof all> | object) => {
    const { reader, scope, plan } = await open(context)
    const { rows, total } = await listAssignments(reader, scope, plan, { ...all, ...rest })
    return [total, rows.map(({ name, taskText }) => `${name}: ${taskText}`)]
  }

  it('are as many as the figure says', async () => {
    expect(await rowsFor(officer, { standing: 'late' })).toEqual([
      2,
      ['Chi bộ Khu 2: Học tập', 'Chi bộ Khu 3: Học tập'],
    ])
    expect(await rowsFor(officer, { standing: 'done' })).toEqual([1, ['Chi bộ Khu 1: Học tập']])
    expect(await rowsFor(officer, { measure: 'on-time' })).toEqual([0, []])
    expect(await rowsFor(officer, { measure: 'with-evidence' })).toEqual([0, []])
    expect(await rowsFor(officer, { measure: 'without-evidence' })).toEqual([1, ['Chi bộ Khu 1: Học tập']])
    expect(await rowsFor(officer, { standing: 'doing' })).toEqual([1, ['Chi bộ Khu 1: Đăng ký làm theo']])
    expect(await rowsFor(officer, { search: 'khu 3' })).toEqual([
      2,
      ['Chi bộ Khu 3: Học tập', 'Chi bộ Khu 3: Đăng ký làm theo'],
    ])
    expect(await rowsFor(officer, { organisationId: office.idOf('Chi bộ Khu 2'), standing: 'owed' })).toEqual(
      [1, ['Chi bộ Khu 2: Đăng ký làm theo']],
    )
    expect((await rowsFor(officer, { offset: 5, limit: 2 }))[1]).toEqual(['Chi bộ Khu 3: Đăng ký làm theo'])
  })

  it('are one’s own', async () => {
    expect((await rowsFor(secretary, {}))[0]).toBe(2)
    expect((await rowsFor(supervisor, {}))[0]).toBe(4)
  })

  it('list units with how far each has come', async () => {
    const { reader, scope, plan } = await open(officer)
    const ask = (standing: 'done' | 'open' | 'late' | null) =>
      listUnits(reader, scope, plan, { ...page, today, standing, groupId: null })
    expect((await ask(null)).rows).toMatchObject([
      { name: 'Chi bộ Khu 1', groupName: null, tasks: 2, done: 1, firstOpenOn: '2026-12-20' },
      { name: 'Chi bộ Khu 2', tasks: 2, done: 0, firstOpenOn: '2026-11-20' },
      { name: 'Chi bộ Khu 3', tasks: 2, done: 0, firstOpenOn: '2026-11-20' },
    ])
    expect([(await ask('late')).total, (await ask('done')).total, (await ask('open')).total]).toEqual([
      2, 0, 3,
    ])
    const own = await open(secretary)
    expect((await getUnit(own.reader, own.scope, own.plan, office.idOf('Chi bộ Khu 1'))).name).toBe(
      'Chi bộ Khu 1',
    )
    await expect(getUnit(own.reader, own.scope, own.plan, office.idOf('Chi bộ Khu 2'))).rejects.toMatchObject(
      { name: 'NotFound' },
    )
  })

  it('tell what is overdue in the plans of one’s offices', async () => {
    const { reader, scope } = officer
    expect(await listOverduePlans(reader, scope, today)).toMatchObject([
      { planId, late: 2, units: 2, firstDueOn: '2026-11-20' },
    ])
    for (const other of [secretary, supervisor, stranger])
      expect(await listOverduePlans(other.reader, other.scope, today)).toEqual([])
  })

  it('take as many queries for one row as for three', async () => {
    const { reader, scope, plan } = await open(officer)
    const reads: [number, (limit: number) => Promise<unknown>][] = [
      [3, (limit) => listAssignments(reader, scope, plan, { ...all, limit })],
      [
        2,
        (limit) => listUnits(reader, scope, plan, { ...page, limit, today, standing: null, groupId: null }),
      ],
      [1, (limit) => listPlans(reader, scope, { ...page, limit, state: null, today })],
      [1, () => listOverduePlans(reader, scope, today)],
      [2, (limit) => listDuties(reader, scope, { ...page, limit, today, standing: null, planId })],
      [4, (limit) => listObstacles(reader, scope, plan, { ...page, limit })],
      [1, (limit) => listNotices(reader, scope, { onlyUnread: false, ...page, limit })],
      [1, () => listTasks(reader, scope, plan, today)],
      [1, () => getPlan(reader, scope, planId)],
    ]
    for (const [queries, read] of reads)
      for (const limit of [1, 3]) expect(await test.countQueries(() => read(limit))).toBe(queries)
  })
})

describe('the list of plans', () => {
  const ask = async (context: Context, rest: object = {}) => {
    const { rows, total } = await listPlans(context.reader, context.scope, {
      ...page,
      state: null,
      today,
      ...rest,
    })
    return { rows, total }
  }

  it('holds an office’s plans, with the figures that one may see', async () => {
    expect((await ask(officer)).rows).toMatchObject([{ id: planId, units: 3, tasks: 6, done: 1, late: 2 }])
    expect((await ask(secretary)).rows).toMatchObject([{ id: planId, units: 1, tasks: 2, done: 1, late: 0 }])
    expect((await ask(supervisor)).rows).toMatchObject([{ id: planId, units: 2, tasks: 4, done: 1, late: 1 }])
    for (const other of [uninvolved, stranger]) expect(await ask(other)).toEqual({ rows: [], total: 0 })
  })

  it('is searched without marks, and by state', async () => {
    expect((await ask(officer, { search: 'HOC TAP chuyen de' })).total).toBe(1)
    expect((await ask(officer, { search: '100%' })).total).toBe(0)
    expect((await ask(officer, { state: 'review' })).total).toBe(0)
  })

  it('keeps plans under review from everybody but the office', async () => {
    const draft = await office.plantPlan(commune, { tasks: [{ text: 'x', lead: ['các chi bộ'] }] })
    expect((await ask(officer, { state: 'review' })).rows.map(({ id }) => id)).toEqual([draft])
    expect((await ask(secretary)).total).toBe(1)
    await expect(getPlan(secretary.reader, secretary.scope, draft)).rejects.toMatchObject({
      name: 'NotFound',
    })
  })
})

describe('reports owed', () => {
  const dutyOf = async (context: Context) => {
    const asked = { ...page, today, standing: null, planId: null }
    const [row] = (await listDuties(context.reader, context.scope, asked)).rows
    return row?.id ?? ''
  }
  const limits = { mostBytes: 1_000 }
  const pdf = () => {
    const content = new File(['%PDF-1.7'], 'Báo cáo.pdf')
    return { name: content.name, size: content.size, content }
  }

  it('are submitted with words or a file; the first moment decides what is in time', async () => {
    const dutyId = await dutyOf(secretary)
    const submit = (context: Context, body: string, file = false) =>
      submitReport(context, { commandId: newId(), dutyId, body, file: file ? pdf() : undefined }, limits)
    expect(await submit(secretary, '  ')).toEqual({ ok: false, reason: 'words-missing' })
    expect(await submit(secretary, 'Đã học tập', true)).toEqual({ ok: true })
    const first = await getDuty(officer.reader, officer.scope, dutyId)
    expect(first).toMatchObject({ body: 'Đã học tập', fileName: 'Báo cáo.pdf', hasFile: true })
    const later = { ...secretary, now: new Date('2026-11-25T10:00:00+07:00') }
    expect(await submit(later, 'Đã học tập, bổ sung số liệu')).toEqual({ ok: true })
    const second = await getDuty(officer.reader, officer.scope, dutyId)
    expect(second).toMatchObject({
      body: 'Đã học tập, bổ sung số liệu',
      hasFile: true,
      submittedAt: first.submittedAt,
    })
    expect(await countDuties(officer.reader, officer.scope, planId, today)).toEqual({
      total: 3,
      submitted: 1,
      onTime: 0,
      withFile: 1,
      late: 2,
    })
    expect(await getReportFile(officer.reader, officer.scope, dutyId)).toMatchObject({
      name: 'Báo cáo.pdf',
      mediaType: 'application/pdf',
    })
    await expect(submit(officer, 'x')).rejects.toMatchObject({ name: 'NotAllowed' })
    for (const other of [stranger, uninvolved]) {
      await expect(submit(other, 'x')).rejects.toMatchObject({ name: 'NotFound' })
      await expect(getReportFile(other.reader, other.scope, dutyId)).rejects.toMatchObject({
        name: 'NotFound',
      })
    }
  })

  it('stand on the plan’s timeline by report', async () => {
    const { reader, scope, plan } = await open(officer)
    expect(await listDatedDuties(reader, scope, plan, today)).toEqual([
      { ordinal: 0, text: 'Báo cáo kết quả', dueOn: '2026-11-22', total: 3, submitted: 1, late: 2 },
    ])
  })
})

describe('events', () => {
  it('to come are those of one’s own units, the nearest first', async () => {
    const titles = async (context: Context) =>
      (await listComingEvents(context.reader, context.scope, { today, ...page })).rows.map(
        ({ title, startsAt }) => [title, startsAt],
      )
    expect(await titles(secretary)).toEqual([['Hội nghị', '13:30']])
    expect(await titles(officer)).toEqual([['Hội nghị', '13:30']])
    expect(await titles(uninvolved)).toEqual([])
    // Who supervises has on the calendar what the bodies of the area are invited to, and nothing of another area.
    const [over, beside] = [
      await office.actAs([['supervisor', 'Chi bộ Khu 1']]),
      await office.actAs([['supervisor', 'Chi bộ Khu 3']]),
    ]
    expect(await titles(over)).toEqual(await titles(secretary))
    expect(await titles(beside)).toEqual([])
  })

  it('of a plan are shown to who is invited', async () => {
    const titles = async (context: Context) =>
      (await listPlanEvents(context.reader, context.scope, planId)).map(({ title }) => title)
    expect(await titles(officer)).toEqual(['Lễ phát động', 'Hội nghị'])
    const third = await office.actAs([['secretary', 'Chi bộ Khu 3']])
    expect(await titles(third)).toEqual(['Lễ phát động'])
    expect(await titles(stranger)).toEqual([])
  })
})

describe('what happened to a plan', () => {
  it('lists obstacles and amendments', async () => {
    const { reader, scope, plan } = await open(officer)
    expect(await listObstacles(reader, scope, plan, page)).toMatchObject({
      total: 1,
      open: 1,
      rows: [{ name: 'Chi bộ Khu 1', text: 'Thiếu mẫu đăng ký', answer: null }],
    })
    expect(await listOpenObstacles(reader, scope, plan, 5)).toMatchObject({
      open: 1,
      rows: [{ text: 'Thiếu mẫu đăng ký' }],
    })
    const third = await office.actAs([['secretary', 'Chi bộ Khu 3']])
    const theirs = await open(third)
    expect(await listOpenObstacles(theirs.reader, theirs.scope, theirs.plan, 5)).toEqual({
      rows: [],
      open: 0,
    })
    expect((await listObstacles(theirs.reader, theirs.scope, theirs.plan, page)).total).toBe(0)
    const [, task] = await listTasks(reader, scope, plan, today)
    await amendPlan(officer, {
      commandId: newId(),
      planId,
      reason: 'Lùi hạn',
      change: { kind: 'due', taskId: task?.id ?? '', dueOn: '2026-12-25' },
    })
    expect((await listAmendments(reader, plan, page)).rows).toMatchObject([
      { reason: 'Lùi hạn', changes: [{ kind: 'due', before: '2026-12-20', after: '2026-12-25' }] },
    ])
  })
})

describe('notices', () => {
  it('are one’s own, and are marked as read one by one or all at once', async () => {
    const ask = (context: Context, onlyUnread = false) =>
      listNotices(context.reader, context.scope, { onlyUnread, ...page })
    const [first] = (await ask(officer)).rows
    expect(first).toMatchObject({ kind: 'obstacle-raised', planId, readAt: null })
    await markNoticesRead(secretary, { noticeId: first?.id ?? '' })
    expect(await countUnread(officer.reader, officer.scope)).toBe(1)
    await markNoticesRead(officer, { noticeId: first?.id ?? '' })
    expect(await countUnread(officer.reader, officer.scope)).toBe(0)
    expect((await ask(officer, true)).total).toBe(0)
    await markNoticesRead(secretary, 'all')
    expect(await countUnread(secretary.reader, secretary.scope)).toBe(0)
    expect((await ask(stranger)).total).toBe(0)
  })
})
