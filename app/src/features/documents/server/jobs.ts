import { readPlan } from '@trienkhai/plan-reader/read-plan.ts'
import { findSecrecyMark } from '@trienkhai/plan-reader/secrecy-mark.ts'
import { readSourceInThread, renderPagesInThread } from '@trienkhai/plan-reader/source/reading-thread.ts'
import { sql } from 'kysely'
import { startReview } from '#features/plans/server/start-review.ts'
import { type Database, inTransaction } from '#server/database/handles.ts'
import { registerFile, releaseFile } from '#server/kept-files.ts'
import type { FileStore } from '#server/platform/files.ts'
import { sendJob } from '#server/platform/jobs.ts'
import { secretPrefix } from '../schema.ts'
import {
  emptyDocument,
  insertPage,
  keepWhatWasRead,
  refuseReading,
  takeForReading,
  updateReadingProgress,
} from './writes.ts'

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    'documents.read': { documentId: string }
    'documents.draw-pages': { documentId: string }
  }
}

/** Ten minutes: a scan of a hundred pages takes that long on two cores. */
const readingDeadlineMs = 600_000
const readingMemoryMb = 1024
const progressEveryMs = 700

/**
 * Reads a document that was brought in: its source in a thread with bounds of its own, the plan in it, and a review
 * to go over. Safe to run twice: a document that is read or refused is left alone. A file that bears a mark of
 * secrecy is forgotten at once, with its name and its hash (Luật 117/2025/QH15).
 */
export async function readDocument(
  tools: { database: Database; files: FileStore; stopping: AbortSignal },
  documentId: string,
): Promise<void> {
  const { database, files, stopping } = tools
  if (!(await inTransaction(database, (tx) => takeForReading(tx, documentId)))) return
  const document = await database.reader
    .selectFrom('document')
    .select(['office_id', 'file_hash', 'file_name', 'created_by'])
    .where('id', '=', documentId)
    .executeTakeFirst()
  const bytes = document?.file_hash ? await files.readWholeFile(document.file_hash) : undefined
  if (!document || !bytes) {
    await inTransaction(database, (tx) => refuseReading(tx, documentId, 'damaged'))
    return
  }

  let toldAt = 0
  const reading = await readSourceInThread(bytes, document.file_name, {
    signal: stopping,
    deadlineMs: readingDeadlineMs,
    maxMemoryMb: readingMemoryMb,
    onProgress: (progress) => {
      if (performance.now() - toldAt < progressEveryMs) return
      toldAt = performance.now()
      // A figure for the page that waits; the reading does not depend on it.
      inTransaction(database, (tx) => updateReadingProgress(tx, documentId, progress)).catch(() => {})
    },
  })
  stopping.throwIfAborted()
  if (!reading.ok) {
    await inTransaction(database, (tx) => refuseReading(tx, documentId, reading.reason))
    return
  }
  const secrecy = findSecrecyMark(reading.source)
  if (secrecy) {
    await forgetSecret(database, documentId, document.file_hash, secrecy)
    return
  }
  const plan = readPlan(reading.source)
  await inTransaction(database, async (tx) => {
    await keepWhatWasRead(tx, documentId, { source: reading.source, plan })
    if (reading.source.pages.length > 0)
      await sendJob(tx, 'documents.draw-pages', { documentId }, { key: `documents.draw-pages:${documentId}` })
    if (plan.isPlan)
      await startReview(tx, {
        documentId,
        officeId: document.office_id,
        accountId: document.created_by,
        plan,
        fileName: document.file_name,
      })
  })
}

const pageWidth = 1200
const pagesAtOnce = 8

/**
 * Draws the pages of a PDF that was read, for showing it beside the plan: a few at a time, each kept as it comes, so
 * that a job that is cut off goes on where it was. A page that cannot be drawn is shown by its words.
 */
export async function drawPages(
  tools: { database: Database; files: FileStore; stopping: AbortSignal },
  documentId: string,
): Promise<void> {
  const { database, files, stopping } = tools
  const { rows } = await sql<{ hash: string; pages: number; drawn: number[] }>`
    select document.file_hash as hash, jsonb_array_length(document_reading.source -> 'pages') as pages,
      array(select page from document_page where document_page.document_id = document.id) as drawn
    from document join document_reading on document_reading.document_id = document.id
    where document.id = ${documentId} and document_reading.state = 'read' and document.file_hash is not null
  `.execute(database.reader)
  const [document] = rows
  const bytes = document ? await files.readWholeFile(document.hash) : undefined
  if (!document || !bytes) return
  const missing = Array.from({ length: document.pages }, (_, page) => page).filter(
    (page) => !document.drawn.includes(page),
  )
  for (let at = 0; at < missing.length; at += pagesAtOnce) {
    const images = await renderPagesInThread(bytes, missing.slice(at, at + pagesAtOnce), pageWidth, {
      signal: stopping,
    })
    for (const [page, image] of images) {
      if (!image.ok) continue
      const kept = await files.keepFile(image.bytes, { mostBytes: image.bytes.byteLength })
      if (!kept.ok) continue
      await inTransaction(database, async (tx) => {
        await registerFile(tx, files, { ...kept, mediaType: image.mediaType })
        await insertPage(tx, { documentId, page, fileHash: kept.hash })
      })
    }
  }
}

/** Nothing of it is kept: its row forgets what it was, and a job in the same transaction forgets the content. */
async function forgetSecret(
  database: Database,
  documentId: string,
  hash: string | null,
  secrecy: string,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    await emptyDocument(tx, documentId)
    await refuseReading(tx, documentId, `${secretPrefix}${secrecy}`)
    if (hash) await releaseFile(tx, hash)
  })
}
