import { Agent } from 'node:http'
import { sql } from 'kysely'
import pg from 'pg'
import { actingStatement } from '../app/src/server/database/acting.ts'
import { findRunningEmbedded } from '../app/src/server/database/embedded.ts'
import { connectToProduct } from '../tests/helpers/product-database.ts'
import { signInAs } from '../tests/helpers/session.ts'
import { type Figure, milliseconds, percentile, printCircumstances, printTable } from './measured.ts'
import { type Asked, askFor, cpuSoFar, dataDir, findPages, startMeasured } from './pages.ts'

// The same pages of the same product, by turns with the policies and without: what differs is what they cost.

const turns = 4
/** After the policies change, every session plans its queries anew. */
const warmUps = 120
const asked = 150

interface Cost {
  withPolicies: number
  without: number
}

/** Measures what row-level security costs pages of the database; words behind the name choose pages by their paths. */
export async function run(words: string[]): Promise<void> {
  printCircumstances()
  const product = await startMeasured()
  const owner = new pg.Client({ connectionString: findRunningEmbedded(dataDir)?.owner })
  await owner.connect()
  const tables = await listHeldTables(owner)
  try {
    const pages = (await findPages()).filter(
      ({ name, path }) =>
        words.length === 0 || words.some((word) => path.includes(word) || name.includes(word)),
    )
    const figures: Figure[] = []
    const costs: Cost[] = []
    for (const page of pages) {
      const cost = await measure(page)
      costs.push(cost)
      figures.push({ what: page.name, values: [page.username, ...say(cost)] })
    }
    const all = {
      withPolicies: costs.reduce((sum, cost) => sum + cost.withPolicies, 0),
      without: costs.reduce((sum, cost) => sum + cost.without, 0),
    }
    figures.push({ what: 'all of them', values: ['', ...say(all)] })
    printTable(
      `CPU of the database for one page (${turns / 2} turns of ${asked} with policies and without); aim at most 15 % more`,
      ['page', 'who', 'without', 'with', 'more'],
      figures,
    )
    await measureBeginning()
  } finally {
    await switchPolicies(owner, tables, 'enable')
    await owner.end()
    await product.stop()
  }

  async function measure({ username, path }: Asked): Promise<Cost> {
    const { cookie } = await signInAs(product.url, username)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = () => askFor(product, agent, encodeURI(path), cookie)
    const sums = { enable: 0, disable: 0 }
    for (let turn = 0; turn < turns; turn++) {
      const how = turn % 2 === 0 ? 'enable' : 'disable'
      await switchPolicies(owner, tables, how)
      for (let at = 0; at < warmUps; at++) await ask()
      const before = cpuSoFar(product)
      for (let at = 0; at < asked; at++) await ask()
      sums[how] += cpuSoFar(product).database - before.database
    }
    agent.destroy()
    const count = (turns / 2) * asked
    return { withPolicies: sums.enable / count, without: sums.disable / count }
  }
}

const say = ({ withPolicies, without }: Cost): string[] => [
  milliseconds(without),
  milliseconds(withPolicies),
  `${(100 * (withPolicies / without - 1)).toFixed(0)} %`,
]

async function listHeldTables(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`,
  )
  return rows.map(({ name }) => name)
}

async function switchPolicies(
  owner: pg.Client,
  tables: readonly string[],
  how: 'enable' | 'disable',
): Promise<void> {
  for (const table of tables)
    await owner.query(`alter table ${pg.escapeIdentifier(table)} ${how} row level security`)
}

/** What each request pays once: to begin its transaction and to say who acts. */
async function measureBeginning(): Promise<void> {
  const database = connectToProduct(dataDir)
  const { rows } = await sql<{ id: string }>`
    select id from account where username = 'canbo'`.execute(database.reader)
  await database.close()
  const client = new pg.Client({ connectionString: findRunningEmbedded(dataDir)?.program })
  await client.connect()
  const statement = actingStatement({ accountId: rows[0]?.id ?? '', today: '2026-11-23' as never })
  const timesOf = async (text: string): Promise<number[]> => {
    const times: number[] = []
    for (let at = 0; at < 2_000; at++) {
      const startedAt = performance.now()
      await client.query(text)
      times.push(performance.now() - startedAt)
      await client.query('rollback')
    }
    return times.slice(500)
  }
  const [plain, acting] = [
    await timesOf('begin read only; select 1'),
    await timesOf(`begin read only; ${statement}`),
  ]
  await client.end()
  printTable(
    'To begin a transaction, once a request',
    ['', 'median', '95 %'],
    [
      {
        what: 'begin',
        values: [milliseconds(percentile(plain, 0.5)), milliseconds(percentile(plain, 0.95))],
      },
      {
        what: 'begin, and say who acts',
        values: [milliseconds(percentile(acting, 0.5)), milliseconds(percentile(acting, 0.95))],
      },
    ],
  )
}
