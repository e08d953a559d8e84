import { readPlan } from '@trienkhai/plan-reader/read-plan.ts'
import { readTextSource } from '@trienkhai/plan-reader/source/text-source.ts'
import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { insertDocument, keepWhatWasRead } from '#features/documents/server/writes.ts'
import { reviewOf } from '#features/plans/review.ts'
import type { ReviewChange } from '#features/plans/review-changes.ts'
import { launchPlan } from '#features/plans/server/launch.ts'
import { reviewPlan } from '#features/plans/server/review-operations.ts'
import { startReview } from '#features/plans/server/start-review.ts'
import { scopeOf } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import { registerFile } from '#server/kept-files.ts'
import type { PlanSetting, SamplePlan } from './plan-texts.ts'
import { plantProgress } from './plant-progress.ts'
import { plantReports } from './plant-reports.ts'
import { atHour, type Planting } from './planting.ts'

/** The office that a sample plan is of, and who brought it in and launched it. */
export interface PlanningOffice {
  id: string
  name: string
  account: { id: string; name: string }
  setting: Omit<PlanSetting, 'signedOn'>
}

/**
 * Brings a sample plan in, reads it with the product's own reader, and launches it (unless it stays in review) by the
 * product's own operations, each on its day, with work in all states behind it.
 */
export async function plantPlan(
  planting: Planting,
  office: PlanningOffice,
  sample: SamplePlan,
): Promise<void> {
  const { tx, random, today } = planting
  const signedOn = addDays(today, -sample.signedDaysAgo)
  const received = contextAt(planting, office, signedOn, 9)
  const source = readTextSource(sample.write({ ...office.setting, signedOn }), 'text')
  const plan = readPlan(source)

  const documentId = await plantDocument(planting, received, office, {
    fileName: sample.fileName,
    text: source.text,
  })
  await keepWhatWasRead(tx, documentId, { source, plan })
  const { fileName } = sample
  const planId = await startReview(tx, {
    documentId,
    officeId: office.id,
    accountId: office.account.id,
    plan,
    fileName,
  })
  await sql`update plan set created_at = ${received.now} where id = ${planId}`.execute(tx)
  if (sample.inReview) return

  // A report owed is one thing, not a task and a duty: whoever goes over a plan takes the double out.
  const owed = new Set(plan.reports.map(({ text }) => text))
  const doubles = reviewOf(plan).tasks.filter(({ value }) => owed.has(value.text))
  const changes: ReviewChange[] = [
    ...doubles.map(({ id }) => ({ type: 'remove' as const, fieldId: id })),
    { type: 'confirm-all' },
  ]
  let version = 0
  for (const change of changes) {
    const outcome = await reviewPlan(received, planId, change)
    if (!outcome.ok)
      throw new Error(`the sample plan ${sample.fileName} cannot be reviewed: ${outcome.reason}`)
    version = outcome.version
  }
  const context = contextAt(planting, office, addDays(signedOn, 1), 8)
  const outcome = await launchPlan(context, { commandId: random.id(), planId, version })
  if (!outcome.ok) throw new Error(`the sample plan ${sample.fileName} cannot be launched: ${outcome.reason}`)
  const launched = { planId, officeId: office.id, accountId: office.account.id }
  await plantProgress(planting, launched)
  await plantReports(planting, launched)
}

/** The office's officer at work at an hour of a day, inside the transaction of the whole seed. */
function contextAt({ tx, files }: Planting, office: PlanningOffice, day: CivilDate, hour: number): Context {
  const at = { organisationId: office.id, organisationName: office.name }
  const actor = {
    accountId: office.account.id,
    personId: null,
    name: office.account.name,
    grants: [
      { role: 'officer' as const, ...at },
      { role: 'approver' as const, ...at },
    ],
  }
  return {
    actor,
    scope: scopeOf(actor),
    reader: tx,
    inTransaction: (work) => work(tx),
    putLook: () => Promise.reject(new Error('sample data look at nobody')),
    files,
    now: new Date(atHour(day, hour)),
    today: day,
    on: day,
    requestId: 'seed',
    language: 'vi',
  }
}

async function plantDocument(
  { tx, files, random }: Planting,
  { scope, now }: Context,
  office: PlanningOffice,
  document: { fileName: string; text: string },
): Promise<string> {
  const { fileName } = document
  const kept = await files.keepFile(new TextEncoder().encode(document.text), { mostBytes: 1_000_000 })
  if (!kept.ok) throw new Error(`the sample document ${fileName} was not kept`)
  await registerFile(tx, files, { hash: kept.hash, size: kept.size, mediaType: 'text/plain' })
  const inserted = { id: random.id(), officeId: office.id, fileHash: kept.hash, fileName }
  const { id } = await insertDocument(tx, scope, inserted)
  await sql`update document set direction = 'outgoing', created_at = ${now} where id = ${id}`.execute(tx)
  return id
}
