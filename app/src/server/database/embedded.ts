import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type DatabaseAddresses, programRole, signInRole } from './addresses.ts'
import { CannotStart, explainFileError } from './cannot-start.ts'
import { type Account, canReach, prepareBinaries } from './embedded-binaries.ts'
import {
  type ClusterPlaces,
  clusterEnvironment,
  ensureCluster,
  isDiskFull,
  placesIn,
  readServerFile,
  stopOrphan,
} from './embedded-cluster.ts'
import { claimFolder, findOwner } from './embedded-owner.ts'

/** `nobody`, as every Linux has it: PostgreSQL refuses to run as root. */
const unprivileged: Account = { uid: 65534, gid: 65534 }
const ownerRole = 'trienkhai'
const longestWaitMilliseconds = 120_000

/** The product's own PostgreSQL, run as a child of this process. */
export interface EmbeddedServer {
  /** `postgresql://…` over the socket. They hold the password: never log them. */
  addresses: DatabaseAddresses
  pid: number
  /** Where the data lie: elsewhere than asked for, when PostgreSQL's account can't walk there. */
  folder: string
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>
  stop: () => Promise<void>
}

export interface EmbeddedOptions {
  dataDir: string
  /** Off only for tests: without it a power cut may damage the data. */
  durable?: boolean
  onStep?: (step: 'making' | 'orphan-stopped' | 'elsewhere', detail: string) => void
}

/** Starts the embedded server on a data folder, making it where there is none. Throws CannotStart. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = resolve(options.dataDir)
  try {
    const { places, account } = choosePlaces(dataDir, options)
    const giveBack = claimFolder(places.root)
    try {
      return await startServer(places, account, options, giveBack)
    } catch (error) {
      giveBack()
      throw error
    }
  } catch (error) {
    throw explainFileError(error, dataDir)
  }
}

/**
 * The addresses of the server that another process of the product runs on this folder now, for commands that work
 * beside a running product (`seed`, `migrate`, `worker`); undefined where none is ready.
 */
export function findRunningEmbedded(dataDir: string): DatabaseAddresses | undefined {
  const root = readPointer(resolve(dataDir)) ?? resolve(dataDir)
  const places = placesIn(root)
  if (findOwner(root) === undefined) return undefined
  const server = readServerFile(places.data)
  return server?.ready ? addressesIn(places, server.socketFolder) : undefined
}

const pointerIn = (dataDir: string): string => join(dataDir, 'postgres-is-elsewhere.txt')

function readPointer(dataDir: string): string | undefined {
  const file = pointerIn(dataDir)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

function choosePlaces(
  dataDir: string,
  options: EmbeddedOptions,
): { places: ClusterPlaces; account: Account | undefined } {
  const isNew = !existsSync(dataDir)
  mkdirSync(dataDir, { recursive: true })
  const places = placesIn(dataDir)
  const dataOwner = statSync(places.data, { throwIfNoEntry: false })
  if (process.getuid?.() !== 0) {
    if (dataOwner && dataOwner.uid !== process.getuid?.()) {
      throw new CannotStart({ code: 'other-user', folder: places.data })
    }
    return { places, account: undefined }
  }
  // A strict umask would shut PostgreSQL's account out of the folder that was made for it.
  if (isNew) chmodSync(dataDir, 0o711)
  const account = dataOwner && dataOwner.uid !== 0 ? { uid: dataOwner.uid, gid: dataOwner.gid } : unprivileged
  if (canReach(dataDir, account)) return { places, account }
  if (dataOwner) throw new CannotStart({ code: 'other-user', folder: places.data })
  const elsewhere = readPointer(dataDir) ?? elsewhereFor(dataDir)
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
  writeFileSync(pointerIn(dataDir), `${elsewhere}\n`)
  options.onStep?.('elsewhere', elsewhere)
  return { places: placesIn(elsewhere), account }
}

/** A folder of the system for data that can't lie in the project, named by the project's path. */
function elsewhereFor(dataDir: string): string {
  return `/var/lib/trienkhai-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
}

async function startServer(
  places: ClusterPlaces,
  account: Account | undefined,
  options: EmbeddedOptions,
  giveBack: () => void,
): Promise<EmbeddedServer> {
  const durable = options.durable ?? true
  const binaries = prepareBinaries(places.root, account)
  if (!existsSync(places.data)) options.onStep?.('making', places.data)
  await ensureCluster({ places, binaries, account, durable })
  if (await stopOrphan(places.data)) options.onStep?.('orphan-stopped', places.data)

  // A fresh folder of ours alone, under a short path: the names of sockets may be 107 bytes long at most.
  const socketFolder = mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'trienkhai-'))
  if (account) chownSync(socketFolder, account.uid, account.gid)
  const server = spawnServer(binaries, places, socketFolder, account, durable)
  const dog = spawnWatchdog(server, socketFolder, account)
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    await stopServer(server, ended)
    dog.kill('SIGKILL')
    rmSync(socketFolder, { recursive: true, force: true })
    giveBack()
  }
  try {
    await waitUntilReady(server, places)
    const addresses = addressesIn(places, socketFolder)
    await ensureDatabase(places, socketFolder)
    return { addresses, pid: server.pid ?? 0, folder: places.root, ended, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function spawnServer(
  binaries: string,
  places: ClusterPlaces,
  socketFolder: string,
  account: Account | undefined,
  durable: boolean,
): ChildProcess {
  const parameters = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: durable ? '256MB' : '64MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    // Pages ask for a few dozen rows: compiling a query or sharing it out over processes costs more than it saves.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // The log may be shown to anyone who helps: no statements and no values of rows in it.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  const flags = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  keepLogShort(places.log)
  const log = openSync(places.log, 'a', 0o600)
  const server = spawn(join(binaries, 'bin', 'postgres'), ['-D', places.data, ...flags], {
    ...account,
    env: clusterEnvironment,
    cwd: '/',
    // A session of its own: Ctrl-C in the terminal must reach the product, which then stops the server in good order.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return server
}

function keepLogShort(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10_000_000) renameSync(log, `${log}.1`)
}

/**
 * A shell that waits on a pipe which only we hold. When this process dies, however it dies, the pipe closes and the
 * shell stops the server: first in good order, after ten seconds at once.
 */
function spawnWatchdog(
  server: ChildProcess,
  socketFolder: string,
  account: Account | undefined,
): ChildProcess {
  const script = [
    'cat >/dev/null',
    'kill -INT "$1" 2>/dev/null',
    'n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done',
    'kill -QUIT "$1" 2>/dev/null',
    'rm -rf "$2"',
  ].join('; ')
  const dog = spawn('/bin/sh', ['-c', script, 'trienkhai-watchdog', String(server.pid), socketFolder], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  dog.unref()
  if (dog.stdin && 'unref' in dog.stdin && typeof dog.stdin.unref === 'function') dog.stdin.unref()
  return dog
}

async function waitUntilReady(server: ChildProcess, places: ClusterPlaces): Promise<void> {
  const startedAt = Date.now()
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) throw explainLog(places)
    const state = readServerFile(places.data)
    if (state?.pid === server.pid && state?.ready) return
    if (Date.now() - startedAt > longestWaitMilliseconds) throw explainLog(places)
    await sleep(10)
  }
}

function explainLog(places: ClusterPlaces): CannotStart {
  const tail = existsSync(places.log) ? readFileSync(places.log, 'utf8').slice(-2_000) : ''
  if (isDiskFull(tail)) return new CannotStart({ code: 'disk-full', folder: places.root })
  return new CannotStart({ code: 'embedded-failed', log: places.log, detail: tail.trim().slice(-600) })
}

async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGINT')
  const lastResort = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await ended
  clearTimeout(lastResort)
}

function addressesIn(places: ClusterPlaces, socketFolder: string): DatabaseAddresses {
  const password = encodeURIComponent(readFileSync(places.password, 'utf8'))
  const addressFor = (role: string): string =>
    `postgresql://${role}:${password}@localhost/${ownerRole}?host=${encodeURIComponent(socketFolder)}`
  return { owner: addressFor(ownerRole), program: addressFor(programRole), signIn: addressFor(signInRole) }
}

/**
 * Makes the roles and the database that the product works with. The owner is no superuser; it may make databases, which
 * tests and restored back-ups need. The program and the sign-in library log in as roles that own nothing.
 */
async function ensureDatabase(places: ClusterPlaces, socketFolder: string): Promise<void> {
  const password = readFileSync(places.password, 'utf8')
  const client = new pg.Client({ host: socketFolder, user: 'postgres', password, database: 'postgres' })
  await client.connect()
  try {
    const quoted = client.escapeLiteral(password)
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
    const known = new Set(rows.map(({ rolname }) => rolname))
    if (!known.has(ownerRole))
      await client.query(`create role ${ownerRole} login createdb password ${quoted}`)
    for (const ownsNothing of [programRole, signInRole])
      if (!known.has(ownsNothing)) {
        await client.query(`create role ${ownsNothing} login password ${quoted}`)
        // What works with the owner's address alone (tests, restored back-ups) may step down to these.
        await client.query(`grant ${ownsNothing} to ${ownerRole}`)
      }
    const found = await client.query('select 1 from pg_database where datname = $1', [ownerRole])
    if (found.rows.length === 0) await client.query(`create database ${ownerRole} owner ${ownerRole}`)
  } finally {
    await client.end()
  }
  for (const database of ['template1', ownerRole]) await makeSearchable(places, socketFolder, database)
}

/**
 * LIKE, and whether a text holds words, tell nothing of the rows that they look at. Only a superuser may say so; unsaid, no search of rows under
 * row-level security goes by an index.
 */
async function makeSearchable(places: ClusterPlaces, socketFolder: string, database: string): Promise<void> {
  const password = readFileSync(places.password, 'utf8')
  const client = new pg.Client({ host: socketFolder, user: 'postgres', password, database })
  await client.connect()
  try {
    await client.query('alter function pg_catalog.textlike(text, text) leakproof')
    await client.query('alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof')
  } finally {
    await client.end()
  }
}
