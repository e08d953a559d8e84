import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import { listPeople } from '#features/people/server/list-people.ts'
import { tellApart } from '#features/people/server/tell-apart.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import type { AudienceLine } from '../lines.ts'

/** A body or a person that can be chosen, or is. */
export interface Part {
  id: string
  name: string
  /** What tells it from others of the name: the body above, or where a person is. */
  of: string | null
  /** Of a person beside whom another of the name stands, where the actor may see it. */
  bornYear: string | null
  isChosen: boolean
  /** Of a body that is no more: its last day, and who took its work over. */
  ended: { on: CivilDate; heirs: { id: string; name: string }[] } | null
}

export interface PartsFound {
  parts: Part[]
  /** Persons whose details are shown by it: for the record of looks. */
  look: string[]
}

const mostFound = 12

/** What a line of the form has chosen, and what its words find beside it. */
export async function findParts(
  reader: Reader,
  scope: Scope,
  line: AudienceLine,
  question: { officeId: string; on: CivilDate },
): Promise<PartsFound> {
  if (line.who === 'persons') return findPersons(reader, scope, line, question)
  const parts = line.place === 'chosen' ? await findBodies(reader, line, question.officeId) : []
  return { parts, look: [] }
}

async function findBodies(reader: Reader, line: AudienceLine, officeId: string): Promise<Part[]> {
  const words = fold(line.find).split(/\s+/u).filter(Boolean)
  const named = words.map((word) => sql`body.search_key like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  const { rows } = await sql<Part>`
    with chosen as (
      select body.*, true as "isChosen" from organisation body where body.id = any(${line.bodies}::uuid[])
        and exists (select from organisation_line own where own.organisation_id = body.id and own.ancestor_id = ${officeId})
    ),
    found as (
      select body.*, false as "isChosen"
      from organisation_line own join organisation body on body.id = own.organisation_id
      where own.ancestor_id = ${officeId} and body.ended_on is null and body.id <> all(${line.bodies}::uuid[])
        and ${named.length > 0 ? sql.join(named, sql` and `) : sql`false`}
      order by length(body.name), body.name, body.id limit ${sql.lit(mostFound)}
    )
    select part.id, part.name, parent.name as of, null as "bornYear", part."isChosen",
      case when part.ended_on is not null then jsonb_build_object('on', part.ended_on - 1, 'heirs', (
        select coalesce(jsonb_agg(jsonb_build_object('id', heir.id, 'name', heir.name) order by heir.name), '[]')
        from heirs_of(part.id) onward (id) join organisation heir on heir.id = onward.id
        where heir.id <> part.id
      )) end as ended
    from (select * from chosen union all select * from found) part
    left join organisation parent on parent.id = part.parent_id
    order by part."isChosen" desc, length(part.name), part.name, part.id
  `.execute(reader)
  return rows
}

async function findPersons(
  reader: Reader,
  scope: Scope,
  line: AudienceLine,
  { officeId, on }: { officeId: string; on: CivilDate },
): Promise<PartsFound> {
  const { rows: chosen } = await sql<{ id: string }>`
    select id from person where id = any(${line.persons}::uuid[]) order by sort_key, id
  `.execute(reader)
  const filter = { organisationId: officeId, titleId: null, status: null, on, offset: 0, limit: mostFound }
  const found =
    line.find === '' ? [] : (await listPeople(reader, scope, { ...filter, words: line.find })).rows
  const ids = [...new Set([...chosen, ...found].map(({ id }) => id))]
  const { people, look } = await tellApart(reader, scope, ids, on)
  return {
    parts: people.map(({ id, fullName, about, bornYear }) => ({
      id,
      name: fullName,
      of: about.length > 0 ? about.join(' · ') : null,
      bornYear,
      isChosen: line.persons.includes(id),
      ended: null,
    })),
    look,
  }
}
