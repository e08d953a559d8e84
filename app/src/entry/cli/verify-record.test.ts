import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#server/database/handles.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await createTestDatabase()
})
afterAll(() => test_.drop())

/** By the owner's address alone, as an office with a server of its own may give it. */
function verify(...args: string[]): Promise<{ code: number | null; said: string }> {
  const cli = resolve(import.meta.dirname, '..', 'cli.ts')
  const child = spawn(process.execPath, [cli, 'verify-record', ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: test_.url, TRIENKHAI_LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString()
  })
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString()
  })
  return new Promise((done) => child.once('close', (code) => done({ code, said })))
}

test('tells that the record is whole, and where it is not', async () => {
  expect(await verify()).toEqual({ code: 0, said: 'The record has no entry yet.\n' })
  await inTransaction(test_.database, (tx) =>
    tx.insertInto('record_entry').values({ operation: 'plan.launch', subject_kind: 'plan' }).execute(),
  )
  const whole = await verify()
  expect(whole.code).toBe(0)
  const head = /--head ([0-9a-f]{64})/.exec(whole.said)?.[1] ?? ''
  expect((await verify('--head', head)).code).toBe(0)
  expect(await verify('--head', 'f'.repeat(64))).toEqual({
    code: 1,
    said: 'The chain no longer bears the head that was noted: the record was cut short or written anew.\n',
  })
  expect((await verify('--head', 'x')).code).toBe(2)

  await test_.askAsOwner('alter table record_entry disable trigger user')
  const [changed] = await test_.askAsOwner<{ id: string }>(
    `update record_entry set operation = 'plan.close' returning id`,
  )
  expect(await verify()).toEqual({
    code: 1,
    said: `The chain of the record is broken from entry ${changed?.id} on: it was changed. Leave the database as it is.\n`,
  })
})
