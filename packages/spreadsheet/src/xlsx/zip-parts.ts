import { createInflateRaw } from 'node:zlib'
import type { Limits } from '../limits.ts'
import { StopReading } from '../refusal.ts'

/**
 * A zip that is read part by part, each as a stream: nothing is unpacked that is not asked for, and never more of it
 * in memory than a portion. Sizes in a zip are claims; what counts is how much comes out.
 */
export interface ZipParts {
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  /** The part in portions. Throws {@link StopReading} at a bound or damage. */
  readonly stream: (name: string) => AsyncIterable<Uint8Array>
}

interface Entry {
  readonly method: number
  readonly packedSize: number
  readonly headerAt: number
}

const directoryEndSignature = 0x06054b50
const directoryEntrySignature = 0x02014b50
const localHeaderSignature = 0x04034b50
const directoryEndSize = 22
const longestComment = 0xffff
const stored = 0
const deflated = 8
const portionBytes = 256 * 1024

/** Opens a zip; nothing is unpacked yet. Throws {@link StopReading}. */
export function openZip(bytes: Uint8Array, limits: Limits): ZipParts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(bytes, view, limits)
  const spent = { bytes: 0 }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    stream: (name) => streamPart(bytes, view, name, entries.get(name), limits, spent),
  }
}

function readDirectory(bytes: Uint8Array, view: DataView, limits: Limits): Map<string, Entry> {
  const end = findDirectoryEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.zipEntries) throw new StopReading('too-much-inside', { found: 'zip entries' })
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, Entry>()
  const decoder = new TextDecoder()
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryEntrySignature)
      throw new StopReading('damaged', { found: 'zip directory' })
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) throw new StopReading('damaged', { found: 'zip directory' })
    if (view.getUint16(at + 8, true) & 1) throw new StopReading('encrypted')
    // Names are only looked up, never written to a disk; some producers write `\` between folders.
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
    if (!entries.has(name))
      entries.set(name, {
        method: view.getUint16(at + 10, true),
        packedSize: view.getUint32(at + 20, true),
        headerAt: view.getUint32(at + 42, true),
      })
    at = next
  }
  return entries
}

function findDirectoryEnd(view: DataView): number {
  const last = view.byteLength - directoryEndSize
  for (let at = last; at >= Math.max(0, last - longestComment); at--)
    if (view.getUint32(at, true) === directoryEndSignature) return at
  throw new StopReading('damaged', { found: 'zip without its directory' })
}

async function* streamPart(
  bytes: Uint8Array,
  view: DataView,
  name: string,
  entry: Entry | undefined,
  limits: Limits,
  spent: { bytes: number },
): AsyncIterable<Uint8Array> {
  if (!entry) throw new StopReading('damaged', { found: name })
  const { headerAt } = entry
  if (headerAt + 30 > bytes.length || view.getUint32(headerAt, true) !== localHeaderSignature)
    throw new StopReading('damaged', { found: name })
  const from = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true)
  const to = from + entry.packedSize
  if (to > bytes.length) throw new StopReading('damaged', { found: name })
  const most = Math.max(limits.ratioFromBytes, entry.packedSize * limits.inflationRatio)
  let given = 0
  for await (const portion of unpack(bytes.subarray(from, to), entry.method, name)) {
    given += portion.length
    spent.bytes += portion.length
    if (given > most) throw new StopReading('unsafe', { found: name })
    if (spent.bytes > limits.inflatedBytes)
      throw new StopReading('too-much-inside', { limit: limits.inflatedBytes, found: name })
    yield portion
  }
}

async function* unpack(packed: Uint8Array, method: number, name: string): AsyncIterable<Uint8Array> {
  if (method === stored) {
    for (let at = 0; at < packed.length; at += portionBytes) yield packed.subarray(at, at + portionBytes)
    return
  }
  if (method !== deflated) throw new StopReading('damaged', { found: name })
  const inflating = createInflateRaw({ chunkSize: portionBytes })
  inflating.end(packed)
  try {
    for await (const portion of inflating) yield portion as Uint8Array
  } catch (error) {
    // What zlib says of its input; anything else that is thrown here comes from whoever reads the portions.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new StopReading('damaged', { found: name })
    throw error
  } finally {
    inflating.destroy()
  }
}
