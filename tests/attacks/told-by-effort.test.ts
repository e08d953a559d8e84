import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../app/src/server/database/connect.ts'
import { type EmbeddedServer, startEmbedded } from '../../app/src/server/database/embedded.ts'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { makeOpenFolder } from '../helpers/open-folder.ts'
import { type Overheard, type OverheardDatabase, overhear } from '../helpers/overheard-database.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { type Session, signInAs, visitor } from '../helpers/session.ts'
import { type Attacker, attackers, type Door, doors } from './door-table.ts'
import { type PlantedRows, plantRows } from './planted-rows.ts'

// What somebody can learn from the time that an answer takes: whether there is such a row. Times are never alike, so what
// the time goes into is compared instead: for an id that is somebody else's, and for one that nobody has, the pages must
// ask the database the same questions in the same order, and get as many rows.

let folder: string
let server: EmbeddedServer
let between: OverheardDatabase
let product: Product
let database: Database
let rows: PlantedRows
let strange: PlantedRows
const sessions = new Map<Attacker, Session>()
const compared = { doors: 0, questions: 0 }

beforeAll(async () => {
  folder = makeOpenFolder('overheard')
  server = await startEmbedded({ dataDir: join(folder, 'server'), durable: false })
  const { owner, program, signIn } = server.addresses
  between = await overhear([program, signIn])
  product = await startProduct({
    sample: { cells: 20 },
    dataDir: join(folder, 'data'),
    env: {
      DATABASE_OWNER_URL: owner,
      DATABASE_URL: between.addressOf(program),
      DATABASE_SIGN_IN_URL: between.addressOf(signIn),
    },
  })
  database = connect(program, { mostSessions: 4, actor: 'program' })
  const asOwner = connect(owner, { mostSessions: 1 })
  rows = await plantRows(database, product.dataDir, asOwner)
  await asOwner.close()
  strange = { ...strangeOf(rows), kept: strangeOf(rows.kept) }
  for (const attacker of triers) sessions.set(attacker, await signInAs(product.url, attackers[attacker]))
})
afterAll(async () => {
  console.log(
    `told by effort: ${compared.doors} answers for ids of others compared, ${compared.questions} questions each way`,
  )
  await database?.close()
  await product?.stop()
  await between?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
  if (server && !server.folder.startsWith(folder)) rmSync(server.folder, { recursive: true, force: true })
})

/** Who has no right to any of it: beside it, elsewhere, and above without the right to the work. */
const triers = ['otherSecretary', 'otherOfficer', 'administrator'] as const satisfies readonly Attacker[]

/** That a body exists and what it is called is no secret among who is signed in; all other ids are. */
const known = ['office', 'cell']

/** An id that nobody has, in the form of the one given; what is no id (a phrase, a field) stays. */
function strangeFor(value: string): string {
  if (/^[0-9a-f]{8}-/.test(value)) return newId()
  if (/^[0-9a-f]{64}$/.test(value)) return [...value].reverse().join('')
  return value
}

const strangeOf = <Rows extends object>(planted: Rows): Rows =>
  Object.fromEntries(
    Object.entries(planted).map(([name, value]) => [
      name,
      known.includes(name) || typeof value !== 'string' ? value : strangeFor(value),
    ]),
  ) as Rows

/** The statements with what was written into them taken out, and their rows. */
const plain = (asked: readonly Overheard[]): string[] =>
  // Limits count what was asked for, whatever it was, and some of it after the answer.
  asked
    .filter(({ statement }) => !statement.includes('rate_limit'))
    .map(
      ({ statement, rows: count }) =>
        `${count} × ${statement
          .replace(/'[^']*'/g, '…')
          .replace(/\s+/g, ' ')
          .trim()}`,
    )

async function effortOf(ask: () => Promise<Response>): Promise<{ status: number; asked: string[] }> {
  const { result, asked } = await between.during(async () => {
    const answer = await ask()
    await answer.text()
    return answer
  })
  return { status: result.status, asked: plain(asked) }
}

const isOfPlanted = ([, door]: [string, Door]): boolean =>
  !('open' in door) && door.path(rows) !== door.path(strange)

describe.each(triers)('%s', (attacker) => {
  test('is answered with the same effort for what is others’ as for what is not there', async () => {
    const session = sessions.get(attacker) ?? visitor(product.url)
    // The first request of a cookie has its signature looked at.
    await session.get('/notices')
    // Somebody of one's own line is known by name, whatever else of them is not shown.
    const seesPerson = (await session.get(`/people/${rows.person}`)).status === 200
    const told: string[] = []
    for (const [name, door] of Object.entries(doors).filter(isOfPlanted)) {
      if ('open' in door || (seesPerson && name.includes('/people/[id]'))) continue
      const ask = (planted: PlantedRows): Promise<Response> =>
        'opens' in door
          ? session.get(door.path(planted))
          : session.post(door.path(planted), door.fields(planted))
      if ('answers' in door && (door.answers !== 'hidden' || door.mayPass?.includes(attacker))) continue
      const others = await effortOf(() => ask(rows))
      if (others.status !== 404) continue
      const nothing = await effortOf(() => ask(strange))
      compared.doors += 1
      compared.questions += others.asked.length
      expect(others.asked.length, `${name}: nothing was overheard`).toBeGreaterThan(0)
      if (nothing.status !== 404) told.push(`${name}: ${nothing.status}`)
      const length = Math.max(nothing.asked.length, others.asked.length)
      const at = Array.from({ length }, (_, index) => index).find(
        (index) => nothing.asked[index] !== others.asked[index],
      )
      if (at !== undefined)
        told.push(`${name}\n  others’: ${others.asked[at]}\n  nobody’s: ${nothing.asked[at]}`)
    }
    expect(told).toEqual([])
  })
})

test('who has the right costs the database more: what is compared does differ', async () => {
  const owner = await signInAs(product.url, 'canbo')
  await owner.get('/notices')
  const [own, nothing] = [
    await effortOf(() => owner.get(`/plans/${rows.plan}`)),
    await effortOf(() => owner.get(`/plans/${strange.plan}`)),
  ]
  expect([own.status, nothing.status]).toEqual([200, 404])
  expect(own.asked.length).toBeGreaterThan(nothing.asked.length)
})

test('a wrong password costs the same questions for a name that somebody has, that is off, and that nobody has', async () => {
  await inTransaction(database, async (tx) => {
    await sql`update account set off_at = now() where username = 'ccb'`.execute(tx)
  })
  const enter = (username: string): Promise<Response> =>
    visitor(product.url).post('/sign-in', { username, password: 'sai mật khẩu' })
  await enter('mattran')
  const [known, off, unknown] = [
    await effortOf(() => enter('mattran')),
    await effortOf(() => enter('ccb')),
    await effortOf(() => enter('khongcoai')),
  ]
  expect(known.asked.length).toBeGreaterThan(0)
  expect(off).toEqual(unknown)
  expect(known.asked).toHaveLength(unknown.asked.length)
})
