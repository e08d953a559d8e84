import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs, visitor } from '../helpers/session.ts'
import { administrators } from './door.ts'
import { type Attacker, attackers, type Door, doors, readers } from './door-table.ts'
import { findDoors } from './find-doors.ts'
import { wordsOfTheAdministration } from './planted-administration.ts'
import { type PlantedRows, plantRows, wordsOfTheOffice, wordsOfTheWork } from './planted-rows.ts'

let product: Product
let database: Database
/** Sees passwords and sessions too. */
let owner: Database
let rows: PlantedRows
let owners: Record<'canbo' | 'bithu' | 'quantri', Session>
const sessions = new Map<Attacker, Session>()

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 50 } })
  database = connectToProduct(product.dataDir)
  owner = connectToProduct(product.dataDir, 'owner')
  rows = await plantRows(database, product.dataDir)
  owners = {
    canbo: await signInAs(product.url, 'canbo'),
    bithu: await signInAs(product.url, 'bithu'),
    quantri: await signInAs(product.url, 'quantri'),
  }
  for (const [attacker, username] of Object.entries(attackers) as [Attacker, string | undefined][])
    sessions.set(attacker, username ? await signInAs(product.url, username) : visitor(product.url))
})
afterAll(async () => {
  await database?.close()
  await owner?.close()
  await product?.stop()
})

const sessionOf = (attacker: Attacker): Session => sessions.get(attacker) ?? visitor(product.url)
const attackerNames = Object.keys(attackers) as Attacker[]

/** That it is not theirs to do may be said to who may read it; to all others it is not there. */
const refusalsOf = (attacker: Attacker): number[] =>
  readers.includes(attacker) || administrators.includes(attacker) ? [403, 404] : [404]

/** The planted words in an answer that this person has no right to. */
function leakedTo(attacker: Attacker, body: string): string[] {
  const forbidden = [
    ...wordsOfTheOffice,
    ...(readers.includes(attacker) ? [] : wordsOfTheWork),
    ...(administrators.includes(attacker) ? [] : wordsOfTheAdministration),
  ]
  // The product folds and splits nothing on its way to the page; JSON may escape letters.
  const plain = body.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return forbidden.filter((words) => plain.includes(words) || plain.includes(encodeURIComponent(words)))
}

/** Every row of every table but those of sessions: what an attack must leave as it was. */
async function stateOfAllRows(): Promise<Record<string, string>> {
  await untilJobsAreDone()
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all(array['session', 'verification', 'rate_limit', 'record_seal', 'record_unsealed'])
  `.execute(owner.reader)
  const states: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows: found } = await sql<{ state: string | null }>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(held::text), '' order by md5(held::text))), '') as state
      from ${sql.table(name)} held`.execute(owner.reader)
    states[name] = found[0]?.state ?? ''
  }
  // A session in use is renewed, but it is there.
  const { rows: standing } = await sql<{ ids: string }>`
    select string_agg(id::text, ' ' order by id) as ids from session`.execute(owner.reader)
  states['session'] = standing[0]?.ids ?? ''
  return states
}

async function untilJobsAreDone(): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { rows: waiting } = await sql`
      select from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now() limit 1
    `.execute(database.reader)
    if (waiting.length === 0) return
    await sleep(50)
  }
  throw new Error('the jobs were not done')
}

const doorsOf = <Kind extends Door>(is: (door: Door) => door is Kind): [string, Kind][] =>
  Object.entries(doors).flatMap(([name, door]) => (is(door) ? [[name, door] as [string, Kind]] : []))
const readingDoors = doorsOf((door) => 'opens' in door)
const doingDoors = doorsOf((door) => 'answers' in door)

test('every door of the product is in the table of doors', () => {
  expect(Object.keys(doors).sort()).toEqual(findDoors())
})

describe.each(readingDoors)('%s', (_, door) => {
  if (door.owner)
    test('shows its owner the planted words', async () => {
      const answer = await owners[door.owner ?? 'canbo'].get(door.path(rows))
      expect(answer.status).toBe(200)
      const body = await answer.text()
      const planted = [...wordsOfTheOffice, ...wordsOfTheWork, ...wordsOfTheAdministration]
      expect(planted.some((words) => body.includes(words))).toBe(true)
    })

  test.each(attackerNames)('tells %s nothing that is not theirs', async (attacker) => {
    const path = door.path(rows)
    const answer = await sessionOf(attacker).get(path)
    const body = await answer.text()
    expect(leakedTo(attacker, body)).toEqual([])
    if (attacker === 'nobody') {
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe(
        path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`,
      )
    } else {
      const isOpen = door.opens === 'all' || door.opens.includes(attacker)
      expect(isOpen ? [200] : refusalsOf(attacker)).toContain(answer.status)
    }
    // The same page as data, as the browser asks for it.
    const [place, query = ''] = path.split('?')
    const data = await (await sessionOf(attacker).get(`${place}/__data.json?${query}`)).text()
    expect(leakedTo(attacker, data)).toEqual([])
  })
})

test('no door shows how people belong, or their details, without putting the look on record', async () => {
  const countLooks = async (): Promise<number> => {
    const { rows: counted } = await sql<{ count: number }>`
      select count(*)::int as count from record_entry where operation like '%.look'`.execute(database.reader)
    return counted[0]?.count ?? 0
  }
  const unseen: string[] = []
  let shown = 0
  // A list that somebody sent themselves tells them nothing; of an audience these are words to choose by.
  const plain = ['GET /imports/[id]', 'GET /audiences']
  for (const [name, door] of readingDoors.filter(([path]) => !plain.includes(path))) {
    const before = await countLooks()
    const body = await (await owners.canbo.get(door.path(rows))).text()
    // What a filter offers to choose is nobody's.
    const said = body.replace(/<(select|script|nav)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')
    if (!/đảng viên (chính thức|dự bị)|0987135246/.test(said)) continue
    shown += 1
    if ((await countLooks()) === before) unseen.push(name)
  }
  expect(unseen.join()).toBe('')
  expect(shown).toBeGreaterThan(3)
})

describe.each(doingDoors)('%s', (_, door) => {
  test('leaves the rows of others as they are', async () => {
    const before = await stateOfAllRows()
    for (const attacker of attackerNames) {
      if (door.answers === 'own' && attacker !== 'nobody') continue
      if (door.mayPass?.includes(attacker)) continue
      const answer = await sessionOf(attacker).post(door.path(rows), door.fields(rows))
      expect([attacker, leakedTo(attacker, await answer.text())]).toEqual([attacker, []])
      if (attacker === 'nobody') expect(answer.headers.get('location')).toBe('/sign-in')
      const passes = attacker === 'nobody' || door.answers === 'quiet'
      expect(passes ? [200, 303] : refusalsOf(attacker), attacker).toContain(answer.status)
    }
    expect(await stateOfAllRows()).toEqual(before)
  })
})
