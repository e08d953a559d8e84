import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeOpenFolder } from '../helpers/open-folder.ts'
import { killLeftovers, type Product, startProduct } from '../helpers/product.ts'

let dataDir: string
let product: Product
beforeEach(async () => {
  dataDir = makeOpenFolder('web-processes')
  product = await startProduct({ dataDir, env: { WEB_PROCESSES: '2' } })
  // It answers as soon as the first of them listens.
  await until(() => product.output().includes('the product has started'))
})
afterEach(() => {
  killLeftovers()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The processes that draw pages, by the program they run. */
function webProcesses(): number[] {
  const children = readFileSync(`/proc/${product.pid}/task/${product.pid}/children`, 'utf8').trim().split(' ')
  return children.filter((pid) => commandOf(pid).includes('web-process.ts')).map(Number)
}

function commandOf(pid: string | number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + 8_000; Date.now() < deadline; await sleep(50))
    if (await holds()) return true
  return false
}

async function answers(): Promise<boolean> {
  return await fetch(`${product.url}/health`).then(
    (answer) => answer.ok,
    () => false,
  )
}

test('a process that is killed is replaced, and the pages go on', async () => {
  const before = webProcesses()
  expect(before).toHaveLength(2)
  process.kill(before[0] ?? 0, 'SIGKILL')
  expect(await until(() => webProcesses().filter((pid) => !before.includes(pid)).length === 1)).toBe(true)
  expect(await until(answers)).toBe(true)
  expect(await product.stop()).toBe(0)
})

test('all of them end with the program when it is killed, and the port is free', async () => {
  const before = webProcesses()
  await product.kill()
  expect(await until(() => before.every((pid) => commandOf(pid) === ''))).toBe(true)
  expect(await answers()).toBe(false)
})

test('a session begun with one ends in all of them, and what is limited is counted in all together', async () => {
  await product.stop()
  rmSync(dataDir, { recursive: true, force: true })
  product = await startProduct({
    dataDir,
    sample: { cells: 10 },
    env: { WEB_PROCESSES: '2', LIMIT_EXPORTS: '5' },
  })
  const form = new URLSearchParams({ username: 'canbo', password: 'trienkhai-mau' })
  const origin = { origin: product.url, connection: 'close' }
  const signedIn = await fetch(`${product.url}/sign-in`, {
    method: 'POST',
    body: form,
    headers: origin,
    redirect: 'manual',
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const ask = async (): Promise<number> =>
    (await fetch(product.url, { headers: { cookie, connection: 'close' }, redirect: 'manual' })).status
  expect(await Promise.all(Array.from({ length: 6 }, ask))).toEqual(Array(6).fill(200))
  const template = (): Promise<Response> =>
    fetch(`${product.url}/imports/templates/people`, { headers: { cookie, connection: 'close' } })
  const taken: number[] = []
  for (let at = 0; at < 5; at++) {
    const answer = await template()
    await answer.arrayBuffer()
    taken.push(answer.status)
  }
  expect(taken).toEqual(Array(5).fill(200))
  const refused = await Promise.all([template(), template(), template(), template()])
  expect(refused.map(({ status }) => status)).toEqual(Array(4).fill(429))
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused[0]?.text()).toMatch(/Chờ \d+ giây rồi thử lại/)
  await fetch(`${product.url}/sign-out`, {
    method: 'POST',
    headers: { ...origin, cookie },
    redirect: 'manual',
  })
  expect(await Promise.all(Array.from({ length: 6 }, ask))).toEqual(Array(6).fill(303))
})
