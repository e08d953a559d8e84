import { vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Settings } from '#env.ts'
import { inTransaction, type Tx } from '#server/database/handles.ts'
import { now } from '#server/platform/clock.ts'
import type { JobTools } from '#server/platform/job-worker.ts'
import { sendJob } from '#server/platform/jobs.ts'
import type { Term } from '../kinds.ts'

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    /** Removes what is past its term; once a day. */
    'personal-data.retire': Record<string, never>
  }
}

type Counting = (olderThan: Date) => RawBuilder<{ removed: number }>

const counted =
  (statement: (olderThan: Date) => RawBuilder<unknown>): Counting =>
  (olderThan) =>
    sql`with gone as (${statement(olderThan)} returning 1) select count(*)::int as removed from gone`
const traces =
  (...what: string[]): Counting =>
  (olderThan) =>
    sql`select sum(forget_sign_in_traces(name, ${olderThan}))::int as removed from unnest(${what}::text[]) as name`

/** What goes, kind by kind: only what is past its term, and never what somebody still works with. */
const removals: Readonly<Record<Term, readonly Counting[]>> = {
  sessions: [traces('sessions', 'devices', 'invitations', 'verifications')],
  failures: [traces('failures')],
  letters: [
    counted(
      (olderThan) =>
        sql`delete from letter where state in ('sent', 'discarded') and closed_at < ${olderThan}`,
    ),
    counted((olderThan) => sql`delete from letter where state = 'failed' and made_at < ${olderThan}`),
  ],
  notices: [counted((olderThan) => sql`delete from notice where read_at < ${olderThan}`)],
  commands: [counted((olderThan) => sql`delete from command where done_at < ${olderThan}`)],
  drafts: [
    counted(
      (olderThan) => sql`
      delete from paper where issued_at is null and updated_at < ${olderThan}
        and not exists (select from paper following where following.follows_id = paper.id)`,
    ),
    // Evidence that was taken away: its words were withdrawn, as a draft's are.
    (olderThan) => sql`select forget_bygone('{}', ${olderThan}) as removed`,
  ],
  // The database takes them out of the record itself, and says so in it.
  looks: [(olderThan) => sql`select retire_looks(${olderThan}) as removed`],
}

const millisecondsPerDay = 86_400_000

export interface Retired {
  kind: Term
  olderThan: Date
  removed: number
}

/** Removes what is past its term at this moment, and puts on record what went. Safe to run twice. */
export async function retirePersonalData(
  tx: Tx,
  at: Date,
  keepDays: Pick<Settings['keepDays'], Term>,
): Promise<Retired[]> {
  await sql`select act_as('program')`.execute(tx)
  const day = vietnamDate(at)
  const retired: Retired[] = []
  for (const [kind, statements] of Object.entries(removals) as [Term, readonly Counting[]][]) {
    const olderThan = new Date(at.getTime() - keepDays[kind] * millisecondsPerDay)
    let removed = 0
    for (const statement of statements)
      removed += (await statement(olderThan).execute(tx)).rows[0]?.removed ?? 0
    retired.push({ kind, olderThan, removed })
    await sql`
      insert into retention_run (kind, ran_on, older_than, removed) values (${kind}, ${day}, ${olderThan}, ${removed})
      on conflict (kind, ran_on) do update
      set older_than = excluded.older_than, removed = retention_run.removed + excluded.removed
    `.execute(tx)
  }
  // Counts of limits whose minute is over; they name nobody.
  await sql`delete from rate_limit where expire < ${at.getTime() - millisecondsPerDay}`.execute(tx)
  const removed = Object.fromEntries(
    retired.filter((one) => one.removed > 0 && one.kind !== 'looks').map((one) => [one.kind, one.removed]),
  )
  if (Object.keys(removed).length > 0)
    await sql`
      insert into record_entry (done_at, account_id, operation, subject_kind, after)
      values (${at}, null, 'personal-data.retire', 'personal-data', ${JSON.stringify({ removed })}::jsonb)
    `.execute(tx)
  return retired
}

/** 02:00 of the next day in Vietnam, when nobody waits. */
function nextNight(at: Date): Date {
  const night = new Date(`${vietnamDate(at)}T02:00:00+07:00`)
  return night > at ? night : new Date(night.getTime() + millisecondsPerDay)
}

/** The job: does it, and sends itself for the next night. At each start of the program it is sent anew. */
export async function retireDaily(
  { database, log }: JobTools,
  keepDays: Settings['keepDays'],
): Promise<void> {
  const retired = await inTransaction(database, async (tx) => {
    const done = await retirePersonalData(tx, now(), keepDays)
    await sendJob(tx, 'personal-data.retire', {}, { key: 'personal-data.retire', runAt: nextNight(now()) })
    return done
  })
  const count = retired.reduce((sum, { removed }) => sum + removed, 0)
  if (count > 0) log.info({ count }, 'data past their term were removed')
}
