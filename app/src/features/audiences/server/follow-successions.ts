import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'
import { type EndedBody, idsIn, nameHeirs } from '../named-bodies.ts'
import type { Audience } from '../schema.ts'

/** An expression as it holds today, and what in it has ended since it was written. */
export interface Followed {
  audience: Audience
  ended: EndedBody[]
}

/**
 * Expressions as they hold today: where a body that they name has ended, those who took its work over stand in its
 * place, so far as they lie below the office. Only bodies of the office's own, or of an office whose papers it took
 * over, are told of; a body above that is left the rest of what was dissolved takes nobody's place. One query, and none where nothing is named by its id. For a day of the past the expressions hold as
 * they were written: the bodies lived then.
 */
export async function followSuccessions(
  reader: Reader,
  officeId: string,
  audiences: readonly Audience[],
): Promise<Followed[]> {
  const ids = [...new Set(audiences.flatMap(idsIn))]
  if (ids.length === 0) return audiences.map((audience) => ({ audience, ended: [] }))
  const { rows } = await sql<EndedBody>`
    with own as (select ${officeId}::uuid as id union select organisation_id from forebears_of(array[${officeId}::uuid]))
    select body.id, body.name, body.ended_on - 1 as "on", (
        select coalesce(jsonb_agg(jsonb_build_object('id', heir.id, 'name', heir.name) order by heir.name, heir.id), '[]')
        from heirs_of(body.id, 'work') onward (id) join organisation heir on heir.id = onward.id
        join organisation_line below on below.organisation_id = heir.id and below.ancestor_id = ${officeId}
        where heir.id not in (select ancestor_id from organisation_line where organisation_id = body.id)
      ) as heirs
    from organisation body
    where body.id = any(${ids}::uuid[]) and body.ended_on is not null and exists (
      select from organisation_line line
      where line.organisation_id = body.id and line.ancestor_id in (select id from own)
    )
    order by body.name, body.id
  `.execute(reader)
  const known = new Map(rows.map((body) => [body.id, body]))
  return audiences.map((audience) => {
    const named = new Set(idsIn(audience))
    return {
      audience: known.size > 0 ? nameHeirs(audience, known) : audience,
      ended: rows.filter(({ id }) => named.has(id)),
    }
  })
}
