import pg from 'pg'
import { sessionConfig } from '../database/connect.ts'
import type { Log } from './log.ts'

// A job is locked by the worker that does it. When the program is killed, the lock stays, and the queue itself would
// wait four hours before it gave the job to another. So each worker vouches for itself with an advisory lock on a
// session of its own, which the database ends with the process: who finds a job locked by a worker for whom nobody
// vouches gives the job back.

export interface AbandonedJobs {
  /** Makes it known that this worker lives. */
  vouchFor: (workerId: string) => void
  stop: () => Promise<void>
}

const everyMilliseconds = 15_000
/** Any fixed number: the space of our advisory locks for workers. */
const lockSpace = 72_034

/** Gives back the jobs of dead workers now and every quarter of a minute. `alone`: no worker but ours can live. */
export async function watchAbandonedJobs(
  url: string,
  options: { alone: boolean; log: Log },
): Promise<AbandonedJobs> {
  const client = new pg.Client(sessionConfig(url, { readOnly: false }))
  client.on('error', () => {})
  await client.connect()
  const ours = new Set<string>()
  // One query after the other on the one session.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<unknown>): void => {
    last = last
      .then(work)
      .catch((error: unknown) => options.log.warn({ err: error }, 'abandoned jobs were not looked for'))
  }
  inTurn(() => giveBack(client, ours, options.alone ? 0 : 5, options.log))
  await last
  const timer = setInterval(() => inTurn(() => giveBack(client, ours, 5, options.log)), everyMilliseconds)
  timer.unref()
  return {
    vouchFor: (workerId) => {
      ours.add(workerId)
      inTurn(() => client.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, workerId]))
    },
    stop: async () => {
      clearInterval(timer)
      await last
      await client.end().catch(() => {})
    },
  }
}

/** `afterSeconds`: a worker that has just started may not have vouched for itself yet. */
async function giveBack(client: pg.Client, ours: Set<string>, afterSeconds: number, log: Log): Promise<void> {
  const { rows } = await client.query<{ worker: string }>(
    `select distinct locked_by as worker from graphile_worker._private_jobs
     where locked_by is not null and locked_by <> all($1) and locked_at < now() - make_interval(secs => $2)`,
    [[...ours], afterSeconds],
  )
  for (const { worker } of rows) {
    const free = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as free',
      [lockSpace, worker],
    )
    if (!free.rows[0]?.free) continue
    await client.query('select graphile_worker.force_unlock_workers(array[$1])', [worker])
    await client.query('select pg_advisory_unlock($1, hashtext($2))', [lockSpace, worker])
    log.warn({}, 'the jobs of a dead worker were given back')
  }
}
