import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { launchBrowser } from '../tests/helpers/browser.ts'
import { type Product, startProduct } from '../tests/helpers/product.ts'
import { connectToProduct } from '../tests/helpers/product-database.ts'
import { signInAs } from '../tests/helpers/session.ts'
import { visitAs } from '../tests/helpers/visit.ts'
import { weighPage } from '../tests/helpers/weigh-page.ts'
import { cpuOf, type Figure, milliseconds, percentile, printCircumstances, printTable } from './measured.ts'

const cells = 8_000
/** Seeded once, and used again by later runs; BENCH_DATA names another folder of the same kind. */
export const dataDir =
  process.env['BENCH_DATA'] ?? resolve(import.meta.dirname, '..', '.cache', 'bench', `sample-${cells}`)

/** Shared among the processes that draw pages. */
const warmUps = 400
const sequential = 300
const atOnce = 20
const crowdedWarmUps = 1_000
const concurrent = 1_000

export interface Asked {
  name: string
  username: string
  path: string
  /** Milliseconds of CPU, server and database together. */
  aim: number
}

const listAim = 5
const rollUpAim = 15

/** Measures pages of the product on sample data of 8,000 cells; words behind the name choose pages by their paths. */
export async function run(words: string[]): Promise<void> {
  printCircumstances()
  const product = await startMeasured()
  try {
    const pages = (await findPages()).filter(
      ({ name, path }) =>
        words.length === 0 || words.some((word) => path.includes(word) || name.includes(word)),
    )
    const figures: Figure[] = []
    for (const page of pages) figures.push(await measurePage(product, page))
    printTable(
      `CPU of server and database for one page (${sequential} one after the other), and times, also ${atOnce} at once`,
      [
        'page',
        'who',
        'bytes',
        'CPU',
        'of it database',
        'aim',
        'median',
        '95 %',
        `${atOnce} at once: median`,
        '95 %',
        'pages a second',
      ],
      figures,
    )
    if (words.length === 0) await measureScripts(product)
  } finally {
    await product.stop()
  }
}

export async function startMeasured(): Promise<Product> {
  mkdirSync(dataDir, { recursive: true })
  const isNew = readdirSync(dataDir).length === 0
  const startedAt = performance.now()
  const product = await startProduct({
    dataDir,
    sample: { cells },
    env: { WEB_PROCESSES: '', LIMIT_SEARCHES: '1000000' },
  })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(isNew ? `seeded with ${cells} cells and started in ${seconds} s` : `started in ${seconds} s`)
  const database = connectToProduct(dataDir)
  try {
    const { rows } = await sql<Record<string, number>>`
      select (select count(*) from organisation)::int as organisations, (select count(*) from person)::int as people,
        (select count(*) from assignment)::int as assignments, (select count(*) from evidence)::int as evidence,
        (select count(*) from plan)::int as plans`.execute(database.reader)
    console.log(JSON.stringify(rows[0]))
    const { rows: version } = await sql<{ version: string }>`select version()`.execute(database.reader)
    console.log(version[0]?.version)
  } finally {
    await database.close()
  }
  await untilIdle(product)
  return product
}

/** The pages, with the ids of the plans that reach the most units. */
export async function findPages(): Promise<Asked[]> {
  const database = connectToProduct(dataDir)
  try {
    const largest = async (username: string): Promise<{ plan: string; task: string; units: number }> => {
      const { rows } = await sql<{ plan: string; task: string; units: number }>`
        select plan.id as plan, count(expected)::int as units,
          (select id from task where plan_id = plan.id order by ordinal limit 1) as task
        from plan join expected on expected.plan_id = plan.id
        where plan.state = 'launched' and plan.office_id in (
          select role_grant.organisation_id from role_grant join account on account.id = role_grant.account_id
          where account.username = ${username}
        )
        group by plan.id order by 2 desc limit 1`.execute(database.reader)
      if (!rows[0]) throw new Error(`${username} has no launched plan`)
      return rows[0]
    }
    const province = await largest('canbotinh')
    const commune = await largest('canbo')
    const list = (username: string, path: string, name = path): Asked => ({
      name,
      username,
      path,
      aim: listAim,
    })
    const rollUp = (username: string, plan: string, name: string): Asked => ({
      name,
      username,
      path: `/plans/${plan}`,
      aim: rollUpAim,
    })
    return [
      list('canbo', '/plans'),
      list('canbotinh', '/plans'),
      list('canbo', '/plans?q=so', '/plans, searched'),
      list('canbo', '/documents'),
      list('bithu', '/work'),
      list('canbo', '/work'),
      list('canbo', '/organisations'),
      list('canbotinh', '/organisations'),
      list('canbotinh', '/organisations?q=khu 1', '/organisations, searched'),
      list('canbo', '/overdue'),
      list('canbotinh', '/overdue'),
      list('canbo', '/papers'),
      list('bithu', '/notices'),
      list('canbo', '/', '/ (desk)'),
      list('bithu', '/', '/ (desk)'),
      list('canbotinh', '/', '/ (desk)'),
      rollUp('canbotinh', province.plan, `roll-up, ${province.units} units`),
      rollUp('canbo', commune.plan, `roll-up, ${commune.units} units`),
      rollUp('bithu', province.plan, 'roll-up, of one’s unit'),
      list('canbotinh', `/plans/${province.plan}/units`, `its units, ${province.units}`),
      list('canbotinh', `/plans/${province.plan}/assignments`, 'its assignments'),
      list('canbotinh', `/plans/${province.plan}/tasks/${province.task}`, 'one of its tasks'),
    ]
  } finally {
    await database.close()
  }
}

/** CPU so far: the program and the processes that draw its pages; and all of its database, those that have ended included. */
export function cpuSoFar(product: Product): { server: number; database: number } {
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  let database = cpuOf(postmaster, { withChildren: true })
  for (const pid of childrenOf(postmaster)) database += cpuOf(pid)
  let server = cpuOf(product.pid)
  for (const pid of childrenOf(product.pid)) if (pid !== postmaster) server += cpuOf(pid)
  return { server, database }
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return children === '' ? [] : children.split(' ').map(Number)
}

/** After a start, and after much was written, the database tidies up: that is not what the pages cost. */
async function untilIdle(product: Product): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const before = cpuSoFar(product)
    await sleep(1_000)
    const after = cpuSoFar(product)
    if (after.server + after.database - before.server - before.database <= 30) return
  }
  console.log('it did not come to rest within two minutes: the figures hold other work too')
}

async function measurePage(product: Product, { name, username, path, aim }: Asked): Promise<Figure> {
  const { cookie } = await signInAs(product.url, username)
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const ask = (): Promise<{ took: number; bytes: number }> => askFor(product, agent, encodeURI(path), cookie)
  for (let at = 0; at < warmUps; at++) await ask()

  const before = cpuSoFar(product)
  const times: number[] = []
  let bytes = 0
  for (let at = 0; at < sequential; at++) {
    const answer = await ask()
    times.push(answer.took)
    bytes = answer.bytes
  }
  const after = cpuSoFar(product)
  const server = (after.server - before.server) / sequential
  const database = (after.database - before.database) / sequential

  const crowd = async (requests: number): Promise<number[]> => {
    const taken: number[] = []
    const visitors = Array.from({ length: atOnce }, async () => {
      for (let at = 0; at < requests / atOnce; at++) taken.push((await ask()).took)
    })
    await Promise.all(visitors)
    return taken
  }
  // One visitor warms one process and one session of its database; the others are warmed by many.
  await crowd(crowdedWarmUps)
  const startedAt = performance.now()
  const crowded = await crowd(concurrent)
  const perSecond = concurrent / ((performance.now() - startedAt) / 1000)
  agent.destroy()
  return {
    what: name,
    values: [
      username,
      String(bytes),
      milliseconds(server + database),
      milliseconds(database),
      `${aim} ms`,
      milliseconds(percentile(times, 0.5)),
      milliseconds(percentile(times, 0.95)),
      milliseconds(percentile(crowded, 0.5)),
      milliseconds(percentile(crowded, 0.95)),
      perSecond.toFixed(0),
    ],
  }
}

/** One page as a browser asks for it, compressed. */
export function askFor(
  product: Product,
  agent: Agent,
  path: string,
  cookie: string,
): Promise<{ took: number; bytes: number }> {
  return new Promise((done, fail) => {
    const startedAt = performance.now()
    const headers = { cookie, accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' }
    const asked = request({ agent, host: '127.0.0.1', port: product.port, path, headers }, (answer) => {
      let bytes = 0
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length
      })
      answer.on('end', () => {
        if (answer.statusCode === 200) done({ took: performance.now() - startedAt, bytes })
        else fail(new Error(`${path} answered ${answer.statusCode}`))
      })
    })
    asked.on('error', fail)
    asked.end()
  })
}

/** What a browser with an empty cache takes in on opening a page: scripts, and everything. */
async function measureScripts(product: Product): Promise<void> {
  const database = connectToProduct(dataDir)
  const inReview = await database.reader
    .selectFrom('plan')
    .select('id')
    .where('state', '=', 'review')
    .executeTakeFirst()
  await database.close()
  const browser = await launchBrowser()
  try {
    const figures: Figure[] = []
    for (const path of [
      '/sign-in',
      '/',
      '/plans',
      '/work',
      ...(inReview ? [`/plans/${inReview.id}/review`] : []),
    ]) {
      const signedIn = path === '/sign-in' ? undefined : await visitAs(browser, product.url, 'canbo')
      const state = await signedIn?.context.storageState()
      // A context of its own has an empty cache.
      const context = await browser.newContext(state ? { storageState: state } : {})
      const page = await context.newPage()
      const taken = await weighPage(page, product.url + path)
      figures.push({
        what: path.replace(/[0-9a-f-]{36}/, '…'),
        values: [String(taken.scripts), kilobytes(taken.script), kilobytes(taken.all)],
      })
      await context.close()
      await signedIn?.context.close()
    }
    printTable(
      'What a browser with an empty cache takes in, compressed; aim 60 kB of script',
      ['page', 'scripts', 'script', 'everything'],
      figures,
    )
  } finally {
    await browser.close()
  }
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
