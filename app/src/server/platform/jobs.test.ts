import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { inTransaction } from '../database/handles.ts'
import { watchAbandonedJobs } from './abandoned-jobs.ts'
import { openFileStore } from './files.ts'
import { type JobHandlers, startWorker } from './job-worker.ts'
import { sendJob } from './jobs.ts'
import { openLog } from './log.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await createTestDatabase()
})
afterAll(() => test_.drop())

const quiet = openLog('error', { write: () => {} })

async function waiting(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from graphile_worker.jobs`.execute(
    test_.database.reader,
  )
  return rows[0]?.n ?? 0
}

const send = (key?: string) =>
  inTransaction(test_.database, (tx) => sendJob(tx, 'files.sweep', {}, key === undefined ? {} : { key }))

function work(handler: () => Promise<void>, alone = false) {
  // Only the job under test is handled, whatever other jobs the product has.
  const handlers = new Proxy({} as JobHandlers, {
    ownKeys: () => ['files.sweep'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get: () => handler,
  })
  const { database } = test_
  return startWorker({ database, files: openFileStore('/nowhere'), handlers, log: quiet, atOnce: 1, alone })
}

describe('a job', () => {
  test('is sent only if the transaction that sends it commits', async () => {
    const failing = inTransaction(test_.database, async (tx) => {
      await sendJob(tx, 'files.sweep', {})
      throw new Error('a bug')
    })
    await expect(failing).rejects.toThrow('a bug')
    expect(await waiting()).toBe(0)
  })

  test('sent twice under one key is done once', async () => {
    await send('sweep')
    await send('sweep')
    const handler = vi.fn(async () => {})
    const worker = await work(handler)
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 5_000 })
    await worker.stop()
    expect(handler).toHaveBeenCalledTimes(1)
    expect(worker.isRunning()).toBe(false)
  })

  test('under way is left to its worker by whoever looks for abandoned jobs', async () => {
    let finish = (): void => {}
    const handler = vi.fn(
      () =>
        new Promise<void>((done) => {
          finish = done
        }),
    )
    const worker = await work(handler)
    await send()
    await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(1), { timeout: 5_000 })
    const another = await watchAbandonedJobs(test_.url, { alone: true, log: quiet })
    await another.stop()
    const { rows } = await sql<{ locked: boolean }>`
      select locked_at is not null as locked from graphile_worker.jobs
    `.execute(test_.database.reader)
    expect(rows).toEqual([{ locked: true }])
    finish()
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 5_000 })
    await worker.stop()
    expect(handler).toHaveBeenCalledTimes(1)
  })

  test('that fails is tried again', async () => {
    await send()
    const handler = vi.fn(async () => {
      if (handler.mock.calls.length === 1) throw new Error('not yet')
    })
    const worker = await work(handler)
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 10_000 })
    await worker.stop()
    expect(handler).toHaveBeenCalledTimes(2)
  })

  test('of a worker that died is done by the next one', async () => {
    await send()
    await inTransaction(test_.database, (tx) =>
      sql`update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now(), attempts = 1`.execute(
        tx,
      ),
    )
    const handler = vi.fn(async () => {})
    const worker = await work(handler, true)
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 5_000 })
    await worker.stop()
    expect(handler).toHaveBeenCalledTimes(1)
  })
})
