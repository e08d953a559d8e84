import cluster, { type Worker } from 'node:cluster'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { Settings } from '#env.ts'
import { log } from '#server/platform/log.ts'
import { startWords } from './cli/start-words.ts'

export interface WebProcesses {
  /** Each finishes the requests under way, ten seconds at most, and ends. */
  stop: () => Promise<void>
}

interface WebProcessesOptions {
  /** How many; each draws pages on a core of its own, all on one port. */
  count: number
  /** Whether jobs are being done, where they should be: each process asks it for `/health`. */
  isWorking: () => boolean
}

/** What a web process is told and asks: over the channel that ends it when we are gone. */
export type ToWebProcess = { say: 'stop' } | { say: 'jobs'; working: boolean }
export type FromWebProcess = { say: 'jobs?' }

/** Between two attempts to replace a process that has ended. */
const shortestWaitMilliseconds = 1_000
const longestWaitMilliseconds = 30_000
/** A process that takes leave gives its requests ten seconds. */
const longestGoodbyeMilliseconds = 12_000

const listening = new WeakSet<Worker>()

/**
 * Starts the processes that serve pages, apart from the one that keeps the database and does the jobs: a long job
 * holds no page up, and a fault in one ends no other. One that ends by itself is replaced.
 */
export async function startWebProcesses(options: WebProcessesOptions): Promise<WebProcesses> {
  cluster.setupPrimary({ exec: join(import.meta.dirname, 'web-process.ts'), args: [] })
  const running = new Set<Worker>()
  let isStopping = false

  /** Starts one and waits until it listens. */
  const start = async (): Promise<void> => {
    const worker = cluster.fork()
    running.add(worker)
    worker.on('message', ({ say }: FromWebProcess) => {
      if (say === 'jobs?') tell(worker, { say: 'jobs', working: options.isWorking() })
    })
    const ended = new Promise<string>((done) => {
      worker.once('exit', (code, signal) => {
        running.delete(worker)
        done(signal ?? String(code))
      })
    })
    const listens = new Promise<void>((done) => worker.once('listening', () => done()))
    const how = await Promise.race([ended, listens.then(() => void listening.add(worker))])
    if (how !== undefined && !isStopping) throw new Error(`a web process ended while it started: ${how}`)
    void ended.then((how) => (isStopping ? undefined : replace(how)))
  }

  const replace = async (how: string): Promise<void> => {
    log.error({ err: new Error(`a web process ended: ${how}`) }, 'a web process is started again')
    for (
      let wait = shortestWaitMilliseconds;
      !isStopping;
      wait = Math.min(2 * wait, longestWaitMilliseconds)
    ) {
      try {
        return await start()
      } catch (err) {
        log.error({ err }, 'a web process could not be started again')
        await sleep(wait)
      }
    }
  }

  await Promise.all(Array.from({ length: options.count }, start))
  return {
    stop: async () => {
      isStopping = true
      await Promise.all([...running].map(end))
    },
  }
}

/** Tells a process to end, and ends it where it cannot hear (it is still starting) or does not in time. */
async function end(worker: Worker): Promise<void> {
  const ended = new Promise<void>((done) => worker.once('exit', () => done()))
  const kill = (): boolean => worker.process.kill('SIGKILL')
  const lastResort = setTimeout(kill, longestGoodbyeMilliseconds)
  if (listening.has(worker)) tell(worker, { say: 'stop' })
  else kill()
  await ended
  clearTimeout(lastResort)
}

function tell(worker: Worker, message: ToWebProcess): void {
  if (worker.isConnected()) worker.send(message)
}

/** Tries the address for a moment, before any long work: why it can't be listened on, or undefined. */
export async function whyNotListening(
  { host, port }: Pick<Settings, 'host' | 'port'>,
  language: Language,
): Promise<string | undefined> {
  const probe = createServer()
  const words = startWords[language]
  try {
    await new Promise<void>((done, fail) => {
      probe.once('error', fail)
      probe.listen(port, host, done)
    })
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') return words.portTaken(port, host)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return words.addressUnknown(host)
    if (code === 'EACCES') return words.portForbidden(port)
    throw error
  } finally {
    await new Promise<void>((done) => probe.close(() => done()))
  }
}
