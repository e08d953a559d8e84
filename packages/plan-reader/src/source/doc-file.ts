import type { AutomaticNumbers } from './automatic-numbers.ts'
import { readDocLists } from './doc-lists.ts'
import {
  type DocParagraphProperties,
  type DocRunProperties,
  type PropertyRange,
  readParagraphProperties,
  readPropertyPages,
  readRunProperties,
} from './doc-properties.ts'
import { type DocStyles, readDocStyles } from './doc-styles.ts'
import type { Limits } from './limits.ts'
import type { OleContainer } from './ole-container.ts'
import { type Refusal, refuse, StopReading } from './refusal.ts'

/** A stretch of the text in the main stream, in one byte a letter or two. */
export interface DocPiece {
  from: number
  to: number
  fileAt: number
  bytesPerLetter: 1 | 2
}

/** The parts of the text, one after another: how many letters each has. */
export interface DocParts {
  body: number
  footnotes: number
  headers: number
  comments: number
  endnotes: number
  textBoxes: number
}

/** What is read of a `.doc` before its text: where the letters are and what is said of them. */
export interface DocFile {
  main: Uint8Array
  parts: DocParts
  pieces: DocPiece[]
  runs: PropertyRange<DocRunProperties>[]
  paragraphs: PropertyRange<DocParagraphProperties>[]
  fonts: string[]
  styles: DocStyles
  numbers: AutomaticNumbers
}

const signature = 0xa5ec
const oldestVersion = 0xc1 // Word 97
const smallestHead = 0x1aa

/** Reads the head of a `.doc` (FIB, MS-DOC 2.5) and the tables it points to. Throws {@link StopReading} on damage. */
export function readDocFile(container: OleContainer, limits: Limits): DocFile | Refusal {
  const main = container.read('WordDocument')
  if (!main || main.length < 32) return refuse('damaged', { found: 'WordDocument' })
  const head = viewOf(main)
  if (head.getUint16(0, true) !== signature || head.getUint16(2, true) < oldestVersion)
    return refuse('old-word')
  const flags = head.getUint16(10, true)
  if (flags & 0x0100) return refuse('encrypted')
  if (main.length < smallestHead) return refuse('damaged', { found: 'file head' })
  const table = container.read(flags & 0x0200 ? '1Table' : '0Table')
  if (!table) return refuse('damaged', { found: 'table stream' })
  const slice = (index: number) => sliceTable(head, table, index)
  const fonts = readFonts(slice(15))
  const tableView = viewOf(table)
  return {
    main,
    parts: readParts(head, limits),
    pieces: readPieces(slice(33), main.length),
    runs: readPropertyPages(head, slice(12), readRunProperties),
    paragraphs: readPropertyPages(head, slice(13), readParagraphProperties),
    fonts,
    styles: readDocStyles(slice(1)),
    numbers: readDocLists(
      tableView,
      ...placeOf(head, table, 73),
      ...placeOf(head, table, 74),
      (i) => fonts[i],
    ),
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Where the head says that one of its tables is, and how long; nowhere where that is outside the stream. */
function placeOf(head: DataView, table: Uint8Array, index: number): [at: number, size: number] {
  const entry = 0x9a + index * 8
  if (entry + 8 > head.byteLength) return [0, 0]
  const at = head.getUint32(entry, true)
  const size = head.getUint32(entry + 4, true)
  return at + size <= table.length ? [at, size] : [0, 0]
}

function sliceTable(head: DataView, table: Uint8Array, index: number): DataView {
  const [at, size] = placeOf(head, table, index)
  return viewOf(table.subarray(at, at + size))
}

function readParts(head: DataView, limits: Limits): DocParts {
  const count = (at: number) => head.getUint32(at, true)
  const parts: DocParts = {
    body: count(0x4c),
    footnotes: count(0x50),
    headers: count(0x54),
    comments: count(0x5c),
    endnotes: count(0x60),
    textBoxes: count(0x64),
  }
  const letters = Object.values(parts).reduce((sum, part) => sum + part, 0)
  if (letters > limits.characters)
    throw new StopReading('too-much-inside', { limit: limits.characters, found: 'characters' })
  return parts
}

/** The piece table (Clx, 2.9.38): changes that fast saves left come first and are passed over. */
function readPieces(clx: DataView, mainLength: number): DocPiece[] {
  let at = 0
  while (at + 3 <= clx.byteLength && clx.getUint8(at) === 1) at += 3 + clx.getUint16(at + 1, true)
  if (at + 5 > clx.byteLength || clx.getUint8(at) !== 2)
    throw new StopReading('damaged', { found: 'piece table' })
  const start = at + 5
  const size = Math.min(clx.getUint32(at + 1, true), clx.byteLength - start)
  const count = Math.floor((size - 4) / 12)
  const pieces: DocPiece[] = []
  for (let index = 0; index < count; index++) {
    const from = clx.getUint32(start + index * 4, true)
    const place = clx.getUint32(start + (count + 1) * 4 + index * 8 + 2, true)
    const isNarrow = (place & 0x40000000) !== 0
    const bytesPerLetter = isNarrow ? 1 : 2
    const fileAt = isNarrow ? (place & 0x3fffffff) >>> 1 : place & 0x3fffffff
    const room = Math.floor(Math.max(mainLength - fileAt, 0) / bytesPerLetter)
    const to = Math.min(clx.getUint32(start + index * 4 + 4, true), from + room)
    if (to > from && from >= (pieces.at(-1)?.to ?? 0)) pieces.push({ from, to, fileAt, bytesPerLetter })
  }
  return pieces
}

/** Font names (SttbfFfn, 2.9.286), by index. */
function readFonts(list: DataView): string[] {
  const fonts: string[] = []
  if (list.byteLength < 4) return fonts
  const count = list.getUint16(0, true)
  for (let index = 0, at = 4; index < count && at < list.byteLength; index++) {
    const size = list.getUint8(at)
    let name = ''
    for (let letter = at + 40; letter + 2 <= Math.min(at + 1 + size, list.byteLength); letter += 2) {
      const code = list.getUint16(letter, true)
      if (code === 0) break
      name += String.fromCharCode(code)
    }
    fonts.push(name)
    at += size + 1
  }
  return fonts
}
