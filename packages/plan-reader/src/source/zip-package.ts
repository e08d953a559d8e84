import { crc32, inflateRawSync } from 'node:zlib'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'

/**
 * A zip as Word writes it, read by its directory and part by part, so that nothing is inflated that is not
 * asked for. Sizes in a zip are claims: what counts is how much comes out, and inflating stops at the bound.
 */
export interface ZipPackage {
  names: string[]
  /** Whether a part is locked by a zip password. */
  encrypted: boolean
  has(name: string): boolean
  /** The inflated part, or undefined where there is none. Throws {@link StopReading} at a bound or damage. */
  read(name: string): Uint8Array | undefined
}

interface Entry {
  method: number
  packedSize: number
  size: number
  checksum: number
  headerAt: number
}

const directoryEndSignature = 0x06054b50
const directoryEntrySignature = 0x02014b50
const localHeaderSignature = 0x04034b50
const directoryEndSize = 22
const longestComment = 0xffff
const stored = 0
const deflated = 8

/** Opens a zip; nothing is inflated yet. Throws {@link StopReading}. */
export function openZip(bytes: Uint8Array, limits: Limits): ZipPackage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { entries, encrypted } = readDirectory(bytes, view, limits)
  let inflatedBytes = 0
  return {
    names: [...entries.keys()],
    encrypted,
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name)
      if (!entry) return undefined
      const part = inflateEntry(bytes, view, name, entry, limits)
      inflatedBytes += part.length
      if (inflatedBytes > limits.inflatedBytes)
        throw new StopReading('too-much-inside', { found: 'inflated bytes' })
      return part
    },
  }
}

function readDirectory(bytes: Uint8Array, view: DataView, limits: Limits) {
  const end = findDirectoryEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.zipEntries) throw new StopReading('too-much-inside', { found: 'zip entries' })
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, Entry>()
  let encrypted = false
  const decoder = new TextDecoder()
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryEntrySignature)
      throw new StopReading('damaged', { found: 'zip directory' })
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) throw new StopReading('damaged', { found: 'zip directory' })
    if (view.getUint16(at + 8, true) & 1) encrypted = true
    // Some producers write `\` between folders. Names are only looked up, never written to a disk.
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
    if (!entries.has(name))
      entries.set(name, {
        method: view.getUint16(at + 10, true),
        checksum: view.getUint32(at + 16, true),
        packedSize: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        headerAt: view.getUint32(at + 42, true),
      })
    at = next
  }
  return { entries, encrypted }
}

function findDirectoryEnd(view: DataView): number {
  const last = view.byteLength - directoryEndSize
  for (let at = last; at >= Math.max(0, last - longestComment); at--)
    if (view.getUint32(at, true) === directoryEndSignature) return at
  throw new StopReading('damaged', { found: 'zip without its directory' })
}

function inflateEntry(
  bytes: Uint8Array,
  view: DataView,
  name: string,
  entry: Entry,
  limits: Limits,
): Uint8Array {
  const { headerAt } = entry
  if (headerAt + 30 > bytes.length || view.getUint32(headerAt, true) !== localHeaderSignature)
    throw new StopReading('damaged', { found: name })
  const from = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true)
  const to = from + entry.packedSize
  if (to > bytes.length) throw new StopReading('damaged', { found: name })
  if (entry.size > limits.partBytes)
    throw new StopReading('too-much-inside', { limit: limits.partBytes, found: name })
  const allowed = Math.min(
    limits.partBytes,
    Math.max(limits.ratioFromBytes, entry.packedSize * limits.inflationRatio),
  )
  if (entry.size > allowed) throw new StopReading('unsafe', { found: name })
  const packed = bytes.subarray(from, to)
  const part = entry.method === stored ? packed : inflate(packed, entry.method, name, allowed)
  if (part.length !== entry.size || crc32(part) !== entry.checksum)
    throw new StopReading(part.length > entry.size ? 'unsafe' : 'damaged', { found: name })
  return part
}

function inflate(packed: Uint8Array, method: number, name: string, allowed: number): Uint8Array {
  if (method !== deflated) throw new StopReading('damaged', { found: name })
  try {
    return inflateRawSync(packed, { maxOutputLength: allowed })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw new StopReading(code === 'ERR_BUFFER_TOO_LARGE' ? 'unsafe' : 'damaged', { found: name })
  }
}
