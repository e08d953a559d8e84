import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import pg from 'pg'
import type { Actor } from '#server/access/actor.ts'
import type { Reader } from '#server/database/handles.ts'
import type { ReadingSession } from '#server/database/reading-session.ts'
import type { SessionFound } from './sessions.ts'

/** An actor found by a session that stands. */
export interface SignedIn {
  actor: Actor
  session: SessionFound
  /** The office asks for a second step that the account does not have yet. */
  owesTwoStep: boolean
}

/**
 * The actor behind a session's token, with the rights that hold on the day, in one query: every request asks this
 * first, as it begins its transaction, and the rest of that transaction is on the actor's behalf. Undefined where the session has ended or run out.
 */
export async function findSignedIn(
  session: ReadingSession,
  token: string,
  today: CivilDate,
): Promise<SignedIn | undefined> {
  const rows = await session.begin<Actor & SessionFound & { owesTwoStep: boolean }>(
    `select * from find_signed_in(${pg.escapeLiteral(token)}, ${pg.escapeLiteral(today)}::date)`,
  )
  const [found] = rows
  if (!found) return undefined
  const { sessionId, renewedAt, isShared, owesTwoStep, ...actor } = found
  return { actor, session: { sessionId, renewedAt, isShared }, owesTwoStep }
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
