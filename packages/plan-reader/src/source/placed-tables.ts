import type { PlacedPiece } from './placed-rows.ts'
import type { PlacedRule } from './placed-text.ts'

/** A table drawn with rules: its grid, and which squares of the grid are one cell. */
export interface PlacedTable {
  /** Edges of columns from left to right, of rows from top to bottom; points. */
  xs: number[]
  ys: number[]
  /** For each row and column, row and column of the cell's first square. */
  owners: (readonly [row: number, column: number])[][]
  /** The words of each cell, under its first square. */
  pieces: PlacedPiece[][][]
}

/** Rules nearer than this are one: producers draw a border once for each of its cells. */
const near = 3

/** More edges than this is a drawing or graph paper. */
const mostEdges = 400

interface Line {
  /** x of an upright line, y of a level one. */
  at: number
  from: number
  to: number
}

/** Finds the tables that rules draw, puts the words that stand in them into their cells, and leaves the others. */
export function placeTables(
  rules: readonly PlacedRule[],
  pieces: readonly PlacedPiece[],
): { tables: PlacedTable[]; rest: PlacedPiece[] } {
  const tables: PlacedTable[] = []
  let rest = [...pieces]
  for (const table of findGrids(rules)) {
    const outside: PlacedPiece[] = []
    let inside = 0
    for (const piece of rest) {
      const cell = findCell(table, piece)
      if (cell === undefined) outside.push(piece)
      else {
        cell.push(piece)
        inside++
      }
    }
    // An empty grid is a form's picture or a stamp.
    if (inside === 0) continue
    rest = outside
    tables.push(table)
  }
  return { tables, rest }
}

function findGrids(rules: readonly PlacedRule[]): PlacedTable[] {
  const level = joinLines(
    rules
      .filter((r) => r.x2 - r.x1 >= r.y2 - r.y1)
      .map((r) => ({ at: (r.y1 + r.y2) / 2, from: r.x1, to: r.x2 })),
  )
  const upright = joinLines(
    rules
      .filter((r) => r.x2 - r.x1 < r.y2 - r.y1)
      .map((r) => ({ at: (r.x1 + r.x2) / 2, from: r.y1, to: r.y2 })),
  )
  return groupLines(level, upright).flatMap((group) => buildGrid(group.level, group.upright) ?? [])
}

/** The cells of the tables that rules draw, merged ones as one; points. */
export function listTableCells(
  rules: readonly PlacedRule[],
): { left: number; top: number; right: number; bottom: number }[] {
  return findGrids(rules).flatMap((table) => {
    const boxes = new Map<string, { left: number; top: number; right: number; bottom: number }>()
    table.owners.forEach((line, row) => {
      line.forEach((owner, column) => {
        const [left = 0, right = 0] = table.xs.slice(column, column + 2)
        const [top = 0, bottom = 0] = table.ys.slice(row, row + 2)
        const known = boxes.get(owner.join())
        boxes.set(owner.join(), {
          left: Math.min(known?.left ?? left, left),
          top: Math.min(known?.top ?? top, top),
          right: Math.max(known?.right ?? right, right),
          bottom: Math.max(known?.bottom ?? bottom, bottom),
        })
      })
    })
    return [...boxes.values()]
  })
}

/** Joins pieces of one line: on the same height, overlapping or (nearly) touching. */
function joinLines(lines: readonly Line[]): Line[] {
  const sorted = [...lines].sort((a, b) => a.at - b.at || a.from - b.from)
  const joined: Line[] = []
  for (const line of sorted) {
    let home: Line | undefined
    for (let at = joined.length - 1; at >= 0; at--) {
      const other = joined[at]
      if (other === undefined || line.at - other.at > near) break
      if (line.from <= other.to + near && line.to >= other.from - near) {
        home = other
        break
      }
    }
    if (home === undefined) joined.push({ ...line })
    else {
      home.from = Math.min(home.from, line.from)
      home.to = Math.max(home.to, line.to)
    }
  }
  return joined
}

interface Group {
  level: Line[]
  upright: Line[]
}

/** Lines that cross or touch one another, directly or by others. */
function groupLines(level: readonly Line[], upright: readonly Line[]): Group[] {
  if (level.length * upright.length > mostEdges * mostEdges) return []
  const home = Array.from({ length: level.length + upright.length }, (_, at) => at)
  const find = (at: number): number => {
    let top = at
    while (home[top] !== undefined && home[top] !== top) top = home[top] ?? top
    home[at] = top
    return top
  }
  level.forEach((row, at) => {
    upright.forEach((column, also) => {
      const touch =
        column.at >= row.from - near &&
        column.at <= row.to + near &&
        row.at >= column.from - near &&
        row.at <= column.to + near
      if (touch) home[find(at)] = find(level.length + also)
    })
  })
  const groups = new Map<number, Group>()
  const groupOf = (at: number): Group => {
    const key = find(at)
    const group = groups.get(key) ?? { level: [], upright: [] }
    groups.set(key, group)
    return group
  }
  level.forEach((line, at) => {
    groupOf(at).level.push(line)
  })
  upright.forEach((line, at) => {
    groupOf(level.length + at).upright.push(line)
  })
  return [...groups.values()]
    .filter((group) => group.level.length >= 2 && group.upright.length >= 2)
    .sort((a, b) => topOf(a) - topOf(b))
}

const topOf = (group: Group): number => Math.min(...group.level.map((line) => line.at))

function edges(lines: readonly Line[]): number[] {
  const found: number[] = []
  for (const at of lines.map((line) => line.at).sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last === undefined || at - last > near) found.push(at)
  }
  return found
}

/** Less than this beyond the last level rule is a corner that was drawn over. */
const leastOpen = 8

/** A row that the page's end cuts in two may have no rule there: the upright ones run on beyond the last. */
function openEnds(ys: readonly number[], upright: readonly Line[]): number[] {
  const ends = [...ys]
  const [top, bottom] = [ys[0], ys.at(-1)]
  if (top === undefined || bottom === undefined) return ends
  const below = upright.map((line) => line.to).filter((end) => end > bottom + leastOpen)
  const above = upright.map((line) => line.from).filter((end) => end < top - leastOpen)
  if (below.length >= 2) ends.push(Math.max(...below))
  if (above.length >= 2) ends.unshift(Math.min(...above))
  return ends
}

function buildGrid(level: readonly Line[], upright: readonly Line[]): PlacedTable | undefined {
  const xs = edges(upright)
  const ys = openEnds(edges(level), upright)
  const [columns, rows] = [xs.length - 1, ys.length - 1]
  // A frame round running text is no table, nor is a column of frames.
  if (columns < 2 || rows < 1 || columns > mostEdges || rows > mostEdges) return undefined
  const owners: (readonly [number, number])[][] = []
  for (let row = 0; row < rows; row++) {
    const line: (readonly [number, number])[] = []
    for (let column = 0; column < columns; column++) {
      const left = line[column - 1]
      const above = owners[row - 1]?.[column]
      const openLeft = column > 0 && !covers(upright, xs[column] ?? 0, ys[row] ?? 0, ys[row + 1] ?? 0)
      const openAbove = row > 0 && !covers(level, ys[row] ?? 0, xs[column] ?? 0, xs[column + 1] ?? 0)
      line.push(
        openLeft && left !== undefined ? left : openAbove && above !== undefined ? above : [row, column],
      )
    }
    owners.push(line)
  }
  const pieces = owners.map((line) => line.map((): PlacedPiece[] => []))
  return { xs, ys, owners, pieces }
}

function covers(lines: readonly Line[], at: number, from: number, to: number): boolean {
  let covered = 0
  for (const line of lines) {
    if (Math.abs(line.at - at) > near) continue
    covered += Math.max(0, Math.min(to, line.to) - Math.max(from, line.from))
  }
  return covered >= (to - from) * 0.6
}

function findCell(table: PlacedTable, piece: PlacedPiece): PlacedPiece[] | undefined {
  const x = piece.x + piece.width / 2
  const y = piece.baseline - piece.size * 0.3
  const column = lastBelow(table.xs, x)
  const row = lastBelow(table.ys, y)
  const owner = table.owners[row]?.[column]
  return owner === undefined ? undefined : table.pieces[owner[0]]?.[owner[1]]
}

function lastBelow(edgesOf: readonly number[], at: number): number {
  let found = -1
  for (const edge of edgesOf) {
    if (edge > at) break
    found++
  }
  return found
}
