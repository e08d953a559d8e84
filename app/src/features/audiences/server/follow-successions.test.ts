import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getReview, listPhraseMeanings } from '#features/plans/server/review-reads.ts'
import type { Step } from '#features/reorganisations/schema.ts'
import { takeDueEffects } from '#features/reorganisations/server/jobs.ts'
import {
  addSteps,
  draftReorganisation,
  scheduleReorganisation,
} from '#features/reorganisations/server/operations.ts'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { setClock } from '#server/platform/clock.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import type { Audience } from '../schema.ts'
import { describeEnded } from '../words.ts'
import { rememberPhrase, saveAudience } from './operations.ts'
import { listSavedAudiences, matchPhrases } from './reads.ts'
import { resolveAudience } from './resolve-audience.ts'

let test: TestDatabase
let office: SampleOffice
let admin: Context
let officer: Context
let neighbour: Context
const commune = 'Đảng ủy xã Suối Bạc'
const there = 'Đảng ủy xã Bên Kia'
const [upper, lower, alone, lasting] = [
  'Chi bộ Khe Trên',
  'Chi bộ Khe Dưới',
  'Chi bộ Đồi Lẻ',
  'Chi bộ Bãi Cát',
]
const on = '2026-12-01' as CivilDate
const cells = (...names: string[]): Audience => ({ type: 'organisations', ids: names.map(office.idOf) })
let planId: string

async function reorganise(...steps: Step[]): Promise<void> {
  const made = await draftReorganisation(admin, {
    commandId: newId(),
    officeId: office.idOf('Tỉnh ủy Mẫu'),
    title: 'Sắp xếp chi bộ',
    decision: '7-QĐ/ĐU',
    reason: '',
    onDay: on,
  })
  if (!made.ok) throw new Error(made.reason)
  const { id } = made
  expect(
    await addSteps(admin, { commandId: newId(), id, steps: steps.map((step) => ({ step })) }),
  ).toMatchObject({ ok: true })
  expect(await scheduleReorganisation(admin, { commandId: newId(), id })).toMatchObject({ ok: true })
  const log = { info: () => {} } as unknown as Parameters<typeof takeDueEffects>[0]['log']
  setClock(new Date(`${on}T00:00:00+07:00`))
  await takeDueEffects({ database: test.database, log })
  setClock(undefined)
}

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Mẫu', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Mẫu'],
    [there, 'commune-committee', 'Tỉnh ủy Mẫu'],
    [upper, 'cell', commune],
    [lower, 'cell', commune],
    [alone, 'cell', commune],
    [lasting, 'cell', commune],
  )
  admin = await office.actAs([['administrator', 'Tỉnh ủy Mẫu']])
  officer = await office.actAs([['officer', commune]])
  neighbour = await office.actAs([['officer', there]])
  const officeId = office.idOf(commune)
  await inTransaction(test.database, async (tx) => {
    await rememberPhrase(tx, officer.scope, {
      officeId,
      phrase: 'Các chi bộ vùng khe',
      audience: cells(upper, lower),
    })
    await rememberPhrase(tx, officer.scope, { officeId, phrase: 'chi bộ lẻ', audience: cells(alone) })
    await rememberPhrase(tx, officer.scope, { officeId, phrase: 'chi bộ bãi', audience: cells(lasting) })
  })
  await saveAudience(officer, {
    commandId: newId(),
    officeId,
    name: 'Bí thư vùng khe',
    audience: {
      type: 'difference',
      from: { type: 'holders', post: 'secretary', of: cells(upper, lasting) },
      without: cells(alone),
    },
  })
  planId = await office.plantPlan(commune, {
    tasks: [{ text: 'Tổ chức học tập', lead: ['chi bộ vùng trên'] }],
    audiences: { [spellingKey('chi bộ vùng trên')]: cells(upper) },
  })
  await reorganise(
    { kind: 'merge', from: [office.idOf(upper)], into: office.idOf(lower), posts: 'end' },
    { kind: 'dissolve', bodyId: office.idOf(alone), heirId: null },
  )
})
afterAll(() => test.drop())

const upperNow = () => ({
  id: office.idOf(upper),
  name: upper,
  on: '2026-11-30',
  heirs: [{ id: office.idOf(lower), name: lower }],
})
const aloneNow = () => ({ id: office.idOf(alone), name: alone, on: '2026-11-30', heirs: [] })

describe('after a reorganisation', () => {
  it('what was remembered of phrases leads to who took over, and says of the rest that it has ended', async () => {
    const matches = await matchPhrases(officer.reader, officer.scope, office.idOf(commune), [
      'Các chi bộ vùng khe',
      'chi bộ lẻ',
      'chi bộ bãi',
    ])
    expect([...matches.values()]).toEqual([
      { audience: cells(lower), sure: 0.8, why: 'remembered', unmatched: [], ended: [upperNow()] },
      { audience: cells(alone), sure: 0.5, why: 'remembered', unmatched: [alone], ended: [aloneNow()] },
      { audience: cells(lasting), sure: 1, why: 'remembered', unmatched: [] },
    ])
    expect(describeEnded([upperNow() as never, aloneNow() as never], 'vi')).toEqual([
      'Chi bộ Khe Trên hoạt động đến hết ngày 30/11/2026; nay tính tổ chức kế thừa: Chi bộ Khe Dưới.',
      'Chi bộ Đồi Lẻ hoạt động đến hết ngày 30/11/2026 và không có tổ chức kế thừa trong cơ quan; cần chọn tổ chức khác.',
    ])
  })

  it('what was decided in a plan under review leads to who took over, too', async () => {
    const { review } = await getReview(officer, planId)
    const meanings = await listPhraseMeanings(officer, office.idOf(commune), review)
    expect(meanings['chi bộ vùng trên']).toMatchObject({
      why: 'decided',
      audience: cells(lower),
      organisations: 1,
      ended: [upperNow()],
    })
  })

  it('a saved audience does so at any depth, keeps what was written, and on a day before stands as it was', async () => {
    const officeId = office.idOf(commune)
    const [saved] = await listSavedAudiences(officer.reader, officer.scope, officeId)
    expect(saved?.current).toEqual({
      type: 'difference',
      from: { type: 'holders', post: 'secretary', of: cells(lower, lasting) },
      without: cells(alone),
    })
    expect(saved?.ended).toEqual([upperNow(), aloneNow()].sort((a, b) => a.name.localeCompare(b.name, 'vi')))
    const audience = cells(upper)
    const before = await resolveAudience(officer.reader, officer.scope, {
      officeId,
      audience,
      today: '2026-11-30' as CivilDate,
      past: true,
    })
    expect(before.organisations.map(({ name }) => name)).toEqual([upper])
  })
})

it('an office that is merged leaves its saved audiences to its successor, which keeps its own of the same name', async () => {
  const save = (context: Context, officeName: string, name: string, audience: Audience) =>
    saveAudience(context, { commandId: newId(), officeId: office.idOf(officeName), name, audience })
  await save(officer, commune, 'Riêng', cells(lasting))
  await save(officer, commune, 'Chung', cells(lasting))
  await save(neighbour, there, 'Chung', { type: 'self' })
  await reorganise({ kind: 'merge', from: [office.idOf(commune)], into: office.idOf(there), posts: 'end' })
  const saved = await listSavedAudiences(test.database.reader, neighbour.scope, office.idOf(there))
  expect(saved.map(({ name, audience }) => [name, audience.type])).toEqual([
    ['Bí thư vùng khe', 'difference'],
    ['Chung', 'self'],
    ['Riêng', 'organisations'],
  ])
})
