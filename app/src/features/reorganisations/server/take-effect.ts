import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { roles } from '#server/access/actor.ts'
import type { Tx } from '#server/database/handles.ts'
import { type Effects, type Step, type StepProblem, stepSchema } from '../schema.ts'
import { simulate } from '../simulate.ts'
import { listBodyStates } from './body-states.ts'
import { changeBodies, endBodies, sayWhen, type Taking } from './change-bodies.ts'
import { passMemberships, passPosts, passRights } from './pass-people.ts'
import { passDesk, passWork } from './pass-work.ts'

/** What a reorganisation came to, as it is kept with it. */
export interface TakenEffect {
  created: number
  changed: number
  moved: number
  ended: number
  memberships: number
  posts: number
  rights: number
  assignments: number
  duties: number
  plans: number
}

export type TakeOutcome = { ok: true; effect: TakenEffect } | { ok: false; problems: StepProblem[] }

interface Due {
  id: string
  officeId: string
  title: string
  decision: string | null
  reason: string | null
  onDay: CivilDate
  scheduledBy: string
}

/**
 * Lets a scheduled reorganisation take effect, in the caller's transaction, which acts as the program: the steps are
 * gone through anew with what stands now; where one has become impossible, nothing is done. Safe to repeat: what has
 * taken effect is not scheduled any more. Undefined where it is not scheduled, or its day has not come.
 */
export async function takeEffect(
  tx: Tx,
  id: string,
  { today, now }: { today: CivilDate; now: Date },
): Promise<TakeOutcome | undefined> {
  const due = await lockDue(tx, id, today)
  if (!due) return undefined
  const steps = await listSteps(tx, id)
  const { problems, effects } = simulate(await listBodyStates(tx, steps, due.officeId), steps, {
    day: due.onDay,
    topId: due.officeId,
  })
  if (problems.length > 0) return { ok: false, problems }
  const { decision, reason } = due
  const taking: Taking = {
    reorganisationId: id,
    day: due.onDay,
    reason: reason ?? due.title,
    decision,
    effects,
  }
  await lockBodies(tx, effects)
  const concerned = await listConcerned(tx, effects, today)
  await sayWhen(tx, taking)
  await changeBodies(tx, taking)
  const memberships = await passMemberships(tx, effects, due.onDay)
  const posts = await passPosts(tx, effects, due.onDay)
  const rights = await passRights(tx, effects, due.onDay)
  const words = [due.title, decision].filter(Boolean).join(' · ')
  const work = await passWork(tx, taking, { accountId: due.scheduledBy, at: now, reason: words })
  await passDesk(tx, taking)
  await endBodies(tx, taking)
  const effect: TakenEffect = {
    created: effects.created.length,
    changed: effects.changed.length,
    moved: effects.moved.length,
    ended: effects.ended.length,
    memberships,
    posts,
    rights,
    ...work,
  }
  await sql`
    update reorganisation set state = 'done', done_at = ${now}, failure = null, outcome = ${JSON.stringify(effect)}::jsonb
    where id = ${id}
  `.execute(tx)
  await recordEffects(tx, due, effects, now)
  await tellConcerned(tx, due, concerned, now)
  return { ok: true, effect }
}

async function lockDue(tx: Tx, id: string, today: CivilDate): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    select id, office_id as "officeId", title, decision, reason, on_day as "onDay", scheduled_by as "scheduledBy"
    from reorganisation where id = ${id} and state = 'scheduled' and on_day <= ${today}::date
    for update
  `.execute(tx)
  return rows[0]
}

/** The steps of a reorganisation, in their order. */
export async function listSteps(tx: Pick<Tx, 'selectFrom'>, reorganisationId: string): Promise<Step[]> {
  const rows = await tx
    .selectFrom('reorganisation_step')
    .select('content')
    .where('reorganisation_id', '=', reorganisationId)
    .orderBy('ordinal')
    .execute()
  return rows.map(({ content }) => stepSchema.parse(content))
}

/** Nobody changes the bodies meanwhile; in the order of their ids, so that two reorganisations do not lock crosswise. */
async function lockBodies(tx: Tx, { changed, moved, ended, passings }: Effects): Promise<void> {
  const ids = [...changed.map(({ id }) => id), ...moved.map(({ id }) => id), ...ended]
  const heirs = Object.values(passings).flatMap((rows) => rows.map(({ toId }) => toId))
  await sql`
    select from organisation where id = any(${[...new Set([...ids, ...heirs])]}::uuid[]) order by id for no key update
  `.execute(tx)
}

interface Concerned {
  accountId: string
  organisationId: string
}

/** Who acts for a body that ends, is renamed or moved, and which body it is for them from then on. */
async function listConcerned(tx: Tx, effects: Effects, today: CivilDate): Promise<Concerned[]> {
  const after = new Map<string, string>()
  for (const { id } of [...effects.changed, ...effects.moved]) after.set(id, id)
  for (const { fromId, toId } of effects.passings.rights) after.set(fromId, toId)
  const { rows } = await sql<Concerned>`
    select distinct held.account_id as "accountId", pair.after_id as "organisationId"
    from unnest(${[...after.keys()]}::uuid[], ${[...after.values()]}::uuid[]) as pair (before_id, after_id)
    join holders_of(${[...after.keys()]}::uuid[], ${[...roles]}::text[], ${today}) held
      on held.organisation_id = pair.before_id
  `.execute(tx)
  return rows
}

async function tellConcerned(tx: Tx, due: Due, concerned: readonly Concerned[], now: Date): Promise<void> {
  if (concerned.length === 0) return
  await sql`
    insert into notice (id, account_id, kind, organisation_id, details, created_at)
    select gen_random_uuid(), told.account_id, 'reorganised', told.organisation_id,
      ${JSON.stringify({ key: due.id, text: due.title })}::jsonb, ${now}
    from unnest(
      ${concerned.map(({ accountId }) => accountId)}::uuid[],
      ${concerned.map(({ organisationId }) => organisationId)}::uuid[]
    ) as told (account_id, organisation_id)
  `.execute(tx)
}

/** One entry for the whole, and one for each body that it concerns. */
async function recordEffects(tx: Tx, due: Due, effects: Effects, now: Date): Promise<void> {
  const entries = [
    ...effects.created.map((body) => ({ operation: 'organisation.begin', id: body.id, after: body })),
    ...effects.changed.map((body) => ({ operation: 'organisation.change', id: body.id, after: body })),
    ...effects.moved.map((body) => ({ operation: 'organisation.move', id: body.id, after: body })),
    ...effects.ended.map((id) => ({
      operation: 'organisation.end',
      id,
      after: { heirs: effects.successions.filter(({ fromId }) => fromId === id) },
    })),
  ].map(({ operation, id, after }) => ({
    operation,
    kind: 'organisation',
    id,
    after: { ...after, onDay: due.onDay, reorganisationId: due.id },
  }))
  const whole = {
    operation: 'reorganisation.take-effect',
    kind: 'reorganisation',
    id: due.id,
    after: { onDay: due.onDay },
  }
  await sql`
    insert into record_entry (done_at, account_id, office_id, operation, subject_kind, subject_id, after)
    select ${now}, ${due.scheduledBy}, ${due.officeId}, entry.operation, entry.kind, entry.id, entry.after
    from jsonb_to_recordset(${JSON.stringify([whole, ...entries])}::jsonb)
      as entry (operation text, kind text, id uuid, after jsonb)
  `.execute(tx)
}
