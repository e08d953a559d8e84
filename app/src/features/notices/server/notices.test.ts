import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerObstacle, raiseObstacle } from '#features/assignments/server/obstacles.ts'
import { launchPlan } from '#features/plans/server/launch.ts'
import { withdrawPlan } from '#features/plans/server/withdraw.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { markNoticesRead } from './operations.ts'
import { countUnread, listNotices } from './reads.ts'

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
    [commune, 'commune-committee', null],
    ['Chi bộ Khu 1', 'cell', commune],
    ['Đảng ủy xã Khác', 'commune-committee', null],
  )
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', 'Chi bộ Khu 1']])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
})
afterAll(() => test.drop())

async function launch(): Promise<{ planId: string; assignmentId: string }> {
  const planId = await office.plantPlan(commune, {
    tasks: [{ text: 'Sinh hoạt', lead: ['Chi bộ Khu 1'], ...dueOn('2026-11-30') }],
  })
  await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  const { id } = await test.database.reader
    .selectFrom('assignment')
    .select('id')
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow()
  return { planId, assignmentId: id }
}

/** Somebody with an account and a post whose title carries a role, and no right that was given singly. */
async function holdPost(
  fromOn: string,
  toOn: string | null,
  standsInFor: string | null = null,
  title = 'Bí thư chi bộ',
  body = 'Chi bộ Khu 1',
): Promise<{ accountId: string; postId: string }> {
  const [personId, accountId, postId] = [newId(), newId(), newId()]
  await test.askAsOwner(`insert into person (id, full_name, sort_key) values ($1, 'Lò Văn Thử', 'Thử')`, [
    personId,
  ])
  await test.askAsOwner(
    `insert into account (id, name, email, person_id) values ($1, 'Lò Văn Thử', $2, $3)`,
    [accountId, `${accountId}@example.vn`, personId],
  )
  await test.askAsOwner(
    `insert into post (id, person_id, organisation_id, title, title_id, from_on, to_on, stands_in_for)
     select $1, $2, $3, name, id, $4, $5, $6 from post_title where name = $7`,
    [postId, personId, office.idOf(body), fromOn, toOn, standsInFor, title],
  )
  return { accountId, postId }
}
const toldOf = async (accountId: string): Promise<string[][]> =>
  (
    await test.askAsOwner<{ kind: string; plan_id: string }>(
      'select kind, plan_id from notice where account_id = $1 order by created_at',
      [accountId],
    )
  ).map(({ kind, plan_id: planId }) => [kind, planId])

const ask = (context: Context, limit = 50) =>
  listNotices(context.reader, context.scope, { onlyUnread: false, offset: 0, limit })
const told = async (context: Context) => (await ask(context)).rows.map(({ kind, opens }) => [kind, opens])

describe('a notice', () => {
  it('opens what it tells of, for whoever is told', async () => {
    const { planId, assignmentId } = await launch()
    await raiseObstacle(secretary, { commandId: newId(), assignmentId, text: 'Thiếu tài liệu' })
    expect(await told(officer)).toEqual([['obstacle-raised', `/work/${assignmentId}`]])
    const { id: obstacleId } = await test.database.reader
      .selectFrom('obstacle')
      .select('id')
      .executeTakeFirstOrThrow()
    const later = { ...officer, now: new Date('2026-11-23T11:00:00+07:00') }
    await answerObstacle(later, { commandId: newId(), obstacleId, answer: 'Đã gửi' })
    expect(await told(secretary)).toEqual([
      ['obstacle-answered', `/work/${assignmentId}`],
      ['plan-launched', `/plans/${planId}`],
    ])
  })

  it('opens nothing once that is not the reader’s to see any more', async () => {
    const before = (await ask(secretary)).total
    const { planId } = await launch()
    await withdrawPlan(officer, { commandId: newId(), planId, reason: 'Ban hành nhầm' })
    const { rows, total } = await ask(secretary)
    expect(total).toBe(before + 2)
    expect(
      rows
        .filter((row) => row.planId === planId)
        .map(({ kind, opens, details }) => [kind, opens, details.text]),
    ).toEqual(
      expect.arrayContaining([
        ['plan-withdrawn', null, 'Ban hành nhầm'],
        ['plan-launched', null, undefined],
      ]),
    )
  })

  it('is nobody else’s to read or to mark, and a false id is no notice', async () => {
    expect(await ask(stranger)).toEqual({ rows: [], total: 0 })
    const [line] = (await ask(secretary)).rows
    const unread = await countUnread(secretary.reader, secretary.scope)
    await markNoticesRead(stranger, { noticeId: line?.id ?? '' })
    await markNoticesRead(stranger, 'all')
    await markNoticesRead(secretary, { noticeId: 'không phải' })
    expect(await countUnread(secretary.reader, secretary.scope)).toBe(unread)
    await markNoticesRead(secretary, { noticeId: line?.id ?? '' })
    expect(await countUnread(secretary.reader, secretary.scope)).toBe(unread - 1)
  })

  it('reaches who acts by a post, or stands in for one, while that lasts', async () => {
    const byPost = await holdPost('2026-01-01', null)
    const standIn = await holdPost('2026-11-01', '2026-11-30', byPost.postId)
    const before = await holdPost('2025-01-01', '2025-12-31')
    const { planId, assignmentId } = await launch()
    for (const accountId of [byPost.accountId, standIn.accountId])
      expect(await toldOf(accountId)).toEqual([['plan-launched', planId]])
    expect(await toldOf(before.accountId)).toEqual([])
    // An office adds titles to the list by itself, and says what they carry.
    await test.askAsOwner(
      `insert into post_title (id, name, capacities, role, kinds, rank, office_id)
       values ($1, 'Cán bộ văn phòng', '{}', 'officer', '{commune-committee}', 90, $2)`,
      [newId(), office.idOf(commune)],
    )
    const inOffice = await holdPost('2026-01-01', null, null, 'Cán bộ văn phòng', commune)
    await raiseObstacle(secretary, { commandId: newId(), assignmentId, text: 'Mất điện' })
    expect(await toldOf(inOffice.accountId)).toEqual([['obstacle-raised', planId]])
  })

  it('costs one query, however many', async () => {
    for (const limit of [1, 3]) expect(await test.countQueries(() => ask(secretary, limit))).toBe(1)
  })
})
