import { sql } from 'kysely'
import { nameKey } from '#features/organisations/name-key.ts'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'

export interface ChoosableBody {
  id: string
  name: string
  parentName: string | null
}

const mostFound = 60

/**
 * Living bodies of an area to choose from: those ticked already, and those that fit the words; without words, those
 * directly below the top and the top itself. One query.
 */
export async function listChoosable(
  reader: Reader,
  scope: Scope,
  asked: { officeId: string; search: string; chosen: readonly string[] },
): Promise<ChoosableBody[]> {
  const patterns = nameKey(asked.search)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`)
  const fits =
    patterns.length === 0
      ? sql`line.distance <= 1`
      : sql`body.id in (select organisation_id from organisations_named(${patterns.slice(0, 6)}::text[]))`
  const { rows } = await sql<ChoosableBody>`
    select body.id, body.name, parent.name as "parentName"
    from organisation_line line
    join organisation body on body.id = line.organisation_id
    left join organisation parent on parent.id = body.parent_id
    where line.ancestor_id = ${asked.officeId} and body.ended_on is null
      and exists (select from organisation_line top
        where top.organisation_id = ${asked.officeId} and top.ancestor_id = ${anyOf(scope.administers)})
      and (body.id = any(${asked.chosen}::uuid[]) or ${fits})
    order by (body.id = any(${asked.chosen}::uuid[])) desc, line.distance, (body.kind in ('cell', 'cell-group')),
      body.name, body.id
    limit ${mostFound + asked.chosen.length}
  `.execute(reader)
  return rows
}

/** The bodies of the actor's own that a reorganisation can be prepared for. One query. */
export async function listAdministered(
  reader: Reader,
  scope: Scope,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation where id = ${anyOf(scope.administers)} and ended_on is null order by name limit 100
  `.execute(reader)
  return rows
}
