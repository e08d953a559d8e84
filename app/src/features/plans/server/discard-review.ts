import type { Tx } from '#server/database/handles.ts'

/**
 * Takes away what was reviewed of a document, with its plan; false where that plan was launched once and stays. The
 * plan's row is locked first, so that a launch at the same moment comes wholly before or finds nothing.
 */
export async function discardReview(tx: Tx, documentId: string): Promise<boolean> {
  const plan = await tx
    .selectFrom('plan')
    .select(['id', 'state'])
    .where('document_id', '=', documentId)
    .forUpdate()
    .executeTakeFirst()
  if (!plan) return true
  if (plan.state !== 'review') return false
  await tx.deleteFrom('plan').where('id', '=', plan.id).execute()
  return true
}
