import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../../../tests/helpers/office.ts'
import { type PlanFigures, printFigure } from '../figures.ts'
import { getPlanFigures } from './figures.ts'
import { type PlantedPlan, plantLaunchedPlan } from './papers.test-data.ts'

let test: TestDatabase
let store: ReturnType<typeof openTestFiles>
let here: TestOffice
let there: TestOffice
let plan: PlantedPlan

beforeAll(async () => {
  test = await createTestDatabase()
  store = openTestFiles()
  here = await plantOffice(test.database, store.files, { place: 'Đây' })
  there = await plantOffice(test.database, store.files, { place: 'Kia' })
  plan = await plantLaunchedPlan(test, here)
  // Another plan of the same office, of which nothing may be counted here.
  await plantLaunchedPlan(test, here, { number: '13-KH/ĐU' })
})
afterAll(async () => {
  await test.drop()
  store.remove()
})

const count = (): Promise<PlanFigures> =>
  getPlanFigures(here.officer.reader, here.officer.scope, plan.id, here.officer.today)

describe('the figures of a plan', () => {
  it('say what happened, its measures apart', async () => {
    const { work, reports, events, obstacles, units, lateUnits, lateWork, tasks } = await count()
    expect({ work, reports, events, obstacles, units, lateUnits }).toEqual({
      work: { total: 6, done: 2, onTime: 1, withEvidence: 1, doing: 1, late: 1, owed: 2 },
      reports: { total: 3, submitted: 2, onTime: 1, withEvidence: 0, late: 1 },
      events: { total: 2, past: 1 },
      obstacles: { raised: 2, answered: 1 },
      units: 3,
      lateUnits: 1,
    })
    expect(tasks.map(({ ordinal, total, done, late }) => ({ ordinal, total, done, late }))).toEqual([
      { ordinal: 1, total: 3, done: 2, late: 1 },
      { ordinal: 2, total: 3, done: 0, late: 0 },
    ])
    expect(lateWork.map(({ kind, unit, text, dueOn }) => ({ kind, unit, text, dueOn }))).toEqual([
      {
        kind: 'task',
        unit: 'Chi bộ thôn 3 Đây',
        text: 'Tổ chức sinh hoạt chuyên đề quý IV',
        dueOn: '2026-11-10',
      },
      { kind: 'report', unit: 'Chi bộ thôn 3 Đây', text: 'Báo cáo kết quả sinh hoạt', dueOn: '2026-11-15' },
    ])
  })

  it('equal a plain recount of the rows, before and after work goes on', async () => {
    const recount = async () => {
      const { rows } = await sql<PlanFigures['work']>`
        select count(*)::int as total, count(*) filter (where state = 'done')::int as done,
          count(*) filter (where state = 'done'
            and (done_at at time zone 'Asia/Ho_Chi_Minh')::date <= due_on)::int as "onTime",
          count(*) filter (where state = 'done' and evidence_count > 0)::int as "withEvidence",
          count(*) filter (where state = 'doing' and due_on >= '2026-11-23')::int as doing,
          count(*) filter (where state <> 'done' and due_on < '2026-11-23')::int as late,
          count(*) filter (where state = 'owed' and due_on >= '2026-11-23')::int as owed
        from assignment where plan_id = ${plan.id}
      `.execute(test.database.reader)
      return rows[0]
    }
    expect((await count()).work).toEqual(await recount())
    await inTransaction(test.database, (tx) =>
      sql`update assignment set state = 'done', done_at = '2026-11-20T23:30:00+07:00', evidence_count = 1
        where id = ${plan.assignments[3]}`.execute(tx),
    )
    const after = await count()
    expect(after.work).toEqual(await recount())
    expect(printFigure('work-done', after)).toBe('03')
    expect(printFigure('work-share', after)).toBe('50%')
  })

  it('take four queries', async () => {
    expect(await test.countQueries(count)).toBe(4)
  })

  it('are not counted for another office, nor for a unit', async () => {
    for (const context of [there.officer, here.secretary])
      await expect(getPlanFigures(context.reader, context.scope, plan.id, context.today)).rejects.toThrow(
        NotFound,
      )
  })
})
