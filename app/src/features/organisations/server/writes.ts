import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import type { Hierarchy, OrganisationKind } from '../schema.ts'

export interface NewOrganisation {
  id: string
  hierarchy: Hierarchy
  kind: OrganisationKind
  name: string
  abbreviation: string | null
  parentId: string | null
  unitCode: string | null
}

/**
 * Adds organisations with their lines to every body above. Their parents are there already or among them; two
 * statements, however many there are.
 */
export async function insertOrganisations(tx: Tx, rows: readonly NewOrganisation[]): Promise<void> {
  const column = <Key extends keyof NewOrganisation>(key: Key): NewOrganisation[Key][] =>
    rows.map((row) => row[key])
  await sql`
    insert into organisation (id, hierarchy, kind, name, abbreviation, parent_id, unit_code)
    select * from unnest(
      ${column('id')}::uuid[], ${column('hierarchy')}::text[], ${column('kind')}::text[], ${column('name')}::text[],
      ${column('abbreviation')}::text[], ${column('parentId')}::uuid[], ${column('unitCode')}::text[]
    )
  `.execute(tx)
  await sql`
    with recursive line (organisation_id, ancestor_id, distance) as (
      select id, id, 0 from unnest(${column('id')}::uuid[]) added (id)
      union all
      select line.organisation_id, body.parent_id, line.distance + 1
      from line join organisation body on body.id = line.ancestor_id
      where body.parent_id is not null
    )
    insert into organisation_line (organisation_id, ancestor_id, distance) select * from line
  `.execute(tx)
}
