import { request } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../app/src/server/database/handles.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { samplePassword } from '../helpers/visit.ts'

// Two processes of the web, and attackers at many addresses: the whole of 127.0.0.0/8 is this machine.
let product: Product
beforeAll(async () => {
  product = await startProduct({ sample: { cells: 10 }, env: { WEB_PROCESSES: '2' } })
})
afterAll(async () => {
  await product?.stop()
})

interface Answer {
  status: number
  cookies: string[]
}

/** Signs in from an address of this machine, on a connection of its own, so that either process may take it. */
function tryPassword(from: string, username: string, password: string, cookie = ''): Promise<Answer> {
  const body = new URLSearchParams({ username, password }).toString()
  return new Promise((done, fail) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: product.port,
        path: '/sign-in',
        method: 'POST',
        localAddress: from,
        agent: false,
        headers: {
          origin: product.url,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          accept: 'text/html',
          ...(cookie ? { cookie } : {}),
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => {
          const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '')
          done({ status: answer.statusCode ?? 0, cookies })
        })
      },
    )
    asked.on('error', fail)
    asked.end(body)
  })
}

const attackers = Array.from({ length: 8 }, (_, index) => `127.66.0.${index + 1}`)
const triesOfEach = 6
const freeAtAddress = 5

test('many wrong tries at once in two processes are counted as one, and the owner still gets in', {
  timeout: 60_000,
}, async () => {
  const home = '127.7.7.7'
  const first = await tryPassword(home, 'canbo', samplePassword)
  expect(first.status).toBe(303)
  const device = first.cookies.find((cookie) => cookie.startsWith('trienkhai.device=')) ?? ''
  expect(device).not.toBe('')

  const begun = Date.now()
  const tried = await Promise.all(
    attackers.flatMap((from) =>
      Array.from({ length: triesOfEach }, async (_, index) => ({
        from,
        ...(await tryPassword(from, 'canbo', `đoán lần thứ ${index}`)),
      })),
    ),
  )
  expect(new Set(tried.map(({ status }) => status))).toEqual(new Set([400, 429]))
  // Waits double from two seconds on: a slow machine may let so many more through while all are on their way.
  const later = Math.floor(Math.log2((Date.now() - begun) / 1000 + 2))
  const checked = (from?: string): number =>
    tried.filter((one) => one.status === 400 && (from === undefined || one.from === from)).length
  for (const from of attackers) expect(checked(from)).toBeLessThanOrEqual(freeAtAddress + later)
  expect(checked()).toBeGreaterThanOrEqual(attackers.length * freeAtAddress)

  // A hundred of them are free for the account itself; the rest of these would take half a minute to check.
  const database = connectToProduct(product.dataDir, 'owner')
  const { rows } = await inTransaction(database, (tx) =>
    sql`
      update sign_in_limit set failures = 99
      where key like 'account %' and failures >= ${attackers.length * freeAtAddress} returning key
    `.execute(tx),
  ).finally(() => database.close())
  expect(rows).toHaveLength(1)
  // Whoever has found the password by now has to wait with it; the owner at the device they use has not, …
  await tryPassword('127.67.0.9', 'canbo', 'đoán thêm một lần')
  const guessed = await Promise.all(
    ['127.67.0.1', '127.67.0.2'].map((from) => tryPassword(from, 'canbo', samplePassword)),
  )
  expect(guessed.map(({ status }) => status)).toEqual([429, 429])
  // … even at an address that attacks; a device that is known for somebody else helps nobody.
  for (const from of [home, attackers[0] ?? home])
    expect((await tryPassword(from, 'canbo', samplePassword, device)).status).toBe(303)
  const other = await tryPassword('127.7.7.8', 'bithu', samplePassword)
  expect(other.status).toBe(303)
  const theirs = other.cookies.find((cookie) => cookie.startsWith('trienkhai.device=')) ?? ''
  expect((await tryPassword('127.67.0.3', 'canbo', samplePassword, theirs)).status).toBe(429)
})
