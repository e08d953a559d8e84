import type { Plan } from '@trienkhai/plan-reader/plan.ts'
import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { reviewOf } from '../review.ts'

/** Makes a plan to go over from what was read of a document; answers its id, or that of the one already there. */
export async function startReview(
  tx: Tx,
  from: { documentId: string; officeId: string; accountId: string; plan: Plan; fileName: string },
): Promise<string> {
  const { plan } = from
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    insert into plan (id, office_id, document_id, number, issued_on, subject)
    values (${newId()}, ${from.officeId}, ${from.documentId}, ${plan.number}, ${plan.date},
      ${plan.subject ?? from.fileName})
    on conflict (document_id) do update set document_id = excluded.document_id
    returning id, (xmax = 0) as "isNew"
  `.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the plan was not inserted')
  if (row.isNew)
    await tx
      .insertInto('plan_review')
      .values({ plan_id: row.id, content: JSON.stringify(reviewOf(plan)), updated_by: from.accountId })
      .execute()
  return row.id
}
