import { Worker } from 'node:worker_threads'
import type { Limits } from './limits.ts'
import type { PdfProgress } from './pdf-source.ts'
import { refuse, type SourceReading } from './refusal.ts'

export interface ThreadOptions {
  /** Aborting rejects with the signal's reason; the thread is stopped wherever it is. */
  signal?: AbortSignal
  onProgress?: (progress: PdfProgress) => void
  ocr?: 'auto' | 'never'
  limits?: Limits
  /** After this many milliseconds the reading is refused as `took-too-long`. */
  deadlineMs?: number
  /** What the thread may take, pictures and OCR engine apart; past it the reading is refused as `out-of-memory`. */
  maxMemoryMb?: number
}

/** What the thread is given. */
export interface ThreadTask {
  bytes: Uint8Array
  name: string
  ocr?: 'auto' | 'never'
  limits?: Limits
}

/** What the thread says. */
export type ThreadMessage =
  | { type: 'progress'; progress: PdfProgress }
  | { type: 'reading'; reading: SourceReading }

/** Twenty pages of OCR on a busy machine. */
const usualDeadlineMs = 180_000
const usualMemoryMb = 700
const bytesInMegabyte = 1024 * 1024
/** How often the thread's memory is looked at, in milliseconds. */
const watchEvery = 200
/** Deep enough for honest files; parsers that call themselves end in an error instead of in the process. */
const stackMb = 4

/**
 * Reads a file of any format in a thread of its own, so that no file, however it is made, holds up or takes down
 * the process: what runs too long or grows too large is stopped and refused. The file's bytes are copied.
 */
export async function readSourceInThread(
  bytes: Uint8Array,
  name: string,
  options: ThreadOptions = {},
): Promise<SourceReading> {
  const { signal, deadlineMs = usualDeadlineMs, maxMemoryMb = usualMemoryMb } = options
  signal?.throwIfAborted()
  const copy = new Uint8Array(bytes)
  const task: ThreadTask = { bytes: copy, name }
  if (options.ocr !== undefined) task.ocr = options.ocr
  if (options.limits !== undefined) task.limits = options.limits
  // The thread runs from source: Node strips the types.
  const thread = new Worker(new URL('./reading-thread-entry.ts', import.meta.url), {
    workerData: task,
    transferList: [copy.buffer],
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
  const { promise, resolve, reject } = Promise.withResolvers<SourceReading>()
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  const deadline = setTimeout(() => resolve(refuse('took-too-long', { limit: deadlineMs })), deadlineMs)
  const watch = setInterval(() => {
    void weigh(thread).then((megabytes) => {
      if (megabytes > maxMemoryMb) resolve(refuse('out-of-memory', { limit: maxMemoryMb }))
    })
  }, watchEvery)
  thread.on('message', (message: ThreadMessage) => {
    if (message.type === 'progress') options.onProgress?.(message.progress)
    else resolve(message.reading)
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
