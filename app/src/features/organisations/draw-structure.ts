import type { OrganisationKind } from './schema.ts'

// The structure of an organisation as a drawing: itself at the top, what stands directly below it in groups by kind,
// and in each box what stands below that, as far as there is room. Sizes are in units of the drawing; a page of paper on
// its side is as wide as it.

export interface DrawnBody {
  id: string
  parentId: string | null
  distance: number
  name: string
  kind: OrganisationKind
}

export interface Box {
  id: string
  x: number
  y: number
  width: number
  height: number
  /** The name, broken to the width of the box. */
  title: string[]
  /** What stands below: names, cut to the width, and how many are not named. */
  lines: { id: string; text: string }[]
  cells: number
  others: number
}

export interface Group {
  kind: OrganisationKind
  y: number
  count: number
  boxes: Box[]
}

export interface Structure {
  width: number
  height: number
  top: Box
  groups: Group[]
  /** The line down from the top to the last group, with a branch to each. */
  trunk: { x: number; from: number; to: number }
}

export const drawing = {
  width: 1120,
  margin: 16,
  gap: 10,
  perRow: 5,
  indent: 28,
  titleLine: 17,
  line: 15,
  padding: 9,
  heading: 30,
  /** Letters of a bold title, of a line, that fit a unit of width. */
  titleLetters: 0.128,
  lineLetters: 0.15,
} as const

const mostLines = 6
const mostTitleLines = 3

/** Lays out a body with the two levels below it. `rows` come level by level, in their order. */
export function drawStructure(rows: readonly DrawnBody[], topId: string): Structure | undefined {
  const top = rows.find(({ id }) => id === topId)
  if (!top) return undefined
  const below = Map.groupBy(rows, ({ parentId }) => parentId)
  const { width, margin, gap, indent, heading } = drawing
  const topBox = boxOf(top, [], { x: margin, y: margin, width: width - 2 * margin })
  const groups: Group[] = []
  let y = topBox.y + topBox.height + gap * 2
  for (const [kind, bodies] of Map.groupBy(below.get(topId) ?? [], (body) => body.kind)) {
    const boxes = layRows(bodies, below, { x: margin + indent, y: y + heading })
    groups.push({ kind, y, count: bodies.length, boxes })
    y = Math.max(...boxes.map((box) => box.y + box.height)) + gap * 2
  }
  const last = groups.at(-1)
  const foot = topBox.y + topBox.height
  return {
    width,
    height: y,
    top: topBox,
    groups,
    trunk: { x: margin + indent / 2, from: foot, to: last ? last.y + heading / 2 : foot },
  }
}

/** Boxes side by side, as many as a row holds; each row is as high as its highest. */
function layRows(
  bodies: readonly DrawnBody[],
  below: ReadonlyMap<string | null, DrawnBody[]>,
  from: { x: number; y: number },
): Box[] {
  const { width, margin, gap, perRow } = drawing
  const each = (width - margin - from.x - gap * (perRow - 1)) / perRow
  const boxes: Box[] = []
  let { y } = from
  for (let first = 0; first < bodies.length; first += perRow) {
    const row = bodies
      .slice(first, first + perRow)
      .map((body, at) =>
        boxOf(body, below.get(body.id) ?? [], { x: from.x + at * (each + gap), y, width: each }),
      )
    const height = Math.max(...row.map((box) => box.height))
    boxes.push(...row.map((box) => ({ ...box, height })))
    y += height + gap
  }
  return boxes
}

function boxOf(
  body: DrawnBody,
  children: readonly DrawnBody[],
  place: { x: number; y: number; width: number },
): Box {
  const { titleLetters, lineLetters, padding, titleLine, line } = drawing
  const room = place.width - 2 * padding
  const title = breakWords(body.name, Math.floor(room * titleLetters), mostTitleLines)
  const named = children.filter(({ kind }) => kind !== 'cell' && kind !== 'cell-group')
  const shown = named.slice(0, named.length > mostLines ? mostLines - 1 : mostLines)
  const cells = children.length - named.length
  const others = named.length - shown.length
  const lines = shown.map(({ id, name }) => ({ id, text: cutWords(name, Math.floor(room * lineLetters)) }))
  const rest = (cells > 0 ? 1 : 0) + (others > 0 ? 1 : 0)
  const height = 2 * padding + title.length * titleLine + (lines.length + rest) * line
  return { id: body.id, ...place, height, title, lines, cells, others }
}

/** Breaks a name between words into lines of at most so many letters; what does not fit the last one is cut. */
export function breakWords(text: string, letters: number, mostParts: number): string[] {
  const parts: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = parts.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= letters) parts[parts.length - 1] = `${last} ${word}`
    else parts.push(word)
  }
  if (parts.length <= mostParts) return parts.map((part) => cutWords(part, letters))
  const kept = parts.slice(0, mostParts - 1)
  return [...kept, cutWords(parts.slice(mostParts - 1).join(' '), letters)]
}

export function cutWords(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`
}
