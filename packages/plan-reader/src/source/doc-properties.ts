import type { Paragraph } from '../source-document.ts'

/**
 * What a `.doc` says of a stretch of characters. Switches are as they stand in the file: 0 off, 1 on, 0x80 as the
 * style is, 0x81 as it is not.
 */
export interface DocRunProperties {
  bold?: number
  italic?: number
  capitals?: number
  hidden?: number
  /** Deleted while changes were tracked. */
  isDeleted?: boolean
  /** Index in the table of fonts. */
  font?: number
  /** A letter of a symbol font, in place of the one in the text. */
  symbol?: { font: number; code: number }
}

/** What a `.doc` says of a paragraph, by its closing mark. */
export interface DocParagraphProperties {
  style: number
  inTable: boolean
  /** The mark that ends a row of a table. */
  endsRow: boolean
  align?: Paragraph['align']
  /** The list (1-based) and its level; 0 switches a style's list off. */
  list?: number
  level?: number
  outline?: number
  row?: DocRow
}

/** A row's cells: edges in twips, one more than there are cells. */
export interface DocRow {
  edges: number[]
  cells: { isMerged: boolean; vertical: 'starts' | 'continues' | undefined }[]
  isHead: boolean
}

/** A run or a stretch between two places of the file. */
export interface PropertyRange<T> {
  from: number
  to: number
  properties: T
}

const pageSize = 512
const mostRanges = 400_000

/**
 * The properties of characters or paragraphs: pages of 512 bytes in the main stream, listed in the table stream
 * (MS-DOC 2.9.33, 2.9.173). Pages that lie outside the file are left out.
 */
export function readPropertyPages<T>(
  main: DataView,
  list: DataView,
  read: (main: DataView, pageAt: number, count: number, index: number) => T,
): PropertyRange<T>[] {
  const ranges: PropertyRange<T>[] = []
  const pages = Math.floor((list.byteLength - 4) / 8)
  for (let page = 0; page < pages && ranges.length < mostRanges; page++) {
    const pageAt = (list.getUint32((pages + 1) * 4 + page * 4, true) & 0x3fffff) * pageSize
    if (pageAt + pageSize > main.byteLength) continue
    const count = Math.min(main.getUint8(pageAt + pageSize - 1), 101)
    for (let index = 0; index < count; index++)
      ranges.push({
        from: main.getUint32(pageAt + index * 4, true),
        to: main.getUint32(pageAt + index * 4 + 4, true),
        properties: read(main, pageAt, count, index),
      })
  }
  return ranges.sort((a, b) => a.from - b.from)
}

export function readRunProperties(
  main: DataView,
  pageAt: number,
  count: number,
  index: number,
): DocRunProperties {
  const properties: DocRunProperties = {}
  const offset = main.getUint8(pageAt + (count + 1) * 4 + index) * 2
  if (offset === 0) return properties
  const at = pageAt + offset
  takeRunChanges(properties, main, at + 1, at + 1 + main.getUint8(at))
  return properties
}

/** Takes in the changes (sprm) of a run or of a style between two places. */
export function takeRunChanges(properties: DocRunProperties, view: DataView, from: number, to: number): void {
  forEachChange(view, from, to, (code, operand) => {
    switch (code) {
      case 0x0835:
        properties.bold = view.getUint8(operand)
        break
      case 0x0836:
        properties.italic = view.getUint8(operand)
        break
      case 0x083b:
        properties.capitals = view.getUint8(operand)
        break
      case 0x083c:
        properties.hidden = view.getUint8(operand)
        break
      case 0x0800:
        properties.isDeleted = view.getUint8(operand) === 1
        break
      case 0x4a4f:
        properties.font = view.getUint16(operand, true)
        break
      case 0x6a09:
        properties.symbol = { font: view.getUint16(operand, true), code: view.getUint16(operand + 2, true) }
        break
    }
  })
}

/** Whether a switch is on, over what the style says. */
export function isSwitchedOn(value: number | undefined, inStyle: boolean): boolean {
  if (value === undefined || value === 0x80) return inStyle
  return value === 0x81 ? !inStyle : value === 1
}

export function readParagraphProperties(
  main: DataView,
  pageAt: number,
  count: number,
  index: number,
): DocParagraphProperties {
  const properties: DocParagraphProperties = { style: 0, inTable: false, endsRow: false }
  const offset = main.getUint8(pageAt + (count + 1) * 4 + index * 13) * 2
  if (offset === 0 || offset + 4 > pageSize) return properties
  let at = pageAt + offset
  let length = main.getUint8(at) * 2 - 1
  if (length < 0) {
    at += 1
    length = main.getUint8(at) * 2
  }
  properties.style = main.getUint16(at + 1, true)
  takeParagraphChanges(properties, main, at + 3, Math.min(at + 1 + length, pageAt + pageSize))
  return properties
}

const alignments: Paragraph['align'][] = ['left', 'center', 'right', 'justify', 'justify']

/** Takes in the changes (sprm) of a paragraph or of a style between two places. */
export function takeParagraphChanges(
  properties: DocParagraphProperties,
  view: DataView,
  from: number,
  to: number,
): void {
  forEachChange(view, from, to, (code, operand, size) => {
    switch (code) {
      case 0x2416:
        properties.inTable = view.getUint8(operand) !== 0
        break
      case 0x6649:
        if (view.getInt32(operand, true) > 0) properties.inTable = true
        break
      case 0x2417:
        properties.endsRow = view.getUint8(operand) !== 0
        break
      case 0x2403:
      case 0x2461: {
        const align = alignments[view.getUint8(operand)]
        if (align) properties.align = align
        break
      }
      case 0x260a:
        properties.level = Math.min(view.getUint8(operand), 8)
        break
      case 0x460b:
        properties.list = view.getUint16(operand, true)
        break
      case 0x2640:
        properties.outline = view.getUint8(operand)
        break
      case 0x3404:
        if (properties.row) properties.row.isHead = view.getUint8(operand) !== 0
        break
      case 0xd608: {
        const isHead = properties.row?.isHead ?? false
        const row = readRow(view, operand, size)
        if (row) properties.row = { ...row, isHead }
        break
      }
    }
  })
}

/** A row's definition (sprmTDefTable): how many cells, their edges, then 20 bytes a cell. */
function readRow(view: DataView, at: number, size: number): DocRow | undefined {
  if (size < 1) return undefined
  const count = view.getUint8(at)
  if (count > 64 || 1 + (count + 1) * 2 > size) return undefined
  const edges: number[] = []
  for (let index = 0; index <= count; index++) edges.push(view.getInt16(at + 1 + index * 2, true))
  const cells: DocRow['cells'] = []
  for (let index = 0; index < count; index++) {
    const cellAt = at + 1 + (count + 1) * 2 + index * 20
    const flags = cellAt + 2 <= at + size ? view.getUint16(cellAt, true) : 0
    cells.push({
      isMerged: (flags & 0x02) !== 0,
      vertical: flags & 0x40 ? 'starts' : flags & 0x20 ? 'continues' : undefined,
    })
  }
  return { edges, cells, isHead: false }
}

/** The sizes of operands by the code's top three bits; 6 says its size itself. */
const operandSizes = [1, 1, 2, 4, 2, 2, 0, 3]

/** Walks the changes between two places: their code, where the operand stands and its size. */
export function forEachChange(
  view: DataView,
  from: number,
  to: number,
  take: (code: number, operand: number, size: number) => void,
): void {
  const end = Math.min(to, view.byteLength)
  for (let at = from; at + 3 <= end; ) {
    const code = view.getUint16(at, true)
    at += 2
    let size = operandSizes[code >> 13] ?? 1
    if (code >> 13 === 6) {
      // Of all codes only the table's definition needs two bytes for its size, and counts one too many.
      const isLong = code === 0xd608
      if (isLong && at + 2 > end) return
      size = isLong ? view.getUint16(at, true) - 1 : view.getUint8(at)
      at += isLong ? 2 : 1
    }
    if (size < 0 || at + size > end) return
    take(code, at, size)
    at += size
  }
}

/** The range that holds a place, by halving. */
export function findRange<T>(ranges: PropertyRange<T>[], place: number): PropertyRange<T> | undefined {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (!range) return undefined
    if (place < range.from) high = middle - 1
    else if (place >= range.to) low = middle + 1
    else return range
  }
  return undefined
}
