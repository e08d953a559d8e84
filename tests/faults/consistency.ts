import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../app/src/server/database/handles.ts'
import { openFileStore } from '../../app/src/server/platform/files.ts'

/** What must never be found in the database, whenever the program ended: each finds the rows that are half done. */
const halfDone = {
  'documents without a reading': sql`
    select id from document where not exists (select from document_reading where document_id = document.id)`,
  'plans that were read and have no review': sql`
    select document_id from document_reading where state = 'read' and (plan ->> 'isPlan')::boolean
      and not exists (select from plan join plan_review on plan_review.plan_id = plan.id
        where plan.document_id = document_reading.document_id)`,
  'work of plans that are not launched': sql`
    select plan.id from plan where state = 'review' and (
      exists (select from task where plan_id = plan.id) or exists (select from assignment where plan_id = plan.id)
      or exists (select from expected where plan_id = plan.id) or exists (select from event where plan_id = plan.id)
      or exists (select from report_duty where plan_id = plan.id)
      or exists (select from notice where plan_id = plan.id))`,
  'launches with other rows than their record says': sql`
    select record_entry.subject_id, after from record_entry
    where operation = 'plan.launch' and (
      (after ->> 'assignments')::int <> (select count(*) from assignment where plan_id = subject_id)
      or (after ->> 'units')::int <> (select count(*) from expected where plan_id = subject_id)
      or (after ->> 'tasks')::int <> (select count(*) from task where plan_id = subject_id)
      or (after ->> 'events')::int <> (select count(*) from event where plan_id = subject_id))`,
  'commands of launches without a launched plan': sql`
    select command.id from command where operation = 'plan.launch' and not exists (
      select from plan where id = (outcome ->> 'planId')::uuid and state = 'launched')`,
  'counts of evidence that are not those of its rows': sql`
    select id from assignment
    where evidence_count <> (select count(*) from evidence where assignment_id = assignment.id)`,
  'counts of obstacles that are not those of their rows': sql`
    select id from assignment where open_obstacles <> (
      select count(*) from obstacle where assignment_id = assignment.id and answer is null)`,
  'tallies that differ from a recount': sql`
    select coalesce(kept.task_id, counted.task_id) as id, kept.count, counted.count as counted
    from (
      select plan_id, task_id, group_id, role, state, due_on, with_evidence, done_late, count
      from assignment_tally where count <> 0
    ) kept
    full join (
      select plan_id, task_id, group_id, role, state, due_on, evidence_count > 0 as with_evidence,
        assignment_done_late(done_at, due_on) as done_late, count(*) as count
      from assignment group by 1, 2, 3, 4, 5, 6, 7, 8
    ) counted
    on (kept.task_id, kept.group_id, kept.role, kept.state, kept.with_evidence, kept.done_late)
      = (counted.task_id, counted.group_id, counted.role, counted.state, counted.with_evidence, counted.done_late)
      and coalesce(kept.due_on, 'infinity') = coalesce(counted.due_on, 'infinity')
    where kept.count is distinct from counted.count`,
  'units whose counts differ from a recount': sql`
    select expected.organisation_id from expected left join assignment using (plan_id, organisation_id)
    group by expected.plan_id, expected.organisation_id
    having expected.tasks <> count(assignment.id) or expected.done <> count(*) filter (where state = 'done')`,
  'figures of whole plans that differ from a recount': sql`
    select kept.plan_id, kept.task_id from (
      select plan_id, task_id, state, due_on, with_evidence, done_late, count from task_tally
      union all
      select plan_id, task_id, state, due_on, evidence_count > 0, assignment_done_late(done_at, due_on), -1
      from assignment
    ) kept group by plan_id, task_id, state, due_on, with_evidence, done_late having sum(count) <> 0`,
  'units of whole plans that differ from a recount': sql`
    select kept.plan_id, kept.first_open_on from (
      select plan_id, standing, first_open_on, units, members from unit_tally
      union all
      select plan_id, unit_standing(tasks, done), first_open_on, -1, -members from expected
    ) kept group by plan_id, standing, first_open_on having sum(units) <> 0 or sum(members) <> 0`,
  'lists of which only a part was brought in or taken back': sql`
    select data_import.id, data_import.state, count(*) from data_import
    join data_import_row row on row.import_id = data_import.id and row.kind = 'people' and row.state = 'new'
    left join person on person.id = row.target_id
    left join person_detail detail on detail.person_id = row.target_id
    left join membership on membership.person_id = row.target_id
    where (data_import.state in ('done', 'undoing')) <> (person.id is not null)
      or (person.id is null) <> (detail.person_id is null) or (person.id is null) <> (membership.id is null)
    group by data_import.id`,
}

/** Everything that is half done, in words; an empty list is the good answer. */
export async function findHalfDone(database: Database, dataDir: string): Promise<string[]> {
  const found: string[] = []
  for (const [what, query] of Object.entries(halfDone)) {
    const { rows } = await sql<object>`${query}`.execute(database.reader)
    if (rows.length > 0) found.push(`${what}: ${rows.length}, as ${JSON.stringify(rows[0])}`)
  }
  const files = openFileStore(dataDir)
  for (const { hash } of await database.reader.selectFrom('file').select('hash').execute()) {
    const content = await files.readWholeFile(hash)
    if (!content) found.push(`a file without content: ${hash}`)
    else if (createHash('sha256').update(content).digest('hex') !== hash)
      found.push(`a file with another content: ${hash}`)
  }
  return found
}

/** Waits until every document that came in is read or refused. */
export async function untilAllRead(database: Database): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select document_id as id from document_reading where state in ('waiting', 'reading')`.execute(
      database.reader,
    )
    if (rows.length === 0) return
    if (Date.now() > deadline) throw new Error(`${rows.length} documents are not read, as ${rows[0]?.id}`)
    await sleep(30)
  }
}
