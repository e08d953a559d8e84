import { EventEmitter } from 'node:events'
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { openPool } from '../database/connect.ts'
import type { Database } from '../database/handles.ts'
import { watchAbandonedJobs } from './abandoned-jobs.ts'
import type { FileStore } from './files.ts'
import type { JobName, Jobs } from './jobs.ts'
import type { Log } from './log.ts'

/** What a job is done with, beside its payload. */
export interface JobTools {
  database: Database
  files: FileStore
  log: Log
  /** For the log and the record: every line about this run of the job bears it. */
  requestId: string
  /** 1 for the first try. */
  attempt: number
  /** The program is about to stop: long work should end where it can be taken up again. */
  stopping: AbortSignal
}

/** What does each job. Every name of `Jobs` has one. */
export type JobHandlers = { [Name in JobName]: (payload: Jobs[Name], tools: JobTools) => Promise<void> }

export interface JobWorker {
  /** Whether it is taking jobs. */
  isRunning: () => boolean
  /** Takes no more jobs and waits for those under way, ten seconds at most; the rest are given back. */
  stop: () => Promise<void>
}

export interface WorkerOptions {
  database: Database
  files: FileStore
  handlers: JobHandlers
  log: Log
  /** Jobs at once. */
  atOnce: number
  /** No other worker can be there (the embedded database has just been started): all locks are left-overs. */
  alone?: boolean
}

const longestGoodbyeMilliseconds = 10_000

/** Starts to do jobs in this process. */
export async function startWorker(options: WorkerOptions): Promise<JobWorker> {
  const { database, log, atOnce, alone = false } = options
  const pool = openPool(database.url, { most: atOnce + 2, readOnly: false })
  const events: WorkerEvents = new EventEmitter()
  const abandoned = await watchAbandonedJobs(database.url, { alone, log })
  // A job is locked in the name of its pool, whichever of the pool's workers does it.
  events.on('pool:create', ({ workerPool }) => abandoned.vouchFor(workerPool.id))
  events.on('job:error', ({ job, error }) => {
    log.error(
      { job: job.task_identifier, jobId: String(job.id), attempt: job.attempts, err: error },
      'a job failed',
    )
  })
  const runner = await run({
    pgPool: pool,
    concurrency: atOnce,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: new Logger(() => () => {}),
    taskList: taskListOf(options),
    events,
  })
  let running = true
  runner.promise
    .catch((error: unknown) => log.error({ err: error }, 'the job worker ended'))
    .finally(() => {
      running = false
    })
  return {
    isRunning: () => running,
    stop: async () => {
      await stopRunner(runner)
      await abandoned.stop()
      await pool.end()
    },
  }
}

function taskListOf({ handlers, database, files, log }: WorkerOptions): TaskList {
  const tasks: TaskList = {}
  for (const name of Object.keys(handlers) as JobName[]) {
    // What was sent under this name had this type: `sendJob` sees to it.
    const handle = handlers[name] as (payload: unknown, tools: JobTools) => Promise<void>
    tasks[name] = async (payload, helpers) => {
      const startedAt = performance.now()
      const { attempts, id } = helpers.job
      const requestId = `job-${id}`
      const stopping = helpers.abortSignal ?? new AbortController().signal
      await handle(payload, { database, files, log, requestId, attempt: attempts, stopping })
      const milliseconds = Math.round(performance.now() - startedAt)
      log.info({ job: name, jobId: String(id), attempt: attempts, milliseconds }, 'a job was done')
    }
  }
  return tasks
}

async function stopRunner(runner: Awaited<ReturnType<typeof run>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<'too-long'>((done) => {
    timer = setTimeout(() => done('too-long'), longestGoodbyeMilliseconds)
  })
  const stopped = runner.stop().catch(() => {})
  const outcome = await Promise.race([stopped, tooLong])
  clearTimeout(timer)
  // The lock of a job that wouldn't end is given back by whoever starts next: see abandoned-jobs.ts.
  if (outcome === 'too-long') void stopped
}
