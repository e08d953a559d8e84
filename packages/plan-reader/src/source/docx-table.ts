import { readCount } from './docx-properties.ts'
import { type DocxStyles, isDrawn } from './docx-styles.ts'
import { type DraftBlock, type DraftCell, type DraftParagraph, type DraftTable, flatten } from './draft.ts'
import type { XmlAttributes } from './xml-stream.ts'

// A column of Word's grid whose width the file doesn't tell.
const unknownWidth = 1000
// 1.8 mm: Word shifts the edges of rows that were pasted or dragged by about a cell's padding.
const twipsApart = 104
const widestSpan = 10_000

interface OpenCell {
  span: number
  vertical?: 'starts' | 'continues'
  /** Merged to the left in Word's old manner. */
  continuesRow: boolean
  sidesDrawn: number
  sidesBare: number
  blocks: DraftBlock[]
}

interface OpenRow {
  cells: OpenCell[]
  before: number
  isHead: boolean
  isDeleted: boolean
}

/** A `w:tbl` while it is read: told its elements in order, it gives the draft at the end. */
export class DocxTable {
  #gridWidths: number[] = []
  #style: string | undefined
  #edges = new Map<string, boolean>()
  #rows: OpenRow[] = []
  #row: OpenRow | undefined
  #cell: OpenCell | undefined

  startRow(): void {
    this.#row = { cells: [], before: 0, isHead: false, isDeleted: false }
    this.#cell = undefined
  }

  endRow(): void {
    if (this.#row && !this.#row.isDeleted && this.#row.cells.length > 0) this.#rows.push(this.#row)
    this.#row = undefined
  }

  /** The blocks that the cell's content goes to. */
  startCell(): DraftBlock[] {
    const cell: OpenCell = { span: 1, continuesRow: false, sidesDrawn: 0, sidesBare: 0, blocks: [] }
    this.#cell = cell
    this.#row?.cells.push(cell)
    return cell.blocks
  }

  endCell(): void {
    this.#cell = undefined
  }

  takeProperty(name: string, attributes: XmlAttributes, edgesOf: 'table' | 'cell' | undefined): void {
    const value = attributes['w:val']
    switch (name) {
      case 'w:gridCol':
        if (this.#gridWidths.length < widestSpan) this.#gridWidths.push(readCount(attributes['w:w'], 0))
        return
      case 'w:tblStyle':
        this.#style = value
        return
      case 'w:gridBefore':
        if (this.#row) this.#row.before = readCount(value, 0, widestSpan)
        return
      case 'w:tblHeader':
        if (this.#row) this.#row.isHead = value !== '0' && value !== 'false'
        return
      case 'w:del':
        if (this.#row && !this.#cell) this.#row.isDeleted = true
        return
      case 'w:gridSpan':
        if (this.#cell) this.#cell.span = Math.max(1, readCount(value, 1, widestSpan))
        return
      case 'w:vMerge':
        if (this.#cell) this.#cell.vertical = value === 'restart' ? 'starts' : 'continues'
        return
      case 'w:hMerge':
        if (this.#cell) this.#cell.continuesRow = value !== 'restart'
        return
    }
    if (edgesOf === 'table') this.#edges.set(name, isDrawn(attributes))
    else if (edgesOf === 'cell' && this.#cell && isSide(name)) {
      if (isDrawn(attributes)) this.#cell.sidesDrawn += 1
      else this.#cell.sidesBare += 1
    }
  }

  /** The table, or what stands in it where it is only a frame round the document. */
  finish(styles: DocxStyles): DraftBlock[] {
    const [first] = this.#rows
    if (!first) return []
    const only = this.#rows.length === 1 && first.cells.length === 1 ? first.cells[0] : undefined
    if (only?.blocks.some((block) => block.type === 'table')) return only.blocks
    const table: DraftTable = {
      type: 'table',
      rows: this.#placeRows(),
      tolerance: this.#gridWidths.some((width) => width > 0) ? twipsApart : 0,
    }
    const headRows = this.#rows.findIndex((row) => !row.isHead)
    if (headRows > 0) table.headRows = headRows
    if (this.#isLayout(styles)) table.layout = true
    return [table]
  }

  #placeRows(): { cells: DraftCell[] }[] {
    const edgeAt = this.#sumWidths()
    return this.#rows.map((row) => {
      const cells: DraftCell[] = []
      let column = row.before
      for (const cell of row.cells) {
        const from = edgeAt(column)
        column += cell.span
        const last = cells.at(-1)
        if (cell.continuesRow && last) {
          last.to = edgeAt(column)
          continue
        }
        const paragraphs = cell.vertical === 'continues' ? [] : withoutTabs(flatten(cell.blocks))
        const placed: DraftCell = { from, to: edgeAt(column), paragraphs }
        if (cell.vertical) placed.vertical = cell.vertical
        cells.push(placed)
      }
      return { cells }
    })
  }

  #sumWidths(): (column: number) => number {
    if (!this.#gridWidths.some((width) => width > 0)) return (column) => column
    const edges = [0]
    for (const width of this.#gridWidths) edges.push((edges.at(-1) ?? 0) + width)
    const end = edges.length - 1
    return (column) => edges[column] ?? (edges[end] ?? 0) + (column - end) * unknownWidth
  }

  /** Drawn without lines, by the table, by its style, or cell by cell. */
  #isLayout(styles: DocxStyles): boolean {
    const edges = styles.edgesOf(this.#style)
    for (const [edge, drawn] of this.#edges) edges.set(edge, drawn)
    const cells = this.#rows.flatMap((row) => row.cells)
    const drawn = cells.filter((cell) => cell.sidesDrawn > 0).length
    if (drawn * 2 >= cells.length) return false
    if (![...edges.values()].includes(true)) return true
    return cells.every((cell) => cell.sidesBare > 0)
  }
}

function isSide(edge: string): boolean {
  return edge === 'w:left' || edge === 'w:right' || edge === 'w:start' || edge === 'w:end'
}

/** In a table's line, tabs part the cells; one within a cell becomes a space. */
function withoutTabs(paragraphs: DraftParagraph[]): DraftParagraph[] {
  for (const paragraph of paragraphs)
    for (const run of paragraph.runs) if (run.text.includes('\t')) run.text = run.text.replaceAll('\t', ' ')
  return paragraphs
}
