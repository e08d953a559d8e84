import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertPeople, insertPosts } from '#features/people/server/writes.ts'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { launchPlan } from './launch.ts'
import { previewLaunch } from './launch-preview.ts'

let test: TestDatabase
let office: SampleOffice
let officer: Context
let stranger: Context
const commune = 'Đảng ủy xã Lâm Thao'

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Khu 10', 'cell', commune],
    ['Chi bộ Khu 2', 'cell', commune],
    ['Chi bộ Khu 3', 'cell', commune],
    ['Đảng bộ UBND xã', 'grassroots-committee', commune],
    ['Chi bộ Phòng Kinh tế', 'cell', 'Đảng bộ UBND xã'],
    ['Công an xã Lâm Thao', 'police', commune],
    ['Đảng ủy xã Khác', 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Xa', 'cell', 'Đảng ủy xã Khác'],
  )
  officer = await office.actAs([['officer', commune]])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
})
afterAll(() => test.drop())

const content = {
  tasks: [
    {
      text: 'Tổ chức sinh hoạt chuyên đề',
      lead: ['các chi bộ trực thuộc'],
      with: ['Công an xã', 'Chi bộ Khu 2'],
      ...dueOn('2026-11-30'),
    },
    { text: 'Chuẩn bị tài liệu', product: 'Tài liệu chuyên đề' },
  ],
  events: [
    { title: 'Hội nghị quán triệt', start: '2026-11-26T13:30', participants: ['các chi bộ trực thuộc'] },
  ],
  reports: [{ text: 'Báo cáo kết quả', from: ['các chi bộ trực thuộc'], ...dueOn('2026-12-05') }],
}
const launch = (context: Context, planId: string, rest: { commandId?: string; version?: number } = {}) =>
  launchPlan(context, { planId, commandId: rest.commandId ?? newId(), version: rest.version ?? 0 })

async function rowsOf(planId: string) {
  const { rows: assignments } = await sql<object>`
    select task.ordinal as task, expected.name, assignment.role, assignment.due_on as due, grouping.name as group
    from assignment join task on task.id = assignment.task_id
    join expected on expected.plan_id = assignment.plan_id and expected.organisation_id = assignment.organisation_id
    join organisation grouping on grouping.id = assignment.group_id
    where assignment.plan_id = ${planId} order by task.ordinal, expected.place
  `.execute(test.database.reader)
  return assignments
}

const count = async (planId: string) => {
  const { rows } = await sql<object>`select
    (select count(*) from task where plan_id = ${planId}) as tasks,
    (select count(*) from assignment where plan_id = ${planId}) as assignments,
    (select count(*) from expected where plan_id = ${planId}) as expected,
    (select count(*) from event where plan_id = ${planId}) as events,
    (select count(*) from report_duty where plan_id = ${planId}) as reports,
    (select count(*) from record_entry where subject_id = ${planId} and operation = 'plan.launch') as records
  `.execute(test.database.reader)
  return rows[0]
}

describe('a launch', () => {
  it('gives each task to each of its units once, and keeps what nobody leads with the office', async () => {
    const planId = await office.plantPlan(commune, content)
    expect(await launch(officer, planId)).toEqual({ ok: true, planId })
    const under = { due: '2026-11-30', group: commune, task: 0 }
    expect(await rowsOf(planId)).toEqual([
      { ...under, name: 'Công an xã Lâm Thao', role: 'with', group: 'Công an xã Lâm Thao' },
      { ...under, name: 'Chi bộ Khu 2', role: 'lead' },
      { ...under, name: 'Chi bộ Khu 3', role: 'lead' },
      { ...under, name: 'Chi bộ Khu 10', role: 'lead' },
      { task: 1, name: commune, role: 'lead', due: null, group: commune },
    ])
    expect(await count(planId)).toEqual({
      tasks: 2,
      assignments: 5,
      expected: 5,
      events: 1,
      reports: 3,
      records: 1,
    })
  })

  it('counts each expected unit’s tasks as they are given', async () => {
    const planId = await office.plantPlan(commune, content)
    await launch(officer, planId)
    const rows = await test.database.reader
      .selectFrom('expected')
      .select(['name', 'tasks', 'done', 'first_open_on', 'place'])
      .where('plan_id', '=', planId)
      .orderBy('place')
      .execute()
    const open = { tasks: 1, done: 0, first_open_on: '2026-11-30' }
    expect(rows).toEqual([
      { name: 'Công an xã Lâm Thao', ...open, place: 1 },
      { name: 'Chi bộ Khu 2', ...open, place: 2 },
      { name: 'Chi bộ Khu 3', ...open, place: 3 },
      { name: 'Chi bộ Khu 10', ...open, place: 4 },
      { name: commune, tasks: 1, done: 0, first_open_on: null, place: 5 },
    ])
  })

  it('tells everybody who acts for its units, but not who launched it', async () => {
    const secretary = await office.actAs([['secretary', 'Chi bộ Khu 2']])
    const planId = await office.plantPlan(commune, content)
    await launch(officer, planId)
    const { rows } =
      await sql<object>`select account_id as account, kind from notice where plan_id = ${planId}
      and account_id in (${secretary.actor.accountId}, ${officer.actor.accountId}, ${stranger.actor.accountId})
    `.execute(test.database.reader)
    expect(rows).toEqual([{ account: secretary.actor.accountId, kind: 'plan-launched' }])
  })

  it('invites in person whom its phrases name, each once, and who stands in for them', async () => {
    const [secretary, deputy] = [newId(), newId()]
    const held = { organisationId: office.idOf('Chi bộ Khu 2'), fromOn: '2025-01-01', toOn: null }
    const post = newId()
    await inTransaction(test.database, async (tx) => {
      await insertPeople(tx, [
        { id: secretary, fullName: 'Lê Thị Bí', sortKey: 'Bí Lê Thị' },
        { id: deputy, fullName: 'Lê Văn Phó', sortKey: 'Phó Lê Văn' },
      ])
      await insertPosts(tx, [
        { id: post, personId: secretary, title: 'Bí thư', ...held },
        { id: newId(), personId: deputy, title: 'Phó Bí thư', ...held },
        { id: newId(), personId: deputy, title: 'Bí thư', ...held, fromOn: '2026-11-01', standsInFor: post },
      ])
    })
    const planId = await office.plantPlan(commune, {
      events: [
        {
          title: 'Hội nghị bí thư',
          start: '2026-11-26',
          participants: ['Bí thư, phó bí thư các chi bộ', 'Công an xã'],
        },
      ],
    })
    await launch(officer, planId)
    const { rows } = await sql<object>`
      select person.full_name as name, invited.capacity, body.name as body
      from event join event_person invited on invited.event_id = event.id
      join person on person.id = invited.person_id join organisation body on body.id = invited.organisation_id
      where event.plan_id = ${planId}
    `.execute(test.database.reader)
    expect(rows).toEqual([{ name: 'Lê Văn Phó', capacity: 'Bí thư', body: 'Chi bộ Khu 2' }])
  })

  it('sent twice happens once', async () => {
    const planId = await office.plantPlan(commune, content)
    const commandId = newId()
    const first = await launch(officer, planId, { commandId })
    expect(await launch(officer, planId, { commandId })).toEqual(first)
    expect(await count(planId)).toMatchObject({ assignments: 5, records: 1 })
  })

  it('from two tabs at one moment happens once', async () => {
    const planId = await office.plantPlan(commune, content)
    const outcomes = await Promise.all([launch(officer, planId), launch(officer, planId)])
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'already-launched' })
    expect(await count(planId)).toMatchObject({ assignments: 5, records: 1 })
  })

  it('is refused where the review changed after the preview, and writes nothing', async () => {
    const planId = await office.plantPlan(commune, content)
    expect(await launch(officer, planId, { version: 7 })).toEqual({
      ok: false,
      reason: 'changed-since-preview',
    })
    expect(await count(planId)).toMatchObject({ tasks: 0, expected: 0, records: 0 })
  })

  it('of a plan that gives nothing is refused', async () => {
    const planId = await office.plantPlan(commune)
    expect(await launch(officer, planId)).toEqual({ ok: false, reason: 'nothing-to-launch' })
  })

  it('is not there for another office, nor for the secretary of a unit', async () => {
    const planId = await office.plantPlan(commune, content)
    const secretary = await office.actAs([['secretary', 'Chi bộ Khu 2']])
    for (const other of [stranger, secretary]) {
      await expect(launch(other, planId)).rejects.toMatchObject({ name: 'NotFound' })
      await expect(previewLaunch(other, planId)).rejects.toMatchObject({ name: 'NotFound' })
    }
    expect(await count(planId)).toMatchObject({ tasks: 0 })
  })

  it('reckons "trước ngày" as the office does, and remembers it', async () => {
    const planId = await office.plantPlan('Đảng ủy xã Khác', {
      tasks: [{ text: 'Họp', lead: ['các chi bộ'], ...dueOn('2026-11-30') }],
    })
    await launchPlan(stranger, { planId, commandId: newId(), version: 0, beforeDay: 'eve' })
    expect(await rowsOf(planId)).toMatchObject([{ name: 'Chi bộ Xa', due: '2026-11-29' }])
    const next = await office.plantPlan('Đảng ủy xã Khác')
    expect((await previewLaunch(stranger, next)).beforeDay).toBe('eve')
  })
})

describe('the preview of a launch', () => {
  it('says who gets what, how many, and what to look at first', async () => {
    const planId = await office.plantPlan(commune, {
      ...content,
      tasks: [...content.tasks, { text: 'Rà soát', lead: ['Hội Người mù'], ...dueOn('2026-12-01') }],
    })
    const preview = await previewLaunch(officer, planId)
    expect(preview).toMatchObject({
      officeName: commune,
      version: 0,
      units: 5,
      assignments: 6,
      tasks: [
        {
          leads: 3,
          others: 1,
          names: ['Chi bộ Khu 2', 'Chi bộ Khu 3', 'Chi bộ Khu 10', 'Công an xã Lâm Thao'],
        },
        { leads: 1, others: 0, names: [commune] },
        { leads: 1, others: 0, names: [commune] },
      ],
      events: [{ leads: 0, others: 3 }],
      reports: [{ leads: 0, others: 3 }],
    })
    expect(preview.draft.problems).toEqual([
      { kind: 'no-lead', fieldId: 'field-10', text: 'Chuẩn bị tài liệu' },
      { kind: 'no-deadline', fieldId: 'field-10', text: 'Chuẩn bị tài liệu' },
      { kind: 'nobody', phrase: 'Hội Người mù' },
    ])
  })

  it('says which days have gone by, so that nobody is late from the first minute unawares', async () => {
    const planId = await office.plantPlan(commune, {
      tasks: [
        { text: 'Lập danh sách', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-22') },
        { text: 'Treo băng rôn', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-23') },
      ],
      events: [{ title: 'Hội nghị quán triệt', start: '2026-11-20T08:00' }],
      reports: [{ text: 'Báo cáo nhanh', from: ['các chi bộ trực thuộc'], ...dueOn('2026-11-21') }],
    })
    const { draft } = await previewLaunch(officer, planId)
    expect(
      draft.problems.map((problem) => (problem.kind === 'day-gone' ? [problem.text, problem.day] : problem)),
    ).toEqual([
      ['Lập danh sách', '2026-11-22'],
      ['Hội nghị quán triệt', '2026-11-20'],
      ['Báo cáo nhanh', '2026-11-21'],
    ])
  })

  it('takes as many queries for one task as for three', async () => {
    const one = await office.plantPlan(commune, { tasks: content.tasks.slice(0, 1) })
    const three = await office.plantPlan(commune, {
      tasks: [...content.tasks, { text: 'Rà soát', lead: ['các chi bộ trực thuộc'] }],
    })
    const queries = [one, three].map((planId) => () => previewLaunch(officer, planId))
    const counts = []
    for (const ask of queries) counts.push(await test.countQueries(ask))
    expect(counts).toEqual([7, 7])
  })
})
