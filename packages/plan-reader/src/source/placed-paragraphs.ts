import { boldShare, leftOf, type PlacedRow, rightOf, textOfRow } from './placed-text.ts'

/** One line of a paragraph, with the page that it stands on. */
export interface PlacedLine {
  page: number
  row: PlacedRow
}

export type PlacedAlign = 'left' | 'center' | 'right' | 'justify'

export interface PlacedParagraph {
  lines: PlacedLine[]
  align: PlacedAlign
}

/** The edges between which text is set: of a page's body, a column or a cell; points. */
export interface Measure {
  left: number
  right: number
}

/** `-`, `+`, `1.`, `1.1.`, `a)`, `(1)`, `I.`, `I-`, `Điều 3.`: what a new paragraph starts with. */
const marker =
  /^(?:[-+*•–—]\s?(?=\p{L}|\d|“)|\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)|\d{1,2}(?:\.\d{1,2}){0,3}[./)](?=\s|\p{L}|$)|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s)|[IVX]{1,5}[.\-/)](?=\s|\p{L})|[A-ZĐ][.)](?=\s)|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]+)/u

/** The sentence or the item is over. */
const closed = /[.;:!?…](?:["”’)]|\/\.)*$|\/\.$/u
/** The next line can only go on from this one. */
const open = /[,–-]$|\p{Ll}$/u

const firstWordWidth = (row: PlacedRow): number => row.words[0]?.width ?? 0

/** The edges of running text: where most full lines start and end. */
export function findMeasure(rows: readonly PlacedRow[], page: { width: number }): Measure {
  const full = rows.filter((row) => row.words.length >= 5)
  const considered = full.length >= 3 ? full : rows
  if (considered.length === 0) return { left: page.width * 0.14, right: page.width * 0.93 }
  const lefts = considered.map(leftOf).sort((a, b) => a - b)
  const rights = considered.map(rightOf).sort((a, b) => a - b)
  const left = lefts[Math.floor(lefts.length * 0.08)] ?? 0
  const right = rights[Math.floor(rights.length * 0.94)] ?? page.width
  return { left, right: Math.max(right, left + 1) }
}

export function findAlign(row: PlacedRow, measure: Measure): PlacedAlign {
  const [left, right] = [leftOf(row), rightOf(row)]
  const width = measure.right - measure.left
  const before = left - measure.left
  const after = measure.right - right
  const text = textOfRow(row)
  const offCentre = Math.abs(before - after)
  // An indented line of one paragraph can end as far from the right by chance: it is centred only if it is
  // well in, or dressed as a title; a scan does not tell bold, so there an open end must do.
  const bold = boldShare(row)
  const titled = bold === undefined ? after > row.size : bold > 0.8 || text === text.toUpperCase()
  const deep = before > 45 || (before > row.size * 1.2 && titled && !marker.test(text) && !closed.test(text))
  if (deep && offCentre < Math.max(8, width * 0.025)) return 'center'
  if (before > width * 0.4 && after < row.size * 3) return 'right'
  return 'left'
}

/** Where the next paragraph's words could have stood on this line: the line was ended on purpose. */
function endsEarly(row: PlacedRow, next: PlacedRow, measure: Measure, align: PlacedAlign): boolean {
  const space = row.size * 0.22
  const room =
    align === 'center'
      ? measure.right - measure.left - (rightOf(row) - leftOf(row))
      : measure.right - rightOf(row)
  return room > firstWordWidth(next) + space + row.size * 0.25
}

export interface JoinOptions {
  /** The usual distance of two baselines inside a paragraph; undefined where the rows are on two pages. */
  pitch?: number
}

/** Whether `next` goes on with the paragraph that ends in `row`. */
export function continues(
  row: PlacedRow,
  next: PlacedRow,
  measure: Measure,
  nextMeasure: Measure,
  { pitch }: JoinOptions,
): boolean {
  const align = findAlign(row, measure)
  const nextAlign = findAlign(next, nextMeasure)
  const text = textOfRow(row)
  const nextText = textOfRow(next)
  if (Math.abs(row.size - next.size) > row.size * 0.15) return false
  const gap = next.baseline - row.baseline
  if (pitch !== undefined && gap > Math.max(pitch * 1.65, row.size * 2.4)) return false
  if (align === 'center' && nextAlign === 'center') return continuesTitle(row, next, measure)
  const starts = marker.test(nextText)
  const ended = closed.test(text)
  if (starts && ended) return false
  if (pitch !== undefined && gap > pitch + 3 && (ended || starts)) return false
  // A last line may be as short as it likes, so a centred look of the next line says nothing.
  if (
    align === 'center' &&
    leftOf(next) <= nextMeasure.left + row.size * 0.6 &&
    endsEarly(row, next, measure, align)
  )
    return false
  if (endsEarly(row, next, measure, 'left') && !goesOnSmall(row, next, measure)) return false
  const inset = leftOf(next) - nextMeasure.left - (leftOf(row) - measure.left)
  if (inset > row.size * 0.6) {
    // Deeper than the line above: the hanging text of an item, or the first line of a new paragraph.
    return marker.test(text) && !starts && inset < row.size * 4
  }
  if (inset < -row.size * 0.6) return !(starts && ended)
  return !(starts && !open.test(text))
}

/** A line broken by hand, or round a hyphenless long word: its sentence is open and the next line starts small. */
function goesOnSmall(row: PlacedRow, next: PlacedRow, measure: Measure): boolean {
  const room = measure.right - rightOf(row)
  const text = textOfRow(row)
  if (room > (measure.right - measure.left) * 0.4 || !open.test(text)) return false
  return /^\p{Ll}/u.test(textOfRow(next)) && !marker.test(textOfRow(next)) && text !== text.toUpperCase()
}

/** Lines of a centred title go on where a line was full, or where the next one starts small. */
function continuesTitle(row: PlacedRow, next: PlacedRow, measure: Measure): boolean {
  const text = textOfRow(row)
  const nextText = textOfRow(next)
  const inCapitals = text === text.toUpperCase()
  if (inCapitals !== (nextText === nextText.toUpperCase())) return false
  const [bold, nextBold] = [boldShare(row), boldShare(next)]
  if (bold !== undefined && nextBold !== undefined && Math.abs(bold - nextBold) > 0.5) return false
  if (/^[-–—_*\s]+$/.test(nextText) || /^[-–—_*\s]+$/.test(text) || marker.test(nextText)) return false
  if (/^\(/.test(nextText)) return false
  if (/^\p{Ll}/u.test(nextText)) return true
  const width = measure.right - measure.left
  return rightOf(row) - leftOf(row) + firstWordWidth(next) > width * 0.82
}

/** The usual distance between baselines: the lower middle, as gaps between paragraphs only make it larger. */
export function findPitch(rows: readonly PlacedRow[]): number | undefined {
  const gaps: number[] = []
  rows.forEach((row, at) => {
    const before = rows[at - 1]
    if (before === undefined) return
    const gap = row.baseline - before.baseline
    if (gap > row.size * 0.8 && gap < row.size * 3) gaps.push(gap)
  })
  gaps.sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length * 0.4)]
}

/** Makes paragraphs of the rows of one stretch. */
export function joinRows(rows: readonly PlacedRow[], page: number, measure: Measure): PlacedParagraph[] {
  const pitch = findPitch(rows)
  const paragraphs: PlacedParagraph[] = []
  let before: PlacedRow | undefined
  for (const row of rows) {
    const last = paragraphs.at(-1)
    const options = { pitch: pitch ?? row.size * 1.5 }
    if (last !== undefined && before !== undefined && continues(before, row, measure, measure, options)) {
      last.lines.push({ page, row })
    } else paragraphs.push({ lines: [{ page, row }], align: findAlign(row, measure) })
    before = row
  }
  for (const paragraph of paragraphs) settleAlign(paragraph, measure)
  return paragraphs
}

function settleAlign(paragraph: PlacedParagraph, measure: Measure): void {
  if (paragraph.lines.length < 2 || paragraph.align === 'center') return
  const inner = paragraph.lines.slice(0, -1)
  const full = inner.every(({ row }) => measure.right - rightOf(row) < row.size * 0.5)
  paragraph.align = full ? 'justify' : 'left'
}

/**
 * Makes paragraphs of one column of a head or a signature: each line is a statement of its own, but for items
 * that run over (`- Ban Thường vụ …` in the recipients, `V/v …` under the number).
 */
export function joinColumnRows(rows: readonly PlacedRow[], page: number): PlacedParagraph[] {
  const paragraphs: PlacedParagraph[] = []
  let before: PlacedRow | undefined
  for (const row of rows) {
    const last = paragraphs.at(-1)
    if (last !== undefined && before !== undefined && columnGoesOn(last, before, row))
      last.lines.push({ page, row })
    else paragraphs.push({ lines: [{ page, row }], align: 'center' })
    before = row
  }
  const [left, right] = [Math.min(...rows.map(leftOf)), Math.max(...rows.map(rightOf))]
  for (const paragraph of paragraphs) {
    const first = paragraph.lines[0]?.row
    if (first === undefined) continue
    const offCentre = Math.abs(leftOf(first) - left - (right - rightOf(first)))
    if (rows.length > 1 && offCentre > Math.max(12, (right - left) * 0.08)) paragraph.align = 'left'
    if (marker.test(textOfRow(first)) || /^nơi nhận/iu.test(textOfRow(first))) paragraph.align = 'left'
  }
  return paragraphs
}

function columnGoesOn(paragraph: PlacedParagraph, before: PlacedRow, row: PlacedRow): boolean {
  const first = paragraph.lines[0]?.row
  if (first === undefined || row.baseline - before.baseline > row.size * 2) return false
  const text = textOfRow(row)
  const textBefore = textOfRow(before)
  if (marker.test(text) || closed.test(textBefore)) return false
  const opening = textOfRow(first)
  if (/^(?:[-+•–]|v\/v\b|về việc\b)/iu.test(opening)) return true
  return /^\p{Ll}/u.test(text) && !/^(?:ngày|tháng|năm)\b/u.test(text)
}
