import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchPlan } from '#features/plans/server/launch.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import type { Step } from '../schema.ts'
import { brokenInvariants } from './invariants.test-data.ts'
import { changeNow } from './operations.ts'

let test: TestDatabase
let office: SampleOffice
let admin: Context
const top = 'Tỉnh ủy'

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [top, 'province-committee', null],
    ...[1, 2, 3].map((at): [string, 'commune-committee', string] => [
      `Đảng ủy xã ${at}`,
      'commune-committee',
      top,
    ]),
    ...Array.from({ length: 9 }, (_, at): [string, 'cell', string] => [
      `Chi bộ ${at}`,
      'cell',
      `Đảng ủy xã ${(at % 3) + 1}`,
    ]),
  )
  admin = await office.actAs([['administrator', top]])
  const officer = await office.actAs([['officer', top]])
  for (let at = 0; at < 9; at++) await office.actAs([['secretary', `Chi bộ ${at}`]])
  await test.database.reader.selectFrom('plan').select('id').execute()
  for (const number of [1, 2]) {
    const planId = await office.plantPlan(top, {
      number: `${number}-KH/TU`,
      tasks: [{ text: `Việc ${number}`, lead: ['các chi bộ'], ...dueOn('2026-12-20') }],
      reports: [{ text: 'Báo cáo', from: ['các chi bộ'], ...dueOn('2026-12-25') }],
      audiences: { 'cac chi bo': { type: 'every', kinds: ['cell'], reach: 'all' } } as never,
    })
    await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  }
})
afterAll(() => test.drop())

/** A wish for a change, its bodies chosen by number among those that live. */
const wish = fc.record({
  kind: fc.constantFrom('rename', 'move', 'merge', 'absorb', 'split', 'dissolve', 'create'),
  a: fc.nat(40),
  b: fc.nat(40),
  c: fc.nat(40),
  goesOn: fc.boolean(),
})
type Wish = typeof wish extends fc.Arbitrary<infer Value> ? Value : never

async function stepsOf({ kind, a, b, c, goesOn }: Wish, at: number): Promise<Step[]> {
  const { rows } = await sql<{ id: string; parentId: string | null; kind: string }>`
    select id, parent_id as "parentId", kind from organisation where ended_on is null order by id
  `.execute(test.database.reader)
  const pick = (number: number) => rows[number % rows.length] ?? { id: '', parentId: null, kind: 'cell' }
  const [one, two, three] = [pick(a), pick(b), pick(c)]
  const created = (name: string): Step & { kind: 'create' } => ({
    kind: 'create',
    bodyId: newId(),
    name: `${name} ${at}`,
    abbreviation: null,
    bodyKind: one.kind === 'cell' ? 'cell' : 'commune-committee',
    hierarchy: 'party',
    unitCode: null,
    parentId: one.parentId ?? one.id,
  })
  const fresh = created('Mới')
  switch (kind) {
    case 'rename':
      return [{ kind: 'change', bodyId: one.id, name: `Đổi tên ${at}` }]
    case 'move':
      return [{ kind: 'move', bodyId: one.id, parentId: two.id }]
    case 'merge':
      return [fresh, { kind: 'merge', from: [one.id, two.id], into: fresh.bodyId, posts: 'pass' }]
    case 'absorb':
      return [{ kind: 'merge', from: [one.id, two.id], into: three.id, posts: 'end' }]
    case 'split': {
      const other = created('Phần')
      const parts = [
        ...(goesOn ? [{ bodyId: one.id, takes: [] }] : []),
        { bodyId: fresh.bodyId, takes: ['bodies' as const, 'rights' as const] },
        { bodyId: other.bodyId, takes: ['work' as const, 'members' as const] },
      ]
      return [fresh, other, { kind: 'split', from: one.id, parts, people: {}, posts: 'pass' }]
    }
    case 'dissolve':
      return [{ kind: 'dissolve', bodyId: one.id, heirId: goesOn ? null : two.id }]
    case 'create':
      return [fresh]
  }
}

it('keeps every invariant through any sequence of renames, moves, mergers, splits and ends', async () => {
  const open = async () =>
    (
      await sql<{ open: number }>`select count(*)::int as open from assignment where state <> 'done'`.execute(
        test.database.reader,
      )
    ).rows[0]?.open
  const opened = await open()
  expect(opened).toBeGreaterThan(10)
  let day = '2026-01-01' as CivilDate
  let done = 0
  let at = 0
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 3, maxLength: 8 }), async (wishes) => {
      for (const one of wishes) {
        at += 1
        day = addDays(day, 1)
        const outcome = await changeNow(admin, {
          commandId: newId(),
          officeId: office.idOf(top),
          steps: await stepsOf(one, at),
          title: `Lần ${at}`,
          decision: '',
          reason: 'Thử',
          onDay: day,
        })
        if (outcome.ok) done += 1
      }
      expect(await brokenInvariants(test.database.reader)).toEqual([])
      expect(await open()).toBe(opened)
    }),
    { numRuns: 15, endOnFailure: true },
  )
  expect(done).toBeGreaterThan(25)
}, 120_000)
