import { sql } from 'kysely'
import type { Hierarchy, OrganisationKind } from '#features/organisations/schema.ts'
import type { Tx } from '#server/database/handles.ts'
import type { Effects } from '../schema.ts'

// What becomes of the bodies themselves: a statement a kind of change, however many there are. Their history is kept by
// the database.

export interface Taking {
  reorganisationId: string
  /** The day on which it takes effect. */
  day: string
  reason: string | null
  decision: string | null
  effects: Effects
}

/** Says for the rest of the transaction from which day changes hold, and why. */
export async function sayWhen(tx: Tx, { day, reason, decision }: Omit<Taking, 'effects'>): Promise<void> {
  await sql`
    select set_config('trienkhai.change_on', ${day}, true), set_config('trienkhai.change_reason', ${reason ?? ''}, true),
      set_config('trienkhai.change_decision', ${decision ?? ''}, true)
  `.execute(tx)
}

/** Begins, renames and moves. Who ends does so after all that it leaves has passed: see {@link endBodies}. */
export async function changeBodies(tx: Tx, { day, effects }: Taking): Promise<void> {
  const { created, changed, moved } = effects
  if (created.length > 0) {
    await sql`
      insert into organisation (id, hierarchy, kind, name, abbreviation, parent_id, unit_code, began_on)
      select added.*, ${day}::date from unnest(
        ${created.map(({ id }) => id)}::uuid[], ${created.map(({ hierarchy }) => hierarchy as Hierarchy)}::text[],
        ${created.map(({ kind }) => kind as OrganisationKind)}::text[], ${created.map(({ name }) => name)}::text[],
        ${created.map(({ abbreviation }) => abbreviation)}::text[],
        ${created.map(({ parentId }) => parentId)}::uuid[], ${created.map(({ unitCode }) => unitCode)}::text[]
      ) as added
    `.execute(tx)
    await sql`
      with recursive line (organisation_id, ancestor_id, distance) as (
        select id, id, 0 from unnest(${created.map(({ id }) => id)}::uuid[]) added (id)
        union all
        select line.organisation_id, body.parent_id, line.distance + 1
        from line join organisation body on body.id = line.ancestor_id
        where body.parent_id is not null
      )
      insert into organisation_line (organisation_id, ancestor_id, distance) select * from line
    `.execute(tx)
  }
  if (changed.length > 0)
    await sql`
      update organisation body set name = changed.name, abbreviation = changed.abbreviation, kind = changed.kind,
        unit_code = changed.unit_code
      from unnest(
        ${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ name }) => name)}::text[],
        ${changed.map(({ abbreviation }) => abbreviation)}::text[], ${changed.map(({ kind }) => kind)}::text[],
        ${changed.map(({ unitCode }) => unitCode)}::text[]
      ) as changed (id, name, abbreviation, kind, unit_code)
      where body.id = changed.id
    `.execute(tx)
  if (moved.length > 0)
    await sql`
      update organisation body set parent_id = moved.parent_id
      from unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ parentId }) => parentId)}::uuid[])
        as moved (id, parent_id)
      where body.id = moved.id
    `.execute(tx)
}

/** Ends the bodies that are no more from the day on, and says who took over what. */
export async function endBodies(tx: Tx, { day, effects, reorganisationId }: Taking): Promise<void> {
  const { ended, successions } = effects
  if (successions.length > 0)
    await sql`
      insert into succession (on_day, from_organisation_id, to_organisation_id, takes, reorganisation_id)
      select ${day}::date, from_id, to_id, string_to_array(takes, ' '), ${reorganisationId}
      from unnest(
        ${successions.map(({ fromId }) => fromId)}::uuid[], ${successions.map(({ toId }) => toId)}::uuid[],
        ${successions.map(({ takes }) => takes.join(' '))}::text[]
      ) as succession (from_id, to_id, takes)
    `.execute(tx)
  if (ended.length > 0)
    await sql`update organisation set ended_on = ${day}::date where id = any(${ended}::uuid[])`.execute(tx)
}
