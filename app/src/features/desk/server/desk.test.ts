import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantLaunchedPlan } from '#features/papers/server/papers.test-data.ts'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import {
  openTestFiles,
  plantActor,
  plantOffice,
  type TestOffice,
} from '../../../../../tests/helpers/office.ts'
import { countDue } from '../rules.ts'
import type { Desk } from '../schema.ts'
import { getDesk } from './reads.ts'

let test: TestDatabase
let store: ReturnType<typeof openTestFiles>
let here: TestOffice
let there: TestOffice
let planId: string
let people: Record<'secretary3' | 'member' | 'supervisor' | 'administrator', Context>

beforeAll(async () => {
  test = await createTestDatabase()
  store = openTestFiles()
  here = await plantOffice(test.database, store.files, { place: 'Đây' })
  there = await plantOffice(test.database, store.files, { place: 'Kia' })
  const [cell1, , cell3] = here.cells
  if (!cell1 || !cell3) throw new Error('three cells')
  const as = (role: 'secretary' | 'member' | 'supervisor' | 'administrator', organisation: typeof cell1) =>
    plantActor(test.database, store.files, { role, organisation })
  people = {
    secretary3: await as('secretary', cell3),
    member: await as('member', cell1),
    supervisor: await as('supervisor', here),
    administrator: await as('administrator', here),
  }
  planId = (await plantLaunchedPlan(test, here)).id
  await inTransaction(test.database, async (tx) => {
    const [refused, reviewed, plan] = [newId(), newId(), newId()]
    const base = { office_id: here.id, direction: 'incoming', created_by: here.officer.actor.accountId }
    await tx
      .insertInto('document')
      .values([
        { id: refused, file_name: 'hong.pdf', ...base },
        { id: reviewed, file_name: 'moi.docx', ...base },
      ])
      .execute()
    await tx
      .insertInto('document_reading')
      .values({ document_id: refused, state: 'refused', refusal: 'damaged' })
      .execute()
    await tx
      .insertInto('plan')
      .values({
        id: plan,
        office_id: here.id,
        document_id: reviewed,
        subject: 'Tập huấn',
        number: '14-KH/ĐU',
      })
      .execute()
    const content = { findings: [{ state: 'open' }, { state: 'dismissed' }, { state: 'open' }] }
    await tx
      .insertInto('plan_review')
      .values({ plan_id: plan, content: JSON.stringify(content), updated_by: here.officer.actor.accountId })
      .execute()
  })
})
afterAll(async () => {
  await test.drop()
  store.remove()
})

const linesOf = ({ matters }: Pick<Desk, 'matters'>) =>
  matters.map(({ kind, dueOn, body, count, text }) => [kind, dueOn, body, count, text])

describe('the desk', () => {
  it('shows an officer what waits, by day, and how the last plan stands', async () => {
    const desk = await getDesk(here.officer)
    expect(linesOf(desk)).toEqual([
      ['overdue', '2026-11-10', null, 1, null],
      ['obstacle', null, 'Chi bộ thôn 3 Đây', 0, 'Nhà văn hóa đang sửa'],
      ['review', null, null, 2, null],
      ['refused', null, null, 0, 'hong.pdf'],
    ])
    expect(desk.matters[0]).toMatchObject({ lateWork: 1, lateReports: 1, planNumber: '12-KH/ĐU', total: 1 })
    expect(countDue(desk.matters, here.officer.today)).toEqual({ today: 4, week: 4 })
    expect(desk.events.map(({ title, startsAt, place, bodies }) => [title, startsAt, place, bodies])).toEqual(
      [['Hội nghị tập huấn', '13:30', 'Hội trường xã', 1]],
    )
    expect(desk.plan).toMatchObject({
      id: planId,
      units: 3,
      lateUnits: 1,
      tasks: 6,
      done: 2,
      doing: 1,
      late: 1,
    })
    expect(desk.plan?.squares.map(({ name, tasks, done, isLate }) => [name, tasks, done, isLate])).toEqual([
      ['Chi bộ thôn 1 Đây', 2, 1, false],
      ['Chi bộ thôn 2 Đây', 2, 1, false],
      ['Chi bộ thôn 3 Đây', 2, 0, true],
    ])
    expect([desk.area, desk.administered, desk.own]).toEqual([null, null, null])
  })

  it('shows a secretary the unit’s own work, reports and answers, the late ones first', async () => {
    const desk = await getDesk(people.secretary3)
    expect(linesOf(desk)).toEqual([
      ['work', '2026-11-10', 'Đảng ủy xã Đây', 0, 'Tổ chức sinh hoạt chuyên đề quý IV'],
      ['report', '2026-11-15', 'Đảng ủy xã Đây', 0, 'Báo cáo kết quả sinh hoạt'],
      ['work', '2026-12-15', 'Đảng ủy xã Đây', 0, 'Đăng ký nội dung làm theo'],
    ])
    expect(desk.own).toEqual({ done: 0, doing: 0, late: 1, owed: 1 })
    expect([desk.events, desk.plan, desk.unitWork]).toEqual([[], null, []])
  })

  it('tells a secretary of an answer while it is news', async () => {
    await inTransaction(test.database, (tx) =>
      sql`update obstacle set answer = 'Mượn hội trường xã', answered_at = '2026-11-22T09:00:00+07:00',
        answered_by = ${here.officer.actor.accountId} where text = 'Nhà văn hóa đang sửa'`.execute(tx),
    )
    const { matters } = await getDesk(people.secretary3)
    expect(matters.filter(({ kind }) => kind === 'answered').map(({ text }) => text)).toEqual([
      'Mượn hội trường xã',
    ])
  })

  it('shows a member the events and what the unit does, with nothing to carry out', async () => {
    const desk = await getDesk(people.member)
    expect([desk.matters, desk.plan, desk.area, desk.administered]).toEqual([[], null, null, null])
    expect(desk.unitWork.map(({ kind, text }) => [kind, text])).toEqual([
      ['work', 'Đăng ký nội dung làm theo'],
    ])
    expect(desk.events.map(({ title }) => title)).toEqual(['Hội nghị tập huấn'])
  })

  it('shows a supervisor the units of the area, the late ones first, and an administrator counts', async () => {
    expect((await getDesk(people.supervisor)).area).toEqual({
      units: 3,
      lateUnits: 1,
      doneUnits: 0,
      rows: [
        { id: here.cells[2]?.id, name: 'Chi bộ thôn 3 Đây', tasks: 2, done: 0, isLate: true, latePlans: 1 },
        { id: here.cells[0]?.id, name: 'Chi bộ thôn 1 Đây', tasks: 2, done: 1, isLate: false, latePlans: 0 },
        { id: here.cells[1]?.id, name: 'Chi bộ thôn 2 Đây', tasks: 2, done: 1, isLate: false, latePlans: 0 },
      ],
    })
    expect((await getDesk(people.administrator)).administered).toEqual({
      organisations: 4,
      accounts: 6,
      cellsWithoutAccount: 1,
    })
    // Whoever leads a cell enters for it by that post, without a right given singly.
    const [personId, accountId] = [newId(), newId()]
    await test.askAsOwner(`insert into person (id, full_name, sort_key) values ($1, 'Lò Văn Thử', 'Thử')`, [
      personId,
    ])
    await test.askAsOwner(
      `insert into account (id, name, email, person_id) values ($1, 'Lò Văn Thử', 'thu@example.vn', $2)`,
      [accountId, personId],
    )
    await test.askAsOwner(
      `insert into post (id, person_id, organisation_id, title, title_id, from_on)
       select $1, $2, $3, name, id, '2026-01-01' from post_title where name = 'Bí thư chi bộ'`,
      [newId(), personId, here.cells[1]?.id],
    )
    expect((await getDesk(people.administrator)).administered).toEqual({
      organisations: 4,
      accounts: 7,
      cellsWithoutAccount: 0,
    })
  })

  it('shows another office nothing of it', async () => {
    const desk = await getDesk(there.officer)
    expect(desk).toEqual({
      matters: [],
      unitWork: [],
      events: [],
      own: null,
      plan: null,
      area: null,
      administered: null,
    })
    expect((await getDesk(there.secretary)).events).toEqual([])
  })

  it('takes at most seven queries, however many roles somebody has and however much there is', async () => {
    const everything: Context = {
      ...here.officer,
      scope: { ...here.officer.scope, areas: [here.id], administers: [here.id] },
    }
    expect(await test.countQueries(() => getDesk(everything))).toBe(7)
    await plantLaunchedPlan(test, here, { number: '15-KH/ĐU' })
    expect(await test.countQueries(() => getDesk(everything))).toBe(7)
    expect(await test.countQueries(() => getDesk(people.member))).toBe(3)
  })
})
