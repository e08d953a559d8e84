import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

/** What a file is given as: all its bytes, or a stream of them (a request's body, an upload). */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>

export interface KeptFile {
  /** SHA-256 of the content, 64 hexadecimal digits: the file's name from now on. */
  hash: string
  /** Bytes. */
  size: number
}

export type KeepOutcome = ({ ok: true } & KeptFile) | { ok: false; reason: 'too-large'; mostBytes: number }

/** Files kept by their content: the same content twice is one file. Rows in the database say who may see which. */
export interface FileStore {
  /** Keeps the content. When this answers `ok`, it is on the disk for good, whatever happens next. */
  keepFile: (content: FileContent, limits: { mostBytes: number }) => Promise<KeepOutcome>
  /** A stream of a kept file, or undefined where there is none of that name. */
  openFile: (hash: string) => Promise<{ size: number; stream: () => Readable } | undefined>
  /** The whole of a kept file; undefined where there is none. */
  readWholeFile: (hash: string) => Promise<Uint8Array | undefined>
  /** Forgets a file. Only for files that no row names any more. */
  forgetFile: (hash: string) => Promise<void>
  /** The names of all files that were kept more than an hour ago. */
  listSettled: () => AsyncIterable<string>
  /** Removes what interrupted uploads left. Answers how many; only those older than an hour. */
  sweepLeftovers: () => Promise<number>
}

const hashForm = /^[0-9a-f]{64}$/
const hourInMilliseconds = 3_600_000

/** The files under `<dataDir>/files`: `ab/cd/<the whole hash>`, beside a folder of those still coming in. */
export function openFileStore(dataDir: string): FileStore {
  const root = join(dataDir, 'files')
  const coming = join(root, 'coming')

  const placeOf = (hash: string): string => {
    // A name from outside must never walk out of the folder.
    if (!hashForm.test(hash)) throw new RangeError('a kept file is named by 64 hexadecimal digits')
    return join(root, hash.slice(0, 2), hash.slice(2, 4), hash)
  }

  return {
    keepFile: async (content, limits) => {
      await mkdir(coming, { recursive: true, mode: 0o700 })
      const draft = join(coming, randomUUID())
      try {
        const written = await writeDraft(draft, content, limits.mostBytes)
        if (!written) return { ok: false, reason: 'too-large', mostBytes: limits.mostBytes }
        await settle(draft, placeOf(written.hash), root)
        return { ok: true, ...written }
      } finally {
        await rm(draft, { force: true })
      }
    },
    openFile: async (hash) => {
      const place = placeOf(hash)
      const found = await stat(place).catch(() => undefined)
      return found ? { size: found.size, stream: () => createReadStream(place) } : undefined
    },
    readWholeFile: (hash) => readFile(placeOf(hash)).catch(missingIsUndefined),
    forgetFile: (hash) => rm(placeOf(hash), { force: true }),
    listSettled: () => listSettled(root),
    sweepLeftovers: () => sweep(coming),
  }
}

function missingIsUndefined(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}

/** Writes and hashes in one pass, down to the disk; undefined as soon as it grows too large. */
async function writeDraft(
  draft: string,
  content: FileContent,
  mostBytes: number,
): Promise<KeptFile | undefined> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(draft, 'wx', 0o600)
  try {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      size += piece.byteLength
      if (size > mostBytes) return undefined
      hash.update(piece)
      await writeAll(file, piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest('hex'), size }
}

/** A write may take less than it was given; `writeFile` on the open file goes on until all is written. */
async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  await file.writeFile(piece)
}

/** Moves a whole draft to its place. The folders are synced too, or a power cut could lose the new name. */
async function settle(draft: string, place: string, root: string): Promise<void> {
  const folder = dirname(place)
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(draft, place)
  await syncFolder(folder)
  if (made === undefined) return
  await syncFolder(dirname(folder))
  await syncFolder(root)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* listSettled(root: string): AsyncGenerator<string> {
  for (const first of await readdir(root).catch(() => []))
    for (const second of /^[0-9a-f]{2}$/.test(first) ? await readdir(join(root, first)) : [])
      for (const name of await readdir(join(root, first, second))) {
        if (!hashForm.test(name)) continue
        const found = await stat(join(root, first, second, name)).catch(() => undefined)
        if (found && Date.now() - found.mtimeMs > hourInMilliseconds) yield name
      }
}

async function sweep(coming: string): Promise<number> {
  const names = await readdir(coming).catch(() => [])
  let removed = 0
  for (const name of names) {
    const draft = join(coming, name)
    const found = await stat(draft).catch(() => undefined)
    if (!found || Date.now() - found.mtimeMs < hourInMilliseconds) continue
    await rm(draft, { force: true })
    removed += 1
  }
  return removed
}
