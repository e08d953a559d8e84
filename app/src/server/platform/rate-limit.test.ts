import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { networkOf } from './network-of.ts'
import { openRateLimits, type RateLimits } from './rate-limit.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await createTestDatabase()
})
afterAll(() => test_.drop())

const secret = 'x'.repeat(32)
const open = (most: number): RateLimits =>
  openRateLimits(test_.database, {
    secret,
    mostPerMinute: { search: most, export: most, upload: 0, feed: most },
  })
const takeMany = async (limits: RateLimits, times: number, who: Parameters<RateLimits['take']>[1]) => {
  const waits: number[] = []
  for (let at = 0; at < times; at++) waits.push(await limits.take('search', who))
  return waits.map((seconds) => seconds > 0)
}

describe('a limit', () => {
  test('lets as many through as it says and then tells how long to wait', async () => {
    const who = { accountId: 'one', address: '198.51.100.1' }
    expect(await takeMany(open(3), 5, who)).toEqual([false, false, false, true, true])
    const seconds = await open(3).take('search', who)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
  })

  test('counts alike in every process, each kind and each account for itself', async () => {
    const who = { accountId: 'two', address: '198.51.100.2' }
    expect(await takeMany(open(2), 2, who)).toEqual([false, false])
    expect(await takeMany(open(2), 1, who)).toEqual([true])
    expect(await open(2).take('export', who)).toBe(0)
    expect(await open(2).take('search', { ...who, accountId: 'three' })).toBe(0)
  })

  test('holds an address for ten accounts together', async () => {
    const limits = open(1)
    const address = '2001:db8:1:2::3'
    const waits: boolean[] = []
    for (let at = 0; at < 11; at++)
      waits.push((await limits.take('search', { accountId: `of ten ${at}`, address })) > 0)
    expect(waits).toEqual([...Array<boolean>(10).fill(false), true])
    expect(await limits.take('search', { accountId: 'late', address: '2001:db8:1:3::1' })).toBe(0)
  })

  test('begins anew when its minute is over', async () => {
    const who = { accountId: 'five', address: '198.51.100.5' }
    expect(await takeMany(open(1), 2, who)).toEqual([false, true])
    await test_.askAsOwner('update rate_limit set expire = expire - 60000')
    expect(await takeMany(open(1), 2, who)).toEqual([false, true])
  })

  test('lets as many at once through as it says and no more', async () => {
    const who = { accountId: 'six', address: '198.51.100.6' }
    const processes = [open(5), open(5)]
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, at) => processes[at % 2]?.take('search', who)),
    )
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5)
  })

  test('of 0 is none', async () => {
    const limits = open(1)
    for (let at = 0; at < 4; at++)
      expect(await limits.take('upload', { accountId: 'four', address: '198.51.100.4' })).toBe(0)
  })

  test('says nothing of whom it counts in its table', async () => {
    const rows = await test_.askAsOwner<{ key: string }>('select key from rate_limit')
    expect(rows.length).toBeGreaterThan(0)
    for (const { key } of rows) expect(key).not.toMatch(/198|2001|one|two/)
  })
})

describe('turns at making files', () => {
  test('are a few at once for an account, in all processes together, and come back', async () => {
    const [one, other] = [open(9), open(9)]
    const turns = [await one.begin('seven'), await other.begin('seven'), await one.begin('seven')]
    expect(turns.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(await other.begin('seven')).toEqual({ ok: false, seconds: 15 })
    expect((await other.begin('eight')).ok).toBe(true)
    const [first] = turns
    // Given back twice, it is one turn all the same.
    if (first?.ok) await Promise.all([first.end(), first.end()])
    expect((await other.begin('seven')).ok).toBe(true)
    expect((await other.begin('seven')).ok).toBe(false)
  })

  test('of a process that died are free again after a while', async () => {
    for (let at = 0; at < 3; at++) await open(9).begin('nine')
    expect((await open(9).begin('nine')).ok).toBe(false)
    await test_.askAsOwner('update rate_limit set expire = expire - 600000')
    expect((await open(9).begin('nine')).ok).toBe(true)
  })
})

test('a network of IPv6 is its first half', () => {
  expect(networkOf('::ffff:198.51.100.7')).toBe('198.51.100.7')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::')
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::')
  expect(networkOf('::1')).toBe('0:0:0:0::')
})
