import { setTimeout as sleep } from 'node:timers/promises'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import { sql } from 'kysely'
import type { Database } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import type { Session } from '../helpers/session.ts'

// A list of people on its way in, out and back in again: each step is sent under a command of its own, so that it can
// be sent once more after the program was killed in the middle of it.

/** A list of one round: nobody in it is known before, and all its party cards begin alike. */
export interface PeopleList {
  cardsBegin: string
  rows: number
  file: File
}

const firsts = 'Vừ Giàng Thào Sùng Mùa Lầu Hờ Chớ Ly Cứ Tráng Hạng Vàng Sình Cháng Ma Xín Thò Dí Lù'.split(
  ' ',
)
const lasts = 'Mí Chứ Dủ Páo Sài Nủ Dế Sính Pó Vả Chơ Tủa Dơ Nếnh Súa Phứ Lử Sáu Hồ Giống'.split(' ')

/** A list of as many people as there are names, 400, in one body. */
export async function makePeopleList(cardsBegin: string, body: string): Promise<PeopleList> {
  const people = firsts.flatMap((first, at) =>
    lasts.map((last, nth) => [
      `${first} A ${last}`,
      `${String(1 + (nth % 28)).padStart(2, '0')}/${String(1 + (at % 12)).padStart(2, '0')}/${1960 + at}`,
      `${cardsBegin}${String(at * lasts.length + nth).padStart(4, '0')}`,
      body,
      'chính thức',
      '03/02/2015',
    ]),
  )
  const titles = ['Họ và tên', 'Ngày sinh', 'Số thẻ đảng', 'Chi bộ', 'Tư cách', 'Sinh hoạt từ ngày']
  const parts: Uint8Array[] = []
  const written = writeXlsx([
    {
      name: 'Con người',
      columns: titles.map((title) => ({ title, width: 16 })),
      rows: [people.map((row) => row.map((text) => ({ text })))],
    },
  ])
  for await (const part of written) parts.push(part)
  return {
    cardsBegin,
    rows: people.length,
    file: new File([Uint8Array.from(Buffer.concat(parts))], `${cardsBegin}.xlsx`),
  }
}

/** How far a list came, as far as anybody was told. */
export interface Journey {
  readonly acknowledged: string[]
  readonly commands: Readonly<Record<'send' | 'apply' | 'undo', string>>
  /** Of the preview that was brought in: a command that is sent again says the same. */
  version?: string
}

export const newJourney = (): Journey => ({
  acknowledged: [],
  commands: { send: newId(), apply: newId(), undo: newId() },
})

/**
 * Sends the list, waits for its preview, brings it in, waits, takes it back, waits. Done again for a journey that was
 * broken off, it sends every step again under its command. Throws where a step is not taken.
 */
export async function travel(
  session: Session,
  database: Database,
  list: PeopleList,
  journey: Journey,
): Promise<void> {
  const send = async (
    step: 'send' | 'apply' | 'undo',
    path: string,
    fields: Record<string, string | File>,
  ) => {
    const answer = await session.post(path, { command: journey.commands[step], ...fields })
    if (answer.status !== 303) throw new Error(`${step} was answered with ${answer.status}`)
    journey.acknowledged.push(step)
    return answer.headers.get('location') ?? ''
  }
  const path = await send('send', '/imports', { office: '', kind: 'people', file: list.file })
  const importId = path.split('/').at(-1) ?? ''
  await untilIn(database, importId, ['preview', 'applying', 'done', 'undoing', 'undone'])
  journey.version ??= await versionOf(database, importId)
  await send('apply', `${path}?/apply`, { version: journey.version })
  await untilIn(database, importId, ['done', 'undoing', 'undone'])
  if (!journey.acknowledged.includes('undo')) {
    const counted = await countPeople(database, list)
    if (counted !== list.rows && (await stateOf(database, importId)) === 'done')
      throw new Error(`${counted} of ${list.rows} people are there`)
  }
  await send('undo', `${path}?/undo`, {})
  await untilIn(database, importId, ['undone'])
}

/** People of the list who are there with all that the list says of them. */
export async function countPeople(database: Database, list: PeopleList): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from person join person_detail detail on detail.person_id = person.id
    join membership on membership.person_id = person.id and status = 'official' and from_on = '2015-02-03'
    where party_card like ${`${list.cardsBegin}%`}`.execute(database.reader)
  return rows[0]?.count ?? 0
}

/** The imports of a list, by its file's name: their states. */
export async function listImportsOf(database: Database, list: PeopleList): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    select state from data_import where file_name = ${list.file.name}`.execute(database.reader)
  return rows.map(({ state }) => state)
}

async function standOf(database: Database, importId: string) {
  const { rows } = await sql<{ state: string; version: number; refusal: unknown }>`
    select state, version, refusal from data_import where id = ${importId}`.execute(database.reader)
  const [found] = rows
  if (!found) throw new Error('there is no such import')
  if (found.refusal) throw new Error(`the list was refused: ${JSON.stringify(found.refusal)}`)
  return found
}
const stateOf = async (database: Database, importId: string) => (await standOf(database, importId)).state
const versionOf = async (database: Database, importId: string) =>
  String((await standOf(database, importId)).version)

async function untilIn(database: Database, importId: string, wanted: readonly string[]): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const state = await stateOf(database, importId)
    if (wanted.includes(state)) return
    if (Date.now() > deadline) throw new Error(`the import stays ${state}`)
    await sleep(20)
  }
}
