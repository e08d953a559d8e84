import { type DraftBlock, type DraftCell, type DraftRow, type DraftTable, flatten } from './draft.ts'
import { drawsBorder } from './html-style.ts'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'

interface SpannedCell {
  columns: number
  rows: number
  blocks: DraftBlock[]
}

/** A cell that goes on below the row in which it starts. */
interface OpenSpan {
  from: number
  to: number
  rowsLeft: number
}

// The HTML standard's own bounds on colspan and rowspan.
const mostColumns = 1000
const mostRows = 65_534

/** A `table` while it is read: told its rows and cells in order, it gives the draft at the end. */
export class HtmlTable {
  #rows: SpannedCell[][] = []
  #headRows = 0
  #inHead = false
  #isDrawn: boolean
  #isBare: boolean

  constructor(attributes: ReadonlyMap<string, string>) {
    const border = attributes.get('border')
    const drawn = drawsBorder(attributes.get('style'))
    this.#isDrawn = drawn ?? (border !== undefined && border !== '0')
    this.#isBare = drawn === false || border === '0'
  }

  startSection(isHead: boolean): void {
    this.#inHead = isHead
  }

  startRow(): void {
    this.#rows.push([])
    if (this.#inHead && this.#headRows === this.#rows.length - 1) this.#headRows = this.#rows.length
  }

  /** The blocks that the cell's content goes to. */
  startCell(attributes: ReadonlyMap<string, string>): DraftBlock[] {
    if (this.#rows.length === 0) this.startRow()
    if (drawsBorder(attributes.get('style'))) this.#isDrawn = true
    const cell: SpannedCell = {
      columns: readSpan(attributes.get('colspan'), mostColumns),
      rows: readSpan(attributes.get('rowspan'), mostRows),
      blocks: [],
    }
    this.#rows.at(-1)?.push(cell)
    return cell.blocks
  }

  /** The table, or what stands in it where it is only a frame round the document. */
  finish(limits: Limits): DraftBlock[] {
    const rows = this.#rows.filter((row) => row.length > 0)
    const [only] = rows[0] ?? []
    if (!only) return []
    if (rows.length === 1 && rows[0]?.length === 1 && only.blocks.some((block) => block.type === 'table'))
      return only.blocks
    const table: DraftTable = { type: 'table', rows: placeCells(rows, limits) }
    if (this.#headRows > 0) table.headRows = this.#headRows
    if (this.#isBare && !this.#isDrawn) table.layout = true
    return [table]
  }
}

function readSpan(value: string | undefined, most: number): number {
  const span = Number.parseInt(value ?? '1', 10)
  if (Number.isNaN(span) || span < 0) return 1
  return span === 0 ? most : Math.min(span, most)
}

/** Gives each cell its columns, past those that cells from rows above still take. */
function placeCells(rows: SpannedCell[][], limits: Limits): DraftRow[] {
  let open: OpenSpan[] = []
  let placed = 0
  return rows.map((row, rowIndex) => {
    const cells: DraftCell[] = []
    const stillOpen: OpenSpan[] = []
    let waiting = 0
    let column = 0
    const passOpenSpans = () => {
      for (let span = open[waiting]; span && span.from <= column; span = open[waiting]) {
        cells.push({ from: span.from, to: span.to, vertical: 'continues', paragraphs: [] })
        if (span.rowsLeft > 1) stillOpen.push({ ...span, rowsLeft: span.rowsLeft - 1 })
        column = Math.max(column, span.to)
        waiting += 1
      }
    }
    for (const cell of row) {
      passOpenSpans()
      // A cell ends where a cell from above begins: overlapping ones are a slip of the page's.
      const to = Math.min(column + cell.columns, open[waiting]?.from ?? Number.POSITIVE_INFINITY)
      const rowsBelow = Math.min(cell.rows, rows.length - rowIndex) - 1
      const draft: DraftCell = { from: column, to, paragraphs: flatten(cell.blocks) }
      if (rowsBelow > 0) {
        draft.vertical = 'starts'
        stillOpen.push({ from: column, to, rowsLeft: rowsBelow })
      }
      cells.push(draft)
      column = to
    }
    column = Number.POSITIVE_INFINITY
    passOpenSpans()
    open = stillOpen.sort((a, b) => a.from - b.from)
    placed += cells.length
    if (placed > limits.cells)
      throw new StopReading('too-much-inside', { limit: limits.cells, found: 'cells' })
    return { cells }
  })
}
