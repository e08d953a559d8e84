import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Step } from '#features/reorganisations/schema.ts'
import {
  addSteps,
  draftReorganisation,
  scheduleReorganisation,
} from '#features/reorganisations/server/operations.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { getHistory, getOrganisation, listTree } from './organisation-reads.ts'
import { listBelow, listBranches, listChildren, searchOrganisations } from './reads.ts'

let test: TestDatabase
let office: SampleOffice
let admin: Context
const [province, one, two] = ['Tỉnh ủy Phú Thọ', 'Đảng ủy xã Một', 'Đảng ủy xã Hai']
const merged = newId()
const before = '2025-06-30' as CivilDate

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [province, 'province-committee', null],
    [one, 'commune-committee', province],
    [two, 'commune-committee', province],
    ['Chi bộ Khu 1', 'cell', one],
    ['Chi bộ Khu 2', 'cell', two],
  )
  admin = await office.actAs([['administrator', province]])
  const steps: Step[] = [
    {
      kind: 'create',
      bodyId: merged,
      name: 'Đảng uỷ xã Kỹ Sơn',
      abbreviation: 'ĐU',
      bodyKind: 'commune-committee',
      hierarchy: 'party',
      unitCode: null,
      parentId: office.idOf(province),
    },
    { kind: 'merge', from: [office.idOf(one), office.idOf(two)], into: merged, posts: 'pass' },
  ]
  const made = await draftReorganisation(admin, {
    commandId: newId(),
    officeId: office.idOf(province),
    title: 'Sắp xếp năm 2025',
    decision: '60-NQ/TW',
    reason: '',
    onDay: '2025-07-01',
  })
  if (!made.ok) throw new Error(made.reason)
  await addSteps(admin, { commandId: newId(), id: made.id, steps: steps.map((step) => ({ step })) })
  expect(await scheduleReorganisation(admin, { commandId: newId(), id: made.id })).toMatchObject({ ok: true })
})
afterAll(() => test.drop())

const page = { page: 1, pageSize: 50 }
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

it('lists the children of a body as they were on a day, with theirs', async () => {
  const { reader, scope } = admin
  const top = office.idOf(province)
  const on = (day: CivilDate | null) => listChildren(reader, scope, top, { ...page, on: day })
  expect(names((await on(null)).rows)).toEqual(['Đảng uỷ xã Kỹ Sơn'])
  expect((await on(before)).rows.map(({ name, children }) => [name, children])).toEqual([
    [two, 1],
    [one, 1],
  ])
  expect(names(await listBranches(reader, scope, [office.idOf(one)], 10, { on: before }))).toEqual([
    'Chi bộ Khu 1',
  ])
  expect(names(await listBranches(reader, scope, [office.idOf(one)], 10))).toEqual([])
})

it('has a page for a body that has ended, under the name and line of the day', async () => {
  const { reader, scope, today } = admin
  expect(
    await getOrganisation(reader, scope, office.idOf('Chi bộ Khu 1'), { today, on: before }),
  ).toMatchObject({
    line: [{ name: province }, { name: one }],
    isThere: true,
  })
  expect(await getOrganisation(reader, scope, office.idOf('Chi bộ Khu 1'), { today })).toMatchObject({
    line: [{ name: province }, { name: 'Đảng uỷ xã Kỹ Sơn' }],
  })
  expect(await getOrganisation(reader, scope, office.idOf(one), { today })).toMatchObject({
    name: one,
    isThere: false,
    endedOn: '2025-07-01',
  })
  expect(await getOrganisation(reader, scope, merged, { today, on: before })).toMatchObject({
    isThere: false,
    below: 0,
  })
  expect(await getOrganisation(reader, scope, office.idOf(province), { today, on: before })).toMatchObject({
    below: 4,
    cellsBelow: 2,
  })
  expect(await getOrganisation(reader, scope, office.idOf(province), { today })).toMatchObject({ below: 3 })
})

it('tells who came before and after', async () => {
  const { reader } = admin
  expect(
    (await getHistory(reader, merged)).predecessors.map(({ name, onDay }) => [name, onDay]).sort(),
  ).toEqual([
    [two, '2025-07-01'],
    [one, '2025-07-01'],
  ])
  expect(await getHistory(reader, office.idOf(one))).toMatchObject({
    names: [{ name: one, fromOn: null, toOn: '2025-06-30' }],
    successors: [{ id: merged, name: 'Đảng uỷ xã Kỹ Sơn' }],
  })
})

it('finds a body by any name it ever had, with or without marks, ủy as uỷ, kỹ as kĩ, by abbreviation', async () => {
  const { reader, scope } = admin
  const find = async (words: string, on: CivilDate | null = null) =>
    (await searchOrganisations(reader, scope, words, { ...page, on })).rows.map(({ name, isThere }) => [
      name,
      isThere,
    ])
  expect(await find('dang uy xa mot')).toEqual([[one, false]])
  expect(await find('Đảng ủy xã Kĩ Sơn')).toEqual([['Đảng uỷ xã Kỹ Sơn', true]])
  expect(await find('ky son', before)).toEqual([['Đảng uỷ xã Kỹ Sơn', false]])
  expect((await find('đu'))[0]).toEqual(['Đảng uỷ xã Kỹ Sơn', true])
  expect(await find('xa mot', before)).toEqual([[one, true]])
})

it('lists and prints everything below a body as it was', async () => {
  const { reader, scope, today } = admin
  const below = { organisationId: office.idOf(province), kind: null, today, ...page }
  expect(names((await listBelow(reader, scope, { ...below, on: before })).rows)).toEqual([
    'Chi bộ Khu 1',
    'Chi bộ Khu 2',
    two,
    one,
  ])
  const tree = await listTree(reader, scope, office.idOf(province), {
    today,
    on: before,
    deepest: 3,
    limit: 10,
  })
  expect(tree.map(({ name, distance }) => [name, distance])).toEqual([
    [province, 0],
    [two, 1],
    [one, 1],
    ['Chi bộ Khu 1', 2],
    ['Chi bộ Khu 2', 2],
  ])
})
