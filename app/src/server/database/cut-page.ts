import { type RawBuilder, sql } from 'kysely'

/**
 * `offset … limit …` of a list. How long a page is, is written into the query, and so is that it is the first one: of a
 * length that it does not know, PostgreSQL thinks a tenth of all rows, and plans the query anew each time instead of
 * once. Later pages are asked for by a parameter, as each would be another query to prepare.
 */
export function cutPage({ offset, limit }: { offset: number; limit: number }): RawBuilder<unknown> {
  const length = sql`limit ${sql.lit(Math.trunc(limit))}`
  return offset === 0 ? length : sql`offset ${offset} ${length}`
}
