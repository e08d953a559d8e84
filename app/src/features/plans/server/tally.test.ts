import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeEvidence } from '#features/assignments/server/evidence.ts'
import {
  attachFiles,
  finishAssignment,
  noteProgress,
  reopenAssignment,
  startAssignment,
} from '#features/assignments/server/operations.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { amendPlan } from './amend.ts'
import { launchPlan } from './launch.ts'

let test: TestDatabase
let office: SampleOffice
let officer: Context
let everyone: Context
const commune = 'Đảng ủy xã Lâm Thao'
const cells = ['Chi bộ Khu 1', 'Chi bộ Khu 2', 'Chi bộ Khu 3']

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ...cells.map((name): [string, 'cell', string] => [name, 'cell', commune]),
  )
  officer = await office.actAs([['officer', commune]])
  everyone = await office.actAs(cells.map((name) => ['secretary', name]))
})
afterAll(() => test.drop())

/** The counts as kept beside the counts as they come out by walking through every assignment. */
async function compare(planId: string): Promise<{ kept: unknown[]; counted: unknown[] }> {
  const { reader } = test.database
  const columns = sql`task_id, group_id, role, state, due_on, with_evidence, done_late`
  const kept = await sql<object>`
    select ${columns}, count from assignment_tally where plan_id = ${planId} and count <> 0
    order by ${columns}, count`.execute(reader)
  const counted = await sql<object>`
    select ${columns}, count(*)::int as count from (
      select task_id, group_id, role, state, due_on, evidence_count > 0 as with_evidence,
        coalesce((done_at at time zone 'Asia/Ho_Chi_Minh')::date > due_on, false) as done_late
      from assignment where plan_id = ${planId}
    ) each group by ${columns} order by ${columns}, count`.execute(reader)
  const keptUnits = await sql<object>`
    select organisation_id, tasks, done, first_open_on from expected where plan_id = ${planId} order by 1`.execute(
    reader,
  )
  const countedUnits = await sql<object>`
    select expected.organisation_id, count(assignment.id)::int as tasks,
      count(*) filter (where state = 'done')::int as done,
      min(due_on) filter (where state <> 'done') as first_open_on
    from expected left join assignment using (plan_id, organisation_id)
    where plan_id = ${planId} group by 1 order by 1`.execute(reader)
  const wholePlan = await compareWholePlan(planId)
  return {
    kept: [...kept.rows, ...keptUnits.rows, ...wholePlan.kept],
    counted: [...counted.rows, ...countedUnits.rows, ...wholePlan.counted],
  }
}

/** The same for the figures of the whole plan, which are kept without the bodies under which the units stand. */
async function compareWholePlan(planId: string): Promise<{ kept: unknown[]; counted: unknown[] }> {
  const { reader } = test.database
  const columns = sql`task_id, state, due_on, with_evidence, done_late`
  const keptTasks = await sql<object>`
    select ${columns}, sum(count)::int as count from task_tally where plan_id = ${planId}
    group by ${columns} having sum(count) <> 0 order by ${columns}, count`.execute(reader)
  const countedTasks = await sql<object>`
    select ${columns}, count(*)::int as count from (
      select task_id, state, due_on, evidence_count > 0 as with_evidence,
        assignment_done_late(done_at, due_on) as done_late
      from assignment where plan_id = ${planId}
    ) each group by ${columns} order by ${columns}, count`.execute(reader)
  const keptUnits = await sql<object>`
    select standing, first_open_on, sum(units)::int as units, sum(members)::int as members
    from unit_tally where plan_id = ${planId}
    group by standing, first_open_on having sum(units) <> 0 or sum(members) <> 0 order by 1, 2`.execute(
    reader,
  )
  const countedUnits = await sql<object>`
    select unit_standing(tasks, done) as standing, first_open_on, count(*)::int as units,
      sum(members)::int as members
    from expected where plan_id = ${planId} group by 1, 2 order by 1, 2`.execute(reader)
  const below = await sql<object>`
    select 'below zero' from task_tally where plan_id = ${planId} and count < 0
    union all select 'below zero' from unit_tally where plan_id = ${planId} and (units < 0 or members < 0)`.execute(
    reader,
  )
  return {
    kept: [...keptTasks.rows, ...keptUnits.rows, ...below.rows],
    counted: [...countedTasks.rows, ...countedUnits.rows],
  }
}

type Step = {
  act: 'start' | 'note' | 'attach' | 'detach' | 'done' | 'reopen' | 'due' | 'take' | 'give'
  at: number
}

async function take(planId: string, step: Step): Promise<void> {
  const rows = await test.database.reader
    .selectFrom('assignment')
    .select(['id', 'task_id', 'organisation_id'])
    .where('plan_id', '=', planId)
    .orderBy('id')
    .execute()
  const row = rows[step.at % rows.length]
  if (!row) return
  const command = { commandId: newId(), assignmentId: row.id }
  const late = { ...everyone, now: new Date(step.at % 2 ? '2026-12-15T10:00:00Z' : '2026-11-23T10:00:00Z') }
  const content = new File([Uint8Array.from([0xff, 0xd8, 0xff, step.at % 250])], 'anh.jpg')
  const files = [{ name: 'anh.jpg', size: 4, content }]
  const amend = (change: Parameters<typeof amendPlan>[1]['change']) =>
    amendPlan(officer, { commandId: newId(), planId, reason: 'Điều chỉnh', change })
  const organisationIds = [row.organisation_id]
  switch (step.act) {
    case 'start':
      await startAssignment(late, command)
      return
    case 'note':
      await noteProgress(late, { ...command, note: 'Đang làm' })
      return
    case 'attach':
      await attachFiles(late, { ...command, files }, { mostBytes: 100 })
      return
    case 'detach': {
      const evidence = await test.database.reader
        .selectFrom('evidence')
        .select('id')
        .where('assignment_id', '=', row.id)
        .executeTakeFirst()
      if (evidence) await removeEvidence(late, { ...command, evidenceId: evidence.id })
      return
    }
    case 'done':
      await finishAssignment(
        late,
        { ...command, note: '', withoutEvidence: true, files: [] },
        { mostBytes: 9 },
      )
      return
    case 'reopen':
      await reopenAssignment(late, { ...command, reason: 'Nhầm' })
      return
    case 'due':
      await amend({ kind: 'due', taskId: row.task_id, dueOn: step.at % 3 ? '2026-12-01' : null })
      return
    case 'take':
      await amend({ kind: 'remove-units', taskId: row.task_id, organisationIds })
      return
    case 'give':
      await amend({
        kind: 'add-units',
        taskId: row.task_id,
        organisationIds: cells.map(office.idOf),
        role: 'with',
      })
      return
  }
}

it('keeps the counts that a slow recount gives, after any operations', async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    act: fc.constantFrom(
      'start',
      'note',
      'attach',
      'detach',
      'done',
      'done',
      'reopen',
      'due',
      'take',
      'give',
    ),
    at: fc.nat(1_000),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const planId = await office.plantPlan(commune, {
        tasks: [
          { text: 'Học tập', lead: ['các chi bộ trực thuộc'], ...dueOn('2026-11-30') },
          { text: 'Đăng ký', lead: ['Chi bộ Khu 1'], with: ['các chi bộ trực thuộc'] },
        ],
      })
      await launchPlan(officer, { planId, commandId: newId(), version: 0 })
      for (const one of steps) await take(planId, one)
      const { kept, counted } = await compare(planId)
      expect(kept).toEqual(counted)
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('keeps them when many act at one moment', async () => {
  const planId = await office.plantPlan(commune, {
    tasks: ['A', 'B', 'C', 'D'].map((text) => ({
      text,
      lead: ['các chi bộ trực thuộc'],
      ...dueOn('2026-11-30'),
    })),
  })
  await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  const acts = ['done', 'attach', 'start', 'done', 'note'] as const
  const steps = Array.from({ length: 30 }, (_, at): Step => ({ act: acts[at % acts.length] ?? 'start', at }))
  await Promise.all(steps.map((one) => take(planId, one)))
  const { kept, counted } = await compare(planId)
  expect(kept).toEqual(counted)
})
