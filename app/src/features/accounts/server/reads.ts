import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#server/access/actor.ts'
import type { Reader } from '#server/database/handles.ts'

/** An actor found by a session that stands, and when that session was last renewed. */
export interface SignedIn {
  actor: Actor
  renewedAt: Date
}

/**
 * The actor behind a session's token, with the rights that hold on the day, in one query: every request asks this
 * first. Undefined where the session has ended or run out.
 */
export async function findSignedIn(
  reader: Reader,
  token: string,
  today: CivilDate,
): Promise<SignedIn | undefined> {
  const { rows } = await sql<Actor & { renewedAt: Date }>`
    select ${actorColumns(today)}, session.updated_at as "renewedAt"
    from session join account on account.id = session.user_id
    where session.token = ${token} and session.expires_at > now()
  `.execute(reader)
  const [found] = rows
  if (!found) return undefined
  const { renewedAt, ...actor } = found
  return { actor, renewedAt }
}

/** The actor behind an account, with the rights that hold on the day; undefined for an account that is gone. */
export async function findActor(
  reader: Reader,
  accountId: string,
  today: CivilDate,
): Promise<Actor | undefined> {
  const { rows } = await sql<Actor>`
    select ${actorColumns(today)} from account where account.id = ${accountId}
  `.execute(reader)
  return rows[0]
}

function actorColumns(today: CivilDate): RawBuilder<unknown> {
  return sql`
    account.id as "accountId", account.person_id as "personId", account.name,
    (
      select coalesce(jsonb_agg(jsonb_build_object('role', role_grant.role, 'organisationId', organisation.id,
        'organisationName', organisation.name) order by role_grant.from_on, organisation.name), '[]')
      from role_grant join organisation on organisation.id = role_grant.organisation_id
      where role_grant.account_id = account.id
        and role_grant.from_on <= ${today} and (role_grant.to_on is null or role_grant.to_on >= ${today})
    ) as grants`
}
