import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { untilAborted } from './pdf-document.ts'
import type { PlacedRun } from './placed-text.ts'

/** What a font's name says: `ABCDEF+TimesNewRomanPS-BoldItalicMT`, `Tinos-Bold`, `.VnTimeH`. */
export interface FontFace {
  name: string
  bold: boolean
  italic: boolean
}

/** Text drawn at more than this against the level is a watermark or a margin note, not a line. */
const steepest = Math.tan((4 * Math.PI) / 180)

/** A page of more pieces of text than this is no page of a plan; a full page set letter by letter has 6,000. */
export const mostRunsPerPage = 60_000

export interface PageRuns {
  runs: PlacedRun[]
  /** Pieces that stand askew (watermarks) and were left out. */
  skewed: number
  /** The quarter turns, 0 to 3, by which the page was turned so that most of its text stands upright. */
  turned: number
  /** The size of the page as it is read, turned if need be, in points. */
  width: number
  height: number
  tooMany: boolean
}

interface RawRun {
  text: string
  font: string
  /** Where it starts and where it goes, on the page as it is seen. */
  x: number
  y: number
  dx: number
  dy: number
  width: number
  size: number
}

/**
 * The pieces of the text layer of one page, on the page as it is seen. A page whose text runs up or down
 * (a landscape annex printed on an upright page) is turned until it can be read.
 */
export async function readPageRuns(
  page: PDFPageProxy,
  faces: ReadonlyMap<string, FontFace>,
  signal?: AbortSignal,
): Promise<PageRuns> {
  const viewport = page.getViewport({ scale: 1 })
  const raw: RawRun[] = []
  let tooMany = false
  const reader = page.streamTextContent().getReader()
  for (;;) {
    const { value, done } = await untilAborted(reader.read(), signal)
    if (done) break
    for (const item of value.items) {
      if (!('str' in item) || item.str === '') continue
      raw.push(placeItem(item, viewport.transform))
    }
    if (raw.length > mostRunsPerPage) {
      tooMany = true
      await reader.cancel(new Error('too many pieces of text'))
      break
    }
  }
  const turned = findTurn(raw)
  const upright = turned % 2 === 0
  const size = { width: viewport.width, height: viewport.height }
  const runs: PlacedRun[] = []
  let skewed = 0
  for (const run of raw) {
    const placed = turnRun(run, turned, size)
    const level = placed.dx > 0 && Math.abs(placed.dy) <= steepest * placed.dx
    if (!level || !(placed.size > 0.5)) {
      if (placed.text.trim() !== '') skewed++
      continue
    }
    const face = faces.get(placed.font)
    runs.push({
      text: placed.text,
      x: placed.x,
      baseline: placed.y,
      width: placed.width,
      size: placed.size,
      ...(face === undefined ? {} : { bold: face.bold, italic: face.italic, font: face.name }),
    })
  }
  return {
    runs,
    skewed,
    turned,
    width: upright ? size.width : size.height,
    height: upright ? size.height : size.width,
    tooMany,
  }
}

function placeItem(
  item: { str: string; transform: unknown[]; width: number; fontName: string },
  view: readonly number[],
): RawRun {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform as number[]
  const [va = 1, vb = 0, vc = 0, vd = 1, ve = 0, vf = 0] = view
  return {
    text: item.str,
    font: item.fontName,
    x: va * e + vc * f + ve,
    y: vb * e + vd * f + vf,
    dx: va * a + vc * b,
    dy: vb * a + vd * b,
    // The library gives the width in the page's units already.
    width: item.width * Math.hypot(va, vb),
    size: Math.hypot(va * c + vc * d, vb * c + vd * d),
  }
}

/** The quarter turn at which most letters run from left to right. */
function findTurn(runs: readonly RawRun[]): number {
  const letters = [0, 0, 0, 0]
  for (const { text, dx, dy } of runs) {
    const quarter = Math.abs(dx) >= Math.abs(dy) ? (dx >= 0 ? 0 : 2) : dy > 0 ? 3 : 1
    letters[quarter] = (letters[quarter] ?? 0) + text.trim().length
  }
  const most = Math.max(...letters)
  return (letters[0] ?? 0) === most ? 0 : letters.indexOf(most)
}

/** Turns a piece clockwise by quarters, and the page with it. */
function turnRun(run: RawRun, turned: number, page: { width: number; height: number }): RawRun {
  if (turned === 1) return { ...run, x: page.height - run.y, y: run.x, dx: -run.dy, dy: run.dx }
  if (turned === 2) return { ...run, x: page.width - run.x, y: page.height - run.y, dx: -run.dx, dy: -run.dy }
  if (turned === 3) return { ...run, x: run.y, y: page.width - run.x, dx: run.dy, dy: -run.dx }
  return run
}

/** Reads a font's face from its name. */
export function readFontFace(name: string): FontFace {
  const face = name.replace(/^[A-Z]{6}\+/, '')
  return {
    name: face,
    bold: /bold|black|heavy|semibold|[-,]b(?:i|d)?$/i.test(face),
    italic: /italic|oblique|[-,]b?i$/i.test(face),
  }
}
