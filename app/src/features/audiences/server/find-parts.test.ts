import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { emptyLine } from '../lines.ts'
import { findParts } from './find-parts.ts'

let test: TestDatabase
let office: SampleOffice
const commune = 'Đảng ủy xã Suối Bạc'
const on = '2026-11-24' as CivilDate

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [commune, 'commune-committee', null],
    ['Chi bộ Khe Trên', 'cell', commune],
    ['Chi bộ Khe Dưới', 'cell', commune],
    ['Chi bộ Khe Cũ', 'cell', commune],
    ['Đảng ủy xã Bên Kia', 'commune-committee', null],
    ['Chi bộ Khe Lạ', 'cell', 'Đảng ủy xã Bên Kia'],
  )
  await test.askAsOwner(
    `insert into succession (from_organisation_id, to_organisation_id, on_day, takes)
     values ($1, $2, '2025-07-01', '{documents,work}')`,
    [office.idOf('Chi bộ Khe Cũ'), office.idOf('Chi bộ Khe Trên')],
  )
  await test.askAsOwner(`update organisation set ended_on = '2025-07-01' where id = $1`, [
    office.idOf('Chi bộ Khe Cũ'),
  ])
})
afterAll(() => test.drop())

it('finds bodies of the office by their names, shows what is chosen, and who took over from what has ended', async () => {
  const { reader, scope } = await office.actAs([['officer', commune]])
  const chosen = [office.idOf('Chi bộ Khe Cũ'), office.idOf('Chi bộ Khe Lạ')]
  const line = { ...emptyLine, place: 'chosen' as const, bodies: chosen, find: 'khe dưới' }
  expect(await findParts(reader, scope, line, { officeId: office.idOf(commune), on })).toEqual([
    {
      id: office.idOf('Chi bộ Khe Cũ'),
      name: 'Chi bộ Khe Cũ',
      of: commune,
      isChosen: true,
      ended: { on: '2025-06-30', heirs: [{ id: office.idOf('Chi bộ Khe Trên'), name: 'Chi bộ Khe Trên' }] },
    },
    {
      id: office.idOf('Chi bộ Khe Dưới'),
      name: 'Chi bộ Khe Dưới',
      of: commune,
      isChosen: false,
      ended: null,
    },
  ])
  const lost = { ...line, bodies: [], find: 'khe lạ' }
  expect(await findParts(reader, scope, lost, { officeId: office.idOf(commune), on })).toEqual([])
})
