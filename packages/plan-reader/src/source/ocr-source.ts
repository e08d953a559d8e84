import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type OcrEngine, type OcrLine, startOcr } from './ocr-engine.ts'
import { blankBox, countInk, cutBox, eraseRules, findRules, type GreyImage, readGrey } from './ocr-image.ts'
import { mendOcrWords } from './ocr-words.ts'
import { drawPage } from './page-image.ts'
import { untilAborted } from './pdf-document.ts'
import { listTableCells } from './placed-tables.ts'
import type { PlacedPage, PlacedRule, PlacedRun } from './placed-text.ts'

export interface OcrOptions {
  signal?: AbortSignal
  /** After each page, 1-based. */
  onPage?: (page: number) => void
}

/** More pages are not read by OCR: at three to nine seconds each they would take half an hour. */
export const mostOcrPages = 200

/** A page that takes longer, in milliseconds, is given up and stays empty. */
const longestPage = 90_000

/** Enough for 12-point print; more takes longer and reads no better. */
const dotsPerInch = 200
const pointsPerInch = 72

/** On the side or upside down the engine makes letters of everything, but is sure of few: below 0.5; above 0.85 upright. */
const uprightSureness = 0.65

/** With more cells than this on one page the page is read as a whole: each takes about a twentieth of a second. */
const mostCells = 500

/** Fewer dark pixels in a cell are specks. */
const leastInk = 12

/** Reads pages (0-based) from their pictures; each comes out as the text layer's pages do. */
export async function readScannedPages(
  document: PDFDocumentProxy,
  pages: readonly number[],
  { signal, onPage }: OcrOptions = {},
): Promise<Map<number, PlacedPage>> {
  const read = new Map<number, PlacedPage>()
  let engine: OcrEngine | undefined
  try {
    for (const page of pages) {
      signal?.throwIfAborted()
      engine ??= await startOcr(signal)
      const placed = await readPageInTime(document, page, engine, signal)
      if (placed === undefined) {
        await engine.stop()
        engine = undefined
      } else read.set(page, placed)
      onPage?.(page + 1)
    }
  } finally {
    await engine?.stop()
  }
  return read
}

async function readPageInTime(
  document: PDFDocumentProxy,
  page: number,
  engine: OcrEngine,
  signal: AbortSignal | undefined,
): Promise<PlacedPage | undefined> {
  const late = AbortSignal.timeout(longestPage)
  try {
    return await readPage(
      document,
      page,
      engine,
      signal === undefined ? late : AbortSignal.any([signal, late]),
    )
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}

async function readPage(
  document: PDFDocumentProxy,
  number: number,
  engine: OcrEngine,
  signal: AbortSignal,
): Promise<PlacedPage> {
  const upright = await readTurned(document, number, engine, 0, signal)
  if (upright.runs.length < 20 || measureSureness(upright) >= uprightSureness) return upright
  let best = upright
  for (const turned of [1, 3, 2]) {
    const tried = await readTurned(document, number, engine, turned, signal)
    if (measureSureness(tried) > measureSureness(best)) best = tried
    if (measureSureness(best) >= uprightSureness) break
  }
  return best
}

/** The mean sureness of a page's letters. */
function measureSureness(page: PlacedPage): number {
  let letters = 0
  let sure = 0
  for (const { text, confidence } of page.runs) {
    if (confidence === undefined) continue
    letters += text.length
    sure += confidence * text.length
  }
  return letters === 0 ? 0 : sure / letters
}

async function readTurned(
  document: PDFDocumentProxy,
  number: number,
  engine: OcrEngine,
  turned: number,
  signal: AbortSignal,
): Promise<PlacedPage> {
  const page = await untilAborted(document.getPage(number + 1), signal)
  try {
    const { canvas, scale } = await drawPage(page, dotsPerInch / pointsPerInch, turned, signal)
    const image = readGrey(canvas)
    const rules = findRules(image, scale)
    eraseRules(image, rules, scale)
    const cells = await readCells(image, scale, rules, engine, signal)
    const lines = await engine.read(image, scale * pointsPerInch, signal)
    const runs = [...placeOcrLines(lines, scale), ...cells]
    const { width, height } = page.getViewport({ scale: 1, rotation: (page.rotate + turned * 90) % 360 })
    return {
      width,
      height,
      turned,
      runs,
      rules,
    }
  } finally {
    page.cleanup()
  }
}

/**
 * Reads the cells of tables one by one and takes them out of the picture: of a whole page the engine runs lines
 * of neighbouring cells together and passes over single figures.
 */
async function readCells(
  image: GreyImage,
  scale: number,
  rules: readonly PlacedRule[],
  engine: OcrEngine,
  signal: AbortSignal,
): Promise<PlacedRun[]> {
  const found: PlacedRun[] = []
  const cells = listTableCells(rules)
  if (cells.length > mostCells) return found
  for (const box of cells) {
    if (countInk(image, box, scale) <= leastInk) continue
    const cut = cutBox(image, box, scale)
    blankBox(image, box, scale)
    const lines = await engine.readBlock(cut, scale * pointsPerInch, signal)
    for (const line of lines) {
      line.baseline += cut.top
      for (const word of line.words) {
        word.x += cut.left
        word.y += cut.top
      }
    }
    found.push(...placeOcrLines(lines, scale))
  }
  return found
}

/** A letter's full height, mark and tail, to the type size. */
const heightToSize = 0.98

/** Pixels become points, noise goes, sizes are evened out: the engine measures each line by the letters in it. */
export function placeOcrLines(lines: readonly OcrLine[], scale: number): PlacedRun[] {
  const heights = lines
    .filter((line) => line.words.length > 2)
    .map((line) => line.height)
    .sort((a, b) => a - b)
  const usual = heights[Math.floor(heights.length / 2)]
  const runs: PlacedRun[] = []
  for (const line of lines) {
    const near = usual !== undefined && line.height > usual * 0.6 && line.height < usual * 1.45
    const size = ((near ? usual : line.height) / scale) * heightToSize
    const words = mendOcrWords(line.words)
    for (const word of words) {
      runs.push({
        text: word.text,
        x: word.x / scale,
        baseline: line.baseline / scale,
        width: word.width / scale,
        size,
        confidence: Math.max(0, Math.min(1, word.confidence)),
      })
      // The engine knows where words end; two of them may stand close.
      runs.push({ ...spaceAfter, x: (word.x + word.width) / scale, baseline: line.baseline / scale, size })
    }
  }
  return dropSpecks(runs)
}

const spaceAfter = { text: ' ', width: 0 }

/** Less sure than this and beside the text, it is a speck, a seal's edge or a signature's stroke. */
const sureEnough = 0.6

function dropSpecks(runs: readonly PlacedRun[]): PlacedRun[] {
  const sure = runs.filter((run) => (run.confidence ?? 0) > 0.85 && run.text.length > 1)
  if (sure.length < 10) return [...runs]
  const lefts = sure.map((run) => run.x).sort((a, b) => a - b)
  const rights = sure.map((run) => run.x + run.width).sort((a, b) => a - b)
  const left = lefts[Math.floor(lefts.length * 0.005)] ?? 0
  const right = rights[Math.ceil(rights.length * 0.995) - 1] ?? Number.POSITIVE_INFINITY
  return runs.filter((run) => {
    if (run.confidence === undefined || run.confidence > sureEnough) return true
    return run.x + run.width > left - 4 && run.x < right + 4
  })
}
