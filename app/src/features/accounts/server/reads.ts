import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
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
    select * from find_signed_in(${token}, ${today})
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
    select account.id as "accountId", account.person_id as "personId", account.name,
      grants_as_json(account.id, ${today}) as grants
    from account where account.id = ${accountId}
  `.execute(reader)
  return rows[0]
}
