import { discardReview } from '#features/plans/server/discard-review.ts'
import { startReview } from '#features/plans/server/start-review.ts'
import { documents } from '#server/access/documents.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import { registerFile, releaseFile } from '#server/kept-files.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { sendJob } from '#server/platform/jobs.ts'
import { record } from '#server/record.ts'
import type { IntakeOutcome } from '../schema.ts'
import './jobs.ts'
import { findWhatWasRead, getDocument } from './reads.ts'
import { deleteDocument, deletePages, insertDocument, reopenReading } from './writes.ts'

export interface IncomingFile {
  name: string
  mediaType: string
  size: number
  stream: () => ReadableStream<Uint8Array>
}

/**
 * Brings one file into an office's register and sends it to be read. Once this answers `ok` the file is on disk and
 * the job is queued: neither is lost whatever happens next. The same content twice is the document that is there.
 */
export async function bringInDocument(
  context: Context,
  office: { id: string },
  file: IncomingFile,
  limits: { mostBytes: number },
): Promise<IntakeOutcome> {
  requireMay(documents.bringIn(context.scope, { officeId: office.id }))
  const fileName = tidyFileName(file.name)
  if (file.size === 0) return { ok: false, fileName, reason: 'empty' }
  const kept = await context.files.keepFile(file.stream(), limits)
  if (!kept.ok)
    return { ok: false, fileName, reason: 'too-large', mostMegabytes: Math.floor(kept.mostBytes / 1_048_576) }
  return context.inTransaction(async (tx) => {
    await registerFile(tx, context.files, {
      hash: kept.hash,
      size: kept.size,
      mediaType: file.mediaType || 'application/octet-stream',
    })
    const { id, known } = await insertDocument(tx, context.scope, {
      id: newId(),
      officeId: office.id,
      fileHash: kept.hash,
      fileName,
    })
    if (!known) {
      await sendJob(tx, 'documents.read', { documentId: id }, { key: `documents.read:${id}` })
      await record(tx, context, {
        operation: 'document.bring-in',
        subjectKind: 'document',
        subjectId: id,
        officeId: office.id,
      })
    }
    return { ok: true as const, documentId: id, fileName, known }
  })
}

const longestName = 180

/** The last part of a path, without control characters; long names lose their middle, never their ending. */
function tidyFileName(name: string): string {
  const last =
    (name.split(/[\\/]/u).pop() ?? '')
      .replace(/\p{Cc}/gu, '')
      .normalize('NFC')
      .trim() || 'van-ban'
  return last.length <= longestName ? last : `${last.slice(0, longestName - 20)}…${last.slice(-19)}`
}

/** Reads a refused document once more. */
export async function retryReading(context: Context, documentId: string): Promise<void> {
  const document = await getDocument(context.reader, context.scope, documentId)
  requireMay(documents.bringIn(context.scope, document))
  await context.inTransaction(async (tx) => {
    if (await reopenReading(tx, documentId))
      await sendJob(tx, 'documents.read', { documentId }, { key: `documents.read:${documentId}` })
  })
}

export type DiscardOutcome = { ok: true } | { ok: false; reason: 'launched' }

/** Discards a document with all that was read and reviewed of it, unless its plan is launched. */
export async function discardDocument(context: Context, documentId: string): Promise<DiscardOutcome> {
  const document = await getDocument(context.reader, context.scope, documentId)
  requireMay(documents.discard(context.scope, document))
  return context.inTransaction(async (tx): Promise<DiscardOutcome> => {
    if (!(await discardReview(tx, documentId))) return { ok: false, reason: 'launched' }
    const pictures = await deletePages(tx, documentId)
    await deleteDocument(tx, documentId)
    for (const hash of [...pictures, ...(document.fileHash ? [document.fileHash] : [])])
      await releaseFile(tx, hash)
    await record(tx, context, {
      operation: 'document.discard',
      subjectKind: 'document',
      subjectId: documentId,
      officeId: document.officeId,
      before: { subject: document.subject, number: document.number },
    })
    return { ok: true }
  })
}

/** Starts a review of a document in which the reader saw no plan; answers the plan's id. */
export async function reviewAnyway(context: Context, documentId: string): Promise<string> {
  const document = await getDocument(context.reader, context.scope, documentId)
  requireMay(documents.bringIn(context.scope, document))
  if (document.planId) return document.planId
  const read = await findWhatWasRead(context.reader, context.scope, documentId)
  if (!read) throw new NotFound('what was read')
  return context.inTransaction((tx) =>
    startReview(tx, {
      documentId,
      officeId: document.officeId,
      accountId: context.actor.accountId,
      plan: read.plan,
      fileName: document.fileName,
    }),
  )
}
