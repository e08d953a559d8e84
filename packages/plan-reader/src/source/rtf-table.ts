import type { DraftCell, DraftParagraph, DraftTable } from './draft.ts'

interface RowShape {
  edges: number[]
  cells: { isMerged: boolean; vertical: 'starts' | 'continues' | undefined }[]
  isHead: boolean
  isDrawn: boolean
}

interface CellFlags {
  isMerged: boolean
  vertical: 'starts' | 'continues' | undefined
}

const mostCells = 1000
const twipsApart = 104

/** A table of RTF while it is read: rows, each with a shape (`\trowd … \cellx`) that may change from row to row. */
export class RtfTable {
  #shape = newShape()
  #flags: CellFlags = { isMerged: false, vertical: undefined }
  #cells: DraftParagraph[][] = []
  #rows: { cells: DraftParagraph[][]; shape: RowShape }[] = []

  get isOpen(): boolean {
    return this.#rows.length > 0 || this.#cells.length > 0
  }

  /** Takes in a control word that shapes a row; false where it is about something else. */
  takeControl(word: string, parameter: number | undefined): boolean {
    switch (word) {
      case 'trowd':
        this.#shape = newShape()
        this.#flags = { isMerged: false, vertical: undefined }
        return true
      case 'trhdr':
        this.#shape.isHead = true
        return true
      case 'clmrg':
        this.#flags.isMerged = true
        return true
      case 'clvmgf':
        this.#flags.vertical = 'starts'
        return true
      case 'clvmrg':
        this.#flags.vertical = 'continues'
        return true
      case 'brdrs':
      case 'brdrth':
      case 'brdrdb':
      case 'brdrdot':
      case 'brdrdash':
      case 'brdrhair':
        this.#shape.isDrawn = true
        return false
      case 'cellx':
        if (this.#shape.edges.length < mostCells) {
          this.#shape.edges.push(parameter ?? 0)
          this.#shape.cells.push(this.#flags)
        }
        this.#flags = { isMerged: false, vertical: undefined }
        return true
    }
    return false
  }

  endCell(paragraphs: DraftParagraph[]): void {
    this.#cells.push(paragraphs)
  }

  endRow(): void {
    if (this.#cells.length > 0) this.#rows.push({ cells: this.#cells, shape: this.#shape })
    this.#cells = []
  }

  /** The table that has been read so far; another may follow. */
  finish(): DraftTable | undefined {
    this.endRow()
    const rows = this.#rows
    this.#rows = []
    if (rows.length === 0) return undefined
    const fits = rows.every(({ cells, shape }) => shape.edges.length === cells.length)
    const table: DraftTable = {
      type: 'table',
      rows: rows.map(({ cells, shape }) => ({ cells: placeCells(cells, fits ? shape : undefined) })),
      tolerance: fits ? twipsApart : 0,
    }
    const headRows = rows.findIndex((row) => !row.shape.isHead)
    if (headRows > 0) table.headRows = headRows
    if (!rows.some((row) => row.shape.isDrawn)) table.layout = true
    return table
  }
}

function newShape(): RowShape {
  return { edges: [], cells: [], isHead: false, isDrawn: false }
}

function placeCells(cells: DraftParagraph[][], shape: RowShape | undefined): DraftCell[] {
  const placed: DraftCell[] = []
  let from = shape ? Math.min(0, ...shape.edges) : 0
  for (const [index, paragraphs] of cells.entries()) {
    const flags = shape?.cells[index]
    const to = Math.max(shape ? (shape.edges[index] ?? from) : index + 1, from)
    const before = placed.at(-1)
    if (flags?.isMerged && before) before.to = to
    else {
      for (const { runs } of paragraphs) for (const run of runs) run.text = run.text.replaceAll('\t', ' ')
      const cell: DraftCell = { from, to, paragraphs: flags?.vertical === 'continues' ? [] : paragraphs }
      if (flags?.vertical) cell.vertical = flags.vertical
      placed.push(cell)
    }
    from = to
  }
  return placed
}
