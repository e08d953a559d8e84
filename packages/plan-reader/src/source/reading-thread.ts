import { Worker } from 'node:worker_threads'
import type { Limits } from './limits.ts'
import type { PageImage } from './page-image.ts'
import type { PdfProgress } from './pdf-source.ts'
import { type Refusal, refuse, type SourceReading } from './refusal.ts'

/**
 * Files read and drawn in a thread of their own. The parsers give way only now and then, and pdf.js never does
 * while it works through one page: a file made to run for hours cannot be stopped from inside its own thread.
 */
export interface ThreadBounds {
  /** Aborting rejects with the signal's reason; the thread is stopped wherever it is. */
  signal?: AbortSignal
  /** After this many milliseconds the file is refused as `took-too-long`. */
  deadlineMs?: number
  /** What the thread may take, pictures and OCR engine apart; past it the file is refused as `out-of-memory`. */
  maxMemoryMb?: number
}

export interface ThreadReadOptions extends ThreadBounds {
  onProgress?: (progress: PdfProgress) => void
  ocr?: 'auto' | 'never'
  limits?: Limits
}

/** What the thread is given. */
export type ThreadTask =
  | { kind: 'read'; bytes: Uint8Array; name: string; ocr?: 'auto' | 'never'; limits?: Limits }
  | { kind: 'draw'; bytes: Uint8Array; pageIndexes: readonly number[]; width: number }

/** What the thread says. */
export type ThreadMessage =
  | { type: 'progress'; progress: PdfProgress }
  | { type: 'image'; pageIndex: number; image: PageImage | Refusal }
  | { type: 'done'; reading: SourceReading | { ok: true } }

/** Some twenty pages of OCR on a busy machine. */
const usualDeadlineMs = 180_000
const usualMemoryMb = 700
const bytesInMegabyte = 1024 * 1024
/** How often the thread's memory is looked at, in milliseconds. */
const watchEvery = 200
/** Deep enough for honest files; parsers that call themselves end in an error instead of in the process. */
const stackMb = 4

/** Reads a file of any format, as `readSource` does, without trusting it. The file's bytes are copied. */
export async function readSourceInThread(
  bytes: Uint8Array,
  name: string,
  options: ThreadReadOptions = {},
): Promise<SourceReading> {
  const task: ThreadTask = { kind: 'read', bytes, name }
  if (options.ocr !== undefined) task.ocr = options.ocr
  if (options.limits !== undefined) task.limits = options.limits
  const done = await runInThread(task, options, (message) => {
    if (message.type === 'progress') options.onProgress?.(message.progress)
  })
  return done.ok && !('source' in done) ? refuse('reader-failed') : done
}

/**
 * Draws pages (0-based) of a PDF, as `renderPage` does, without trusting it. Pages that were drawn before the
 * file was refused are kept; the others carry the refusal.
 */
export async function renderPagesInThread(
  bytes: Uint8Array,
  pageIndexes: readonly number[],
  width: number,
  bounds: ThreadBounds = {},
): Promise<Map<number, PageImage | Refusal>> {
  const images = new Map<number, PageImage | Refusal>()
  const task: ThreadTask = { kind: 'draw', bytes, pageIndexes, width }
  const done = await runInThread(task, bounds, (message) => {
    if (message.type === 'image') images.set(message.pageIndex, message.image)
  })
  if (!done.ok) for (const page of pageIndexes) if (!images.has(page)) images.set(page, done)
  return images
}

async function runInThread(
  task: ThreadTask,
  { signal, deadlineMs = usualDeadlineMs, maxMemoryMb = usualMemoryMb }: ThreadBounds,
  onMessage: (message: ThreadMessage) => void,
): Promise<SourceReading | { ok: true }> {
  signal?.throwIfAborted()
  // The thread runs from source: Node strips the types.
  const thread = new Worker(new URL('./reading-thread-entry.ts', import.meta.url), {
    workerData: task,
    // Flags of the process (a debugger, a test runner's loader) are not the thread's, nor is its console.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: maxMemoryMb,
      maxYoungGenerationSizeMb: 64,
      stackSizeMb: stackMb,
    },
  })
  const { promise, resolve, reject } = Promise.withResolvers<SourceReading | { ok: true }>()
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  const deadline = setTimeout(() => resolve(refuse('took-too-long', { limit: deadlineMs })), deadlineMs)
  const watch = setInterval(() => {
    void weigh(thread).then((megabytes) => {
      if (megabytes > maxMemoryMb) resolve(refuse('out-of-memory', { limit: maxMemoryMb }))
    })
  }, watchEvery)
  thread.on('message', (message: ThreadMessage) => {
    if (message.type === 'done') resolve(message.reading)
    else onMessage(message)
  })
  thread.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refuse('out-of-memory', { limit: maxMemoryMb }))
    else resolve(refuse('reader-failed', { found: error.message }))
  })
  thread.on('exit', (code) => resolve(refuse('reader-failed', { found: `thread ended with ${code}` })))
  try {
    return await promise
  } finally {
    clearTimeout(deadline)
    clearInterval(watch)
    signal?.removeEventListener('abort', onAbort)
    await thread.terminate()
  }
}

/** The thread's heap and its buffers, in megabytes; 0 once it has ended. */
async function weigh(thread: Worker): Promise<number> {
  try {
    const { used_heap_size, external_memory } = await thread.getHeapStatistics()
    return (used_heap_size + external_memory) / bytesInMegabyte
  } catch {
    return 0
  }
}
