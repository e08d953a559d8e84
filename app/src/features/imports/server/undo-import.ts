import { sql } from 'kysely'
import { inTransaction, type Tx } from '#server/database/handles.ts'
import { now, today } from '#server/platform/clock.ts'
import type { ImportSheet } from '../schema.ts'
import { isForbidden, putOnRecord } from './apply-import.ts'
import type { ImportTools } from './read-import.ts'
import { maySenderBring } from './rights.ts'
import { moveImport } from './writes.ts'

/**
 * Takes an import back, as long as nothing else has touched what it brought: every row must stand as it was written, and
 * nothing may refer to somebody who came with it. Otherwise nothing is taken back, and the page says so. Organisations
 * are not taken back: what bodies there were on a day is never unsaid; they are ended by a reorganisation.
 */
export async function undoImport(tools: ImportTools, importId: string): Promise<void> {
  const { database } = tools
  try {
    await inTransaction(database, async (tx) => {
      const { rows } = await sql<{ officeId: string; accountId: string; sheets: ImportSheet[] }>`
        select office_id as "officeId", account_id as "accountId", sheets
        from data_import where id = ${importId} and state = 'undoing' for update`.execute(tx)
      const [found] = rows
      if (!found) return
      // Whoever asked for it may have lost the right since.
      if (!(await maySenderBring(tx, found, today()))) {
        await moveImport(tx, importId, ['undoing'], 'done', { refusal: { reason: 'undo-no-right' } })
        return
      }
      if (await isTouched(tx, importId)) {
        await moveImport(tx, importId, ['undoing'], 'done')
        await tx
          .updateTable('data_import')
          .set({ refusal: JSON.stringify({ reason: 'touched' }) })
          .where('id', '=', importId)
          .execute()
        return
      }
      await takeBack(tx, importId)
      await moveImport(tx, importId, ['undoing'], 'undone', { undoneAt: now() })
      await putOnRecord(tx, importId, 'import.undo')
    })
  } catch (error) {
    // A row that it brought is referred to by now.
    if (!isForbidden(error)) throw error
    await inTransaction(database, async (tx) => {
      await moveImport(tx, importId, ['undoing'], 'done', { refusal: { reason: 'touched' } })
    })
  }
}

/** Whether anything that was written stands otherwise now. */
async function isTouched(tx: Tx, importId: string): Promise<boolean> {
  const { rows } = await sql<{ touched: boolean }>`
    with rows as (
      select * from data_import_row where import_id = ${importId} and state in ('new', 'changed')
    ),
    effects as (
      select rows.target_id as person, effect from rows
      cross join jsonb_array_elements(rows.facts -> 'effects') effect where rows.kind = 'people'
    )
    select exists (
      select from rows left join person on person.id = rows.target_id
      where rows.kind = 'people' and (person.id is null or person.merged_into is not null
        or (rows.changes ? 'name' or rows.state = 'new') and person.full_name <> rows.facts ->> 'name')
    ) or exists (
      select from rows left join person_detail detail on detail.person_id = rows.target_id
      cross join lateral (values
        ('bornOn', detail.born_on::text), ('sex', detail.sex), ('phone', detail.phone), ('email', detail.email),
        ('partyCard', detail.party_card), ('joinedOn', detail.joined_on::text),
        ('officialOn', detail.official_on::text)
      ) as kept (key, value)
      where rows.kind = 'people' and (rows.changes ? kept.key or rows.state = 'new')
        and kept.value is distinct from rows.facts ->> kept.key
    ) or exists (
      select from effects left join membership on membership.id = (effect ->> 'id')::uuid
      where membership.id is null
        or effect ->> 'do' = 'add' and (membership.person_id <> person or membership.to_on is not null
          or membership.organisation_id::text <> effect ->> 'organisation' or membership.status <> effect ->> 'status'
          or membership.from_on::text <> effect ->> 'from')
        or effect ->> 'do' = 'end' and membership.to_on::text is distinct from effect ->> 'on'
    ) or exists (
      select from rows left join membership on membership.id = rows.target_id
      where rows.kind = 'memberships' and (
        membership.id is null or membership.status <> rows.facts ->> 'what'
        or membership.organisation_id::text <> rows.facts ->> 'body'
        or membership.from_on::text <> rows.facts ->> 'fromOn'
        or membership.to_on::text is distinct from rows.facts ->> 'toOn')
    ) or exists (
      select from rows left join post on post.id = rows.target_id
      where rows.kind = 'posts' and (
        post.id is null or post.title <> rows.facts ->> 'what' or post.organisation_id::text <> rows.facts ->> 'body'
        or post.from_on::text <> rows.facts ->> 'fromOn' or post.to_on::text is distinct from rows.facts ->> 'toOn')
    ) as touched
  `.execute(tx)
  return rows[0]?.touched ?? true
}

async function takeBack(tx: Tx, importId: string): Promise<void> {
  const rows = (kind: string, state: string) =>
    sql`data_import_row row where row.import_id = ${importId} and row.kind = ${kind} and row.state = ${state}`
  await sql`select take_back_new_rows(${importId})`.execute(tx)
  await sql`
    update membership set to_on = null, ended_as = null
    from data_import_row row cross join jsonb_array_elements(row.facts -> 'effects') effect
    where row.import_id = ${importId} and row.kind = 'people' and row.state in ('new', 'changed')
      and effect ->> 'do' = 'end' and membership.id = (effect ->> 'id')::uuid
  `.execute(tx)
  // What was changed is as it was; a change that says [null, …] was none before.
  const before = (key: string, column: string) =>
    sql`case when row.changes ? ${sql.lit(key)} then (row.changes -> ${sql.lit(key)} ->> 0) else ${sql.ref(column)}::text end`
  await sql`
    update person set full_name = row.changes -> 'name' ->> 0, sort_key = row.facts ->> 'sortKeyBefore'
    from ${rows('people', 'changed')} and row.changes ? 'name' and row.target_id = person.id
  `.execute(tx)
  await sql`
    update person_detail detail set born_on = (${before('bornOn', 'detail.born_on')})::date,
      born_known_to = coalesce(case when row.changes ? 'bornOn' then row.facts ->> 'bornKnownBefore' end, detail.born_known_to),
      sex = ${before('sex', 'detail.sex')}, phone = ${before('phone', 'detail.phone')},
      email = ${before('email', 'detail.email')}, party_card = ${before('partyCard', 'detail.party_card')},
      joined_on = (${before('joinedOn', 'detail.joined_on')})::date,
      official_on = (${before('officialOn', 'detail.official_on')})::date, updated_at = now()
    from ${rows('people', 'changed')} and row.target_id = detail.person_id
  `.execute(tx)
  await sql`
    update membership set organisation_id = coalesce((row.facts ->> 'bodyBefore')::uuid, organisation_id),
      status = ${before('status', 'membership.status')}, from_on = (${before('fromOn', 'membership.from_on')})::date,
      to_on = (${before('toOn', 'membership.to_on')})::date, ended_as = ${before('endedAs', 'membership.ended_as')}
    from ${rows('memberships', 'changed')} and row.target_id = membership.id
  `.execute(tx)
  await sql`
    update post set organisation_id = coalesce((row.facts ->> 'bodyBefore')::uuid, post.organisation_id),
      title = ${before('title', 'post.title')}, from_on = (${before('fromOn', 'post.from_on')})::date,
      to_on = (${before('toOn', 'post.to_on')})::date, decision = ${before('decision', 'post.decision')},
      title_id = case when row.changes ? 'title' or row.facts ? 'bodyBefore' then (
        select find_post_title(row.changes -> 'title' ->> 0, body.kind, body.name) from organisation body
        where body.id = coalesce((row.facts ->> 'bodyBefore')::uuid, post.organisation_id)
      ) else post.title_id end
    from ${rows('posts', 'changed')} and row.target_id = post.id
  `.execute(tx)
}
