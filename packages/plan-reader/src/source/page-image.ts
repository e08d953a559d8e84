import { type Canvas, createCanvas } from '@napi-rs/canvas'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { openPdf, refusePdf, untilAborted } from './pdf-document.ts'
import { type Refusal, refuse } from './refusal.ts'

/** The picture of one page, for showing it beside the plan. */
export interface PageImage {
  ok: true
  bytes: Uint8Array
  mediaType: 'image/webp'
  /** In pixels. */
  width: number
  height: number
}

type RenderContext = NonNullable<Parameters<PDFPageProxy['render']>[0]['canvasContext']>

/** The most pixels that are drawn of one page: A4 at 400 dpi has 15 million. */
const mostPixels = 16_000_000
const widest = 4000
/** One page may take this long to draw, in milliseconds. */
const longestDrawing = 6000

/**
 * Draws one page (0-based) `width` pixels wide; less where its shape would ask for too many pixels. A page made
 * to take for ever does: files that are not trusted are drawn by `renderPagesInThread`.
 * Refuses as {@link openPdf} does, and as `damaged` where there is no such page or it cannot be drawn.
 */
export async function renderPage(
  bytes: Uint8Array,
  pageIndex: number,
  width: number,
  signal?: AbortSignal,
): Promise<PageImage | Refusal> {
  let drawn: PageImage | Refusal | undefined
  const done = await renderPages(
    bytes,
    [pageIndex],
    width,
    (_, image) => {
      drawn = image
    },
    signal,
  )
  return done.ok ? (drawn ?? refuse('damaged')) : done
}

/** As {@link renderPage} for several pages of one file, which is opened once; each is handed over when drawn. */
export async function renderPages(
  bytes: Uint8Array,
  pageIndexes: readonly number[],
  width: number,
  onImage: (pageIndex: number, image: PageImage | Refusal) => void,
  signal?: AbortSignal,
): Promise<{ ok: true } | Refusal> {
  const opened = await openPdf(bytes, signal === undefined ? {} : { signal })
  if (!opened.ok) return opened
  try {
    for (const pageIndex of pageIndexes) {
      onImage(pageIndex, await renderOne(opened.document, pageIndex, width, signal))
    }
    return { ok: true }
  } finally {
    await opened.close()
  }
}

async function renderOne(
  document: PDFDocumentProxy,
  pageIndex: number,
  width: number,
  signal: AbortSignal | undefined,
): Promise<PageImage | Refusal> {
  if (!Number.isInteger(pageIndex) || pageIndex < 0 || pageIndex >= document.numPages) {
    return refuse('damaged', { found: `page ${pageIndex + 1}` })
  }
  try {
    const page = await untilAborted(document.getPage(pageIndex + 1), signal)
    const natural = page.getViewport({ scale: 1 })
    const wanted = Math.min(widest, Math.max(1, Math.round(width)))
    const { canvas } = await drawPage(page, wanted / Math.max(1, natural.width), 0, signal)
    const image = await canvas.encode('webp', 85)
    page.cleanup()
    return { ok: true, bytes: image, mediaType: 'image/webp', width: canvas.width, height: canvas.height }
  } catch (error) {
    signal?.throwIfAborted()
    return refusePdf(error)
  }
}

/** A page drawn on white, and how many pixels one point of it came to. */
export interface DrawnPage {
  canvas: Canvas
  scale: number
}

/** Draws a page at a scale (pixels a point), turned clockwise by quarters; the scale gives way to the bounds. */
export async function drawPage(
  page: PDFPageProxy,
  scale: number,
  turned = 0,
  signal?: AbortSignal,
): Promise<DrawnPage> {
  const rotation = (page.rotate + turned * 90) % 360
  const natural = page.getViewport({ scale: 1, rotation })
  const fitting = Math.min(
    scale,
    Math.sqrt(mostPixels / Math.max(1, natural.width * natural.height)),
    widest / Math.max(1, natural.width),
    (widest * 2) / Math.max(1, natural.height),
  )
  const viewport = page.getViewport({ scale: fitting, rotation })
  const canvas = createCanvas(
    Math.max(1, Math.round(viewport.width)),
    Math.max(1, Math.round(viewport.height)),
  )
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  const late = AbortSignal.timeout(longestDrawing)
  // The library is typed for browsers; the canvas it draws on here is the one it makes itself under Node.
  const task = page.render({
    canvas: null,
    canvasContext: context as unknown as RenderContext,
    viewport,
  })
  try {
    await untilAborted(task.promise, signal === undefined ? late : AbortSignal.any([signal, late]))
  } catch (error) {
    task.cancel()
    throw error
  }
  return { canvas, scale: fitting }
}
