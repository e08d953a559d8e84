import { StopReading } from './refusal.ts'

/**
 * A compound file (MS-CFB), in which Word 97 to 2003 keeps its streams. Sector chains are claims of the file: one
 * that leaves the file or comes back to where it has been is damage, found before anything is copied.
 */
export interface OleContainer {
  /** Names of the streams and storages at the top. */
  names: string[]
  /** A stream at the top, or undefined where there is none. Throws {@link StopReading} on damage. */
  read(name: string): Uint8Array | undefined
}

interface DirectoryEntry {
  name: string
  isStream: boolean
  left: number
  right: number
  child: number
  start: number
  size: number
}

const headerSize = 512
const entrySize = 128
const headerFatSectors = 109
const lastSector = 0xfffffffa
const none = 0xffffffff
const miniSectorSize = 64
const miniCutoff = 4096

/** Opens a compound file; only its tables are read. Throws {@link StopReading}. */
export function openOle(bytes: Uint8Array): OleContainer {
  if (bytes.length < headerSize) throw new StopReading('damaged', { found: 'compound file header' })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sectorSize = view.getUint16(30, true) === 12 ? 4096 : 512
  const sectors = new SectorChains(bytes, view, sectorSize)
  const directory = readDirectory(sectors.read(view.getUint32(48, true)))
  const [root] = directory
  if (!root) throw new StopReading('damaged', { found: 'compound file directory' })
  const top = listTop(directory, root.child)
  const readMini = makeMiniReader(sectors, view.getUint32(60, true), root)
  return {
    names: top.map((entry) => entry.name),
    read(name) {
      const entry = top.find((candidate) => candidate.isStream && candidate.name === name)
      if (!entry) return undefined
      const stream = entry.size < miniCutoff ? readMini(entry) : sectors.read(entry.start)
      return stream.subarray(0, Math.min(entry.size, stream.length))
    },
  }
}

class SectorChains {
  #bytes: Uint8Array
  #size: number
  #next: Uint32Array
  #count: number

  constructor(bytes: Uint8Array, view: DataView, size: number) {
    this.#bytes = bytes
    this.#size = size
    this.#count = Math.ceil((bytes.length - headerSize) / size)
    this.#next = this.#readTable(view)
  }

  /** The bytes of a chain, from its first sector. */
  read(start: number): Uint8Array {
    const chain: number[] = []
    for (let sector = start; sector < lastSector; sector = this.#next[sector] ?? none) {
      if (sector >= this.#count || chain.length >= this.#count)
        throw new StopReading('damaged', { found: 'sector chain' })
      chain.push(sector)
    }
    const stream = new Uint8Array(chain.length * this.#size)
    for (const [index, sector] of chain.entries()) stream.set(this.#sector(sector), index * this.#size)
    return stream
  }

  #sector(index: number): Uint8Array {
    const at = (index + 1) * this.#size
    return this.#bytes.subarray(at, at + this.#size)
  }

  /** The allocation table, itself in sectors that the header lists: 109 by itself, more by a chain of lists. */
  #readTable(view: DataView): Uint32Array {
    const perSector = this.#size / 4
    const tableSectors: number[] = []
    for (let index = 0; index < headerFatSectors; index++) {
      const sector = view.getUint32(76 + index * 4, true)
      if (sector < lastSector) tableSectors.push(sector)
    }
    let list = view.getUint32(68, true)
    for (let lists = 0; list < this.#count && lists <= this.#count; lists++) {
      const at = (list + 1) * this.#size
      if (at + this.#size > this.#bytes.length) break
      for (let index = 0; index < perSector - 1; index++) {
        const sector = view.getUint32(at + index * 4, true)
        if (sector < lastSector) tableSectors.push(sector)
      }
      if (tableSectors.length > this.#count) throw new StopReading('damaged', { found: 'allocation table' })
      list = view.getUint32(at + this.#size - 4, true)
    }
    const next = new Uint32Array(this.#count).fill(none)
    let at = 0
    for (const sector of tableSectors) {
      const from = (sector + 1) * this.#size
      for (let index = 0; index < perSector && at < next.length; index++, at++)
        if (from + index * 4 + 4 <= this.#bytes.length) next[at] = view.getUint32(from + index * 4, true)
    }
    return next
  }
}

function readDirectory(stream: Uint8Array): DirectoryEntry[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const decoder = new TextDecoder('utf-16le')
  const entries: DirectoryEntry[] = []
  for (let at = 0; at + entrySize <= stream.length; at += entrySize) {
    const nameLength = Math.min(view.getUint16(at + 64, true), 64)
    entries.push({
      name: decoder.decode(stream.subarray(at, at + Math.max(nameLength - 2, 0))),
      isStream: view.getUint8(at + 66) === 2,
      left: view.getUint32(at + 68, true),
      right: view.getUint32(at + 72, true),
      child: view.getUint32(at + 76, true),
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    })
  }
  return entries
}

/** What lies at the top: a tree of siblings. Documents embedded in this one have streams of the same names. */
function listTop(directory: DirectoryEntry[], first: number): DirectoryEntry[] {
  const top: DirectoryEntry[] = []
  const seen = new Set<number>()
  const waiting = [first]
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const entry = directory[index]
    if (!entry || seen.has(index)) continue
    seen.add(index)
    top.push(entry)
    waiting.push(entry.left, entry.right)
  }
  return top
}

/** Streams under 4 kB share the root's stream in pieces of 64 bytes, with a table of their own. */
function makeMiniReader(sectors: SectorChains, tableStart: number, root: DirectoryEntry) {
  let loaded: { table: DataView; stream: Uint8Array } | undefined
  return (entry: DirectoryEntry): Uint8Array => {
    if (!loaded) {
      const table = sectors.read(tableStart)
      loaded = { table: new DataView(table.buffer), stream: sectors.read(root.start) }
    }
    const { table, stream } = loaded
    const pieces: Uint8Array[] = []
    const most = Math.ceil(miniCutoff / miniSectorSize)
    for (let sector = entry.start; sector < lastSector && pieces.length < most; ) {
      pieces.push(stream.subarray(sector * miniSectorSize, (sector + 1) * miniSectorSize))
      sector = sector * 4 + 4 <= table.byteLength ? table.getUint32(sector * 4, true) : none
    }
    return Buffer.concat(pieces)
  }
}
