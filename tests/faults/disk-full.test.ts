import { randomBytes } from 'node:crypto'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { makeOpenFolder } from '../helpers/open-folder.ts'
import { killLeftovers, type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs } from '../helpers/session.ts'
import { canMountDisks, mountSmallDisk, unmountDisk } from '../helpers/small-disk.ts'
import { findHalfDone, untilAllRead } from './consistency.ts'

// A disk of its own needs root, and a system that lets root mount one.
describe.runIf(canMountDisks())('on a disk that is full, the program', () => {
  let root: string
  let disk: string
  let dataDir: string
  let product: Product
  let database: Database
  let officer: Session

  beforeAll(async () => {
    root = makeOpenFolder('disk-full')
    disk = join(root, 'disk')
    mountSmallDisk(disk, 400)
    dataDir = join(disk, 'data')
    product = await startProduct({ dataDir, sample: { cells: 10 } })
    database = connectToProduct(dataDir)
    officer = await signInAs(product.url, 'canbo')
  })
  afterAll(async () => {
    await database?.close()
    await product?.stop()
    killLeftovers()
    unmountDisk(disk)
    rmSync(root, { recursive: true, force: true })
  })

  const document = (bytes: number): File =>
    new File([`KẾ HOẠCH\n${randomBytes(bytes / 2).toString('hex')}`], 'ke-hoach.txt')

  /** Leaves only so much room as the database needs to go on by itself. */
  function fillUp(leaveBytes: number): string {
    const { bavail, bsize } = statfsSync(disk)
    const filler = join(disk, 'filler')
    writeFileSync(filler, Buffer.alloc(bavail * bsize - leaveBytes))
    return filler
  }

  test('says that there is no room, loses nothing, and goes on once there is', async () => {
    const before = document(1_000)
    const first = await officer.post('/documents/new', { file: before })
    expect(first.status).toBe(303)
    await untilAllRead(database)

    const filler = fillUp(2_000_000)
    const refused = await officer.post('/documents/new', { file: document(8_000_000) })
    expect([refused.status, (await refused.text()).includes('Máy chủ hết chỗ trống')]).toEqual([507, true])
    expect((await fetch(`${product.url}/health`)).status).toBe(200)
    const kept = await officer.get(`${first.headers.get('location')}/file`)
    expect(await kept.text()).toBe(await before.text())

    rmSync(filler)
    const taken = await officer.post('/documents/new', { file: document(8_000_000) })
    expect(taken.status).toBe(303)
    await untilAllRead(database)
    expect(await findHalfDone(database, dataDir)).toEqual([])
  })
})
