import { fileURLToPath } from 'node:url'
import {
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import { defaultLimits, type Limits } from './limits.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * Opens PDFs with everything shut that a plan does not need. pdf.js 6 compiles nothing at run time (it has no
 * eval left to switch off); scripts, forms in XFA, attachments and links are never asked for; letters' maps,
 * substitute fonts and picture decoders come from the package's own folders, nothing from the network.
 */

/** A picture of more pixels than this is left out: an A3 page at 400 dpi has 31 million. */
const mostImagePixels = 36_000_000

/** What one decoded picture may take, in bytes of canvas. */
const mostCanvasBytes = 160 * 1024 * 1024

const pdfjsFolder = new URL('../../', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs'))
const folder = (name: string): string => fileURLToPath(new URL(`${name}/`, pdfjsFolder))

export interface OpenPdf {
  ok: true
  document: PDFDocumentProxy
  close: () => Promise<void>
}

/**
 * Opens a PDF. `bytes` are copied: the library keeps what it is given.
 * Refuses as `encrypted` (an empty password is tried), `damaged`, `too-many-pages`.
 */
export async function openPdf(
  bytes: Uint8Array,
  { signal, limits = defaultLimits }: { signal?: AbortSignal; limits?: Limits } = {},
): Promise<OpenPdf | Refusal> {
  signal?.throwIfAborted()
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    useSystemFonts: false,
    disableFontFace: true,
    // Only with these the names of fonts are known, and with the names what is bold.
    fontExtraProperties: true,
    isOffscreenCanvasSupported: false,
    maxImageSize: mostImagePixels,
    canvasMaxAreaInBytes: mostCanvasBytes,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  })
  const close = (): Promise<void> => task.destroy()
  const document = await settle(task, signal)
  if ('ok' in document) {
    await close()
    return document
  }
  const { pages } = limits
  if (document.numPages > pages) {
    await close()
    return refuse('too-many-pages', { limit: pages, found: String(document.numPages) })
  }
  return { ok: true, document, close }
}

async function settle(
  task: PDFDocumentLoadingTask,
  signal: AbortSignal | undefined,
): Promise<PDFDocumentProxy | Refusal> {
  try {
    return await untilAborted(task.promise, signal)
  } catch (error) {
    if (signal?.aborted) {
      await task.destroy()
      throw error
    }
    return refusePdf(error)
  }
}

/** The refusal for what the library throws at a file; every error of it is the file's fault, not ours. */
export function refusePdf(error: unknown): Refusal {
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException') return refuse('encrypted')
  return refuse('damaged', { found: error instanceof Error ? error.message.slice(0, 200) : String(error) })
}

/** Waits for a promise, but not longer than until the signal; then it throws the signal's reason. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
