import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Page } from '#features/organisations/schema.ts'
import { findOrganisationFacts } from '#features/organisations/server/reads.ts'
import { organisations } from '#server/access/organisations.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import type { PersonRow } from '../schema.ts'

/**
 * The people of an organisation on a day, members and holders of posts, by given name as lists are ordered; nobody
 * where the actor may not list them. `words` narrows the list by name, marks or not.
 */
export async function listPeopleOf(
  reader: Reader,
  scope: Scope,
  question: { organisationId: string; today: CivilDate; words?: string; page: number; pageSize: number },
): Promise<Page<PersonRow>> {
  const { organisationId, today, words = '', page, pageSize } = question
  const facts = await findOrganisationFacts(reader, scope, organisationId)
  const own = scope.memberships.includes(organisationId)
  if (!facts || !(own || organisations.listPeople(scope, facts))) return { rows: [], total: 0 }
  const pattern = `%${fold(words).replace(/[%_\\]/g, '\\$&')}%`
  const { rows } = await sql<PersonRow & { total: number }>`
    with belonging as (
      select person_id, min(status) as status from membership
      where organisation_id = ${organisationId} and from_on <= ${today} and (to_on is null or to_on >= ${today})
      group by person_id
    ),
    holding as (
      select person_id, array_agg(title order by from_on, title) as titles from post
      where organisation_id = ${organisationId} and from_on <= ${today} and (to_on is null or to_on >= ${today})
      group by person_id
    )
    select person.id, person.full_name as "fullName", coalesce(holding.titles, '{}') as posts, belonging.status,
      (count(*) over ())::int as total
    from belonging full join holding using (person_id)
    join person on person.id = person_id
    where person.search_key like ${pattern}
    order by person.sort_key, person.id
    ${cutPage({ offset: (page - 1) * pageSize, limit: pageSize })}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...person }) => person), total: rows[0]?.total ?? 0 }
}
