import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'

/** The tables in which the tree of organisations is read: as it is now, or as it was on another day. */
export interface AudienceTree {
  /** Parts of the statement's `with` that `line` and `body` need, each with a comma behind it. */
  clauses: RawBuilder<unknown>
  /** Rows of `organisation_id`, `ancestor_id`, `distance`. */
  line: RawBuilder<unknown>
  /** Living bodies, rows of `id`, `kind`, `hierarchy`, `name`, `parent_id`, `search_key`. */
  body: RawBuilder<unknown>
}

/** The tree as it stands now. */
export const treeNow: AudienceTree = {
  clauses: sql``,
  line: sql`organisation_line`,
  body: sql`(select * from organisation where ended_on is null)`,
}

/** The tree of an office on a day of the past: bodies under the names, in the places and of the kinds of that day. */
function treeOn(officeId: string, on: CivilDate): AudienceTree {
  return {
    clauses: sql`
      line_then as materialized (
        select down.organisation_id, up.ancestor_id, up.distance
        from tree_on(${officeId}, ${on}) down cross join lateral line_on(down.organisation_id, ${on}) up
      ),
      body_then as materialized (
        select body.id, period.kind, body.hierarchy, period.name, above.ancestor_id as parent_id,
          folded(period.name || ' ' || coalesce(period.abbreviation, '')) as search_key
        from (select distinct ancestor_id as id from line_then) known
        join organisation body on body.id = known.id
        join organisation_period period on period.organisation_id = body.id
          and (period.from_on is null or period.from_on <= ${on}) and (period.to_on is null or period.to_on >= ${on})
        left join lateral (
          select ancestor_id from line_on(body.id, ${on}) where distance = 1
        ) above on true
      ),`,
    line: sql`line_then`,
    body: sql`body_then`,
  }
}

/** The tree in which an office's expressions are read: now, or as it was on the day. */
export function treeFor({
  officeId,
  on,
  past = false,
}: {
  officeId: string
  on: CivilDate
  past?: boolean
}): AudienceTree {
  return past ? treeOn(officeId, on) : treeNow
}
