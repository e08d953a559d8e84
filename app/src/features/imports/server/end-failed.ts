import { inTransaction } from '#server/database/handles.ts'
import type { Log } from '#server/platform/log.ts'
import type { ImportRefusal } from '../schema.ts'
import type { ImportTools } from './read-import.ts'
import { deleteRows, moveImport } from './writes.ts'

/** The worker waits a few seconds before each new try; what fails so often will not mend itself while somebody waits. */
const mostTries = 3
// A job that takes its process down with it never comes to fail: it is known by how often it was begun.
const mostBeginnings = 6

const unforeseen: ImportRefusal = { reason: 'unforeseen' }

/**
 * Does the work of an import's job, and where it fails for a reason that nobody foresaw, ends it after a few tries: the
 * import is left as it was before the work, with words on what to do, and can be sent on again. Nothing waits for ever.
 */
export async function workOrEnd(
  tools: ImportTools & { attempt: number; log: Log },
  importId: string,
  work: (tools: ImportTools, importId: string) => Promise<void>,
): Promise<void> {
  if (tools.attempt > mostBeginnings) return endFailed(tools, importId)
  try {
    await work(tools, importId)
  } catch (error) {
    // A program that stops has not failed: the next one takes the work up.
    if (tools.stopping.aborted || tools.attempt < mostTries) throw error
    tools.log.error({ err: error, job: 'imports' }, 'an import was ended, as it failed again and again')
    await endFailed(tools, importId)
  }
}

/** Puts an import back to where it stood before the work under way, and says so. */
async function endFailed({ database }: ImportTools, importId: string): Promise<void> {
  await inTransaction(database, async (tx) => {
    const told = { refusal: unforeseen }
    if (await moveImport(tx, importId, ['applying'], 'preview', told)) return
    if (await moveImport(tx, importId, ['undoing'], 'done', told)) return
    // A corrected file leaves the preview that it should have mended.
    const { mend_hash: mendHash } = await tx
      .selectFrom('data_import')
      .select('mend_hash')
      .where('id', '=', importId)
      .executeTakeFirstOrThrow()
    const to = mendHash ? 'preview' : 'refused'
    if (!(await moveImport(tx, importId, ['waiting', 'reading'], to, { ...told, mendHash: null }))) return
    if (to === 'refused') await deleteRows(tx, importId)
  })
}
