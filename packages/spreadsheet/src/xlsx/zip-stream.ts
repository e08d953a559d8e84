import { pipeline, type Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A part of a zip to be written: its text as it comes. */
export interface ZipPart {
  readonly name: string
  readonly text: () => AsyncIterable<string> | Iterable<string>
}

// Sizes and check sums are known only behind a part that is streamed (bit 3); names are in UTF-8 (bit 11).
const flags = (1 << 3) | (1 << 11)
/** 1 January 2020: the same rows give the same bytes, whenever they are written. */
const fixedDate = ((2020 - 1980) << 9) | (1 << 5) | 1

/** Packs parts one after the other, none of them held whole. */
export async function* streamZip(
  parts: AsyncIterable<ZipPart> | Iterable<ZipPart>,
): AsyncIterable<Uint8Array> {
  const directory: Buffer[] = []
  let at = 0
  for await (const part of parts) {
    const name = Buffer.from(part.name)
    const start = at
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(fixedDate, 12)
    local.writeUInt16LE(name.length, 26)
    yield Buffer.concat([local, name])
    at += 30 + name.length

    const packed = new Packing(part.text())
    for await (const bytes of packed.bytes()) {
      at += bytes.length
      yield bytes
    }
    const sizes = Buffer.alloc(16)
    sizes.writeUInt32LE(0x08074b50, 0)
    packed.writeSizes(sizes, 4)
    yield sizes
    at += 16

    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt16LE(fixedDate, 14)
    packed.writeSizes(entry, 16)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(start, 42)
    directory.push(entry, name)
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length / 2, 8)
  end.writeUInt16LE(directory.length / 2, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  yield Buffer.concat([listed, end])
}

const portionLetters = 64 * 1024

/** Packs one part and remembers its sizes. */
class Packing {
  readonly #text: AsyncIterable<string> | Iterable<string>
  #checksum = 0
  #size = 0
  #packedSize = 0

  constructor(text: AsyncIterable<string> | Iterable<string>) {
    this.#text = text
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    const deflating = createDeflateRaw({ level: 6 })
    // An error of the source ends the packing, and is thrown where its bytes are read.
    const packed: Readable = pipeline(this.#portions(), deflating, () => {})
    for await (const bytes of packed) {
      this.#packedSize += (bytes as Uint8Array).length
      yield bytes as Uint8Array
    }
  }

  writeSizes(into: Buffer, at: number): void {
    into.writeUInt32LE(this.#checksum, at)
    into.writeUInt32LE(this.#packedSize, at + 4)
    into.writeUInt32LE(this.#size, at + 8)
  }

  async *#portions(): AsyncIterable<Buffer> {
    let gathered = ''
    for await (const text of this.#text) {
      gathered += text
      if (gathered.length < portionLetters) continue
      yield this.#take(gathered)
      gathered = ''
    }
    yield this.#take(gathered)
  }

  #take(text: string): Buffer {
    const bytes = Buffer.from(text)
    this.#checksum = crc32(bytes, this.#checksum)
    this.#size += bytes.length
    return bytes
  }
}
