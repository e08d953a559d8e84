import type { Paragraph } from '../source-document.ts'
import type { DocFile, DocPiece } from './doc-file.ts'
import { type DocParagraphProperties, type DocRow, findRange, isSwitchedOn } from './doc-properties.ts'
import {
  addText,
  type DraftBlock,
  type DraftCell,
  type DraftParagraph,
  type DraftRow,
  hintOfFont,
  isBlank,
} from './draft.ts'
import { Fields } from './fields.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'
import { printSymbol } from './symbol-fonts.ts'

// Marks amid the text of a .doc (MS-DOC 2.4.1).
const cellEnd = 0x07
const lineBreak = 0x0b
const pageBreak = 0x0c
const paragraphEnd = 0x0d
const columnBreak = 0x0e
const fieldBegin = 0x13
const fieldSeparator = 0x14
const fieldEnd = 0x15
const noBreakHyphen = 0x1e
const softHyphen = 0x1f
const symbolLetter = 0x28

const twipsApart = 104

/**
 * Reads a stretch of a `.doc`'s text (its body, its footnotes …) into draft blocks. Word keeps no elements here:
 * a paragraph is what ends with its mark, a row of a table what ends with a mark that says so.
 */
export class DocStory {
  readonly blocks: DraftBlock[] = []
  #file: DocFile
  #limits: Limits
  #part: Paragraph['part']
  #fields = new Fields()
  #lines: DraftParagraph[] = []
  #cell: DraftParagraph[] = []
  #row: DraftParagraph[][] = []
  #rows: { cells: DraftParagraph[][]; shape: DocRow | undefined }[] = []
  #paragraphs = 0
  #decoders = { 1: new TextDecoder('windows-1252'), 2: new TextDecoder('utf-16le') }

  constructor(file: DocFile, limits: Limits, part?: Paragraph['part']) {
    this.#file = file
    this.#limits = limits
    this.#part = part
    this.#lines = [this.#newLine()]
  }

  /** Reads the letters from one place of the text to another. */
  read(from: number, to: number): DraftBlock[] {
    for (const piece of this.#file.pieces) {
      if (piece.to <= from || piece.from >= to) continue
      this.#readPiece(piece, Math.max(piece.from, from), Math.min(piece.to, to))
    }
    this.#endParagraph({ style: 0, inTable: false, endsRow: false })
    this.#endTable()
    return this.blocks
  }

  #readPiece(piece: DocPiece, from: number, to: number): void {
    const { main, runs } = this.#file
    let at = piece.fileAt + (from - piece.from) * piece.bytesPerLetter
    const end = piece.fileAt + (to - piece.from) * piece.bytesPerLetter
    while (at < end) {
      const range = findRange(runs, at)
      const wanted = Math.min(end, Math.max(range?.to ?? end, at + piece.bytesPerLetter))
      const next = at + Math.ceil((wanted - at) / piece.bytesPerLetter) * piece.bytesPerLetter
      const text = this.#decoders[piece.bytesPerLetter].decode(main.subarray(at, next))
      this.#readText(text, at, piece.bytesPerLetter)
      at = next
    }
  }

  /** Reads letters of one look; `fileAt` is where they stand, by which their properties are found. */
  #readText(text: string, fileAt: number, bytesPerLetter: number): void {
    let plain = 0
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code >= 0x20 && code !== symbolLetter) continue
      if (code === 0x09) continue
      this.#addText(text.slice(plain, index), fileAt)
      plain = index + 1
      this.#readMark(code, fileAt + index * bytesPerLetter, fileAt)
    }
    this.#addText(text.slice(plain), fileAt)
  }

  #readMark(code: number, markAt: number, runAt: number): void {
    switch (code) {
      case paragraphEnd:
      case cellEnd: {
        const properties = findRange(this.#file.paragraphs, markAt)?.properties ?? noProperties
        this.#endParagraph(properties)
        if (code === cellEnd) this.#endCell(properties)
        return
      }
      case lineBreak:
      case pageBreak:
      case columnBreak:
        this.#breakLine()
        return
      case fieldBegin:
        this.#fields.mark('begin')
        return
      case fieldSeparator:
        this.#fields.mark('separate')
        return
      case fieldEnd:
        this.#fields.mark('end')
        return
      case noBreakHyphen:
        this.#addText('-', runAt)
        return
      case symbolLetter:
        this.#addSymbol(runAt)
        return
      case softHyphen:
        return
    }
  }

  #addSymbol(runAt: number): void {
    const symbol = findRange(this.#file.runs, runAt)?.properties.symbol
    this.#addText(
      symbol ? printSymbol(String.fromCharCode(symbol.code), this.#file.fonts[symbol.font]) : '(',
      runAt,
    )
  }

  #addText(text: string, runAt: number): void {
    if (text === '') return
    if (!this.#fields.speaks) {
      this.#fields.addCode(text)
      return
    }
    const line = this.#lines.at(-1)
    const run = findRange(this.#file.runs, runAt)?.properties
    if (!line || run?.isDeleted) return
    const style = this.#styleAt(runAt)
    if (isSwitchedOn(run?.hidden, style.hidden)) return
    const font = this.#file.fonts[run?.font ?? style.font ?? -1]
    const isCapital = isSwitchedOn(run?.capitals, style.capitals)
    addText(line, isCapital ? text.toUpperCase() : text, {
      bold: isSwitchedOn(run?.bold, style.bold),
      italic: isSwitchedOn(run?.italic, style.italic),
      font: hintOfFont(font),
    })
  }

  /** The style of the paragraph that a place belongs to. */
  #styleAt(fileAt: number) {
    return this.#file.styles.styleOf(findRange(this.#file.paragraphs, fileAt)?.properties.style ?? 0)
  }

  #newLine(): DraftParagraph {
    this.#paragraphs += 1
    if (this.#paragraphs > this.#limits.paragraphs)
      throw new StopReading('too-much-inside', { limit: this.#limits.paragraphs, found: 'paragraphs' })
    const line: DraftParagraph = { type: 'paragraph', runs: [] }
    if (this.#part) line.part = this.#part
    return line
  }

  #breakLine(): void {
    const [first] = this.#lines
    if (!first || (this.#lines.length === 1 && isBlank(first))) return
    this.#lines.push({ ...this.#newLine(), afterSoftBreak: true })
  }

  #endParagraph(properties: DocParagraphProperties): void {
    const lines = this.#lines
    this.#lines = [this.#newLine()]
    this.#fields.endParagraph()
    const style = this.#file.styles.styleOf(properties.style)
    if (style.isContents) return
    const align = properties.align ?? style.align
    const heading =
      properties.outline === undefined
        ? style.heading
        : properties.outline < 6
          ? properties.outline + 1
          : undefined
    for (const line of lines) {
      if (align) line.align = align
      if (heading !== undefined) line.heading = heading
    }
    this.#number(lines, properties)
    if (properties.inTable) {
      // The mark that ends a row is no paragraph.
      if (!properties.endsRow) this.#cell.push(...lines)
    } else {
      this.#endTable()
      this.blocks.push(...lines)
    }
  }

  #number(lines: DraftParagraph[], properties: DocParagraphProperties): void {
    const [first] = lines
    if (!first || properties.endsRow) return
    const style = this.#file.styles.styleOf(properties.style)
    const list = properties.list ?? style.list
    if (list === undefined || list === 0) return
    const number = this.#file.numbers.next(String(list), properties.level ?? style.level ?? 0, undefined)
    if (!number || (number.isBullet && isBlank(first))) return
    first.number = number.text
    first.listDepth = number.level
    if (number.touches) first.numberTouches = true
  }

  #endCell(properties: DocParagraphProperties): void {
    if (properties.endsRow) {
      if (this.#row.length > 0) this.#rows.push({ cells: this.#row, shape: properties.row })
      this.#row = []
      this.#cell = []
    } else {
      this.#row.push(this.#cell)
      this.#cell = []
    }
  }

  #endTable(): void {
    if (this.#cell.length > 0) this.#row.push(this.#cell)
    if (this.#row.length > 0) this.#rows.push({ cells: this.#row, shape: undefined })
    const rows = this.#rows
    this.#cell = []
    this.#row = []
    this.#rows = []
    if (rows.length === 0) return
    const headRows = rows.findIndex((row) => !row.shape?.isHead)
    this.blocks.push({
      type: 'table',
      rows: rows.map(({ cells, shape }) => placeRow(cells, shape)),
      tolerance: rows.every((row) => row.shape?.edges.length === row.cells.length + 1) ? twipsApart : 0,
      ...(headRows > 0 && { headRows }),
    })
  }
}

const noProperties: DocParagraphProperties = { style: 0, inTable: false, endsRow: false }

/** Puts a row's cells between their edges; where the row's shape is lost they stand side by side. */
function placeRow(cells: DraftParagraph[][], shape: DocRow | undefined): DraftRow {
  const fits = shape?.edges.length === cells.length + 1
  const placed: DraftCell[] = []
  for (const [index, lines] of cells.entries()) {
    const cell = fits ? shape.cells[index] : undefined
    const from = fits ? (shape.edges[index] ?? index) : index
    const to = fits ? (shape.edges[index + 1] ?? index + 1) : index + 1
    const before = placed.at(-1)
    if (cell?.isMerged && before) {
      before.to = to
      continue
    }
    const paragraphs = cell?.vertical === 'continues' ? [] : withoutTabs(lines)
    const draft: DraftCell = { from, to: Math.max(to, from), paragraphs }
    if (cell?.vertical) draft.vertical = cell.vertical
    placed.push(draft)
  }
  return { cells: placed }
}

function withoutTabs(paragraphs: DraftParagraph[]): DraftParagraph[] {
  for (const { runs } of paragraphs) for (const run of runs) run.text = run.text.replaceAll('\t', ' ')
  return paragraphs
}
