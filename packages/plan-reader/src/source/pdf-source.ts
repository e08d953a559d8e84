import type { LegacyEncoding } from '@trienkhai/vietnamese/legacy-encodings.ts'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { SourceNote } from '../source-document.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { mostOcrPages, readScannedPages } from './ocr-source.ts'
import { openPdf, refusePdf, untilAborted } from './pdf-document.ts'
import { type PageDrawing, readPageDrawing } from './pdf-drawing.ts'
import { convertLegacyRuns } from './pdf-letters.ts'
import { type FontFace, type PageRuns, readPageRuns } from './pdf-runs.ts'
import { buildPlacedSource } from './placed-source.ts'
import type { PlacedPage, PlacedRule } from './placed-text.ts'
import { refuse, type SourceReading } from './refusal.ts'
import { countSyllables, judgeTextQuality, type TextQuality } from './text-quality.ts'

export interface PdfProgress {
  /** `pages`: the text layer is read; `ocr`: pages are read from their pictures. */
  stage: 'pages' | 'ocr'
  /** 1-based: the page that is done. */
  page: number
  pages: number
}

export interface PdfOptions {
  /** Aborting rejects with the signal's reason; nothing is left running. */
  signal?: AbortSignal
  onProgress?: (progress: PdfProgress) => void
  /** `auto` (the default): pages without a readable text layer are read from their pictures. */
  ocr?: 'auto' | 'never'
  limits?: Limits
}

/** A page whose text takes longer to gather, in milliseconds, was made to; an honest one takes 20. */
const longestText = 5000

/** A page whose drawing takes longer, in milliseconds, is read without its rules and without bold. */
const longestDrawing = 3000

interface ReadPage {
  placed: PlacedPage
  quality: TextQuality
  /** Pieces of text that stand askew, such as watermarks. */
  skewed: number
  /** Whether a picture covers a good part of the page. */
  pictured: boolean
  /** The encoding before Unicode that its letters were in. */
  legacy?: LegacyEncoding
}

/**
 * Reads a PDF: its text layer where that is readable, else (page by page) its picture through OCR.
 * Refuses as `encrypted`, `damaged`, `too-many-pages`, `too-much-inside`, `no-text` (nothing written on it, or
 * nothing but pictures and `ocr: 'never'`), `unknown-letters` (codes for letters and `ocr: 'never'`).
 */
export async function readPdfSource(bytes: Uint8Array, options: PdfOptions = {}): Promise<SourceReading> {
  const { signal, limits = defaultLimits } = options
  const opened = await openPdf(bytes, { limits, ...(signal === undefined ? {} : { signal }) })
  if (!opened.ok) return opened
  try {
    const pages: ReadPage[] = []
    let characters = 0
    for (let number = 1; number <= opened.document.numPages; number++) {
      const page = await readPage(opened.document, number, signal)
      if (page === 'too-much') return refuse('too-much-inside', { found: `page ${number}` })
      pages.push(page)
      characters += page.placed.runs.reduce((sum, run) => sum + run.text.length, 0)
      if (characters > limits.characters) {
        return refuse('too-much-inside', { limit: limits.characters, found: `page ${number}` })
      }
      options.onProgress?.({ stage: 'pages', page: number, pages: opened.document.numPages })
    }
    return await finish(opened.document, pages, options)
  } catch (error) {
    signal?.throwIfAborted()
    return refusePdf(error)
  } finally {
    await opened.close()
  }
}

async function readPage(
  document: PDFDocumentProxy,
  number: number,
  signal: AbortSignal | undefined,
): Promise<ReadPage | 'too-much'> {
  const page = await untilAborted(document.getPage(number), signal)
  try {
    const bare = await readRunsInTime(page, new Map(), signal)
    if (bare === undefined || bare.tooMany) return 'too-much'
    const text = bare.runs.map((run) => run.text).join(' ')
    const quality = judgeTextQuality(joinForJudging(text))
    const size = { width: bare.width, height: bare.height, turned: bare.turned }
    if (quality !== 'good' && bare.runs.length === 0) {
      return { placed: { ...size, runs: [], rules: [] }, quality, skewed: bare.skewed, pictured: false }
    }
    const drawing = await drawWithin(readPageDrawing(page), signal)
    if (drawing === undefined)
      return {
        placed: { ...size, runs: bare.runs, rules: [] },
        quality,
        skewed: bare.skewed,
        pictured: false,
      }
    const dressed = (await readRunsInTime(page, drawing.faces, signal)) ?? bare
    const legacy = quality === 'garbage' ? convertLegacyRuns(dressed.runs) : undefined
    const rules = drawing.rules.map((rule) => turnRule(rule, bare.turned, bare))
    return {
      placed: { ...size, runs: legacy?.runs ?? dressed.runs, rules },
      quality: legacy !== undefined ? 'good' : isBadHiddenText(drawing, text) ? 'garbage' : quality,
      ...(legacy === undefined ? {} : { legacy: legacy.encoding }),
      skewed: bare.skewed,
      pictured: drawing.pictureShare > 0.3,
    }
  } finally {
    page.cleanup()
  }
}

/** Text set letter by letter comes in one-letter pieces; judging needs words. */
const joinForJudging = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/(?<=(?:^| )\p{L}) (?=\p{L}(?: |$))/gu, '')

/** What a scanner hid under its picture is only trusted when nearly all of it reads as Vietnamese. */
function isBadHiddenText(drawing: PageDrawing, text: string): boolean {
  if (drawing.pictureShare < 0.7 || !drawing.hiddenText) return false
  const { valid, words } = countSyllables(text)
  return words < 20 || valid / words < 0.93
}

async function readRunsInTime(
  page: PDFPageProxy,
  faces: ReadonlyMap<string, FontFace>,
  signal: AbortSignal | undefined,
): Promise<PageRuns | undefined> {
  const late = AbortSignal.timeout(longestText)
  try {
    return await readPageRuns(page, faces, signal === undefined ? late : AbortSignal.any([signal, late]))
  } catch (error) {
    signal?.throwIfAborted()
    if (late.aborted) return undefined
    throw error
  }
}

async function drawWithin(
  drawing: Promise<PageDrawing>,
  signal: AbortSignal | undefined,
): Promise<PageDrawing | undefined> {
  const late = AbortSignal.timeout(longestDrawing)
  try {
    return await untilAborted(drawing, signal === undefined ? late : AbortSignal.any([signal, late]))
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}

function turnRule(rule: PlacedRule, turned: number, read: { width: number; height: number }): PlacedRule {
  // `read` is the page as it is read; the rule stands on the page as it is shown.
  const { x1, y1, x2, y2 } = rule
  if (turned === 1) return { x1: read.width - y2, y1: x1, x2: read.width - y1, y2: x2 }
  if (turned === 2) {
    return { x1: read.width - x2, y1: read.height - y2, x2: read.width - x1, y2: read.height - y1 }
  }
  if (turned === 3) return { x1: y1, y1: read.height - x2, x2: y2, y2: read.height - x1 }
  return rule
}

/** Sends the pages that cannot be read from their text through OCR, and makes the document of all of them. */
async function finish(
  document: PDFDocumentProxy,
  pages: readonly ReadPage[],
  { ocr = 'auto', signal, onProgress }: PdfOptions,
): Promise<SourceReading> {
  const placed = pages.map((page) => page.placed)
  const notes: SourceNote[] = []
  const unread = await listUnread(document, pages, signal)
  if (ocr === 'auto' && unread.length > mostOcrPages) {
    return refuse('too-many-pages', { limit: mostOcrPages, found: String(unread.length) })
  }
  if (ocr === 'auto' && unread.length > 0) {
    let done = 0
    const read = await readScannedPages(document, unread, {
      ...(signal === undefined ? {} : { signal }),
      onPage: () => onProgress?.({ stage: 'ocr', page: ++done, pages: unread.length }),
    })
    for (const [page, scanned] of read) placed[page] = scanned
    notes.push({ kind: 'ocr', count: unread.length })
  }
  if (ocr === 'never' && pages.every((page) => page.quality !== 'good')) {
    return refuse(pages.some((page) => page.quality === 'garbage') ? 'unknown-letters' : 'no-text')
  }
  for (const encoding of ['tcvn3', 'vni'] as const) {
    const count = pages.filter((page) => page.legacy === encoding).length
    if (count > 0) notes.push({ kind: `${encoding}-converted`, count })
  }
  const skewed = pages.reduce((sum, page) => sum + page.skewed, 0)
  if (skewed > 0) notes.push({ kind: 'page-furniture-dropped', count: skewed })
  const source = buildPlacedSource(placed, 'pdf', notes)
  if (source.text.trim() === '') return refuse('no-text')
  return { ok: true, source }
}

/** The pages whose text is noise, and those without text that are not simply blank. */
async function listUnread(
  document: PDFDocumentProxy,
  pages: readonly ReadPage[],
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const unread: number[] = []
  for (const [at, page] of pages.entries()) {
    if (page.quality === 'good') continue
    // A short last page (`- Lưu: VT.`) has too few words to judge; among good pages it is taken as it is.
    if (page.quality === 'none' && page.placed.runs.some((run) => run.text.trim() !== '') && !page.pictured)
      continue
    if (page.quality === 'none' && page.placed.runs.length === 0 && (await isBlank(document, at, signal)))
      continue
    unread.push(at)
  }
  return unread
}

/** A page whose drawing has no picture and no strokes has nothing to be read. */
async function isBlank(
  document: PDFDocumentProxy,
  at: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const page = await untilAborted(document.getPage(at + 1), signal)
  const drawing = await drawWithin(readPageDrawing(page), signal)
  page.cleanup()
  return drawing !== undefined && !drawing.marked
}
