import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/helpers/database.ts'
import { inTransaction } from './database/handles.ts'
import { forgetUnnamedFiles, registerFile } from './kept-files.ts'
import { openFileStore } from './platform/files.ts'

let held: TestDatabase
let folder: string
beforeAll(async () => {
  held = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'trienkhai-kept-'))
})
afterAll(async () => {
  await held.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('contents that no row names are forgotten once an hour has passed', async () => {
  const { database } = held
  const files = openFileStore(folder)
  const keep = async (words: string, hoursAgo: number): Promise<string> => {
    const kept = await files.keepFile(new TextEncoder().encode(words), { mostBytes: 1_000 })
    if (!kept.ok) throw new Error(kept.reason)
    const at = new Date(Date.now() - hoursAgo * 3_600_000)
    utimesSync(join(folder, 'files', kept.hash.slice(0, 2), kept.hash.slice(2, 4), kept.hash), at, at)
    return kept.hash
  }
  const named = await keep('có dòng', 2)
  const unnamed = await keep('mất dòng', 2)
  const coming = await keep('đang đến', 0)
  await inTransaction(database, (tx) =>
    registerFile(tx, files, { hash: named, size: 9, mediaType: 'text/plain' }),
  )

  expect(await forgetUnnamedFiles({ database, files })).toBe(1)
  const there = await Promise.all([named, unnamed, coming].map((hash) => files.openFile(hash)))
  expect(there.map((file) => file !== undefined)).toEqual([true, false, true])
  expect(await forgetUnnamedFiles({ database, files })).toBe(0)
})
