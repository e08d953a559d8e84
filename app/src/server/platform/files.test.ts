import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FileStore, openFileStore } from './files.ts'

const hello = new TextEncoder().encode('Chào buổi sáng')
const limits = { mostBytes: 1_000_000 }

let dataDir: string
let files: FileStore
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'trienkhai-files-'))
  files = openFileStore(dataDir)
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

async function keep(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  const kept = await files.keepFile(content, limits)
  if (!kept.ok) throw new Error(kept.reason)
  return kept.hash
}

const drafts = (): string[] => readdirSync(join(dataDir, 'files', 'coming'))

describe('a kept file', () => {
  test('is named by its content, and the same content twice is one file', async () => {
    const first = await files.keepFile(hello, limits)
    const second = await files.keepFile(Readable.from([hello.subarray(0, 5), hello.subarray(5)]), limits)
    expect(second).toEqual(first)
    const hash = first.ok ? first.hash : ''
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(readFileSync(join(dataDir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash))).toEqual(
      Buffer.from(hello),
    )
    expect(drafts()).toEqual([])
  })

  test('is read whole or as a stream', async () => {
    const hash = await keep(hello)
    expect(await files.readWholeFile(hash)).toEqual(Buffer.from(hello))
    const opened = await files.openFile(hash)
    expect(opened?.size).toBe(hello.byteLength)
    expect(opened && (await buffer(opened.stream()))).toEqual(Buffer.from(hello))
  })

  test('is gone once forgotten', async () => {
    const hash = await keep(hello)
    await files.forgetFile(hash)
    expect([await files.openFile(hash), await files.readWholeFile(hash)]).toEqual([undefined, undefined])
  })
})

describe('the file store', () => {
  test('refuses content over the limit and keeps nothing of it', async () => {
    const outcome = await files.keepFile(Readable.from([hello, hello]), { mostBytes: hello.byteLength + 1 })
    expect(outcome).toEqual({ ok: false, reason: 'too-large', mostBytes: hello.byteLength + 1 })
    expect(drafts()).toEqual([])
  })

  test('keeps nothing of an upload that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield hello
        throw new Error('the line went dead')
      })(),
    )
    await expect(files.keepFile(broken, limits)).rejects.toThrow('the line went dead')
    expect(readdirSync(join(dataDir, 'files'))).toEqual(['coming'])
    expect(drafts()).toEqual([])
  })

  test('never walks out of its folder', async () => {
    await expect(files.openFile('../../../../etc/passwd')).rejects.toThrow('64 hexadecimal digits')
  })

  test('sweeps away what a killed program left, an hour later', async () => {
    await keep(hello)
    const coming = join(dataDir, 'files', 'coming')
    writeFileSync(join(coming, 'old'), 'half')
    writeFileSync(join(coming, 'new'), 'half')
    const twoHoursAgo = Date.now() / 1000 - 7200
    utimesSync(join(coming, 'old'), twoHoursAgo, twoHoursAgo)
    expect(await files.sweepLeftovers()).toBe(1)
    expect(drafts()).toEqual(['new'])
  })
})
