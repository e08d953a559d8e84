import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool } from '#server/database/connect.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { type Attempt, takeAttempt } from './limits.ts'

// Two pools stand for two web processes.
let database: TestDatabase
let pools: [pg.Pool, pg.Pool]
beforeAll(async () => {
  database = await createTestDatabase()
  const open = () => openPool(database.url, { most: 8, readOnly: false })
  pools = [open(), open()]
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()))
  await database.drop()
})

const secret = 'khóa của phép thử, dài hơn ba mươi hai ký tự'
const strangerAt = (subject: string, address: string): Attempt => ({
  subject,
  address,
  knownDevice: undefined,
})

async function tryWrongly(attempt: Attempt, times: number): Promise<number> {
  let seconds = 0
  for (let tries = 0; tries < times; tries++) {
    const taken = await takeAttempt(pools[tries % 2 === 0 ? 0 : 1], secret, attempt)
    seconds = taken.ok ? 0 : taken.seconds
  }
  return seconds
}

test('five wrong tries are free, then each waits twice as long, whichever process is asked', async () => {
  const stranger = strangerAt(newId(), '203.0.113.1')
  expect(await tryWrongly(stranger, 5)).toBe(0)
  expect(await tryWrongly(stranger, 1)).toBeGreaterThan(0)
  const waits: number[] = []
  for (let round = 0; round < 4; round++) {
    await pools[0].query(`update sign_in_limit set wait_until = null`)
    await tryWrongly(stranger, 1)
    waits.push(await tryWrongly(stranger, 1))
  }
  for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(waits[index - 1] ?? 1)
})

test('tries at the same moment count one by one', async () => {
  const stranger = strangerAt(newId(), '203.0.113.2')
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, index) => takeAttempt(pools[index % 2 === 0 ? 0 : 1], secret, stranger)),
  )
  expect(taken.filter(({ ok }) => ok).length).toBe(5)
})

test('a known device is not slowed by what strangers try, and slows itself after ten', async () => {
  const account = newId()
  for (let address = 0; address < 30; address++)
    await tryWrongly(strangerAt(account, `203.0.114.${address}`), 5)
  // Many strangers together: the account itself is slow for devices that it does not know.
  expect(await tryWrongly(strangerAt(account, '203.0.115.1'), 1)).toBeGreaterThan(0)
  const owner: Attempt = { subject: account, address: '203.0.114.1', knownDevice: 'máy của chủ' }
  expect(await tryWrongly(owner, 10)).toBe(0)
  expect(await tryWrongly(owner, 1)).toBeGreaterThan(0)
})

test('a success forgives its own try and no other', async () => {
  const stranger = strangerAt(newId(), '203.0.113.9')
  await tryWrongly(stranger, 4)
  const taken = await takeAttempt(pools[0], secret, stranger)
  if (!taken.ok) throw new Error('it had to wait')
  await taken.succeeded()
  expect(await tryWrongly(stranger, 5)).toBe(0)
  const { rows } = await pools[0].query(`select key, failures from sign_in_limit where key = $1`, [
    `account ${stranger.subject}`,
  ])
  expect(rows).toEqual([{ key: `account ${stranger.subject}`, failures: 9 }])
})

test('an address that tries many names is slowed for all of them, over its whole network of IPv6', async () => {
  for (let name = 0; name < 65; name++)
    await tryWrongly(strangerAt(`tên ${name}`, `2001:db8:1:2::${name}`), 1)
  expect(await tryWrongly(strangerAt('tên khác', '2001:db8:1:2:ffff::1'), 1)).toBeGreaterThan(0)
  expect(await tryWrongly(strangerAt('tên khác', '2001:db8:1:3::1'), 1)).toBe(0)
})

test('a name that nobody has is slowed as one that somebody has', async () => {
  expect(await tryWrongly(strangerAt('không ai cả', '203.0.113.20'), 5)).toBe(0)
  expect(await tryWrongly(strangerAt('không ai cả', '203.0.113.20'), 1)).toBeGreaterThan(0)
})
