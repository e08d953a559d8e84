import { type CivilDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { reorganisations } from '#server/access/reorganisations.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { sendJob } from '#server/platform/jobs.ts'
import { record } from '#server/record.ts'
import {
  mostSteps,
  type ReorganisationOutcome,
  type ReorganisationState,
  type Step,
  stepSchema,
} from '../schema.ts'
import { simulate } from '../simulate.ts'
import { listBodyStates } from './body-states.ts'
import { isInAdministration } from './reads.ts'
import { listSteps, takeEffect } from './take-effect.ts'

export interface Heading {
  title: string
  decision: string
  reason: string
  onDay: string
}

interface CleanHeading {
  title: string
  decision: string | null
  reason: string | null
  onDay: CivilDate
}

function cleanHeading(heading: Heading): CleanHeading | 'title-missing' | 'day-missing' {
  const title = heading.title.trim().slice(0, 300)
  const onDay = parseIsoDate(heading.onDay)
  if (!title) return 'title-missing'
  if (!onDay) return 'day-missing'
  const short = (text: string, most: number): string | null => text.trim().slice(0, most) || null
  return { title, onDay, decision: short(heading.decision, 100), reason: short(heading.reason, 1_000) }
}

/** Begins the draft of a reorganisation in the area of a body that the actor administers. */
export async function draftReorganisation(
  context: Context,
  command: { commandId: string; officeId: string } & Heading,
): Promise<ReorganisationOutcome> {
  const administered = await isInAdministration(context.reader, context.scope, command.officeId)
  if (!administered) throw new NotFound('organisation')
  requireMay(reorganisations.prepare(context.scope, { administered }))
  const heading = cleanHeading(command)
  if (typeof heading === 'string') return { ok: false, reason: heading }
  return asCommand(context, command.commandId, 'reorganisation.draft', async (tx) => {
    const id = await insertDraft(tx, context, command.officeId, heading)
    return { ok: true, id }
  })
}

async function insertDraft(
  tx: Tx,
  context: Context,
  officeId: string,
  heading: CleanHeading,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('reorganisation')
    .values({
      id,
      office_id: officeId,
      title: heading.title,
      decision: heading.decision,
      reason: heading.reason,
      on_day: heading.onDay,
      created_by: context.actor.accountId,
      created_at: context.now,
    })
    .execute()
  await record(tx, context, {
    operation: 'reorganisation.draft',
    subjectKind: 'reorganisation',
    subjectId: id,
    officeId,
    after: heading,
  })
  return id
}

interface Locked {
  id: string
  officeId: string
  state: ReorganisationState
  onDay: CivilDate
}

async function lockReorganisation(tx: Tx, context: Context, id: string): Promise<Locked> {
  if (!isId(id)) throw new NotFound('reorganisation')
  const { rows } = await sql<Locked>`
    select id, office_id as "officeId", state, on_day as "onDay" from reorganisation where id = ${id} for update
  `.execute(tx)
  const [row] = rows
  const administered = row ? await isInAdministration(tx, context.scope, row.officeId) : false
  if (!row || !administered) throw new NotFound('reorganisation')
  requireMay(reorganisations.prepare(context.scope, { administered }))
  return row
}

type Work = (tx: Tx, locked: Locked) => Promise<ReorganisationOutcome>

/** Works on a draft, once a command; what is scheduled is edited after its schedule has been undone. */
function onDraft(
  context: Context,
  command: { commandId: string; id: string },
  operation: string,
  work: Work,
): Promise<ReorganisationOutcome> {
  return asCommand(context, command.commandId, operation, async (tx) => {
    const locked = await lockReorganisation(tx, context, command.id)
    if (locked.state !== 'draft') return { ok: false, reason: 'not-a-draft' }
    const outcome = await work(tx, locked)
    if (!outcome.ok) return outcome
    await sql`update reorganisation set version = version + 1, failure = null where id = ${locked.id}`.execute(
      tx,
    )
    await record(tx, context, {
      operation,
      subjectKind: 'reorganisation',
      subjectId: locked.id,
      officeId: locked.officeId,
    })
    return outcome
  })
}

export function editHeading(
  context: Context,
  command: { commandId: string; id: string } & Heading,
): Promise<ReorganisationOutcome> {
  return onDraft(context, command, 'reorganisation.edit', async (tx, { id }) => {
    const heading = cleanHeading(command)
    if (typeof heading === 'string') return { ok: false, reason: heading }
    await tx
      .updateTable('reorganisation')
      .set({
        title: heading.title,
        decision: heading.decision,
        reason: heading.reason,
        on_day: heading.onDay,
      })
      .where('id', '=', id)
      .execute()
    return { ok: true, id }
  })
}

export interface NewStep {
  step: unknown
  /** Where it was read from: the row of a spreadsheet. */
  source?: string
}

/** Adds steps behind those that are there; with `replaceSources`, what came from spreadsheets before goes first. */
export function addSteps(
  context: Context,
  command: { commandId: string; id: string; steps: readonly NewStep[]; replaceSources?: boolean },
): Promise<ReorganisationOutcome> {
  return onDraft(context, command, 'reorganisation.add-steps', async (tx, { id }) => {
    if (command.replaceSources)
      await sql`delete from reorganisation_step where reorganisation_id = ${id} and source is not null`.execute(
        tx,
      )
    return await insertSteps(tx, id, command.steps)
  })
}

async function insertSteps(tx: Tx, id: string, added: readonly NewStep[]): Promise<ReorganisationOutcome> {
  const parsed = added.map(({ step, source }) => ({
    step: stepSchema.safeParse(step),
    source: source ?? null,
  }))
  if (parsed.length === 0 || parsed.some(({ step }) => !step.success))
    return { ok: false, reason: 'step-wrong' }
  const { rows } = await sql<{ count: number; last: number }>`
    select count(*)::int as count, coalesce(max(ordinal), 0)::int as last from reorganisation_step
    where reorganisation_id = ${id}
  `.execute(tx)
  const { count = 0, last = 0 } = rows[0] ?? {}
  if (count + parsed.length > mostSteps) return { ok: false, reason: 'too-many-steps' }
  await sql`
    insert into reorganisation_step (id, reorganisation_id, ordinal, content, source)
    select added.id, ${id}, ${last} + added.at, added.content::jsonb, added.source
    from unnest(
      ${parsed.map(() => newId())}::uuid[], ${parsed.map(({ step }) => JSON.stringify(step.data))}::text[],
      ${parsed.map(({ source }) => source)}::text[]
    ) with ordinality as added (id, content, source, at)
  `.execute(tx)
  return { ok: true, id }
}

/** Puts other content in place of a step's: for what goes where when a body is split. */
export function replaceStep(
  context: Context,
  command: { commandId: string; id: string; stepId: string; step: Step },
): Promise<ReorganisationOutcome> {
  return onDraft(context, command, 'reorganisation.edit-step', async (tx, { id }) => {
    const step = stepSchema.safeParse(command.step)
    if (!step.success || !isId(command.stepId)) return { ok: false, reason: 'step-wrong' }
    const changed = await sql`
      update reorganisation_step set content = ${JSON.stringify(step.data)}::jsonb
      where id = ${command.stepId} and reorganisation_id = ${id}
    `.execute(tx)
    return changed.numAffectedRows ? { ok: true, id } : { ok: false, reason: 'changed-meanwhile' }
  })
}

/** Takes steps out of a draft, or all of them. */
export function removeSteps(
  context: Context,
  command: { commandId: string; id: string; stepIds: readonly string[] | 'all' },
): Promise<ReorganisationOutcome> {
  return onDraft(context, command, 'reorganisation.remove-steps', async (tx, { id }) => {
    const only =
      command.stepIds === 'all' ? sql`` : sql`and id = any(${command.stepIds.filter(isId)}::uuid[])`
    await sql`delete from reorganisation_step where reorganisation_id = ${id} ${only}`.execute(tx)
    return { ok: true, id }
  })
}

/** Schedules a draft without problems for its day; where that day is here already, it takes effect at once. */
export async function scheduleReorganisation(
  context: Context,
  command: { commandId: string; id: string },
): Promise<ReorganisationOutcome> {
  return await toldOfLaterChange(() =>
    asCommand(context, command.commandId, 'reorganisation.schedule', async (tx) => {
      const locked = await lockReorganisation(tx, context, command.id)
      if (locked.state !== 'draft') return { ok: false, reason: 'not-a-draft' }
      return await schedule(tx, context, locked)
    }),
  )
}

async function schedule(tx: Tx, context: Context, locked: Locked): Promise<ReorganisationOutcome> {
  const { id, officeId, onDay } = locked
  const steps = await listSteps(tx, id)
  if (steps.length === 0) return { ok: false, reason: 'no-steps' }
  const { problems } = simulate(await listBodyStates(tx, steps, officeId), steps, {
    day: onDay,
    topId: officeId,
  })
  if (problems.length > 0) return { ok: false, reason: 'has-problems', problems }
  await sql`
    update reorganisation set state = 'scheduled', version = version + 1, failure = null,
      scheduled_by = ${context.actor.accountId}, scheduled_at = ${context.now}
    where id = ${id}
  `.execute(tx)
  await record(tx, context, {
    operation: 'reorganisation.schedule',
    subjectKind: 'reorganisation',
    subjectId: id,
    officeId,
    after: { onDay, steps: steps.length },
  })
  if (onDay > context.today) {
    await sendJob(
      tx,
      'reorganisations.take-effect',
      {},
      { key: `reorganisations ${onDay}`, runAt: startOf(onDay) },
    )
    return { ok: true, id }
  }
  // What a reorganisation moves is not the administrator's to see: from here on the program acts.
  await sql`select act_as('program')`.execute(tx)
  const taken = await takeEffect(tx, id, context)
  if (taken && !taken.ok) return { ok: false, reason: 'has-problems', problems: taken.problems }
  return { ok: true, id }
}

/** Midnight of a day where Vietnam's clocks stand. */
const startOf = (day: CivilDate): Date => new Date(`${day}T00:00:00+07:00`)

/** Undoes a schedule: what was to take effect is a draft again. Possible until its day. */
export function unscheduleReorganisation(
  context: Context,
  command: { commandId: string; id: string },
): Promise<ReorganisationOutcome> {
  return asCommand(context, command.commandId, 'reorganisation.unschedule', async (tx) => {
    const { id, officeId, state } = await lockReorganisation(tx, context, command.id)
    if (state !== 'scheduled') return { ok: false, reason: 'not-scheduled' }
    await sql`
      update reorganisation set state = 'draft', version = version + 1, scheduled_by = null, scheduled_at = null
      where id = ${id}
    `.execute(tx)
    await record(tx, context, {
      operation: 'reorganisation.unschedule',
      subjectKind: 'reorganisation',
      subjectId: id,
      officeId,
    })
    return { ok: true, id }
  })
}

/** Gives a draft up. It stays on the list as what it is. */
export function dropReorganisation(
  context: Context,
  command: { commandId: string; id: string },
): Promise<ReorganisationOutcome> {
  return onDraft(context, command, 'reorganisation.drop', async (tx, { id }) => {
    await sql`update reorganisation set state = 'dropped' where id = ${id}`.execute(tx)
    return { ok: true, id }
  })
}

/**
 * A single change with its day, reason and decision: a reorganisation of few steps that is scheduled as it is made. Of a
 * day that is here or past it takes effect at once.
 */
export async function changeNow(
  context: Context,
  command: { commandId: string; officeId: string; steps: readonly Step[] } & Heading,
): Promise<ReorganisationOutcome> {
  const administered = await isInAdministration(context.reader, context.scope, command.officeId)
  if (!administered) throw new NotFound('organisation')
  requireMay(reorganisations.schedule(context.scope, { administered }))
  const heading = cleanHeading(command)
  if (typeof heading === 'string') return { ok: false, reason: heading }
  return await toldOfLaterChange(() =>
    asCommand(context, command.commandId, 'organisation.change', async (tx) => {
      const id = await insertDraft(tx, context, command.officeId, heading)
      const added = await insertSteps(
        tx,
        id,
        command.steps.map((step) => ({ step })),
      )
      if (!added.ok) return added
      return await schedule(tx, context, {
        id,
        officeId: command.officeId,
        state: 'draft',
        onDay: heading.onDay,
      })
    }),
  )
}

/** A change before one that is known of a body below: the database refuses it, and it is told as a refusal. */
async function toldOfLaterChange(work: () => Promise<ReorganisationOutcome>): Promise<ReorganisationOutcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'later_change')
      return { ok: false, reason: 'later-change' }
    throw error
  }
}
