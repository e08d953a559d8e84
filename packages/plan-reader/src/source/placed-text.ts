/**
 * Text as it stands on paper, before anything is known of lines and paragraphs. A PDF's text layer and a scan
 * read by OCR both end here, so that one mechanism makes the document out of either. All measures are points
 * from the top left of the page as it is seen, rotation applied.
 */

export interface PlacedRun {
  text: string
  /** Left edge. */
  x: number
  /** The line that the letters stand on. */
  baseline: number
  width: number
  /** Height of the type. */
  size: number
  /** Undefined where the source cannot tell. */
  bold?: boolean
  italic?: boolean
  /** The name of the font, where the source has one. */
  font?: string
  /** How sure the OCR is, 0 to 1; undefined for a text layer. */
  confidence?: number
}

/** A straight line drawn on the page, level or upright: `x1 <= x2`, `y1 <= y2`. */
export interface PlacedRule {
  x1: number
  y1: number
  x2: number
  y2: number
}

export interface PlacedPage {
  /** Of the page as it is read; where it was {@link turned}, not as it is shown. */
  width: number
  height: number
  /** Quarter turns clockwise, 0 to 3, that made the shown page readable; places are turned back at the end. */
  turned?: number
  runs: PlacedRun[]
  rules: PlacedRule[]
}

/** One word (or what stands between two spaces), the smallest thing that is moved about. */
export interface PlacedWord extends PlacedRun {
  /** A raised figure that refers to a footnote. */
  raised?: boolean
}

/** The words that stand on one line across the whole page, from left to right. */
export interface PlacedRow {
  words: PlacedWord[]
  baseline: number
  size: number
}

export const leftOf = (row: PlacedRow): number => row.words[0]?.x ?? 0

export const rightOf = (row: PlacedRow): number => {
  const last = row.words.at(-1)
  return last === undefined ? 0 : last.x + last.width
}

export const textOfRow = (row: PlacedRow): string => row.words.map((word) => word.text).join(' ')

/** The share of a row's letters that are bold, 0 to 1; undefined where the source cannot tell. */
export function boldShare(row: PlacedRow): number | undefined {
  let letters = 0
  let bold = 0
  for (const word of row.words) {
    if (word.bold === undefined) continue
    letters += word.text.length
    if (word.bold) bold += word.text.length
  }
  return letters === 0 ? undefined : bold / letters
}
