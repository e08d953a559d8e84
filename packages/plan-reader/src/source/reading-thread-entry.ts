import { parentPort, workerData } from 'node:worker_threads'
import { type ReadOptions, readSource } from './read-source.ts'
import type { ThreadMessage, ThreadTask } from './reading-thread.ts'

/** The inside of {@link ./reading-thread.ts}: reads the one file that it was started with. */
const { bytes, name, ocr, limits } = workerData as ThreadTask
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

const options: ReadOptions = { onProgress: (progress) => tell({ type: 'progress', progress }) }
if (ocr !== undefined) options.ocr = ocr
if (limits !== undefined) options.limits = limits

tell({ type: 'reading', reading: await readSource(bytes, name, options) })
