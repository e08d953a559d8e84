/** A stretch of a test document's text, with the changes (sprm) that are said of it, as bytes. */
export interface DocStretch {
  length: number
  changes: number[]
}

export interface DocFixture {
  /** The body, with Word's own marks in it. */
  text: string
  /** Text after the body, by part, in the order of the file. */
  footnotes?: string
  headers?: string
  textBoxes?: string
  runs?: DocStretch[]
  paragraphs?: DocStretch[]
  fonts?: string[]
  /** Each list's level: its number format and text, with `\u0000` for the figure. */
  lists?: { format: number; text: string }[]
  /** One byte a letter, as Western text. */
  isNarrow?: boolean
  flags?: number
  version?: number
}

const sectorSize = 512
const smallestStream = 4096
const textAt = 1024
const endOfChain = 0xfffffffe
const free = 0xffffffff

/** A Word 97 document, for tests. */
export function makeDoc(fixture: DocFixture): Uint8Array {
  const parts = [fixture.text, fixture.footnotes ?? '', fixture.headers ?? '', fixture.textBoxes ?? '']
  const text = parts.join('')
  const width = fixture.isNarrow ? 1 : 2
  const pagesAt = Math.ceil((textAt + text.length * width) / 512) * 512
  const main = new Uint8Array(pagesAt + 1024)
  const head = new DataView(main.buffer)
  head.setUint16(0, 0xa5ec, true)
  head.setUint16(2, fixture.version ?? 0xc1, true)
  head.setUint16(10, 0x0200 | (fixture.flags ?? 0), true)
  for (const [index, at] of [0x4c, 0x50, 0x54, 0x64].entries())
    head.setUint32(at, parts[index]?.length ?? 0, true)
  for (let index = 0; index < text.length; index++)
    if (fixture.isNarrow) main[textAt + index] = text.charCodeAt(index)
    else head.setUint16(textAt + index * 2, text.charCodeAt(index), true)
  main.set(
    makePage(fixture.runs ?? [], width, 1, (changes) => [changes.length, ...changes]),
    pagesAt,
  )
  main.set(makePage(fixture.paragraphs ?? [], width, 13, makeParagraphChanges), pagesAt + 512)
  return makeOle({
    WordDocument: main,
    '1Table': makeTable(fixture, text.length, width, pagesAt / 512, head),
  })
}

function makeParagraphChanges(changes: number[]): number[] {
  // The size counts words; a first byte of 0 says that the real size follows.
  const all = [0, 0, ...changes]
  if (all.length % 2) all.push(0)
  return [0, all.length / 2, ...all]
}

/** A page of properties: places, an offset for each stretch, and the changes from the end downwards. */
function makePage(
  stretches: DocStretch[],
  width: number,
  entrySize: number,
  write: (changes: number[]) => number[],
): Uint8Array {
  const page = new Uint8Array(512)
  const view = new DataView(page.buffer)
  page[511] = stretches.length
  let place = textAt
  let end = 510
  const written = new Map<string, number>()
  view.setUint32(0, place, true)
  for (const [index, { length, changes }] of stretches.entries()) {
    place += length * width
    view.setUint32((index + 1) * 4, place, true)
    if (changes.length === 0) continue
    const bytes = write(changes)
    const known = written.get(bytes.join())
    const at = known ?? (end - bytes.length) & ~1
    if (known === undefined) end = at
    if (end < (stretches.length + 1) * 4 + stretches.length * entrySize) throw new Error('page is full')
    written.set(bytes.join(), at)
    page.set(bytes, at)
    page[(stretches.length + 1) * 4 + index * entrySize] = at / 2
  }
  return page
}

function makeTable(
  fixture: DocFixture,
  letters: number,
  width: number,
  page: number,
  head: DataView,
): Uint8Array {
  const table: number[] = []
  const put = (index: number, bytes: number[], counted = bytes.length) => {
    head.setUint32(0x9a + index * 8, table.length, true)
    head.setUint32(0x9a + index * 8 + 4, counted, true)
    table.push(...bytes)
  }
  const place = width === 1 ? (textAt * 2) | 0x40000000 : textAt
  const pieces = [...u32(0), ...u32(letters), ...u16(0), ...u32(place), ...u16(0)]
  put(33, [2, ...u32(pieces.length), ...pieces])
  const last = textAt + letters * width
  put(12, [...u32(textAt), ...u32(last), ...u32(page)])
  put(13, [...u32(textAt), ...u32(last), ...u32(page + 1)])
  const fonts = (fixture.fonts ?? []).flatMap((name) => {
    const letterBytes = [...`${name}\u0000`].flatMap((letter) => u16(letter.charCodeAt(0)))
    return [39 + letterBytes.length, ...new Array<number>(39).fill(0), ...letterBytes]
  })
  put(15, [...u16(fixture.fonts?.length ?? 0), ...u16(0), ...fonts])
  const lists = fixture.lists ?? []
  const heads = lists.flatMap((_, index) => [...u32(100 + index), ...new Array<number>(22).fill(0), 1, 0])
  const levels = lists.flatMap(({ format, text }) => [
    ...u32(1),
    format,
    ...new Array<number>(23).fill(0),
    ...u16(text.length),
    ...[...text].flatMap((letter) => u16(letter.charCodeAt(0))),
  ])
  put(73, [...u16(lists.length), ...heads, ...levels], 2 + heads.length)
  const uses = lists.flatMap((_, index) => [...u32(100 + index), ...new Array<number>(12).fill(0)])
  put(74, [...u32(lists.length), ...uses, ...lists.flatMap(() => u32(free))])
  return Uint8Array.from(table)
}

/** A compound file with streams at its top, for tests. */
export function makeOle(streams: Record<string, Uint8Array>): Uint8Array {
  const names = Object.keys(streams)
  const sizes = Object.values(streams).map((stream) => Math.max(stream.length, smallestStream))
  const counts = sizes.map((size) => Math.ceil(size / sectorSize))
  const directoryCount = Math.ceil((names.length + 1) / 4)
  const dataCount = counts.reduce((sum, count) => sum + count, 0)
  const tableCount = Math.ceil((dataCount + directoryCount + 1) / 127)
  const file = new Uint8Array((1 + tableCount + directoryCount + dataCount) * sectorSize)
  const view = new DataView(file.buffer)
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  view.setUint16(30, 9, true)
  view.setUint16(32, 6, true)
  view.setUint32(44, tableCount, true)
  view.setUint32(48, tableCount, true)
  view.setUint32(56, smallestStream, true)
  view.setUint32(60, endOfChain, true)
  view.setUint32(68, endOfChain, true)
  for (let index = 0; index < 109; index++)
    view.setUint32(76 + index * 4, index < tableCount ? index : free, true)
  for (let index = 0; index < tableCount * 128; index++) view.setUint32(sectorSize + index * 4, free, true)
  const chain = (start: number, count: number) => {
    for (let index = 0; index < count; index++)
      view.setUint32(
        sectorSize + (start + index) * 4,
        index + 1 < count ? start + index + 1 : endOfChain,
        true,
      )
  }
  chain(tableCount, directoryCount)
  const entryAt = (index: number) => (1 + tableCount) * sectorSize + index * 128
  const putEntry = (
    index: number,
    name: string,
    kind: number,
    start: number,
    size: number,
    child: number,
  ) => {
    const at = entryAt(index)
    for (let letter = 0; letter < name.length; letter++)
      view.setUint16(at + letter * 2, name.charCodeAt(letter), true)
    view.setUint16(at + 64, (name.length + 1) * 2, true)
    file[at + 66] = kind
    // Siblings hang on one another to the right.
    view.setUint32(at + 68, free, true)
    view.setUint32(at + 72, index > 0 && index < names.length ? index + 1 : free, true)
    view.setUint32(at + 76, child, true)
    view.setUint32(at + 116, start, true)
    view.setUint32(at + 120, size, true)
  }
  putEntry(0, 'Root Entry', 5, endOfChain, 0, names.length > 0 ? 1 : free)
  let sector = tableCount + directoryCount
  for (const [index, name] of names.entries()) {
    const count = counts[index] ?? 0
    putEntry(index + 1, name, 2, sector, sizes[index] ?? 0, free)
    file.set(streams[name] ?? [], (sector + 1) * sectorSize)
    chain(sector, count)
    sector += count
  }
  return file
}

function u16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff]
}

function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16(value >>> 16)]
}

/** Changes by name, for runs and paragraphs of tests. */
export const change = {
  bold: [0x35, 0x08, 1],
  capitals: [0x3b, 0x08, 1],
  hidden: [0x3c, 0x08, 1],
  deleted: [0x00, 0x08, 1],
  font: (index: number) => [0x4f, 0x4a, ...u16(index)],
  centre: [0x03, 0x24, 1],
  list: (index: number) => [0x0b, 0x46, ...u16(index)],
  inTable: [0x16, 0x24, 1],
  /** The end of a row, with its cells' edges in twips and their flags (2 merged, 0x60 starts, 0x20 continues). */
  row: (edges: number[], flags: number[]) => {
    // Cells after the last one that says something may be left out.
    const said = flags.slice(0, flags.findLastIndex((flag) => flag !== 0) + 1)
    const cells = said.flatMap((flag) => [...u16(flag), ...new Array<number>(18).fill(0)])
    const definition = [flags.length, ...edges.flatMap(u16), ...cells]
    return [0x16, 0x24, 1, 0x17, 0x24, 1, 0x08, 0xd6, ...u16(definition.length + 1), ...definition]
  },
}
