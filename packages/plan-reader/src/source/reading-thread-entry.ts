import { parentPort, workerData } from 'node:worker_threads'
import { type ReadOptions, readSource } from './read-source.ts'
import type { ThreadMessage, ThreadTask } from './reading-thread.ts'
import type { SourceReading } from './refusal.ts'

/** The inside of {@link ./reading-thread.ts}: reads or draws the one file that it was started with. */
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

async function work(task: ThreadTask): Promise<SourceReading | { ok: true }> {
  if (task.kind === 'draw') {
    const { renderPages } = await import('./page-image.ts')
    return renderPages(task.bytes, task.pageIndexes, task.width, (pageIndex, image) =>
      tell({ type: 'image', pageIndex, image }),
    )
  }
  const options: ReadOptions = { onProgress: (progress) => tell({ type: 'progress', progress }) }
  if (task.ocr !== undefined) options.ocr = task.ocr
  if (task.limits !== undefined) options.limits = task.limits
  return readSource(task.bytes, task.name, options)
}

tell({ type: 'done', reading: await work(workerData as ThreadTask) })
