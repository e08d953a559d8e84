import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type FontFace, readFontFace } from './pdf-runs.ts'
import type { PlacedRule } from './placed-text.ts'

/** What is drawn on a page besides its letters. */
export interface PageDrawing {
  /** On the page as it is shown, in points. */
  rules: PlacedRule[]
  faces: Map<string, FontFace>
  /** The share of the page under its largest picture, 0 to 1: near 1 it is a scan. */
  pictureShare: number
  /** Whether (some) text is laid invisibly, as scanners do with what they think they read. */
  hiddenText: boolean
  /** Whether anything but letters is drawn at all: pictures, strokes, fills. */
  marked: boolean
}

type Matrix = readonly [number, number, number, number, number, number]

/** A filled box thinner than this, in points, is drawn as a rule. */
const thickestRule = 3
/** Shorter strokes are parts of drawings and signatures. */
const shortestRule = 6
const mostRules = 20_000

/** The codes inside a path, of pdf.js: 0 move, 1 line, 2 curve, 3 quadratic curve, 4 close. */
const pathLengths = [2, 2, 6, 4, 0]

const strokes = new Set<number>([OPS.stroke, OPS.closeStroke])
const fills = new Set<number>([OPS.fill, OPS.eoFill])
const both = new Set<number>([OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke])
const pictures = new Set<number>([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
])

/** Reads rules, faces of fonts and pictures from what a page draws. */
export async function readPageDrawing(page: PDFPageProxy): Promise<PageDrawing> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const viewport = page.getViewport({ scale: 1 })
  const area = Math.max(1, viewport.width * viewport.height)
  const drawing: PageDrawing = {
    rules: [],
    faces: new Map(),
    pictureShare: 0,
    hiddenText: false,
    marked: false,
  }
  let matrix = toMatrix(viewport.transform)
  const saved: Matrix[] = []
  for (let at = 0; at < fnArray.length; at++) {
    const operator = fnArray[at]
    const given: unknown = argsArray[at]
    const values: unknown[] = Array.isArray(given) ? given : []
    if (operator === OPS.save) saved.push(matrix)
    else if (operator === OPS.restore) matrix = saved.pop() ?? matrix
    else if (operator === OPS.transform) matrix = multiply(matrix, toMatrix(values))
    else if (operator === OPS.paintFormXObjectBegin) {
      saved.push(matrix)
      if (isNumbers(values[0])) matrix = multiply(matrix, toMatrix(Array.from(values[0])))
    } else if (operator === OPS.paintFormXObjectEnd) matrix = saved.pop() ?? matrix
    else if (operator === OPS.constructPath) {
      drawing.marked = true
      addRules(values, matrix, drawing.rules)
    } else if (operator === OPS.setTextRenderingMode) drawing.hiddenText ||= values[0] === 3
    else if (operator === OPS.setFont && typeof values[0] === 'string')
      addFace(page, values[0], drawing.faces)
    else if (operator !== undefined && pictures.has(operator)) {
      drawing.marked = true
      const [a, b, c, d] = matrix
      drawing.pictureShare = Math.max(drawing.pictureShare, Math.min(1, Math.abs(a * d - b * c) / area))
    }
  }
  return drawing
}

function addFace(page: PDFPageProxy, id: string, faces: Map<string, FontFace>): void {
  if (faces.has(id) || !page.commonObjs.has(id)) return
  const font: unknown = page.commonObjs.get(id)
  const name = typeof font === 'object' && font !== null && 'name' in font ? font.name : undefined
  if (typeof name === 'string') faces.set(id, readFontFace(name))
}

function addRules(values: readonly unknown[], matrix: Matrix, rules: PlacedRule[]): void {
  const [painted, data] = values
  if (typeof painted !== 'number' || !Array.isArray(data)) return
  const stroked = strokes.has(painted) || both.has(painted)
  const filled = fills.has(painted) || both.has(painted)
  if (!stroked && !filled) return
  const path: unknown = data[0]
  if (!(path instanceof Float32Array)) return
  for (const points of readSubpaths(path, matrix)) {
    if (rules.length >= mostRules) return
    if (filled) addThinBox(points, rules)
    if (stroked) addSegments(points, rules)
  }
}

type Point = readonly [x: number, y: number]

/** The corners of each straight subpath; those with curves are left out. */
function readSubpaths(path: Float32Array, matrix: Matrix): Point[][] {
  const subpaths: Point[][] = []
  let current: Point[] = []
  let curved = false
  const finish = (): void => {
    if (current.length > 1 && !curved) subpaths.push(current)
    current = []
    curved = false
  }
  for (let at = 0; at < path.length; ) {
    const code = path[at] ?? 4
    const length = pathLengths[code]
    if (length === undefined) break
    if (code === 0) finish()
    if (code === 0 || code === 1) current.push(apply(matrix, path[at + 1] ?? 0, path[at + 2] ?? 0))
    else if (code === 4) {
      const [first] = current
      if (first !== undefined) current.push(first)
    } else curved = true
    at += 1 + length
  }
  finish()
  return subpaths
}

function addThinBox(points: readonly Point[], rules: PlacedRule[]): void {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    x1 = Math.min(x1, x)
    x2 = Math.max(x2, x)
    y1 = Math.min(y1, y)
    y2 = Math.max(y2, y)
  }
  const [width, height] = [x2 - x1, y2 - y1]
  if (height <= thickestRule && width >= shortestRule) {
    const y = (y1 + y2) / 2
    rules.push({ x1, y1: y, x2, y2: y })
  } else if (width <= thickestRule && height >= shortestRule) {
    const x = (x1 + x2) / 2
    rules.push({ x1: x, y1, x2: x, y2 })
  }
}

function addSegments(points: readonly Point[], rules: PlacedRule[]): void {
  for (let at = 1; at < points.length; at++) {
    const from = points[at - 1]
    const to = points[at]
    if (from === undefined || to === undefined) continue
    const [width, height] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])]
    if (Math.min(width, height) > 0.8 || Math.max(width, height) < shortestRule) continue
    rules.push({
      x1: Math.min(from[0], to[0]),
      y1: Math.min(from[1], to[1]),
      x2: Math.max(from[0], to[0]),
      y2: Math.max(from[1], to[1]),
    })
  }
}

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || value instanceof Float32Array || value instanceof Float64Array

function toMatrix(values: readonly unknown[]): Matrix {
  const at = (index: number, otherwise: number): number => {
    const value = values[index]
    return typeof value === 'number' && Number.isFinite(value) ? value : otherwise
  }
  return [at(0, 1), at(1, 0), at(2, 0), at(3, 1), at(4, 0), at(5, 0)]
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

const apply = ([a, b, c, d, e, f]: Matrix, x: number, y: number): Point => [
  a * x + c * y + e,
  b * x + d * y + f,
]
