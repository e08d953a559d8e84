import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findRunningEmbedded } from '../../app/src/server/database/embedded.ts'
import { makeOpenFolder } from '../helpers/open-folder.ts'
import { failToStart, findFreePort, killLeftovers, startProduct } from '../helpers/product.ts'

const asRoot = process.getuid?.() === 0

let root: string
let dataDir: string
beforeEach(() => {
  root = makeOpenFolder('faults')
  dataDir = join(root, 'dữ liệu của tôi')
})
afterEach(() => {
  killLeftovers()
  rmSync(root, { recursive: true, force: true })
})

/** The server's process, by its own file. */
function serverOf(folder: string): number {
  return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function hasEnded(pid: number, withinMilliseconds: number): Promise<boolean> {
  const deadline = Date.now() + withinMilliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}

async function query(folder: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: findRunningEmbedded(folder)?.owner })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const insert = `insert into organisation (id, hierarchy, kind, name)
  values (gen_random_uuid(), 'party', 'cell', 'Chi bộ Kiểm thử')`
const names = 'select name from organisation'

/** The folder of the server's socket, which no later start would use: left behind, they would fill up /tmp. */
function socketFolderOf(folder: string): string {
  return readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4] ?? ''
}

describe('the program, once it is running', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends well by %s, leaves no server, and starts again with its data',
    async (signal) => {
      const product = await startProduct({ dataDir })
      await query(dataDir, insert)
      const server = serverOf(dataDir)
      const sockets = socketFolderOf(dataDir)
      expect(await product.stop(signal)).toBe(0)
      expect(await hasEnded(server, 0)).toBe(true)
      expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
      expect([sockets.startsWith('/tmp/trienkhai-'), existsSync(sockets)]).toEqual([true, false])

      const startedAt = Date.now()
      const again = await startProduct({ dataDir })
      expect(Date.now() - startedAt).toBeLessThan(10_000)
      expect(await query(dataDir, names)).toEqual([{ name: 'Chi bộ Kiểm thử' }])
      await again.stop()
    },
  )

  test('killed by SIGKILL leaves no server after five seconds, and no damaged data', async () => {
    const product = await startProduct({ dataDir })
    await query(dataDir, insert)
    const server = serverOf(dataDir)
    await product.kill()
    expect(await hasEnded(server, 5_000)).toBe(true)

    const again = await startProduct({ dataDir })
    expect(await query(dataDir, names)).toEqual([{ name: 'Chi bộ Kiểm thử' }])
    await again.stop()
  })

  test('killed together with its watchdog leaves a server that the next start stops', async () => {
    const product = await startProduct({ dataDir })
    await query(dataDir, insert)
    const server = serverOf(dataDir)
    process.kill(watchdogOf(server), 'SIGKILL')
    await product.kill()
    await sleep(300)
    expect(isAlive(server)).toBe(true)

    const again = await startProduct({ dataDir })
    expect(again.output()).toContain('Stopped the database that an earlier run had left behind.')
    expect(isAlive(server)).toBe(false)
    expect(await query(dataDir, names)).toEqual([{ name: 'Chi bộ Kiểm thử' }])
    await again.stop()
  })

  test('stops when its database is killed, and starts again with its data', async () => {
    const product = await startProduct({ dataDir })
    await query(dataDir, insert)
    process.kill(serverOf(dataDir), 'SIGKILL')
    await sleep(500)
    expect(await product.stop()).toBe(1)
    const again = await startProduct({ dataDir })
    expect(await query(dataDir, names)).toEqual([{ name: 'Chi bộ Kiểm thử' }])
    await again.stop()
  })

  test('refuses a second copy on the same data, and goes on', async () => {
    const product = await startProduct({ dataDir })
    const second = await failToStart({ dataDir, env: { TRIENKHAI_LANG: 'vi' } })
    expect(second).toEqual({
      code: 1,
      output: `Một bản khác đang chạy trên cùng thư mục dữ liệu ${dataDir} (tiến trình ${product.pid}). Hãy dừng bản đó trước, hoặc đặt DATA_DIR là thư mục khác.\n`,
    })
    expect((await fetch(`${product.url}/health`)).status).toBe(200)
    await product.stop()
  })
})

describe('the program refuses to start, and says why,', () => {
  test('where its port is taken', async () => {
    const port = await findFreePort()
    const other = createServer()
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done))
    const { code, output } = await failToStart({ dataDir, port })
    other.close()
    expect(code).toBe(1)
    expect(output).toContain(
      `Port ${port} on 127.0.0.1 is in use by another program. Choose another, for example: PORT=${port + 1} npm start`,
    )
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('where the data folder is of another version', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
    const { code, output } = await failToStart({ dataDir })
    expect({ code, output }).toEqual({
      code: 1,
      output: `The data folder ${join(dataDir, 'postgres')} was made by PostgreSQL 16; this program uses PostgreSQL 18. Run the older program, or set DATA_DIR to another folder.\n`,
    })
  })

  // A small disk of its own needs root, and a system that lets root mount one.
  test.runIf(asRoot && canMount())('where the disk is full', async () => {
    const disk = join(root, 'disk')
    mountSmallDisk(disk)
    try {
      const { code, output } = await failToStart({ dataDir: join(disk, 'data') })
      expect(code).toBe(1)
      expect(output).toContain('is full. The data are unharmed; make room and start again.')
    } finally {
      execFileSync('umount', [disk])
    }
  })

  test('where a setting is wrong', async () => {
    const { code, output } = await failToStart({ dataDir, env: { BASE_URL: 'trienkhai.example.vn' } })
    expect(code).toBe(2)
    expect(output).toContain('The setting BASE_URL=trienkhai.example.vn is wrong')
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe('the program starts', () => {
  test.runIf(asRoot)('as root in a folder that is closed to all others, and keeps its data', async () => {
    chmodSync(root, 0o700)
    const product = await startProduct({ dataDir })
    const elsewhere = readFileSync(join(dataDir, 'postgres-is-elsewhere.txt'), 'utf8').trim()
    try {
      expect(product.output()).toContain(`so the data are in ${elsewhere}`)
      await query(dataDir, insert)
      await product.stop()
      const again = await startProduct({ dataDir })
      expect(await query(dataDir, names)).toEqual([{ name: 'Chi bộ Kiểm thử' }])
      await again.stop()
    } finally {
      rmSync(elsewhere, { recursive: true, force: true })
    }
  })

  test('from a project whose path has spaces and Vietnamese letters', async () => {
    // The same files by another path: what the program makes of its own path is what is tried here.
    const project = join(root, 'Dự án Triển Khai')
    symlinkSync(resolve(import.meta.dirname, '..', '..'), project)
    const product = await startProduct({ dataDir, projectFolder: project })
    expect((await fetch(`${product.url}/health`)).status).toBe(200)
    await product.stop()
  })
})

/** The shell that waits for the program's end: its last but one argument is the server's number. */
function watchdogOf(server: number): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = existsSync(`/proc/${name}/cmdline`)
      ? readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      : []
    if (line.includes('trienkhai-watchdog') && line.includes(String(server))) return Number(name)
  }
  throw new Error('no watchdog was found')
}

function mountSmallDisk(folder: string): void {
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
}

/** Containers often don't let even root mount anything. */
function canMount(): boolean {
  const folder = makeOpenFolder('mount')
  const disk = join(folder, 'disk')
  try {
    mountSmallDisk(disk)
    execFileSync('umount', [disk])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
