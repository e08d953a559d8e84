import { sql } from 'kysely'
import { inTransaction, type Tx } from '#server/database/handles.ts'
import { now, today } from '#server/platform/clock.ts'
import type { JobTools } from '#server/platform/job-worker.ts'
import type { StepProblem } from '../schema.ts'
import { takeEffect } from './take-effect.ts'

/**
 * Lets everything take effect that is scheduled up to today, the earliest first, each in a transaction of its own. Sent
 * for 00:00 of each day that something is scheduled for, and at each start of the program: what was missed while it
 * was off is made up for, and what has taken effect is not scheduled any more.
 */
export async function takeDueEffects({ database, log }: Pick<JobTools, 'database' | 'log'>): Promise<void> {
  const day = today()
  const due = await inTransaction(database, async (tx) => {
    await actAsProgram(tx)
    const { rows } = await sql<{ id: string }>`
      select id from reorganisation where state = 'scheduled' and on_day <= ${day}::date
      order by on_day, scheduled_at, id
    `.execute(tx)
    return rows
  })
  for (const { id } of due) {
    const outcome = await inTransaction(database, async (tx) => {
      await actAsProgram(tx)
      const taken = await takeEffect(tx, id, { today: day, now: now() })
      if (taken && !taken.ok) await giveBack(tx, id, taken.problems)
      return { taken }
    })
    if (outcome.taken)
      log.info(
        { count: 1 },
        outcome.taken.ok ? 'a reorganisation took effect' : 'a reorganisation was given back',
      )
  }
}

const actAsProgram = (tx: Tx): Promise<unknown> => sql`select act_as('program')`.execute(tx)

/** What has become impossible is a draft again, says why, and tells who scheduled it. */
async function giveBack(tx: Tx, id: string, problems: readonly StepProblem[]): Promise<void> {
  await sql`
    insert into notice (id, account_id, kind, organisation_id, details, created_at)
    select gen_random_uuid(), scheduled_by, 'reorganisation-failed', office_id,
      jsonb_build_object('key', id, 'text', title, 'reorganisationId', id), ${now()}
    from reorganisation where id = ${id}
  `.execute(tx)
  await sql`
    update reorganisation set state = 'draft', scheduled_by = null, scheduled_at = null,
      failure = ${JSON.stringify(problems)}::jsonb
    where id = ${id}
  `.execute(tx)
}
