import { leftOf, type PlacedRow, rightOf } from './placed-text.ts'

/**
 * A page's rows, parted into stretches of running text and stretches that stand in two columns: the head of
 * every Party and State document, and the signature beside the recipients. Which column a producer writes
 * first differs, so only the gutter between them tells.
 */
export type Zone =
  | { type: 'flow'; rows: PlacedRow[] }
  | { type: 'columns'; left: PlacedRow[]; right: PlacedRow[] }

/** In type sizes: a gap this wide may be a gutter where a neighbouring row has it too, … */
const narrowGutter = 0.9
/** … and this wide it may be one by itself. */
const wideGutter = 3
/** The name stands about four lines under the signing line, and the seal may push it further. */
const signatureGap = 130

interface Gap {
  from: number
  to: number
}

export function partZones(rows: readonly PlacedRow[]): Zone[] {
  const zones: Zone[] = []
  let flow: PlacedRow[] = []
  const gaps = rows.map(findGaps)
  for (let at = 0; at < rows.length; ) {
    const found = growColumns(rows, gaps, at)
    if (found === undefined) {
      const row = rows[at]
      if (row !== undefined) flow.push(row)
      at++
      continue
    }
    if (flow.length > 0) zones.push({ type: 'flow', rows: flow })
    flow = []
    zones.push(splitColumns(rows.slice(at, found.end), found.gutter))
    at = found.end
  }
  if (flow.length > 0) zones.push({ type: 'flow', rows: flow })
  return zones
}

/** A blank left for a number or a day is no gutter: `Số:      /KH-UBND`, `ngày    tháng    năm`. */
function isBlank(row: PlacedRow, at: number): boolean {
  const before = row.words[at - 1]?.text ?? ''
  const after = row.words[at]?.text ?? ''
  return (
    /^(?:số:?|ngày|tháng|năm)$/iu.test(before) ||
    /^[-/–]\p{L}?/u.test(after) ||
    /^(?:tháng|năm)$/iu.test(after)
  )
}

const marker = /^(?:[-+•*–]|\(?[\dIVXivxa-zđA-ZĐ]{1,4}[.)]|\d+(?:\.\d+)+\.?)$/u

function findGaps(row: PlacedRow): Gap[] {
  const gaps: Gap[] = []
  const usual = usualGap(row)
  for (let at = 1; at < row.words.length; at++) {
    const [before, after] = [row.words[at - 1], row.words[at]]
    if (before === undefined || after === undefined) continue
    const gap = { from: before.x + before.width, to: after.x }
    if (gap.to - gap.from < row.size * narrowGutter || isBlank(row, at)) continue
    // In a justified line of few words every gap is wide; a gutter stands out from the others.
    if (row.words.length > 3 && gap.to - gap.from < usual * 2) continue
    // The tab after a number or a dash.
    if (at === 1 && marker.test(before.text) && gap.to - gap.from < row.size * 4) continue
    gaps.push(gap)
  }
  return gaps
}

function usualGap(row: PlacedRow): number {
  const widths = row.words.slice(1).map((word, at) => {
    const before = row.words[at]
    return before === undefined ? 0 : word.x - before.x - before.width
  })
  widths.sort((a, b) => a - b)
  return widths[Math.floor(widths.length / 2)] ?? 0
}

const overlap = (a: Gap, b: Gap): Gap => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })

/** From this row on, the longest stretch that one gutter runs through; undefined where there is none. */
function growColumns(
  rows: readonly PlacedRow[],
  gaps: readonly Gap[][],
  start: number,
): { end: number; gutter: Gap } | undefined {
  const first = rows[start]
  if (first === undefined) return undefined
  for (const seed of gaps[start] ?? []) {
    const grown = growFrom(rows, gaps, start, seed)
    const wide = seed.to - seed.from >= first.size * wideGutter
    if (grown.both >= 2 || (wide && isFormal(first, seed))) return grown
  }
  return undefined
}

/** A single row with a wide gap is a head or a signature only if it is worded like one; else it is a tab. */
function isFormal(row: PlacedRow, gutter: Gap): boolean {
  const right = row.words.filter((word) => word.x >= gutter.to - 1).map((word) => word.text)
  const said = right.join(' ')
  return (
    /^nơi nhận/iu.test(row.words.map((word) => word.text).join(' ')) ||
    (said === said.toUpperCase() && /\p{Lu}{2}/u.test(said))
  )
}

function growFrom(
  rows: readonly PlacedRow[],
  gaps: readonly Gap[][],
  start: number,
  seed: Gap,
): { end: number; gutter: Gap; both: number } {
  let gutter = seed
  let both = 1
  let end = start + 1
  for (let at = start + 1; at < rows.length; at++) {
    const [row, before] = [rows[at], rows[at - 1]]
    if (row === undefined || before === undefined) break
    if (row.baseline - before.baseline > Math.max(signatureGap, row.size * 3)) break
    const shared = (gaps[at] ?? [])
      .map((gap) => overlap(gap, gutter))
      .find((gap) => gap.to - gap.from >= row.size * 0.5)
    if (shared !== undefined) {
      gutter = shared
      both++
      end = at + 1
      continue
    }
    const narrowed = besides(row, gutter)
    if (narrowed === undefined || isInTheMiddle(row, rows.slice(start, at), gutter)) break
    // Lines of one side only belong to the columns as long as they keep off the gutter and do not run on as
    // text: a line of the body starts at the left edge and, being last of its paragraph, may end before it.
    if (row.baseline - before.baseline > row.size * 3 && leftOf(row) < gutter.from && both < 2) break
    gutter = narrowed
    end = at + 1
  }
  return { end, gutter, both }
}

/** The gutter that is left when a row stands wholly on one side of it; undefined where the row crosses it. */
function besides(row: PlacedRow, gutter: Gap): Gap | undefined {
  const [left, right] = [leftOf(row), rightOf(row)]
  const least = row.size * 0.4
  if (right <= gutter.to - least && left < gutter.from) {
    return { from: Math.max(gutter.from, right), to: gutter.to }
  }
  if (left >= gutter.from + least && right > gutter.to) {
    return { from: gutter.from, to: Math.min(gutter.to, left) }
  }
  return undefined
}

/**
 * Whether a line of one side stands nearer to the middle of both columns than to the middle of its own: the name
 * of the kind (`KẾ HOẠCH`) under a head, which may be short enough to keep off the gutter.
 */
function isInTheMiddle(row: PlacedRow, above: readonly PlacedRow[], gutter: Gap): boolean {
  const middle = (gutter.from + gutter.to) / 2
  const words = above.flatMap((other) => other.words)
  const side = words.filter((word) => word.x + word.width / 2 < middle === leftOf(row) < middle)
  const centre = (leftOf(row) + rightOf(row)) / 2
  return Math.abs(centre - centreOf(words)) < Math.abs(centre - centreOf(side))
}

function centreOf(words: PlacedRow['words']): number {
  if (words.length === 0) return Number.POSITIVE_INFINITY
  const left = Math.min(...words.map((word) => word.x))
  const right = Math.max(...words.map((word) => word.x + word.width))
  return (left + right) / 2
}

function splitColumns(rows: readonly PlacedRow[], gutter: Gap): Zone {
  const middle = (gutter.from + gutter.to) / 2
  const left: PlacedRow[] = []
  const right: PlacedRow[] = []
  for (const row of rows) {
    const onLeft = row.words.filter((word) => word.x + word.width / 2 < middle)
    const onRight = row.words.filter((word) => word.x + word.width / 2 >= middle)
    if (onLeft.length > 0) left.push(remakeRow(onLeft))
    if (onRight.length > 0) right.push(remakeRow(onRight))
  }
  return { type: 'columns', left, right }
}

function remakeRow(words: PlacedRow['words']): PlacedRow {
  const tallest = words.reduce((most, word) => (word.size > most.size ? word : most))
  return { words, baseline: tallest.baseline, size: tallest.size }
}
