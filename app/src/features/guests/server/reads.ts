import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { GuestThing, ThingLine } from '../schema.ts'

const patternsOf = (words: string): string[] =>
  fold(words)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`)

/**
 * Things of the offices that the actor both sees and administers: whoever lets somebody in must see where to. By words
 * of their title, the latest first; one query.
 */
export async function findThings(
  reader: Reader,
  scope: Scope,
  asked: { words: string; id: string | null; limit: number },
): Promise<ThingLine[]> {
  if (scope.offices.length === 0 || scope.administers.length === 0) return []
  const patterns = patternsOf(asked.words)
  const meets = (row: RawBuilder<unknown>, key: RawBuilder<string>): RawBuilder<boolean> =>
    sql<boolean>`${row} = ${anyOf(scope.offices)} and ${
      patterns.length === 0
        ? sql<boolean>`true`
        : sql.join(
            patterns.map((pattern) => sql<boolean>`${key} like ${pattern}`),
            sql` and `,
          )
    }`
  const latest = sql`order by "onDay" desc nulls last, id limit ${sql.lit(asked.limit)}`
  const only = asked.id === null ? sql`` : sql`and id = ${asked.id}`
  const { rows } = await sql<ThingLine>`
    with thing as (
      (select 'event' as kind, id, title, null::text as number, office_id, starts_on as "onDay" from event
        where ${meets(sql.ref('event.office_id'), sql`folded(event.title)`)} ${only} ${latest})
      union all
      (select 'plan', id, subject, number, office_id, issued_on as "onDay" from plan
        where state in ('launched', 'closed') and ${meets(sql.ref('plan.office_id'), sql`plan.search_key`)} ${only}
        ${latest})
      union all
      (select 'document', id, coalesce(subject, file_name), number, office_id, issued_on as "onDay" from document
        where file_hash is not null and ${meets(sql.ref('document.office_id'), sql`document.search_key`)} ${only}
        ${latest})
    )
    select thing.kind, thing.id, thing.title, thing.number, thing.office_id as "officeId",
      office.name as "officeName", thing."onDay"
    from thing join organisation office on office.id = thing.office_id
    where lies_below(thing.office_id, ${scope.administers}::uuid[])
    order by thing."onDay" desc nulls last, thing.id limit ${sql.lit(asked.limit)}
  `.execute(reader)
  return rows
}

/** What the actor is a guest of today; the function finds the actor's own things alone. */
export async function listGuestThings(reader: Reader, _scope: Scope): Promise<GuestThing[]> {
  const { rows } = await sql<GuestThing>`
    select kind, id, title, number, "officeName", on_day as "onDay", details - 'text' as details, until
    from things_of_guest() order by on_day desc nulls last, title, id
  `.execute(reader)
  return rows
}

/** One thing that the actor is a guest of; undefined where they are not, or no more. */
export async function findGuestThing(
  reader: Reader,
  _scope: Scope,
  id: string,
): Promise<GuestThing | undefined> {
  const { rows } = await sql<GuestThing>`
    select kind, id, title, number, "officeName", on_day as "onDay", details, until
    from things_of_guest() where id = ${id}
  `.execute(reader)
  return rows[0]
}
