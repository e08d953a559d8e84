import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { record } from '#server/record.ts'
import type { LetterDetails, LetterKind, LetterLine, LetterState } from '../schema.ts'
import { queueLetter } from './letters.ts'

/** Letters of organisations that the actor administers. */
const isBelow = (scope: Scope) => sql<boolean>`exists (
  select from organisation_line line
  where line.organisation_id = letter.organisation_id and line.ancestor_id = ${anyOf(scope.administers)}
)`

/** The outbox, the newest first. */
export async function listLetters(
  reader: Reader,
  scope: Scope,
  asked: { state: LetterState | null; offset: number; limit: number },
): Promise<{ rows: LetterLine[]; total: number }> {
  if (scope.administers.length === 0) return { rows: [], total: 0 }
  const ofState = asked.state === null ? sql`` : sql`and letter.state = ${asked.state}`
  const { rows } = await sql<LetterLine & { total: number }>`
    select letter.id, letter.kind, letter.to_address as "to", letter.details ->> 'name' as name,
      organisation.name as "organisationName", letter.state, letter.attempts, letter.last_error as "lastError",
      letter.made_at as "madeAt", letter.closed_at as "closedAt", count(*) over ()::int as total
    from letter left join organisation on organisation.id = letter.organisation_id
    where ${isBelow(scope)} ${ofState}
    order by letter.made_at desc, letter.id desc
    ${cutPage(asked)}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface LetterFound {
  id: string
  kind: LetterKind
  to: string
  language: 'vi' | 'en'
  details: LetterDetails
  sealed: string | null
  state: LetterState
  /** Its link lets in whoever holds it: not shown where the actor could not make one for the account. */
  isLinkHidden: boolean
}

/** One letter; throws NotFound where it is not the actor's to see. */
export async function getLetter(
  reader: Reader,
  scope: Scope,
  id: string,
  today: CivilDate,
): Promise<LetterFound> {
  const { rows } = await sql<LetterFound>`
    with found as (
      select letter.*, account_id is not null and account_id <> ${scope.accountId}
        and is_account_below(account_id, ${scope.administers}::uuid[], ${today}) as "isOpen"
      from letter where id = ${id} and ${isBelow(scope)}
    )
    select id, kind, to_address as "to", language, details, case when "isOpen" then sealed end as sealed, state,
      sealed is not null and not "isOpen" as "isLinkHidden"
    from found
  `.execute(reader)
  const [letter] = rows
  if (!letter) throw new NotFound('the letter')
  return letter
}

/** Puts what waits or failed in line again; answers how many letters that were. */
export async function sendWaiting(context: Context, only: string | 'all'): Promise<number> {
  return await context.inTransaction(async (tx) => {
    const one = only === 'all' ? sql`` : sql`and letter.id = ${only}`
    const { rows } = await sql<{ id: string }>`
      update letter set state = 'waiting'
      where ${isBelow(context.scope)} and state in ('waiting', 'failed') ${one} returning id
    `.execute(tx)
    for (const { id } of rows) await queueLetter(tx, id)
    return rows.length
  })
}

/** Discards a letter that has not gone out; its link is forgotten. Sent already, it stays as it is. */
export async function discardLetter(context: Context, id: string): Promise<void> {
  await context.inTransaction(async (tx) => {
    const letter = await getLetter(tx, context.scope, id, context.today)
    if (letter.state !== 'waiting' && letter.state !== 'failed') return
    await tx
      .updateTable('letter')
      .set({ state: 'discarded', closed_at: context.now, sealed: null })
      .where('id', '=', id)
      .execute()
    await record(tx, context, { operation: 'letter.discard', subjectKind: 'letter', subjectId: id })
  })
}
