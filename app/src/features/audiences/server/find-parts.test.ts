import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPerson } from '#features/people/server/operations/create-person.ts'
import { newId } from '#server/platform/ids.ts'
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
  expect((await findParts(reader, scope, line, { officeId: office.idOf(commune), on })).parts).toEqual([
    {
      id: office.idOf('Chi bộ Khe Cũ'),
      name: 'Chi bộ Khe Cũ',
      of: commune,
      bornYear: null,
      isChosen: true,
      ended: { on: '2025-06-30', heirs: [{ id: office.idOf('Chi bộ Khe Trên'), name: 'Chi bộ Khe Trên' }] },
    },
    {
      id: office.idOf('Chi bộ Khe Dưới'),
      name: 'Chi bộ Khe Dưới',
      of: commune,
      bornYear: null,
      isChosen: false,
      ended: null,
    },
  ])
  const lost = { ...line, bodies: [], find: 'khe lạ' }
  expect(await findParts(reader, scope, lost, { officeId: office.idOf(commune), on })).toEqual({
    parts: [],
    look: [],
  })
})

it('tells persons of one name apart by post, body and the one above, and by birth only to who keeps their details', async () => {
  const keeper = await office.actAs([
    ['officer', commune],
    ['personnel', commune],
  ])
  const enter = async (fullName: string, cell: string, bornOn: string): Promise<string> => {
    const outcome = await createPerson(keeper, {
      commandId: newId(),
      fullName,
      organisationId: office.idOf(cell),
      status: 'official',
      titleId: null,
      fromOn: '2020-01-01' as CivilDate,
      details: { ...noDetails, bornOn: bornOn as CivilDate },
      apart: known,
    })
    if (!outcome.ok) throw new Error(outcome.reason)
    known.push(outcome.personId)
    return outcome.personId
  }
  const known: string[] = []
  const first = await enter('Lò Thị Ban', 'Chi bộ Khe Trên', '1980-02-03')
  await enter('Lò Thị Ban', 'Chi bộ Khe Trên', '1991-05-06')
  await enter('Lò Thị Bích', 'Chi bộ Khe Dưới', '1985-01-01')
  const line = { ...emptyLine, who: 'persons' as const, persons: [first], find: 'lo thi' }
  const ask = async (context: typeof keeper) => {
    const found = await findParts(context.reader, context.scope, line, { officeId: office.idOf(commune), on })
    return {
      told: found.parts.map(({ name, of, bornYear, isChosen }) => [name, of, bornYear, isChosen]),
      looks: found.look.length,
    }
  }
  expect(await ask(keeper)).toEqual({
    told: [
      ['Lò Thị Ban', `Chi bộ Khe Trên, ${commune}`, '1980', true],
      ['Lò Thị Ban', `Chi bộ Khe Trên, ${commune}`, '1991', false],
      ['Lò Thị Bích', 'Chi bộ Khe Dưới', null, false],
    ],
    looks: 2,
  })
  expect(await ask(await office.actAs([['officer', commune]]))).toEqual({
    told: [
      ['Lò Thị Ban', `Chi bộ Khe Trên, ${commune}`, null, true],
      ['Lò Thị Ban', `Chi bộ Khe Trên, ${commune}`, null, false],
      ['Lò Thị Bích', 'Chi bộ Khe Dưới', null, false],
    ],
    looks: 0,
  })
})

const noDetails = {
  bornOn: null,
  bornKnownTo: 'day' as const,
  sex: null,
  phone: null,
  email: null,
  partyCard: null,
  joinedOn: null,
  officialOn: null,
}
