import type { OrganisationKind } from '#features/organisations/schema.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { tidyName } from '../../rules.ts'
import { findBodyInCare } from '../reads.ts'

export type TitleOutcome = { ok: true } | { ok: false; reason: 'no-name' | 'title-known' }

/** Behind the common titles, before "Chuyên viên". */
const usualRank = 60

/** Adds a title to an office's own list: posts may be given under it there and below. */
export async function addTitle(
  context: Context,
  asked: {
    commandId: string
    officeId: string
    name: string
    kinds: readonly OrganisationKind[]
    isSingle: boolean
  },
): Promise<TitleOutcome> {
  return asCommand(context, asked.commandId, 'title.add', async (tx): Promise<TitleOutcome> => {
    const office = await findBodyInCare(tx, context.scope, asked.officeId)
    if (!office) throw new NotFound('organisation')
    const name = tidyName(asked.name)
    if (name === '') return { ok: false, reason: 'no-name' }
    const id = newId()
    const added = await tx
      .insertInto('post_title')
      .values({
        id,
        office_id: office.id,
        name,
        kinds: [...asked.kinds],
        rank: usualRank,
        seats: asked.isSingle ? 1 : null,
      })
      .onConflict((conflict) => conflict.columns(['office_id', 'key']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return { ok: false, reason: 'title-known' }
    await record(tx, context, {
      operation: 'title.add',
      subjectKind: 'post-title',
      subjectId: id,
      officeId: office.id,
      after: { name, kinds: asked.kinds },
    })
    return { ok: true }
  })
}

/** Ends a title of an office's own list: no posts are given under it from now on; those that there are stay. */
export async function endTitle(
  context: Context,
  asked: { commandId: string; titleId: string },
): Promise<TitleOutcome> {
  return asCommand(context, asked.commandId, 'title.end', async (tx): Promise<TitleOutcome> => {
    if (!isId(asked.titleId)) throw new NotFound('title')
    const title = await tx
      .selectFrom('post_title')
      .select(['id', 'name', 'office_id'])
      .where('id', '=', asked.titleId)
      .where('ended_on', 'is', null)
      .executeTakeFirst()
    if (!title?.office_id || !(await findBodyInCare(tx, context.scope, title.office_id)))
      throw new NotFound('title')
    await tx.updateTable('post_title').set({ ended_on: context.today }).where('id', '=', title.id).execute()
    await record(tx, context, {
      operation: 'title.end',
      subjectKind: 'post-title',
      subjectId: title.id,
      officeId: title.office_id,
      after: { name: title.name, endedOn: context.today },
    })
    return { ok: true }
  })
}
