import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertOrganisations, type NewOrganisation } from '#features/organisations/server/writes.ts'
import { insertMemberships, insertPeople } from '#features/people/server/writes.ts'
import { listUnits } from '#features/plans/server/plan-lists.ts'
import type { RolledUp } from '#features/plans/server/roll-up.ts'
import { countUnits, listTasks } from '#features/plans/server/roll-up.ts'
import { countDuties } from '#features/report-duties/server/reads.ts'
import type { Context } from '#server/context.ts'
import { actOn } from '#server/database/acting.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { brokenInvariants } from './invariants.test-data.ts'
import { addSteps, draftReorganisation, scheduleReorganisation } from './operations.ts'
import { judgeStepRows } from './read-sheet.ts'

// The reform of 2025 in small: seven districts with a hundred communes each become a hundred communes right below the
// province; every body's work, members and rights pass on, and the day before can be read as it was.

const communes = 700
const merged = 100
const districts = 7
const eve = '2026-11-22' as CivilDate
const day = '2026-11-23' as CivilDate

let test: TestDatabase
let office: SampleOffice
let admin: Context
let officer: Context
let plan: RolledUp
const bodies: NewOrganisation[] = []
const body = (name: string, kind: NewOrganisation['kind'], parentId: string | null): NewOrganisation => {
  const made = {
    id: newId(),
    hierarchy: 'party' as const,
    kind,
    name,
    abbreviation: null,
    parentId,
    unitCode: null,
  }
  bodies.push(made)
  return made
}

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(['Tỉnh ủy Thử', 'province-committee', null])
  const top = office.idOf('Tỉnh ủy Thử')
  const above = Array.from({ length: districts }, (_, at) =>
    body(`Huyện ủy ${at + 1}`, 'district-committee', top),
  )
  for (let at = 0; at < communes; at++) {
    const commune = body(`Đảng ủy xã Cũ ${at + 1}`, 'commune-committee', above[at % districts]?.id ?? top)
    for (let cell = 1; cell <= 2; cell++) body(`Chi bộ thôn ${cell} xã Cũ ${at + 1}`, 'cell', commune.id)
  }
  const cells = bodies.filter(({ kind }) => kind === 'cell')
  const people = cells.map(({ id }, at) => ({
    id: newId(),
    organisationId: id,
    fullName: `Nguyễn Văn ${at}`,
  }))
  await inTransaction(test.database, async (tx) => {
    await insertOrganisations(tx, bodies)
    await insertPeople(
      tx,
      people.map(({ id, fullName }) => ({ id, fullName, sortKey: fullName })),
    )
    await insertMemberships(
      tx,
      people.map(({ id, organisationId }) => ({
        id: newId(),
        personId: id,
        organisationId,
        status: 'official',
        fromOn: '2020-01-01',
        toOn: null,
      })),
    )
  })
  admin = await office.actAs([['administrator', 'Tỉnh ủy Thử']])
  officer = await office.actAs([['officer', 'Tỉnh ủy Thử']])
  plan = { id: await plantRunningPlan(top), isOffice: true }
})
afterAll(() => test.drop())

/** A plan that runs since September, for every commune and cell: a third done, a third under way, some with evidence. */
async function plantRunningPlan(top: string): Promise<string> {
  const planId = await office.plantPlan('Tỉnh ủy Thử')
  const { accountId } = officer.actor
  await inTransaction(test.database, async (tx) => {
    await sql`update plan set state = 'launched', launched_at = '2026-09-01 08:00+07', launched_by = ${accountId},
      resolved_on = '2026-09-01' where id = ${planId}`.execute(tx)
    await sql`insert into task (id, plan_id, ordinal, text, due_on) values
      (gen_random_uuid(), ${planId}, 0, 'Việc một', '2026-10-31'),
      (gen_random_uuid(), ${planId}, 1, 'Việc hai', '2026-12-20')`.execute(tx)
    await sql`insert into expected (plan_id, organisation_id, name, members, group_id, place)
      select ${planId}, id, name, 1, case when kind = 'cell' then parent_id else id end,
        row_number() over (order by name, id)
      from organisation where kind in ('commune-committee', 'cell')`.execute(tx)
    await sql`insert into assignment (id, plan_id, task_id, office_id, organisation_id, group_id, role, due_on)
      select gen_random_uuid(), ${planId}, task.id, ${top}, expected.organisation_id, expected.group_id, 'lead', task.due_on
      from task cross join expected where task.plan_id = ${planId} and expected.plan_id = ${planId}`.execute(
      tx,
    )
    await sql`insert into report_duty (id, plan_id, ordinal, office_id, organisation_id, text, due_on, submitted_at)
      select gen_random_uuid(), ${planId}, 0, ${top}, organisation_id, 'Báo cáo', '2026-11-15',
        case when place % 2 = 0 then timestamptz '2026-11-10 09:00+07' end
      from expected where plan_id = ${planId}`.execute(tx)
    await sql`
      update assignment set state = case when drawn.third = 0 then 'done' else 'doing' end,
        started_at = '2026-09-10 08:00+07', done_by = case when drawn.third = 0 then ${accountId}::uuid end,
        done_at = case when drawn.third = 0 then timestamptz '2026-10-01 08:00+07' + interval '1 day' * (place % 45) end
      from (
        select assignment.id, expected.place, (expected.place + task.ordinal) % 3 as third from assignment
        join expected using (plan_id, organisation_id) join task on task.id = assignment.task_id
      ) drawn where drawn.id = assignment.id and drawn.third < 2`.execute(tx)
    await sql`insert into progress (id, assignment_id, step, account_id, at)
      select gen_random_uuid(), id, 'started', ${accountId}::uuid, started_at from assignment where started_at is not null
      union all select gen_random_uuid(), id, 'done', ${accountId}::uuid, done_at from assignment where done_at is not null`.execute(
      tx,
    )
    await sql`insert into evidence (id, assignment_id, kind, url, title, added_by, added_at)
      select gen_random_uuid(), id, 'link', 'https://example.vn/', 'Bài', ${accountId}::uuid, done_at
      from assignment where done_at is not null and ascii(id::text) % 2 = 0`.execute(tx)
    await sql`update assignment set evidence_count = 1 where id in (select assignment_id from evidence)`.execute(
      tx,
    )
  })
  return planId
}

/** What pages show of the plan on a day: figures of tasks, units and reports, and the units by name. */
async function figuresOn(on: CivilDate | undefined) {
  const acting = actOn(test.database, { accountId: officer.actor.accountId, today: day, on })
  const { reader } = acting
  const today = on ?? day
  try {
    const units = await listUnits(reader, officer.scope, plan, {
      today,
      standing: null,
      groupId: null,
      search: '',
      offset: 0,
      limit: 5_000,
    })
    return {
      tasks: (await listTasks(reader, officer.scope, plan, today)).map(
        ({ text, total, done, doneOnTime, late, doneWithEvidence }) => ({
          text,
          total,
          done,
          doneOnTime,
          late,
          doneWithEvidence,
        }),
      ),
      units: await countUnits(reader, officer.scope, plan, today),
      duties: await countDuties(reader, officer.scope, plan.id, today),
      names: units.rows.map(({ name, tasks, done }) => `${name} ${done}/${tasks}`).sort(),
    }
  } finally {
    await acting.end()
  }
}

const count = async (query: ReturnType<typeof sql<{ count: number }>>): Promise<number> =>
  (await query.execute(test.database.reader)).rows[0]?.count ?? -1
const openWork = () => count(sql`select count(*)::int as count from assignment where state <> 'done'`)

describe('the reform of 2025, 700 communes into 100', () => {
  it('is read from a sheet, judged, and takes effect in one transaction, with nothing lost', async () => {
    const before = await figuresOn(eve)
    const nowBefore = await figuresOn(undefined)
    // On the day itself nothing has happened yet: as of the day before is as now, but for what fell due.
    expect(before.names).toEqual(nowBefore.names)
    const open = await openWork()
    const members = await count(sql`select count(*)::int as count from membership where to_on is null`)

    const old = bodies.filter(({ kind }) => kind === 'commune-committee')
    const rows = [
      ...old.map(({ name }, at) => ({
        work: 'Sáp nhập',
        body: name,
        result: `Đảng ủy xã Mới ${(at % merged) + 1}`,
        newParent: 'Tỉnh ủy Thử',
      })),
      ...bodies
        .filter(({ kind }) => kind === 'district-committee')
        .map(({ name }) => ({ work: 'Giải thể', body: name })),
    ].map((cells, at) => ({ row: at + 2, cells }))
    const made = await draftReorganisation(admin, {
      commandId: newId(),
      officeId: office.idOf('Tỉnh ủy Thử'),
      title: 'Sắp xếp đơn vị hành chính',
      decision: '202/2025/QH15',
      reason: '',
      onDay: day,
    })
    if (!made.ok) throw new Error(made.reason)
    const { steps, wrong } = await judgeStepRows(admin.reader, rows, office.idOf('Tỉnh ủy Thử'))
    expect([wrong, steps.length]).toEqual([[], merged * 2 + districts])
    expect(await addSteps(admin, { commandId: newId(), id: made.id, steps })).toMatchObject({ ok: true })
    const startedAt = performance.now()
    expect(await scheduleReorganisation(admin, { commandId: newId(), id: made.id })).toEqual({
      ok: true,
      id: made.id,
    })
    expect(performance.now() - startedAt).toBeLessThan(60_000)

    // Before: the figures and the names of units are those saved before it happened.
    expect(await figuresOn(eve)).toEqual(before)
    // After: all that was open is open, under new owners that say where it came from; nothing is orphaned.
    expect(await openWork()).toBe(open)
    expect(
      await count(sql`select count(*)::int as count from assignment join organisation body on body.id = organisation_id
        where state <> 'done' and body.ended_on is not null`),
    ).toBe(0)
    expect(await count(sql`select count(*)::int as count from membership where to_on is null`)).toBe(members)
    expect(
      await count(sql`select count(*)::int as count from organisation child join organisation parent
        on parent.id = child.parent_id where child.ended_on is null and parent.ended_on is not null`),
    ).toBe(0)
    expect(
      await count(sql`select count(*)::int as count from organisation
        where kind = 'commune-committee' and ended_on is null and parent_id = ${office.idOf('Tỉnh ủy Thử')}`),
    ).toBe(merged)
    expect(await brokenInvariants(test.database.reader)).toEqual([])
    const now = await figuresOn(undefined)
    expect(now.tasks.map(({ total, done }) => [total, done])).toEqual(
      nowBefore.tasks.map(({ total, done }) => [total, done]),
    )
    expect(now.units.members).toBe(nowBefore.units.members)
    expect([now.duties.total, now.duties.submitted]).toEqual([
      nowBefore.duties.total,
      nowBefore.duties.submitted,
    ])
  }, 180_000)
})
