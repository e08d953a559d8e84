import { type RawBuilder, sql } from 'kysely'
import type { Audience } from '../schema.ts'

/**
 * An audience as a select of `organisation_id`, to stand in a larger statement. It speaks from the office and may name
 * anything: whoever uses it joins `organisation_line` with the office as ancestor, as {@link audienceInTree} does.
 */
function audienceSelect(officeId: string, audience: Audience): RawBuilder<unknown> {
  switch (audience.type) {
    case 'self':
      return sql`select ${officeId}::uuid as organisation_id`
    case 'organisations':
      return sql`select unnest(${audience.ids}::uuid[]) as organisation_id`
    case 'every': {
      const distance = audience.reach === 'direct' ? sql`= 1` : sql`> 0`
      const named = audience.named ? sql`and body.search_key ~ ${wholeWords(audience.named)}` : sql``
      return sql`
        select line.organisation_id
        from organisation_line line join organisation body on body.id = line.organisation_id
        where line.ancestor_id = ${officeId} and line.distance ${distance}
          and body.kind = any(${audience.kinds}::text[]) ${named}`
    }
    case 'holders':
      return audienceSelect(officeId, audience.of)
    case 'union': {
      if (audience.parts.length === 0) return sql`select null::uuid as organisation_id where false`
      const parts = audience.parts.map((part) => sql`(${audienceSelect(officeId, part)})`)
      return sql.join(parts, sql` union `)
    }
    case 'difference':
      return sql`(${audienceSelect(officeId, audience.from)}) except (${audienceSelect(officeId, audience.without)})`
  }
}

/**
 * The organisations of an audience, each once, as a select of `organisation_id`: only the office itself and bodies
 * below it, whatever the audience names.
 */
export function audienceInTree(
  officeId: string,
  audience: Audience,
): RawBuilder<{ organisation_id: string }> {
  return sql<{ organisation_id: string }>`
    select tree.organisation_id
    from organisation_line tree join organisation living on living.id = tree.organisation_id
    where tree.ancestor_id = ${officeId} and living.ended_on is null
      and tree.organisation_id in (select organisation_id from (${audienceSelect(officeId, audience)}) chosen)`
}

/** A pattern that finds any of these folded words as whole words. */
function wholeWords(words: readonly string[]): string {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return `\\m(${escaped.join('|')})\\M`
}
