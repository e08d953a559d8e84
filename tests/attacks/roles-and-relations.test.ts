import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '../../app/src/server/access/actor.ts'
import type { Database } from '../../app/src/server/database/handles.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs, visitor } from '../helpers/session.ts'
import { type Door, doors } from './door-table.ts'
import { wordsOfTheAdministration, wordsOfTheDraft } from './planted-administration.ts'
import {
  type PlantedRows,
  plantRows,
  wordsOfTheEvent,
  wordsOfTheOffice,
  wordsOfTheWork,
} from './planted-rows.ts'
import {
  departures,
  plantDeparted,
  plantStandingActors,
  type Relation,
  relations,
  type StandingActor,
} from './standing-actors.ts'

// Every door × every role × where the body of the role stands to the office that is attacked. Each attacker asks by id,
// as a page and as its data, searches for the planted words, sorts, and sends every form with the planted ids.

let product: Product
let owner: Database
let rows: PlantedRows
let actors: StandingActor[]
const tried = { doors: 0, questions: 0, searches: 0, forms: 0, leaks: 0, changes: 0 }

beforeAll(async () => {
  // All attackers come from one network, and none may be turned away before its question is answered.
  const env = { LIMIT_SEARCHES: '0', LIMIT_EXPORTS: '0', LIMIT_UPLOADS: '0', LIMIT_FEEDS: '0' }
  product = await startProduct({ sample: { cells: 20 }, env })
  owner = connectToProduct(product.dataDir, 'owner')
  const database = connectToProduct(product.dataDir)
  rows = await plantRows(database, product.dataDir)
  await database.close()
  actors = await plantStandingActors(owner, product, rows)
})
afterAll(async () => {
  console.log(
    `attacks: ${Object.keys(doors).length} doors × ${roles.length} roles × ${relations.length} relations, ${departures.length} who have departed, and nobody: ` +
      `${tried.questions} questions by id, ${tried.searches} searches, ${tried.forms} forms; ` +
      `${tried.leaks} leaks, ${tried.changes} rows of others changed`,
  )
  await owner?.close()
  await product?.stop()
})

const personal = ['0987135246']

type Readable = 'nothing' | 'event' | 'work' | 'office' | 'personal' | 'administration'

/**
 * What somebody may read: the event alone, the work of the planted cell, all of the office, its people's details, what
 * its administrators keep.
 */
function mayRead(role: Role, relation: Relation): Readable {
  if (relation === 'own' && role === 'guest') return 'event'
  if (relation === 'own' && ['officer', 'approver', 'viewer'].includes(role)) return 'office'
  if (role === 'supervisor' && (relation === 'own' || relation === 'parent')) return 'work'
  if (role === 'personnel' && (relation === 'own' || relation === 'parent')) return 'personal'
  if (role === 'administrator' && (relation === 'own' || relation === 'parent')) return 'administration'
  return 'nothing'
}

function forbiddenTo(role: Role, relation: Relation): string[] {
  const others = wordsOfTheOffice.filter((words) => !personal.includes(words))
  const kept = wordsOfTheAdministration
  switch (mayRead(role, relation)) {
    case 'office':
      return [...personal, ...kept.filter((words) => words !== wordsOfTheDraft)]
    case 'event':
      return [...others, ...kept, ...wordsOfTheWork.filter((words) => words !== wordsOfTheEvent), ...personal]
    case 'work':
      return [...others, ...kept, ...personal]
    case 'personal':
      return [...others, ...kept, ...wordsOfTheWork]
    case 'administration':
      return [...others, ...wordsOfTheWork, ...personal]
    case 'nothing':
      return [...others, ...kept, ...wordsOfTheWork, ...personal]
  }
}

/** Whose forms may well change the planted rows: that is what their right is for. */
const mayChange = (role: Role, relation: Relation): boolean =>
  (relation === 'own' && (role === 'officer' || role === 'approver')) ||
  ((relation === 'own' || relation === 'parent') && (role === 'personnel' || role === 'administrator'))

function leaks(body: string, forbidden: readonly string[]): string[] {
  const plain = body.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return forbidden.filter((words) => plain.includes(words) || plain.includes(encodeURIComponent(words)))
}

const doorsOf = <Kind extends Door>(is: (door: Door) => door is Kind): [string, Kind][] =>
  Object.entries(doors).flatMap(([name, door]) => (is(door) ? [[name, door] as [string, Kind]] : []))
const readingDoors = doorsOf((door) => 'opens' in door)
const doingDoors = doorsOf((door) => 'answers' in door).filter(([, { answers }]) => answers === 'hidden')
const lists = ['/documents', '/plans', '/papers', '/work', '/work/reports', '/overdue', '/notices', '/people']

/** Work of others must not wait for each other, and the machine has two cores. */
async function eachAtOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const take = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 4 }, take))
}

async function stateOfAllRows(): Promise<Record<string, string>> {
  const passing = ['session', 'verification', 'rate_limit', 'sign_in_limit', 'record_seal', 'record_unsealed']
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all(${passing}::text[])
  `.execute(owner.reader)
  const states: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows: found } = await sql<{ state: string }>`
      select count(*) || ' ' || coalesce(sum(hashtextextended(held::text, 0)), 0) as state
      from ${sql.table(name)} held`.execute(owner.reader)
    states[name] = found[0]?.state ?? ''
  }
  const { rows: standing } = await sql<{ state: string }>`
    select count(*)::text as state from session where id = ${rows.kept.session}`.execute(owner.reader)
  states['session'] = standing[0]?.state ?? ''
  return states
}

async function tryToRead(session: Session, forbidden: readonly string[]): Promise<string[]> {
  const found: string[] = []
  await eachAtOnce(readingDoors, async ([name, door]) => {
    const path = door.path(rows)
    const [place, query = ''] = path.split('?')
    for (const asked of [path, `${place}/__data.json?${query}`]) {
      const answer = await session.get(asked)
      tried.questions += 1
      if (answer.status === 429) found.push(`${name}: turned away by a limit, so not tried`)
      if (answer.status >= 500) found.push(`${name}: ${answer.status}`)
      for (const words of leaks(await answer.text(), forbidden)) found.push(`${name}: ${words}`)
    }
  })
  return found
}

/** As data, without the random parts of a page: a count, an order or a text that differs would tell. */
async function answerTo(session: Session, path: string, words: string): Promise<string> {
  const query = new URLSearchParams({ q: words, sort: 'name' }).toString()
  const answer = await session.get(`${path}/__data.json?${query}`)
  tried.searches += 1
  const said = (await answer.text())
    .replaceAll(query, '…')
    .replaceAll(words, '…')
    .replaceAll(words.toLowerCase(), '…')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
  return `${answer.status} ${said}`
}

/** Sends every form, and answers what it told and which tables are not as they were. */
async function tryToChange(session: Session, forbidden: readonly string[]): Promise<string[]> {
  const before = await stateOfAllRows()
  const found: string[] = []
  await eachAtOnce(doingDoors, async ([name, door]) => {
    const answer = await session.post(door.path(rows), door.fields(rows))
    tried.forms += 1
    if (answer.status >= 500) found.push(`${name}: ${answer.status}`)
    for (const words of leaks(await answer.text(), forbidden)) found.push(`${name}: ${words}`)
  })
  const after = await stateOfAllRows()
  const changed = Object.keys(after).filter((table) => after[table] !== before[table])
  tried.changes += changed.length
  return [...found, ...changed.map((table) => `changed: ${table}`)]
}

describe.each(roles)('a %s', (role) => {
  test.each(relations)(
    'of a body that is %s to the office reads nothing that is not theirs',
    async (relation) => {
      const actor = actors.find((one) => one.role === role && one.relation === relation)
      if (!actor) throw new Error('nobody was planted')
      const forbidden = forbiddenTo(role, relation)
      const feed = await actor.readFeed()
      tried.questions += 1
      expect(feed.status).toBe(200)
      const unfolded = (await feed.text()).replace(/\r\n[ \t]/g, '')
      const found = [
        ...(await tryToRead(actor.session, forbidden)),
        ...leaks(unfolded, forbidden).map((words) => `feed: ${words}`),
      ]
      // The office finds it in its calendar: there is something that could leak.
      if (relation === 'own' && role === 'officer') expect(unfolded).toContain('Vàng Lim')
      tried.leaks += found.length
      expect(found).toEqual([])
      if (!['nothing', 'event'].includes(mayRead(role, relation))) return
      await eachAtOnce(lists, async (path) => {
        for (const words of ['Sao Khuê', '9173-KH']) {
          const [asked, nothing] = [
            await answerTo(actor.session, path, words),
            await answerTo(actor.session, path, 'Zzz Yyyy'),
          ]
          if (asked !== nothing) tried.leaks += 1
          expect(asked, path).toBe(nothing)
        }
      })
    },
  )

  test.each(relations)(
    'of a body that is %s to the office changes nothing that is not theirs',
    async (relation) => {
      const actor = actors.find((one) => one.role === role && one.relation === relation)
      if (!actor) throw new Error('nobody was planted')
      if (mayChange(role, relation)) return
      await sleep(0)
      const found = await tryToChange(actor.session, forbiddenTo(role, relation))
      tried.leaks += found.length
      expect(found).toEqual([])
    },
  )
})

test.each(departures)('a %s %s reads and changes nothing there any more', async (role, departure) => {
  const session = await plantDeparted(owner, product, rows, role, departure)
  // They are somebody, and find their own pages.
  expect((await session.get('/notices')).status).toBe(200)
  const forbidden = [...wordsOfTheOffice, ...wordsOfTheWork, ...wordsOfTheAdministration]
  const found = [...(await tryToRead(session, forbidden)), ...(await tryToChange(session, forbidden))]
  tried.leaks += found.length
  expect(found).toEqual([])
})

test('who has the right does find the planted words', async () => {
  const officer = await signInAs(product.url, 'canbo')
  const body = await (await officer.get(`/plans/${rows.plan}`)).text()
  expect(leaks(body, wordsOfTheWork).length).toBeGreaterThan(0)
  const viewer = actors.find(({ role, relation }) => role === 'viewer' && relation === 'own')
  expect((await viewer?.session.get(`/plans/${rows.plan}`))?.status).toBe(200)
})

test('nobody reads nothing', async () => {
  const found = await tryToRead(visitor(product.url), [
    ...wordsOfTheOffice,
    ...wordsOfTheWork,
    ...wordsOfTheAdministration,
  ])
  tried.leaks += found.length
  expect(found).toEqual([])
})
