import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'

const mostPeople = 500

/** Members and holders of posts of a body on a day, by given name, for saying who goes where. One query. */
export async function listPeopleInBody(
  reader: Reader,
  bodyId: string,
  day: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select person.id, person.full_name as name from person
    where person.id in (
      select person_id from membership
      where organisation_id = ${bodyId} and (to_on is null or to_on >= ${day}::date)
      union select person_id from post where organisation_id = ${bodyId} and (to_on is null or to_on >= ${day}::date)
    )
    order by person.sort_key, person.id limit ${mostPeople}
  `.execute(reader)
  return rows
}
