import { readPlan } from '@trienkhai/plan-reader/read-plan.ts'
import { readTextSource } from '@trienkhai/plan-reader/source/text-source.ts'
import { addDays } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { matchPhrase } from '#features/audiences/match-phrase.ts'
import type { Audience, OfficeFacts } from '#features/audiences/schema.ts'
import { findOfficeFacts } from '#features/audiences/server/reads.ts'
import { reviewOf } from '#features/plans/review.ts'
import { scopeOf } from '#server/access/scope.ts'
import type { Tx } from '#server/database/handles.ts'
import { registerFile } from '#server/kept-files.ts'
import type { PlanSetting, SamplePlan } from './plan-texts.ts'
import { plantWork } from './plant-work.ts'
import { atHour, type Planting } from './planting.ts'

/** The office that a sample plan is of, and who brought it in and launched it. */
export interface PlanningOffice {
  id: string
  name: string
  accountId: string
  setting: Omit<PlanSetting, 'signedOn'>
}

/**
 * Brings a sample plan in, reads it with the product's own reader, and launches it (unless it stays in review) with
 * work in all states behind it.
 */
export async function plantPlan(
  planting: Planting,
  office: PlanningOffice,
  sample: SamplePlan,
): Promise<void> {
  const { tx, random, today } = planting
  const signedOn = addDays(today, -sample.signedDaysAgo)
  const source = readTextSource(sample.write({ ...office.setting, signedOn }), 'text')
  const plan = readPlan(source)
  // A report owed is one thing, not a task and a duty: whoever goes over a plan takes the double out.
  const owed = new Set(plan.reports.map(({ text }) => text))
  const review = reviewOf(plan)
  review.tasks = review.tasks.filter(({ value }) => !owed.has(value.text))

  const documentId = random.id()
  const receivedAt = atHour(signedOn, 9)
  await plantDocument(planting, office, {
    id: documentId,
    fileName: sample.fileName,
    text: source.text,
    receivedAt,
  })
  await sql`
    insert into document_reading (document_id, state, source, plan, updated_at)
    values (${documentId}, 'read', ${JSON.stringify(source)}::jsonb, ${JSON.stringify(plan)}::jsonb, ${receivedAt})
  `.execute(tx)
  await sql`
    update document set kind = ${plan.kind}, number = ${plan.number}, issuer = ${plan.issuer},
      issued_on = ${plan.date}::date, subject = ${plan.subject}
    where id = ${documentId}
  `.execute(tx)

  const planId = random.id()
  const launchedOn = sample.inReview ? null : addDays(signedOn, 1)
  const launchedAt = launchedOn && atHour(launchedOn, 8)
  await sql`
    insert into plan (id, office_id, document_id, state, number, issued_on, subject, launched_at, launched_by, resolved_on,
      created_at)
    values (${planId}, ${office.id}, ${documentId}, ${launchedOn ? 'launched' : 'review'}, ${plan.number},
      ${plan.date}::date, ${plan.subject ?? sample.fileName}, ${launchedAt}, ${launchedOn ? office.accountId : null},
      ${launchedOn}::date, ${receivedAt})
  `.execute(tx)
  await sql`
    insert into plan_review (plan_id, content, updated_by, updated_at)
    values (${planId}, ${JSON.stringify(review)}::jsonb, ${office.accountId}, ${receivedAt})
  `.execute(tx)
  if (!launchedOn || !launchedAt) return
  const audienceOf = await matchingOf(tx, office, [
    ...plan.tasks.flatMap((task) => [...task.lead, ...task.with]),
    ...plan.reports.flatMap(({ from }) => from),
    ...plan.events.flatMap(({ participants }) => participants),
  ])
  const launched = {
    planId,
    officeId: office.id,
    accountId: office.accountId,
    launchedAt,
    tasks: review.tasks.map(({ value, spans }) => ({ ...value, spans })),
    reports: plan.reports,
    events: plan.events,
  }
  await plantWork(planting, launched, audienceOf)
}

async function plantDocument(
  { tx, files }: Planting,
  office: PlanningOffice,
  document: { id: string; fileName: string; text: string; receivedAt: string },
): Promise<void> {
  const kept = await files.keepFile(new TextEncoder().encode(document.text), { mostBytes: 1_000_000 })
  if (!kept.ok) throw new Error(`the sample document ${document.fileName} was not kept`)
  await registerFile(tx, files, { hash: kept.hash, size: kept.size, mediaType: 'text/plain' })
  await sql`
    insert into document (id, office_id, direction, file_hash, file_name, created_by, created_at)
    values (${document.id}, ${office.id}, 'outgoing', ${kept.hash}, ${document.fileName}, ${office.accountId},
      ${document.receivedAt})
  `.execute(tx)
}

/** What each phrase stands for, seen from the office; null where it fits nobody. */
async function matchingOf(
  tx: Tx,
  office: PlanningOffice,
  phrases: readonly string[],
): Promise<(phrase: string) => Audience | null> {
  const grant = { role: 'officer' as const, organisationId: office.id, organisationName: office.name }
  const scope = scopeOf({ accountId: office.accountId, personId: null, name: office.name, grants: [grant] })
  const facts: OfficeFacts | undefined = await findOfficeFacts(tx, scope, office.id, phrases)
  return (phrase) => (facts ? matchPhrase(phrase, facts).audience : null)
}
