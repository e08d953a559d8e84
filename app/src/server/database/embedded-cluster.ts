import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'
import { type Account, embeddedVersion } from './embedded-binaries.ts'
import { isAlive } from './embedded-owner.ts'

/** Where the parts of an embedded database lie. */
export interface ClusterPlaces {
  /** The folder that holds everything below. */
  root: string
  /** PostgreSQL's own data folder. */
  data: string
  /** The password of all roles, readable by us alone. */
  password: string
  log: string
}

export function placesIn(root: string): ClusterPlaces {
  return {
    root,
    data: join(root, 'postgres'),
    password: join(root, 'postgres.password'),
    log: join(root, 'postgres.log'),
  }
}

/** What PostgreSQL's programs see of our environment: times in UTC, messages in English (we look for words in them). */
export const clusterEnvironment = {
  PATH: process.env['PATH'] ?? '',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8',
  LC_MESSAGES: 'C',
}

interface CreateOptions {
  places: ClusterPlaces
  binaries: string
  account: Account | undefined
  durable: boolean
}

/**
 * Makes the data folder where there is none: under another name first, so that a half-made one is never taken for
 * whole. Refuses a folder of another version of PostgreSQL.
 */
export async function ensureCluster(options: CreateOptions): Promise<'made' | 'found'> {
  const { places } = options
  const versionFile = join(places.data, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim()
    if (found !== embeddedVersion) {
      throw new CannotStart({ code: 'other-version', folder: places.data, found, wanted: embeddedVersion })
    }
    return 'found'
  }
  for (const name of readdirSync(places.root)) {
    if (name.startsWith('postgres.making-')) rmSync(join(places.root, name), { recursive: true, force: true })
  }
  await createCluster(options)
  return 'made'
}

async function createCluster({ places, binaries, account, durable }: CreateOptions): Promise<void> {
  const making = join(places.root, `postgres.making-${process.pid}`)
  const passwordCopy = `${making}.password`
  const password = randomBytes(24).toString('base64url')
  mkdirSync(making, { mode: 0o700 })
  writeFileSync(passwordCopy, password, { mode: 0o600 })
  if (account) {
    chownSync(making, account.uid, account.gid)
    chownSync(passwordCopy, account.uid, account.gid)
  }
  const options = [
    '-D',
    making,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordCopy}`,
  ]
  // The builtin C.UTF-8 keeps sorting of plain columns stable over systems; Vietnamese order is asked for by name.
  options.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions')
  if (!durable) options.push('--no-sync')
  const { code, output } = await run(join(binaries, 'bin', 'initdb'), options, account)
  rmSync(passwordCopy, { force: true })
  if (code !== 0) {
    rmSync(making, { recursive: true, force: true })
    // As in a container that was given a number to run as: initdb wants the account to have a name.
    if (/user does not exist/.test(output)) {
      throw new CannotStart({ code: 'nameless-account', uid: process.getuid?.() ?? 0 })
    }
    if (isDiskFull(output)) throw new CannotStart({ code: 'disk-full', folder: places.root })
    throw new CannotStart({ code: 'embedded-failed', log: places.log, detail: output.trim().slice(-600) })
  }
  writeFileSync(places.password, password, { mode: 0o600 })
  renameSync(making, places.data)
}

function run(
  program: string,
  options: string[],
  account: Account | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, {
      ...account,
      env: clusterEnvironment,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString()
    })
    child.stderr.on('data', (bytes: Buffer) => {
      output += bytes.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

export const isDiskFull = (output: string): boolean =>
  /No space left on device|Disk quota exceeded/.test(output)

/** The lines of PostgreSQL's `postmaster.pid`: process, …, socket folder (5th), state (8th). */
export function readServerFile(
  data: string,
): { pid: number; socketFolder: string; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 1) return undefined
    return { pid, socketFolder: (lines[4] ?? '').trim(), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

function isServerOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
  } catch {
    return false
  }
}

/**
 * Stops a server that an earlier run left behind (its watchdog was killed with it), and removes a pid file that names
 * a process which is none of ours: after a reboot its number may belong to anybody.
 */
export async function stopOrphan(data: string): Promise<boolean> {
  const left = readServerFile(data)
  if (!left || !isAlive(left.pid)) return false
  if (!isServerOf(left.pid, data)) {
    rmSync(join(data, 'postmaster.pid'), { force: true })
    return false
  }
  process.kill(left.pid, 'SIGINT')
  if (!(await hasEnded(left.pid, 10_000))) {
    process.kill(left.pid, 'SIGQUIT')
    await hasEnded(left.pid, 5_000)
  }
  // Its watchdog would have removed this. The name is looked at: what the file says is not trusted with a removal.
  if (/^\/tmp\/trienkhai-\w{6}$/.test(left.socketFolder))
    rmSync(left.socketFolder, { recursive: true, force: true })
  return true
}

async function hasEnded(pid: number, withinMilliseconds: number): Promise<boolean> {
  const deadline = Date.now() + withinMilliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(25)
  }
  return true
}
