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

test('a network of IPv6 is its first half', () => {
  expect(networkOf('::ffff:198.51.100.7')).toBe('198.51.100.7')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::')
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::')
  expect(networkOf('::1')).toBe('0:0:0:0::')
})
