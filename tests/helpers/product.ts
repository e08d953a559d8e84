import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askServer } from './ask-server.ts'
import { databaseBeside } from './database-address.ts'
import { makeOpenFolder } from './open-folder.ts'
import { copyFolder, findSample } from './sample-copy.ts'

export interface ProductOptions {
  /** Sample data of so many cells; without it the database is empty. */
  sample?: { cells: number }
  /** A data folder that is kept when the product stops, as for a second start. */
  dataDir?: string
  port?: number
  /** Another copy of the project: for trying other folders. */
  projectFolder?: string
  env?: Record<string, string>
}

/** The real product in a process of its own. */
export interface Product {
  url: string
  port: number
  dataDir: string
  /** The process of the program; PostgreSQL is its child. */
  pid: number
  /** All it has printed so far. */
  output: () => string
  /** Asks it to stop, as Ctrl-C (SIGINT) or a system (SIGTERM, unless told) does; answers the exit code. */
  stop: (signal?: 'SIGINT' | 'SIGTERM') => Promise<number | null>
  /** SIGKILL: no time to do anything. */
  kill: () => Promise<void>
}

const longestStartMilliseconds = 240_000

/**
 * Starts the built product on a free port with a data folder of its own, and waits until it answers. Its database is the
 * embedded one, or lies on the server of TEST_DATABASE_URL.
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const port = options.port ?? (await findFreePort())
  const dataDir = options.dataDir ?? makeOpenFolder('product')
  const database = databaseBeside(dataDir)
  const { sample } = options
  const made =
    sample && options.dataDir === undefined ? await findSample(sample.cells, seedSample(sample)) : undefined
  if (made !== undefined) copyFolder(made, dataDir)
  if (database) await makeDatabase(database, made === undefined ? undefined : databaseBeside(made)?.name)
  const run = spawnProduct({ ...options, port, dataDir })
  const url = `http://127.0.0.1:${port}`
  const cleanUp = async (): Promise<void> => {
    if (options.dataDir !== undefined) return
    rmSync(dataDir, { recursive: true, force: true })
    if (database) await askServer(database.adminUrl, `drop database if exists ${database.name} with (force)`)
  }
  try {
    await untilHealthy(url, run)
  } catch (error) {
    run.child.kill('SIGTERM')
    await run.ended
    await cleanUp()
    throw error
  }
  return {
    url,
    port,
    dataDir,
    pid: run.child.pid ?? 0,
    output: run.output,
    stop: async (signal = 'SIGTERM') => {
      run.child.kill(signal)
      const code = await run.ended
      await cleanUp()
      return code
    },
    kill: async () => {
      run.child.kill('SIGKILL')
      await run.ended
    },
  }
}

const seedSample =
  (sample: { cells: number }) =>
  async (dataDir: string): Promise<void> => {
    const product = await startProduct({ sample, dataDir })
    const code = await product.stop()
    if (code !== 0)
      throw new Error(`the product that made sample data ended with ${code}:\n${product.output()}`)
  }

async function makeDatabase(
  { adminUrl, name }: { adminUrl: string; name: string },
  template: string | undefined,
): Promise<void> {
  const there = await askServer(adminUrl, 'select from pg_database where datname = $1', [name])
  if (there.length > 0) return
  const copied = template === undefined ? '' : ` template ${template} strategy file_copy`
  await askServer(adminUrl, `create database ${name}${copied}`)
}

/** Starts the product where it is expected to refuse: answers what it said and its exit code. */
export async function failToStart(
  options: ProductOptions & { dataDir: string },
): Promise<{ code: number | null; output: string }> {
  const run = spawnProduct({ ...options, port: options.port ?? (await findFreePort()) })
  const code = await run.ended
  return { code, output: run.output() }
}

/** Programs that a failed test left running: none may outlive the run of the tests. */
const running = new Set<ChildProcess>()
process.on('exit', killLeftovers)

/** Kills what is still running; for `afterEach`. */
export function killLeftovers(): void {
  for (const child of running) child.kill('SIGKILL')
}

interface Run {
  child: ChildProcess
  ended: Promise<number | null>
  output: () => string
}

function spawnProduct(options: ProductOptions & { port: number; dataDir: string }): Run {
  const project = options.projectFolder ?? resolve(import.meta.dirname, '..', '..')
  const sample = options.sample ? ['--cells', String(options.sample.cells)] : ['--empty']
  const database = databaseBeside(options.dataDir)
  const child = spawn(process.execPath, [join(project, 'app/src/entry/cli.ts'), 'start', ...sample], {
    cwd: project,
    env: {
      ...withoutSettings(process.env),
      PORT: String(options.port),
      DATA_DIR: options.dataDir,
      WEB_PROCESSES: '1',
      TRIENKHAI_LANG: 'en',
      NODE_ENV: 'production',
      ...(database ? { DATABASE_URL: database.url } : {}),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  let output = ''
  const add = (bytes: Buffer): void => {
    output += bytes.toString()
  }
  child.stdout.on('data', add)
  child.stderr.on('data', add)
  // `close`, not `exit`: by then all that was printed has been read.
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return { child, ended, output: () => output }
}

/** The environment of the tests must not reach the product: it would share a database or a port with others. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _url,
    DATABASE_OWNER_URL: _owner,
    DATABASE_SIGN_IN_URL: _signIn,
    ...ours
  } = environment
  const { BASE_URL: _base, HOST: _host, VITEST: _vitest, ...rest } = ours
  return rest
}

async function untilHealthy(url: string, run: Run): Promise<void> {
  let exit: { code: number | null } | undefined
  void run.ended.then((code) => {
    exit = { code }
  })
  const deadline = Date.now() + longestStartMilliseconds
  for (;;) {
    if (exit) throw new Error(`the product ended with ${exit.code}:\n${run.output()}`)
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > deadline) throw new Error(`the product was not up in time:\n${run.output()}`)
    await sleep(50)
  }
}

/** A port of this machine that is free now. */
export function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}
