import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { tellPeople } from './list-people.ts'
import { isPersonInCare } from './sight.ts'

/** A person to choose from, with what tells them from others of the name. */
export interface PersonToChoose {
  id: string
  fullName: string
  /** What they hold and where they belong on the day, so far as the actor may see it; the body above, where it is needed. */
  about: string[]
  /** Told where another of the name stands beside them, and only to who keeps their details. */
  bornYear: string | null
}

/**
 * People to choose from, in the order of the ids. Two of one name stand apart by post, by body with the one above it,
 * and by the year of birth where the actor may see that: `look` then has to put it on record.
 */
export async function tellApart(
  reader: Reader,
  scope: Scope,
  ids: readonly string[],
  on: CivilDate,
): Promise<{ people: PersonToChoose[]; look: string[] }> {
  const people = await tellPeople(reader, scope, ids, on)
  const timesNamed = new Map<string, number>()
  for (const { fullName } of people) timesNamed.set(fullName, (timesNamed.get(fullName) ?? 0) + 1)
  const alike = people.filter(({ fullName }) => (timesNamed.get(fullName) ?? 0) > 1)
  const apart = new Set(alike.map(({ id }) => id))
  const above = await listAbove(reader, alike.flatMap(bodiesOf))
  const born = await listBirthYears(reader, scope, [...apart])
  const placeOf = (body: { id: string; name: string }, isAlike: boolean): string =>
    [body.name, ...(isAlike ? [above.get(body.id) ?? []].flat() : [])].join(', ')
  return {
    people: people.map(({ id, fullName, posts, bodies }) => {
      const isAlike = apart.has(id)
      const held = new Set(posts.map(({ body }) => body.id))
      return {
        id,
        fullName,
        about: [
          ...posts.map(({ title, body }) => `${title}, ${placeOf(body, isAlike)}`),
          ...bodies.filter((body) => !held.has(body.id)).map((body) => placeOf(body, isAlike)),
        ],
        bornYear: born.get(id) ?? null,
      }
    }),
    look: [...born.keys()],
  }
}

type Standing = Awaited<ReturnType<typeof tellPeople>>[number]
const bodiesOf = ({ posts, bodies }: Standing): string[] => [
  ...posts.map(({ body }) => body.id),
  ...bodies.map(({ id }) => id),
]

/** The names of the bodies above, by the ids of those below: many communes have a "Chi bộ Khu 1". */
async function listAbove(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select body.id, parent.name from organisation body join organisation parent on parent.id = body.parent_id
    where body.id = any(${[...ids]}::uuid[])
  `.execute(reader)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function listBirthYears(
  reader: Reader,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0 || scope.personnel.length === 0) return new Map()
  const { rows } = await sql<{ id: string; year: string }>`
    select detail.person_id as id, to_char(detail.born_on, 'YYYY') as year from person_detail detail
    where detail.person_id = any(${[...ids]}::uuid[]) and detail.born_on is not null
      and ${isPersonInCare(scope, sql`detail.person_id`)}
  `.execute(reader)
  return new Map(rows.map(({ id, year }) => [id, year]))
}
