import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Actor, Role } from '#server/access/actor.ts'
import type { Reader } from '#server/database/handles.ts'

/** The actor behind an account, with the rights that hold on the day; undefined for an account that is gone. */
export async function findActor(
  reader: Reader,
  accountId: string,
  today: CivilDate,
): Promise<Actor | undefined> {
  const { rows } = await sql<{
    name: string
    personId: string | null
    role: Role | null
    organisationId: string | null
    organisationName: string | null
  }>`
    select account.name, account.person_id as "personId", role_grant.role,
      role_grant.organisation_id as "organisationId", organisation.name as "organisationName"
    from account
    left join role_grant on role_grant.account_id = account.id
      and role_grant.from_on <= ${today} and (role_grant.to_on is null or role_grant.to_on >= ${today})
    left join organisation on organisation.id = role_grant.organisation_id
    where account.id = ${accountId}
    order by role_grant.from_on, organisation.name
  `.execute(reader)
  const [first] = rows
  if (!first) return undefined
  return {
    accountId,
    personId: first.personId,
    name: first.name,
    grants: rows.flatMap(({ role, organisationId, organisationName }) =>
      role && organisationId ? [{ role, organisationId, organisationName: organisationName ?? '' }] : [],
    ),
  }
}
