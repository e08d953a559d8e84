import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import { isId } from '#server/platform/ids.ts'
import type { PostTitle } from '../../schema.ts'
import { listTitles } from '../reads.ts'

/** A title of the list that posts of a body can have; null for any other. */
export async function findTitleFor(
  tx: Tx,
  body: { id: string; kind: string },
  titleId: string,
): Promise<PostTitle | null> {
  if (!isId(titleId)) return null
  const titles = await listTitles(tx, { kind: body.kind, organisationId: body.id })
  return titles.find(({ id }) => id === titleId) ?? null
}

/** Whether as many hold the title in the body as may, at any time of a period; stand-ins don't count. */
export async function isSeatTaken(
  tx: Tx,
  asked: {
    title: { id: string; seats: number | null }
    organisationId: string
    fromOn: CivilDate
    toOn: CivilDate | null
  },
): Promise<boolean> {
  const { title, organisationId, fromOn, toOn } = asked
  if (title.seats === null) return false
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from post
    where organisation_id = ${organisationId} and title_id = ${title.id} and stands_in_for is null
      and daterange(from_on, to_on, '[]') && daterange(${fromOn}, ${toOn}, '[]')
  `.execute(tx)
  return (rows[0]?.held ?? 0) >= title.seats
}
