import { leftOf, type PlacedRow, rightOf, textOfRow } from './placed-text.ts'

/**
 * What stands on a page and is not of the document: page numbers, running heads and feet, and the marks that
 * signing software prints. Left in, they come to stand in the middle of sentences.
 */

export interface FurniturePage {
  width: number
  height: number
  rows: PlacedRow[]
}

export interface WithoutFurniture {
  rows: PlacedRow[][]
  /** Page numbers, running heads and feet. */
  furniture: number
  /** Lines of signature stamps. */
  stamps: number
}

/** Furniture stands in the outer part of the page; this share of its height at either end. */
const margin = 0.09
/** How many lines from the edge are looked at. */
const deepest = 3

const pageNumber =
  /^[-–—~\s]*(?:trang\s*(?:số\s*)?:?\s*|page\s+)?\d{1,4}(?:\s*(?:\/|of|trên)\s*\d{1,4})?[-–—~.\s]*$/iu

/** `18-09-2025 10:55:35 +07:00`: the hour of signing, printed beside the picture of the seal. */
const stampTime =
  /^(?:(?:thời gian ký|ngày ký|ký ngày|giờ ký|date|signing time)\s*:?\s*)?\d{1,4}[-./]\d{1,2}[-./]\d{2,4}[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:AM|PM|SA|CH))?(?:\s*(?:GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|Z|\s*'\d{2}')?\s*'?(?:\d{2}'?)?$/iu
const stampLine =
  /^(?:người ký|ký bởi|được ký bởi|ký số bởi|chữ ký số|đã ký số|signature (?:not verified|valid|is valid)|signed by|digitally signed by|signer|dn|reason|location)\s*:?/iu
/** Only beside one of the lines above: alone they may be the document's own. */
const stampCompanion =
  /^(?:cơ quan|email|e-mail|đơn vị|tổ chức|thời gian ký|ngày ký|ký ngày|date|thời gian|nơi ký|lý do|chức vụ)\s*:/iu

export function dropFurniture(pages: readonly FurniturePage[]): WithoutFurniture {
  const repeated = findRepeated(pages)
  const result: WithoutFurniture = { rows: [], furniture: 0, stamps: 0 }
  for (const page of pages) {
    const kept: PlacedRow[] = []
    const stamped = findStamps(page.rows)
    page.rows.forEach((row, at) => {
      if (stamped.has(at)) result.stamps++
      else if (isFurniture(page, row, at, repeated)) result.furniture++
      else kept.push(row)
    })
    result.rows.push(kept)
  }
  return result
}

function findStamps(rows: readonly PlacedRow[]): Set<number> {
  const stamped = new Set<number>()
  rows.forEach((row, at) => {
    const text = textOfRow(row).trim()
    if (stampTime.test(text) || stampLine.test(text)) stamped.add(at)
  })
  for (const at of [...stamped]) {
    for (const step of [-1, 1]) {
      for (let next = at + step; ; next += step) {
        const row = rows[next]
        if (row === undefined || stamped.has(next) || !stampCompanion.test(textOfRow(row).trim())) break
        stamped.add(next)
      }
    }
  }
  return stamped
}

function isFurniture(
  page: FurniturePage,
  row: PlacedRow,
  at: number,
  repeated: ReadonlySet<string>,
): boolean {
  const edge = edgeOf(page, row, at)
  if (edge === undefined) return false
  const text = textOfRow(row).trim()
  if (pageNumber.test(text)) {
    // A figure that starts a table's row stands at the side; page numbers stand in the middle or outside.
    return page.rows.length > 1 || rightOf(row) - leftOf(row) < page.width / 4
  }
  return repeated.has(furnitureKey(edge, text))
}

/** Whether a row is among the first or last of its page, and there in the margin. */
function edgeOf(page: FurniturePage, row: PlacedRow, at: number): 'top' | 'bottom' | undefined {
  if (at < deepest && row.baseline - row.size < page.height * margin) return 'top'
  if (at >= page.rows.length - deepest && row.baseline > page.height * (1 - margin)) return 'bottom'
  return undefined
}

const furnitureKey = (edge: string, text: string): string =>
  `${edge} ${text.replace(/\d+/g, '0').replace(/\s+/g, ' ').toLowerCase()}`

/** Lines that stand in the margin of at least three pages, and of every other page at least. */
function findRepeated(pages: readonly FurniturePage[]): Set<string> {
  const counts = new Map<string, number>()
  for (const page of pages) {
    const here = new Set<string>()
    page.rows.forEach((row, at) => {
      const edge = edgeOf(page, row, at)
      if (edge !== undefined) here.add(furnitureKey(edge, textOfRow(row).trim()))
    })
    for (const key of here) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const least = Math.max(3, pages.length / 2 - 1)
  return new Set([...counts].filter(([, count]) => count >= least).map(([key]) => key))
}
