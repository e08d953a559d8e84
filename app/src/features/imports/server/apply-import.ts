import { sql } from 'kysely'
import { inTransaction, type Tx } from '#server/database/handles.ts'
import { now, today } from '#server/platform/clock.ts'
import { sendJob } from '#server/platform/jobs.ts'
import type { ImportRefusal, ImportSheet } from '../schema.ts'
import { judgeAgain } from './judge-import.ts'
import type { ImportTools } from './read-import.ts'
import { maySenderBring } from './rights.ts'
import { moveImport, noteProgress } from './writes.ts'

interface Applying {
  officeId: string
  accountId: string
  fileName: string
  leaveWrong: boolean
  sheets: ImportSheet[]
}

/** How long rows stay after they were brought in: as long as the import can be undone. */
const daysToUndo = 30

/**
 * Brings an import in: judges every row once more by what is known now, then writes all of it in one transaction by a
 * few statements. Killed at any moment, nothing is half done, and the job does it again from the start. Where something
 * has changed meanwhile so that a row is wrong now, nothing is written, and the preview says so.
 */
export async function applyImport(tools: ImportTools, importId: string): Promise<void> {
  const { database, stopping } = tools
  const [found] = (
    await sql<Applying>`
      select office_id as "officeId", account_id as "accountId", file_name as "fileName", leave_wrong as "leaveWrong",
        sheets
      from data_import where id = ${importId} and state = 'applying'`.execute(database.reader)
  ).rows
  if (!found) return
  const day = today()
  let toldAt = 0
  const say = async (done: number): Promise<void> => {
    stopping.throwIfAborted()
    if (performance.now() - toldAt < 700) return
    toldAt = performance.now()
    // Its own transaction: the page sees it while the rows are still being written.
    await inTransaction(database, (tx) => noteProgress(tx, importId, done))
  }
  if (!(await maySenderBring(database.reader, found, day))) {
    await inTransaction(database, (tx) => backToPreview(tx, importId, { reason: 'no-right' }))
    return
  }
  await inTransaction(database, async (tx) => {
    await judgeAgain(
      tx,
      { id: importId, officeId: found.officeId, sheets: found.sheets, today: day },
      undefined,
      say,
    )
  })
  try {
    await inTransaction(database, async (tx) => {
      // Two imports into overlapping areas wait for each other: what one brings, the other must see.
      await sql`select pg_advisory_xact_lock(hashtextextended('data_import', 0))`.execute(tx)
      const { rows } = await sql<{ wrong: number }>`
        select count(*)::int as wrong from data_import_row where import_id = ${importId} and state = 'wrong'
      `.execute(tx)
      const wrong = rows[0]?.wrong ?? 0
      if (wrong > 0 && !found.leaveWrong) {
        await backToPreview(tx, importId, { reason: 'wrong-now', limit: wrong })
        return
      }
      await writeOrganisations(tx, importId, `Nhập từ tệp ${found.fileName}`)
      await writePeople(tx, importId)
      await endMemberships(tx, importId)
      await writeMemberships(tx, importId)
      await writePosts(tx, importId)
      await sql`select count_imported_rows()`.execute(tx)
      await moveImport(tx, importId, ['applying'], 'done', { appliedAt: now(), refusal: null })
      await putOnRecord(tx, importId, 'import.apply')
      await sendJob(
        tx,
        'imports.forget',
        { importId },
        { key: `imports.forget:${importId}`, runAt: new Date(now().getTime() + daysToUndo * 86_400_000) },
      )
    })
  } catch (error) {
    // What the database itself forbids: somebody has changed the same rows since they were judged a moment ago.
    if (!isForbidden(error)) throw error
    await inTransaction(database, (tx) => backToPreview(tx, importId, { reason: 'conflict' }))
  }
}

/** A rule of the database that rows broke: not null, foreign key, unique, check, exclusion. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('23')
}

async function backToPreview(tx: Tx, importId: string, refusal: ImportRefusal): Promise<void> {
  await moveImport(tx, importId, ['applying'], 'preview', { refusal })
}

/**
 * One entry for the whole: what each row was before and after is kept with the import's rows. The name of the file is left
 * out, as who reads the record need not see the list.
 */
export async function putOnRecord(tx: Tx, importId: string, operation: string): Promise<void> {
  await sql`
    insert into record_entry (done_at, account_id, office_id, operation, subject_kind, subject_id, after, request_id)
    select ${now()}, account_id, office_id, ${operation}, 'import', id,
      jsonb_build_object('rows', (
        select jsonb_object_agg(kind || '.' || state, count) from (
          select kind, state, count(*) from data_import_row where import_id = ${importId} group by kind, state
        ) counted
      )), 'job'
    from data_import where id = ${importId}
  `.execute(tx)
}

const rowsOf = (importId: string, kind: string, state: string) =>
  sql`data_import_row row where row.import_id = ${importId} and row.kind = ${kind} and row.state = ${state}`

async function writeOrganisations(tx: Tx, importId: string, reason: string): Promise<void> {
  await sql`
    select set_config('trienkhai.change_on', '', true), set_config('trienkhai.change_reason', ${reason}, true)
  `.execute(tx)
  await sql`
    insert into organisation (id, hierarchy, kind, name, abbreviation, parent_id, unit_code)
    select target_id, facts ->> 'hierarchy', facts ->> 'kind', facts ->> 'name', facts ->> 'abbreviation',
      (facts ->> 'parent')::uuid, facts ->> 'unitCode'
    from ${rowsOf(importId, 'organisations', 'new')}
  `.execute(tx)
  await sql`
    with recursive line (organisation_id, ancestor_id, distance) as (
      select target_id, target_id, 0 from ${rowsOf(importId, 'organisations', 'new')}
      union all
      select line.organisation_id, body.parent_id, line.distance + 1
      from line join organisation body on body.id = line.ancestor_id
      where body.parent_id is not null
    )
    insert into organisation_line (organisation_id, ancestor_id, distance) select * from line
  `.execute(tx)
  await sql`
    update organisation body set
      name = coalesce(row.changes -> 'name' ->> 1, body.name),
      kind = coalesce(row.changes -> 'kind' ->> 1, body.kind),
      abbreviation = coalesce(row.changes -> 'abbreviation' ->> 1, body.abbreviation),
      unit_code = coalesce(row.changes -> 'unitCode' ->> 1, body.unit_code),
      parent_id = case when row.changes ? 'parent' then (row.facts ->> 'parent')::uuid else body.parent_id end
    from ${rowsOf(importId, 'organisations', 'changed')} and row.target_id = body.id
  `.execute(tx)
}

async function writePeople(tx: Tx, importId: string): Promise<void> {
  await sql`
    insert into person (id, full_name, sort_key)
    select target_id, facts ->> 'name', facts ->> 'sortKey' from ${rowsOf(importId, 'people', 'new')}
  `.execute(tx)
  await sql`
    update person set full_name = row.facts ->> 'name', sort_key = row.facts ->> 'sortKey'
    from ${rowsOf(importId, 'people', 'changed')} and row.changes ? 'name' and row.target_id = person.id
  `.execute(tx)
  // Of a person who is known only what changes is written: what the row doesn't say, and what it says vaguer, stays.
  await sql`
    insert into person_detail as detail
      (person_id, born_on, born_known_to, sex, phone, email, party_card, joined_on, official_on)
    select target_id, (said ->> 'bornOn')::date, coalesce(facts ->> 'bornKnownTo', 'day'), said ->> 'sex',
      said ->> 'phone', said ->> 'email', said ->> 'partyCard', (said ->> 'joinedOn')::date, (said ->> 'officialOn')::date
    from (
      select row.target_id, row.facts,
        case when row.state = 'new' then row.facts else (
          select coalesce(jsonb_object_agg(key, row.facts -> key), '{}') from jsonb_object_keys(row.changes) as key
        ) end as said
      from data_import_row row
      where row.import_id = ${importId} and row.kind = 'people' and row.state in ('new', 'changed')
    ) written
    where said ?| array['bornOn', 'sex', 'phone', 'email', 'partyCard', 'joinedOn', 'officialOn']
    on conflict (person_id) do update set
      born_known_to = case when excluded.born_on is null then detail.born_known_to else excluded.born_known_to end,
      born_on = coalesce(excluded.born_on, detail.born_on), sex = coalesce(excluded.sex, detail.sex),
      phone = coalesce(excluded.phone, detail.phone), email = coalesce(excluded.email, detail.email),
      party_card = coalesce(excluded.party_card, detail.party_card),
      joined_on = coalesce(excluded.joined_on, detail.joined_on),
      official_on = coalesce(excluded.official_on, detail.official_on), updated_at = now()
  `.execute(tx)
}

/** Ends come before beginnings: nobody is in two cells on one day, not even between two statements. */
async function endMemberships(tx: Tx, importId: string): Promise<void> {
  await sql`
    update membership set to_on = (effect ->> 'on')::date, ended_as = effect ->> 'as'
    from data_import_row row cross join jsonb_array_elements(row.facts -> 'effects') effect
    where row.import_id = ${importId} and row.kind = 'people' and row.state in ('new', 'changed')
      and effect ->> 'do' = 'end' and membership.id = (effect ->> 'id')::uuid
  `.execute(tx)
  await sql`
    update membership set organisation_id = (row.facts ->> 'body')::uuid, status = row.facts ->> 'what',
      from_on = (row.facts ->> 'fromOn')::date, to_on = (row.facts ->> 'toOn')::date, ended_as = row.facts ->> 'more'
    from ${rowsOf(importId, 'memberships', 'changed')} and row.target_id = membership.id
  `.execute(tx)
}

async function writeMemberships(tx: Tx, importId: string): Promise<void> {
  await sql`
    insert into membership (id, person_id, organisation_id, status, from_on)
    select (effect ->> 'id')::uuid, row.target_id, (effect ->> 'organisation')::uuid, effect ->> 'status',
      (effect ->> 'from')::date
    from data_import_row row cross join jsonb_array_elements(row.facts -> 'effects') effect
    where row.import_id = ${importId} and row.kind = 'people' and row.state in ('new', 'changed')
      and effect ->> 'do' = 'add'
  `.execute(tx)
  await sql`
    insert into membership (id, person_id, organisation_id, status, from_on, to_on, ended_as)
    select target_id, (facts ->> 'person')::uuid, (facts ->> 'body')::uuid, facts ->> 'what',
      (facts ->> 'fromOn')::date, (facts ->> 'toOn')::date, facts ->> 'more'
    from ${rowsOf(importId, 'memberships', 'new')}
  `.execute(tx)
}

async function writePosts(tx: Tx, importId: string): Promise<void> {
  // The printed title finds its place in the list of titles once for each kind of body, not for each post.
  const titled = (state: string) => sql`
    added as (
      select row.target_id as id, (row.facts ->> 'person')::uuid as person_id, body.id as organisation_id,
        row.facts ->> 'what' as title, (row.facts ->> 'fromOn')::date as from_on, (row.facts ->> 'toOn')::date as to_on,
        row.facts ->> 'more' as decision, body.kind, title_context(body.kind, body.name) as context
      from data_import_row row join organisation body on body.id = (row.facts ->> 'body')::uuid
      where row.import_id = ${importId} and row.kind = 'posts' and row.state = ${state}
    ),
    titled as materialized (
      select kind, context, title, find_post_title(title, kind, context) as title_id
      from (select distinct kind, context, title from added) pair
    )`
  await sql`
    with ${titled('changed')}
    update post set organisation_id = added.organisation_id, title = added.title, title_id = titled.title_id,
      from_on = added.from_on, to_on = added.to_on, decision = added.decision
    from added join titled using (kind, context, title) where added.id = post.id
  `.execute(tx)
  await sql`
    with ${titled('new')}
    insert into post (id, person_id, organisation_id, title, title_id, from_on, to_on, decision)
    select id, person_id, organisation_id, title, title_id, from_on, to_on, decision
    from added join titled using (kind, context, title)
  `.execute(tx)
}
