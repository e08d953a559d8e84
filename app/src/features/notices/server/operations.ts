import type { Context } from '#server/context.ts'
import { isId } from '#server/platform/ids.ts'

/** Marks one of one's own notices as read, or all of them. Another's notice is not there, and stays as it is. */
export async function markNoticesRead(context: Context, which: { noticeId: string } | 'all'): Promise<void> {
  if (which !== 'all' && !isId(which.noticeId)) return
  await context.inTransaction(async (tx) => {
    let marking = tx
      .updateTable('notice')
      .set({ read_at: context.now })
      .where('account_id', '=', context.scope.accountId)
      .where('read_at', 'is', null)
    if (which !== 'all') marking = marking.where('id', '=', which.noticeId)
    await marking.execute()
  })
}
