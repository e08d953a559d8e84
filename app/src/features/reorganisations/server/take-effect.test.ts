import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listTwoStepRules } from '#features/accounts/server/account-reads.ts'
import {
  finishAssignment,
  reopenAssignment,
  startAssignment,
} from '#features/assignments/server/operations.ts'
import { listOwnUnits } from '#features/assignments/server/reads.ts'
import { listOffices } from '#features/documents/server/reads.ts'
import { notifyOffice } from '#features/notices/server/notify.ts'
import { listLiving } from '#features/organisations/server/reads.ts'
import { insertPeople, insertPosts } from '#features/people/server/writes.ts'
import { launchPlan } from '#features/plans/server/launch.ts'
import type { Role } from '#server/access/actor.ts'
import { scopeOf } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { setClock } from '#server/platform/clock.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import type { Step } from '../schema.ts'
import { takeDueEffects } from './jobs.ts'
import {
  addSteps,
  draftReorganisation,
  dropReorganisation,
  scheduleReorganisation,
  unscheduleReorganisation,
} from './operations.ts'

let test: TestDatabase
let office: SampleOffice
let admin: Context
let officer: Context
let secretary: Context
const province = 'Đảng ủy tỉnh'
const [one, two, other] = ['Đảng ủy xã Một', 'Đảng ủy xã Hai', 'Đảng ủy xã Khác']
const [cell1, cell2, cell3] = ['Chi bộ Khu 1', 'Chi bộ Khu 2', 'Chi bộ Xóm 3']

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [province, 'province-committee', null],
    [one, 'commune-committee', province],
    [two, 'commune-committee', province],
    [other, 'commune-committee', null],
    [cell1, 'cell', one],
    [cell2, 'cell', one],
    [cell3, 'cell', two],
  )
  admin = await office.actAs([['administrator', province]])
  officer = await office.actAs([['officer', province]])
  secretary = await office.actAs([['secretary', cell1]])
})
afterAll(() => test.drop())

const rows = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  (await query.execute(test.database.reader)).rows
const create = (
  name: string,
  kind: 'commune-committee' | 'cell',
  parent: string,
): Step & { kind: 'create' } => ({
  kind: 'create',
  bodyId: newId(),
  name,
  abbreviation: null,
  bodyKind: kind,
  hierarchy: 'party',
  unitCode: null,
  parentId: office.idOf(parent),
})
async function draft(onDay: string, ...steps: Step[]): Promise<string> {
  const made = await draftReorganisation(admin, {
    commandId: newId(),
    officeId: office.idOf(province),
    title: 'Sắp xếp tổ chức',
    decision: '12-QĐ/TU',
    reason: '',
    onDay,
  })
  if (!made.ok) throw new Error(made.reason)
  const added = await addSteps(admin, {
    commandId: newId(),
    id: made.id,
    steps: steps.map((step) => ({ step })),
  })
  if (!added.ok) throw new Error(added.reason)
  return made.id
}
/** A secretary of a cell, away, and the deputy who stands in; answers the ids of both posts. */
async function plantStandIn(cell: string): Promise<string[]> {
  const people = ['Bế Văn Lâm', 'Cao Thị Mơ'].map((fullName) => ({
    id: newId(),
    fullName,
    sortKey: fullName,
  }))
  const posts = people.map(({ id }, at) => ({
    id: newId(),
    personId: id,
    organisationId: office.idOf(cell),
    title: at === 0 ? 'Bí thư' : 'Phó Bí thư',
    fromOn: '2026-01-01',
    toOn: null,
  }))
  const [first, second] = posts.map(({ id }) => id)
  await inTransaction(test.database, async (tx) => {
    await insertPeople(tx, people)
    await insertPosts(tx, posts)
    await sql`update post set stands_in_for = ${first} where id = ${second}`.execute(tx)
  })
  return [first ?? '', second ?? '']
}
const schedule = (id: string) => scheduleReorganisation(admin, { commandId: newId(), id })

describe('a merger of two cells', () => {
  it('passes on what is open, and keeps what was done where it was done', async () => {
    const planId = await office.plantPlan(one, {
      tasks: [
        { text: 'Học nghị quyết', lead: ['Các chi bộ trực thuộc'], ...dueOn('2026-11-20') },
        { text: 'Đăng ký việc làm theo', lead: ['Các chi bộ trực thuộc'], ...dueOn('2026-12-20') },
      ],
      reports: [{ text: 'Báo cáo kết quả', from: ['Các chi bộ trực thuộc'], ...dueOn('2026-12-25') }],
    })
    const officerOfOne = await office.actAs([['officer', one]])
    const launched = await launchPlan(officerOfOne, { planId, commandId: newId(), version: 0 })
    expect(launched).toEqual({ ok: true, planId })
    const of = async (unit: string) =>
      await rows(sql<{ id: string; text: string; state: string; from: string | null }>`
        select assignment.id, task.text, assignment.state, origin.name as from from assignment
        join task on task.id = task_id left join organisation origin on origin.id = inherited_from_id
        where assignment.plan_id = ${planId} and organisation_id = ${unit} order by task.ordinal, origin.name`)
    const [first] = await of(office.idOf(cell1))
    await startAssignment(secretary, { commandId: newId(), assignmentId: first?.id ?? '' })
    await finishAssignment(
      secretary,
      { commandId: newId(), assignmentId: first?.id ?? '', note: '', withoutEvidence: true, files: [] },
      { mostBytes: 1000 },
    )

    const merged = create('Chi bộ Khu 1-2', 'cell', one)
    const id = await draft('2026-11-23', merged, {
      kind: 'merge',
      from: [office.idOf(cell1), office.idOf(cell2)],
      into: merged.bodyId,
      posts: 'pass',
    })
    const [secretaryPost, standIn] = await plantStandIn(cell1)
    expect(await schedule(id)).toEqual({ ok: true, id })
    expect(
      await rows(sql`select post.title, replaced.title as for, replaced.organisation_id as at, replaced.to_on
        from post join post replaced on replaced.id = post.stands_in_for
        where post.organisation_id = ${merged.bodyId}`),
    ).toEqual([{ title: 'Phó Bí thư', for: 'Bí thư', at: merged.bodyId, to_on: null }])
    expect(await rows(sql`select stands_in_for as id, to_on from post where id = ${standIn ?? ''}`)).toEqual([
      { id: secretaryPost, to_on: '2026-11-22' },
    ])

    expect((await of(office.idOf(cell1))).map(({ text, state }) => [text, state])).toEqual([
      ['Học nghị quyết', 'done'],
    ])
    expect(await of(office.idOf(cell2))).toEqual([])
    expect((await of(merged.bodyId)).map(({ text, state, from }) => [text, state, from])).toEqual([
      ['Học nghị quyết', 'owed', cell2],
      ['Đăng ký việc làm theo', 'owed', cell1],
      ['Đăng ký việc làm theo', 'owed', cell2],
    ])
    expect(
      await rows(sql`select unit.name, origin.name as from from report_duty
        join organisation unit on unit.id = organisation_id left join organisation origin on origin.id = inherited_from_id
        where plan_id = ${planId} order by 2`),
    ).toEqual([
      { name: 'Chi bộ Khu 1-2', from: cell1 },
      { name: 'Chi bộ Khu 1-2', from: cell2 },
    ])
    expect(
      await rows(
        sql`select name, tasks, done, added_on, passed_on from expected where plan_id = ${planId} order by name`,
      ),
    ).toEqual([
      { name: cell1, tasks: 1, done: 1, added_on: null, passed_on: '2026-11-23' },
      { name: 'Chi bộ Khu 1-2', tasks: 3, done: 0, added_on: '2026-11-23', passed_on: null },
      { name: cell2, tasks: 0, done: 0, added_on: null, passed_on: '2026-11-23' },
    ])
    const [amendment] = await rows(
      sql<{
        reason: string
        changes: unknown
      }>`select reason, changes from amendment where plan_id = ${planId}`,
    )
    expect(amendment).toMatchObject({
      reason: 'Sắp xếp tổ chức · 12-QĐ/TU',
      changes: [
        { kind: 'inherit', from: cell1, to: 'Chi bộ Khu 1-2', assignments: 1, duties: 1 },
        { kind: 'inherit', from: cell2, to: 'Chi bộ Khu 1-2', assignments: 2, duties: 1 },
      ],
    })
    // What a unit reported done that is no more cannot be opened again: a sentence says so, and nothing changes.
    expect(
      await reopenAssignment(secretary, {
        commandId: newId(),
        assignmentId: first?.id ?? '',
        reason: 'Nhầm',
      }),
    ).toEqual({ ok: false, reason: 'unit-ended' })
    // The secretary's right goes along from the day on.
    expect(
      await rows(sql`select body.name, held.from_on, held.to_on from role_grant held
        join organisation body on body.id = organisation_id
        where account_id = ${secretary.actor.accountId} order by held.from_on`),
    ).toEqual([
      { name: cell1, from_on: '2020-01-01', to_on: '2026-11-22' },
      { name: 'Chi bộ Khu 1-2', from_on: '2026-11-23', to_on: null },
    ])
    expect(
      await rows(sql`select kind, details ->> 'text' as text from notice where account_id = ${secretary.actor.accountId}
        and kind = 'reorganised'`),
    ).toEqual([{ kind: 'reorganised', text: 'Sắp xếp tổ chức' }])
  })
})

describe('what is scheduled for a day to come', () => {
  it('can be undone until then, and takes effect on its day, once', async () => {
    const id = await draft('2026-12-01', {
      kind: 'change',
      bodyId: office.idOf(cell3),
      name: 'Chi bộ Xóm Ba',
    })
    expect(await schedule(id)).toEqual({ ok: true, id })
    expect(await unscheduleReorganisation(admin, { commandId: newId(), id })).toEqual({ ok: true, id })
    expect(await schedule(id)).toEqual({ ok: true, id })
    expect(await dropReorganisation(admin, { commandId: newId(), id })).toEqual({
      ok: false,
      reason: 'not-a-draft',
    })
    const log = { info: () => {} } as unknown as Parameters<typeof takeDueEffects>[0]['log']
    const nameNow = async () =>
      (await rows(sql<{ name: string }>`select name from organisation where id = ${office.idOf(cell3)}`))[0]
        ?.name
    setClock(new Date('2026-11-30T23:59:00+07:00'))
    await takeDueEffects({ database: test.database, log })
    expect(await nameNow()).toBe(cell3)
    setClock(new Date('2026-12-01T00:00:00+07:00'))
    await takeDueEffects({ database: test.database, log })
    await takeDueEffects({ database: test.database, log })
    setClock(undefined)
    expect(await nameNow()).toBe('Chi bộ Xóm Ba')
    expect(
      await rows(sql`select name, from_on, to_on from organisation_period
        where organisation_id = ${office.idOf(cell3)} order by from_on nulls first`),
    ).toEqual([
      { name: cell3, from_on: null, to_on: '2026-11-30' },
      { name: 'Chi bộ Xóm Ba', from_on: '2026-12-01', to_on: null },
    ])
  })

  it('takes effect as what the office has decided, also where who scheduled it has lost the right since', async () => {
    const leaving = await office.actAs([['administrator', province]])
    const id = await draft('2026-12-02', {
      kind: 'change',
      bodyId: office.idOf(cell3),
      name: 'Chi bộ Xóm Tư',
    })
    expect(await scheduleReorganisation(leaving, { commandId: newId(), id })).toEqual({ ok: true, id })
    await test.askAsOwner(`update role_grant set to_on = '2026-11-24' where account_id = $1`, [
      leaving.actor.accountId,
    ])
    const log = { info: () => {} } as unknown as Parameters<typeof takeDueEffects>[0]['log']
    setClock(new Date('2026-12-02T00:00:00+07:00'))
    await takeDueEffects({ database: test.database, log })
    setClock(undefined)
    expect(await rows(sql`select state from reorganisation where id = ${id}`)).toEqual([{ state: 'done' }])
  })

  it('is given back as a draft where it has become impossible', async () => {
    const id = await draft('2026-12-05', { kind: 'dissolve', bodyId: office.idOf(cell3), heirId: null })
    await schedule(id)
    const before = await draft('2026-11-23', {
      kind: 'merge',
      from: [office.idOf(cell3)],
      into: office.idOf(two),
      posts: 'pass',
    })
    // The name that begins in December stands in the way of an end in November.
    expect(await schedule(before)).toMatchObject({ ok: false, reason: 'has-problems' })
    setClock(new Date('2026-12-05T01:00:00+07:00'))
    const late = {
      ...admin,
      today: '2026-12-04' as typeof admin.today,
      now: new Date('2026-12-04T10:00:00+07:00'),
    }
    const sooner = await draftReorganisation(late, {
      commandId: newId(),
      officeId: office.idOf(province),
      title: 'Trước đó',
      decision: '',
      reason: '',
      onDay: '2026-12-04',
    })
    if (!sooner.ok) throw new Error(sooner.reason)
    await addSteps(late, {
      commandId: newId(),
      id: sooner.id,
      steps: [{ step: { kind: 'merge', from: [office.idOf(cell3)], into: office.idOf(two) } }],
    })
    expect(await scheduleReorganisation(late, { commandId: newId(), id: sooner.id })).toMatchObject({
      ok: true,
    })
    const log = { info: () => {} } as unknown as Parameters<typeof takeDueEffects>[0]['log']
    await takeDueEffects({ database: test.database, log })
    setClock(undefined)
    expect(
      await rows(sql`select state, failure -> 0 ->> 'reason' as reason from reorganisation where id = ${id}`),
    ).toEqual([{ state: 'draft', reason: 'ended-already' }])
  })
})

describe('two communes', () => {
  it('merged by a reorganisation, leave their cells, documents and running plans to the new one', async () => {
    const planId = await office.plantPlan(two, {
      tasks: [{ text: 'Giao trực tiếp', lead: [], ...dueOn('2026-12-20') }],
    })
    const officerOfTwo = await office.actAs([['officer', two]])
    await launchPlan(officerOfTwo, { planId, commandId: newId(), version: 0 })
    const merged = create('Đảng ủy xã Mới', 'commune-committee', province)
    const late = {
      ...admin,
      today: '2026-12-10' as typeof admin.today,
      now: new Date('2026-12-10T10:00:00+07:00'),
    }
    const id = await draft('2026-12-10', merged, {
      kind: 'merge',
      from: [office.idOf(one), office.idOf(two)],
      into: merged.bodyId,
      posts: 'end',
    })
    expect(await scheduleReorganisation(late, { commandId: newId(), id })).toEqual({ ok: true, id })
    expect(
      await rows(
        sql`select body.name from organisation body where parent_id = ${merged.bodyId} and ended_on is null`,
      ),
    ).toEqual([{ name: 'Chi bộ Khu 1-2' }])
    const heir = await rows(
      sql`select role, body.name from grants_of(${officerOfTwo.actor.accountId}, '2026-12-11') held
        join organisation body on body.id = held.organisation_id where held.role = 'officer' order by body.name`,
    )
    expect(heir).toEqual(
      [
        { role: 'officer', name: two },
        { role: 'officer', name: 'Đảng ủy xã Mới' },
        { role: 'officer', name: one },
        { role: 'officer', name: 'Chi bộ Xóm Tư' },
      ].sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    )
    // What has ended is nothing to choose any more, though one reaches what it left.
    const heirs = scopeOf({
      ...officerOfTwo.actor,
      grants: (
        await rows(sql<{ role: Role; organisationId: string; organisationName: string }>`
          select role, organisation_id as "organisationId", '' as "organisationName"
          from grants_of(${officerOfTwo.actor.accountId}, '2026-12-11') where role = 'officer'`)
      ).concat({ role: 'administrator', organisationId: office.idOf(two), organisationName: '' }),
    })
    expect(heirs.enters).toContain(office.idOf(two))
    const { reader } = test.database
    expect((await listOffices(reader, heirs)).map(({ name }) => name)).toEqual(['Đảng ủy xã Mới'])
    expect((await listOwnUnits(reader, heirs)).map(({ name }) => name)).toEqual(['Đảng ủy xã Mới'])
    expect(await listTwoStepRules(reader, heirs)).toEqual([])
    expect(await listLiving(reader, [office.idOf(one), merged.bodyId])).toEqual([
      { id: merged.bodyId, name: 'Đảng ủy xã Mới' },
    ])
    // Who asks the office that gave the work reaches its successor.
    const asking = { planId, officeId: office.idOf(two), organisationId: office.idOf('Đảng ủy xã Khác') }
    await inTransaction(test.database, (tx) =>
      notifyOffice(tx, late, { ...asking, kind: 'obstacle-raised', key: newId() }),
    )
    expect(
      await rows(sql`select account_id from notice where plan_id = ${planId} and kind = 'obstacle-raised'`),
    ).toContainEqual({ account_id: officerOfTwo.actor.accountId })
    // Work that an ended office gave itself has passed; nothing that is open stays with a body that has ended.
    expect(
      await rows(sql`select assignment.id from assignment join organisation body on body.id = organisation_id
        where body.ended_on is not null and state <> 'done'`),
    ).toEqual([])
  })
})

it('is nobody else’s to prepare or to see', async () => {
  const stranger = await office.actAs([['administrator', other]])
  const command = { commandId: newId(), title: 'Thử', decision: '', reason: '', onDay: '2026-12-01' }
  await expect(
    draftReorganisation(stranger, { ...command, officeId: office.idOf(province) }),
  ).rejects.toThrow('not found')
  await expect(draftReorganisation(officer, { ...command, officeId: office.idOf(province) })).rejects.toThrow(
    'not found',
  )
  const id = await draft('2026-12-31', { kind: 'dissolve', bodyId: office.idOf(cell2), heirId: null })
  await expect(scheduleReorganisation(stranger, { commandId: newId(), id })).rejects.toThrow('not found')
})
