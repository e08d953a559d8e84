import { settingsFromEnvironment } from '#env.ts'
import type { JobHandlers } from '#server/platform/job-worker.ts'

/**
 * What does each job: one line a name, which calls the feature it belongs to. A feature is loaded with its first job:
 * the reader's code is large, and the product should be up before it.
 */
export const jobHandlers: JobHandlers = {
  'files.sweep': async (_, { database, files, log }) => {
    const { forgetUnnamedFiles } = await import('#server/kept-files.ts')
    const count = (await files.sweepLeftovers()) + (await forgetUnnamedFiles({ database, files }))
    if (count > 0) log.info({ count }, 'left-overs of uploads were removed')
  },
  'files.forget': async (payload, tools) => {
    const { forgetReleasedFile } = await import('#server/kept-files.ts')
    await forgetReleasedFile(tools, payload.hash)
  },
  'mail.send': async (payload, tools) => {
    const { sendLetter } = await import('#features/mail/server/send-letter.ts')
    await sendLetter(tools, payload.letterId)
  },
  'accounts.password-request': async (payload, tools) => {
    const { answerPasswordRequest } = await import('#features/accounts/server/password-requests.ts')
    await answerPasswordRequest(tools, payload.requestId)
  },
  'documents.draw-pages': async (payload, tools) => {
    const { drawPages } = await import('#features/documents/server/jobs.ts')
    await drawPages(tools, payload.documentId)
  },
  'documents.read': async (payload, tools) => {
    const { readDocument } = await import('#features/documents/server/jobs.ts')
    await readDocument(tools, payload.documentId)
  },
  'personal-data.retire': async (_, tools) => {
    const { retireDaily } = await import('#features/personal-data/server/retention.ts')
    await retireDaily(tools, settingsFromEnvironment().keepDays)
  },
  'reorganisations.take-effect': async (_, tools) => {
    const { takeDueEffects } = await import('#features/reorganisations/server/jobs.ts')
    await takeDueEffects(tools)
  },
  'imports.apply': async (payload, tools) => {
    const { applyImport } = await import('#features/imports/server/apply-import.ts')
    const { workOrEnd } = await import('#features/imports/server/end-failed.ts')
    await workOrEnd(tools, payload.importId, applyImport)
  },
  'imports.forget': async (payload, tools) => {
    const { forgetImport } = await import('#features/imports/server/jobs.ts')
    await forgetImport(tools, payload.importId)
  },
  'imports.read': async (payload, tools) => {
    const { readImport } = await import('#features/imports/server/read-import.ts')
    const { workOrEnd } = await import('#features/imports/server/end-failed.ts')
    await workOrEnd(tools, payload.importId, readImport)
  },
  'imports.undo': async (payload, tools) => {
    const { undoImport } = await import('#features/imports/server/undo-import.ts')
    const { workOrEnd } = await import('#features/imports/server/end-failed.ts')
    await workOrEnd(tools, payload.importId, undoImport)
  },
}
