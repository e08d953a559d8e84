import type { Limits } from '../limits.ts'
import { StopReading } from '../refusal.ts'
import { type Cell, parseReference, type SheetRow } from '../sheet.ts'

interface Area {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

const endOfRows = '</sheetData>'
const emptyRows = '<sheetData/>'
const mostTail = 4 * 1024 * 1024

/**
 * The merged areas of a sheet. They are listed behind its rows, so the part is run through once for them before its
 * rows are read: unpacking costs little, reading XML much, and only the end is looked at.
 */
export async function findMergedAreas(
  part: AsyncIterable<Uint8Array>,
  limits: Limits,
): Promise<readonly Area[]> {
  // Latin-1 keeps bytes apart, which is enough for tags and references.
  const decoder = new TextDecoder('latin1')
  let tail: string | undefined
  let last = ''
  for await (const portion of part) {
    const text = decoder.decode(portion, { stream: true })
    if (tail !== undefined) {
      tail += text
      if (tail.length > mostTail) throw new StopReading('too-much-inside', { found: 'merged areas' })
      continue
    }
    const joined = last + text
    const at = Math.max(joined.indexOf(endOfRows), joined.indexOf(emptyRows), joined.indexOf(':sheetData>'))
    if (at >= 0) tail = joined.slice(at)
    else last = joined.slice(-32)
  }
  const areas: Area[] = []
  for (const [, reference = ''] of (tail ?? '').matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([^"]{1,40})"/g)) {
    const [first, second] = reference.split(':')
    const from = parseReference(first ?? '')
    const to = parseReference(second ?? '')
    if (!from || !to || to.row < from.row || to.column < from.column) continue
    if (areas.length >= limits.merges)
      throw new StopReading('too-much-inside', { limit: limits.merges, found: 'merged areas' })
    areas.push({
      top: from.row,
      bottom: to.row,
      left: from.column,
      right: Math.min(to.column, limits.columns),
    })
  }
  return areas.sort((a, b) => a.top - b.top)
}

/** Gives every cell of a merged area what its first cell holds, row by row, as rows come. */
export class Unfolding {
  readonly #areas: readonly Area[]
  #next = 0
  #open: { area: Area; cell: Cell | undefined }[] = []

  constructor(areas: readonly Area[]) {
    this.#areas = areas
  }

  /** The row with what merged areas bring into it. Rows must come in order. */
  unfold(row: SheetRow): SheetRow {
    const index = row.number - 1
    this.#open = this.#open.filter(({ area }) => area.bottom >= index)
    for (let area = this.#areas[this.#next]; area && area.top <= index; area = this.#areas[this.#next]) {
      this.#next += 1
      // An area whose first row holds nothing has nothing to give.
      if (area.top === index && area.bottom >= index) this.#open.push({ area, cell: row.cells[area.left] })
    }
    if (this.#open.length === 0) return row
    const cells = [...row.cells]
    for (const { area, cell } of this.#open) {
      if (cell === undefined) continue
      const unfolded: Cell = { ...cell, merged: true }
      for (let column = area.left; column <= area.right; column++)
        if (!(index === area.top && column === area.left)) cells[column] = unfolded
    }
    for (let column = 0; column < cells.length; column++) cells[column] ??= undefined
    return { number: row.number, cells }
  }
}
