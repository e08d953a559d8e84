import {
  type AbstractList,
  type AutomaticNumbers,
  ListCounters,
  type ListInstance,
  type ListLevel,
} from './automatic-numbers.ts'
import { takeRunChanges } from './doc-properties.ts'

/** Number formats (MSONFC) by the names that .docx has for them. */
const formats: Record<number, string> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  6: 'cardinalText',
  7: 'ordinalText',
  22: 'decimalZero',
  23: 'bullet',
  255: 'none',
}

const mostLists = 4096
const listSize = 28
const instanceSize = 16
const levelHead = 28

/**
 * Reads a `.doc`'s lists (PlfLst, MS-DOC 2.9.187) and their uses (PlfLfo, 2.9.186) from the table stream, so that
 * its automatic numbers can be counted. Damage ends the lists where it is: those before it still count.
 */
export function readDocLists(
  table: DataView,
  listsAt: number,
  listsSize: number,
  usesAt: number,
  usesSize: number,
  fontName: (index: number) => string | undefined,
): AutomaticNumbers {
  const abstractLists = new Map<string, AbstractList>()
  const instances = new Map<string, ListInstance>()
  if (listsSize >= 2) readLists(table, listsAt, listsSize, abstractLists, fontName)
  if (usesSize >= 4) readUses(table, usesAt, usesSize, instances, fontName)
  return new ListCounters(abstractLists, instances)
}

function readLists(
  table: DataView,
  start: number,
  size: number,
  lists: Map<string, AbstractList>,
  fontName: (index: number) => string | undefined,
): void {
  const count = Math.min(table.getUint16(start, true), mostLists, Math.floor((size - 2) / listSize))
  // The levels stand behind the lists, outside the size that is given for these.
  let at = start + 2 + count * listSize
  for (let index = 0; index < count; index++) {
    const list = start + 2 + index * listSize
    const isSimple = (table.getUint8(list + 26) & 1) !== 0
    const levels = new Map<number, ListLevel>()
    for (let level = 0; level < (isSimple ? 1 : 9); level++) {
      const read = readLevel(table, at, fontName)
      if (!read) return
      levels.set(level, read.level)
      at = read.end
    }
    lists.set(String(table.getUint32(list, true)), { levels })
  }
}

function readUses(
  table: DataView,
  start: number,
  size: number,
  instances: Map<string, ListInstance>,
  fontName: (index: number) => string | undefined,
): void {
  const count = Math.min(table.getUint32(start, true), mostLists, Math.floor((size - 4) / instanceSize))
  let at = start + 4 + count * instanceSize
  for (let index = 0; index < count; index++) {
    const use = start + 4 + index * instanceSize
    const instance: ListInstance = {
      abstractId: String(table.getUint32(use, true)),
      starts: new Map(),
      levels: new Map(),
    }
    instances.set(String(index + 1), instance)
    at += 4
    for (let override = 0; override < table.getUint8(use + 12) && at + 8 <= table.byteLength; override++) {
      const flags = table.getUint32(at + 4, true)
      const level = flags & 0xf
      if (flags & 0x10) instance.starts.set(level, Math.min(table.getUint32(at, true), 1_000_000))
      at += 8
      if (!(flags & 0x20)) continue
      const read = readLevel(table, at, fontName)
      if (!read) return
      instance.levels.set(level, read.level)
      at = read.end
    }
  }
}

/** One level (LVL, 2.9.150): its head, changes for paragraph and number, and the text with places for figures. */
function readLevel(
  table: DataView,
  at: number,
  fontName: (index: number) => string | undefined,
): { level: ListLevel; end: number } | undefined {
  if (at + levelHead + 2 > table.byteLength) return undefined
  const flags = table.getUint8(at + 5)
  const runSize = table.getUint8(at + 24)
  const runAt = at + levelHead + table.getUint8(at + 25)
  const textAt = runAt + runSize
  if (textAt + 2 > table.byteLength) return undefined
  const length = table.getUint16(textAt, true)
  const end = textAt + 2 + length * 2
  if (end > table.byteLength) return undefined
  let text = ''
  for (let index = 0; index < Math.min(length, 40); index++) {
    const code = table.getUint16(textAt + 2 + index * 2, true)
    text += code < 9 ? `%${code + 1}` : String.fromCharCode(code)
  }
  const run = {}
  takeRunChanges(run, table, runAt, textAt)
  const level: ListLevel = {
    start: Math.min(table.getUint32(at, true), 1_000_000),
    format: formats[table.getUint8(at + 4)] ?? 'decimal',
    text,
    plain: (flags & 0x04) !== 0,
    touches: table.getUint8(at + 15) === 2,
  }
  if (flags & 0x08) level.restartAfter = table.getUint8(at + 26)
  const font = 'font' in run && typeof run.font === 'number' ? fontName(run.font) : undefined
  if (font !== undefined) level.font = font
  return { level, end }
}
