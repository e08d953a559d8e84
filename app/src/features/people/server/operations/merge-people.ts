import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { type PeopleOutcome, partyStatuses } from '../../schema.ts'
import { tellApart } from './create-person.ts'
import { asPeopleCommand, getPersonInCare, refuse } from './people-command.ts'

type PeriodTable = 'post' | 'membership' | 'membership_exemption' | 'temporary_membership'
const periodTables: readonly PeriodTable[] = [
  'post',
  'membership',
  'membership_exemption',
  'temporary_membership',
]

/** A row of somebody's life, as the database has it. */
interface Row {
  id: string
  from_on: string
  to_on: string | null
  [column: string]: string | null
}

/** What a merge moved, and how things stood before: enough to take it back. */
interface Moved {
  rows: Record<PeriodTable, string[]>
  /** Rows that said the same as one of the kept entry's: taken out, and put back when the merge is undone. */
  absorbed: { table: PeriodTable; row: Row }[]
  /** Rows of the kept entry that now reach as far as the absorbed ones did. */
  widened: { table: PeriodTable; id: string; from_on: string; to_on: string | null }[]
  /** Stand-ins for an absorbed post, which now stand in for the kept one. */
  repointed: { id: string; stands_in_for: string }[]
  accounts: string[]
  events: string[]
  details: Record<string, unknown> | null
}

/**
 * Makes one of two entries of the same person: the kept one takes over all that the other was and did; the other's
 * address leads to it from then on. Where both say the same of the same days it is kept once. Refused where they
 * cannot both be true: two cells at a time.
 */
export async function mergePeople(
  context: Context,
  asked: { commandId: string; keptId: string; mergedId: string; reason: string },
): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'person.merge', async (tx) => {
    const { keptId, mergedId } = asked
    const reason = asked.reason.trim()
    if (keptId === mergedId) return refuse('is-themselves')
    if (reason === '') return refuse('no-reason')
    await getPersonInCare(tx, context.scope, keptId)
    const { fullName } = await getPersonInCare(tx, context.scope, mergedId)
    if (await isMerged(tx, [keptId, mergedId])) return refuse('already-merged')

    const moved: Moved = {
      rows: { post: [], membership: [], membership_exemption: [], temporary_membership: [] },
      absorbed: [],
      widened: [],
      repointed: [],
      accounts: [],
      events: [],
      details: null,
    }
    // While the entry still has its rows, it is in the actor's care, and what is personal of it can be read.
    await tx.updateTable('person').set({ merged_into: keptId }).where('id', '=', mergedId).execute()
    moved.accounts = await moveOwner(tx, sql`account`, sql`id`, asked)
    moved.events = await moveEvents(tx, asked)
    moved.details = await fillDetails(tx, asked)
    for (const table of periodTables)
      if (!(await moveRows(tx, table, asked, moved))) return refuse('memberships-differ')
    const mergeId = newId()
    await sql`
      insert into person_merge (id, kept_id, merged_id, merged_name, reason, moved, merged_by, merged_at)
      values (${mergeId}, ${keptId}, ${mergedId}, ${fullName}, ${reason}, ${JSON.stringify(moved)}::jsonb,
        ${context.actor.accountId}, ${context.now})
    `.execute(tx)
    await record(tx, context, {
      operation: 'person.merge',
      subjectKind: 'person',
      subjectId: keptId,
      after: { mergeId, mergedId, reason },
    })
    return { ok: true, personId: keptId }
  })
}

/** Takes a merge back: each entry has again what it had, and what came since stays with the kept one. */
export async function undoMerge(
  context: Context,
  asked: { commandId: string; mergeId: string },
): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'person.undo-merge', async (tx) => {
    if (!isId(asked.mergeId)) throw new NotFound('merge')
    const { rows } = await sql<{ keptId: string; mergedId: string; moved: Moved }>`
      select kept_id as "keptId", merged_id as "mergedId", moved from person_merge
      where id = ${asked.mergeId} and undone_at is null for update
    `.execute(tx)
    const [merge] = rows
    if (!merge) throw new NotFound('merge')
    const { keptId, mergedId, moved } = merge
    await getPersonInCare(tx, context.scope, keptId)
    for (const { table, id, from_on, to_on } of moved.widened)
      await sql`update ${sql.table(table)} set from_on = ${from_on}, to_on = ${to_on} where id = ${id}`.execute(
        tx,
      )
    for (const table of periodTables)
      await sql`
        update ${sql.table(table)} set person_id = ${mergedId}
        where id = any(${moved.rows[table]}::uuid[]) and person_id = ${keptId}
      `.execute(tx)
    for (const { table, row } of moved.absorbed)
      await sql`
        insert into ${sql.table(table)}
        select * from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)
      `.execute(tx)
    // Only with its rows is the entry in the actor's care again.
    await tx.updateTable('person').set({ merged_into: null }).where('id', '=', mergedId).execute()
    for (const { id, stands_in_for } of moved.repointed)
      await tx.updateTable('post').set({ stands_in_for }).where('id', '=', id).execute()
    await sql`update account set person_id = ${mergedId} where id = any(${moved.accounts}::uuid[])`.execute(
      tx,
    )
    await sql`
      update event_person set person_id = ${mergedId}
      where event_id = any(${moved.events}::uuid[]) and person_id = ${keptId}
    `.execute(tx)
    if (moved.details) await restoreDetails(tx, keptId, moved.details)
    await tx
      .updateTable('person_merge')
      .set({ undone_at: context.now, undone_by: context.actor.accountId })
      .where('id', '=', asked.mergeId)
      .execute()
    await record(tx, context, {
      operation: 'person.undo-merge',
      subjectKind: 'person',
      subjectId: keptId,
      after: { mergeId: asked.mergeId, mergedId },
    })
    return { ok: true, personId: mergedId }
  })
}

/** Keeps that two are not the same person. */
export async function keepApart(
  context: Context,
  asked: { commandId: string; personId: string; otherId: string },
): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'person.apart', async (tx) => {
    const { personId, otherId } = asked
    if (personId === otherId) return refuse('is-themselves')
    for (const id of [personId, otherId].sort()) await getPersonInCare(tx, context.scope, id)
    await tellApart(tx, context, personId, [otherId])
    await record(tx, context, {
      operation: 'person.apart',
      subjectKind: 'person',
      subjectId: personId,
      after: { otherId },
    })
    return { ok: true, personId }
  })
}

async function isMerged(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const found = await tx
    .selectFrom('person')
    .select('id')
    .where('id', 'in', ids)
    .where('merged_into', 'is not', null)
    .execute()
  return found.length > 0
}

const overlaps = (one: Row, other: Row): boolean =>
  one.from_on <= (other.to_on ?? '9999') && other.from_on <= (one.to_on ?? '9999')

/** Whether two rows of a table say the same but for their days; undefined where they cannot both be true. */
function saySame(table: PeriodTable, one: Row, other: Row): boolean | undefined {
  const same = (...columns: string[]): boolean => columns.every((column) => one[column] === other[column])
  switch (table) {
    case 'post':
      return same('organisation_id', 'title')
    case 'membership': {
      const isParty = (row: Row): boolean => partyStatuses.some((status) => status === row['status'])
      if (isParty(one) && isParty(other)) return same('organisation_id', 'status') ? true : undefined
      return !isParty(one) && !isParty(other) && same('organisation_id')
    }
    case 'membership_exemption':
      return same('organisation_id')
    case 'temporary_membership':
      return same('home_id', 'host_id') ? true : undefined
  }
}

/** Moves one table's rows; false where the two entries contradict each other. */
async function moveRows(
  tx: Tx,
  table: PeriodTable,
  { keptId, mergedId }: { keptId: string; mergedId: string },
  moved: Moved,
): Promise<boolean> {
  const read = async (personId: string): Promise<Row[]> => {
    const { rows } = await sql<{ row: Row }>`
      select to_jsonb(one) as row from ${sql.table(table)} one where person_id = ${personId} order by from_on, id
    `.execute(tx)
    return rows.map(({ row }) => row)
  }
  const kept = await read(keptId)
  for (const row of await read(mergedId)) {
    const beside = kept
      .filter((own) => overlaps(own, row))
      .map((own) => ({ own, same: saySame(table, own, row) }))
    if (beside.some(({ same }) => same === undefined)) return false
    const twin = beside.find(({ same }) => same)?.own
    if (twin) await absorb(tx, table, row, twin, moved)
    else {
      await sql`update ${sql.table(table)} set person_id = ${keptId} where id = ${row.id}`.execute(tx)
      moved.rows[table].push(row.id)
    }
  }
  return true
}

async function absorb(tx: Tx, table: PeriodTable, row: Row, twin: Row, moved: Moved): Promise<void> {
  const [fromOn = row.from_on] = [row.from_on, twin.from_on].sort()
  const toOn =
    row.to_on === null || twin.to_on === null ? null : ([row.to_on, twin.to_on].sort().at(-1) ?? null)
  if (table === 'post') {
    const { rows } = await sql<{ id: string }>`
      update post set stands_in_for = ${twin.id} where stands_in_for = ${row.id} returning id
    `.execute(tx)
    moved.repointed.push(...rows.map(({ id }) => ({ id, stands_in_for: row.id })))
  }
  await sql`select absorb_row(${table}, ${row.id})`.execute(tx)
  moved.absorbed.push({ table, row })
  if (fromOn === twin.from_on && toOn === twin.to_on) return
  moved.widened.push({ table, id: twin.id, from_on: twin.from_on, to_on: twin.to_on })
  await sql`update ${sql.table(table)} set from_on = ${fromOn}, to_on = ${toOn} where id = ${twin.id}`.execute(
    tx,
  )
  twin.from_on = fromOn
  twin.to_on = toOn
}

interface Pair {
  keptId: string
  mergedId: string
}

async function moveOwner(
  tx: Tx,
  table: RawBuilder<unknown>,
  key: RawBuilder<unknown>,
  { keptId, mergedId }: Pair,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update ${table} set person_id = ${keptId} where person_id = ${mergedId} returning ${key} as id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function moveEvents(tx: Tx, { keptId, mergedId }: Pair): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update event_person moving set person_id = ${keptId}
    where person_id = ${mergedId} and not exists (
      select from event_person own where own.event_id = moving.event_id and own.person_id = ${keptId}
    )
    returning event_id as id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

const detailColumns = ['born_on', 'sex', 'phone', 'email', 'party_card', 'joined_on', 'official_on'] as const

/** The kept entry gets what it doesn't know of itself. Answers what it knew before; null where nothing changed. */
async function fillDetails(tx: Tx, { keptId, mergedId }: Pair): Promise<Record<string, unknown> | null> {
  const read = (id: string) =>
    tx.selectFrom('person_detail').selectAll().where('person_id', '=', id).executeTakeFirst()
  const [kept, merged] = [await read(keptId), await read(mergedId)]
  if (!merged || !detailColumns.some((column) => merged[column] !== null && !kept?.[column])) return null
  const columns = sql.join(
    detailColumns.map(
      (column) => sql`${sql.ref(column)} = coalesce(own.${sql.ref(column)}, excluded.${sql.ref(column)})`,
    ),
  )
  await sql`
    insert into person_detail as own (person_id, ${sql.join(detailColumns.map((column) => sql.ref(column)))})
    select ${keptId}, ${sql.join(detailColumns.map((column) => sql.ref(column)))}
    from person_detail where person_id = ${mergedId}
    on conflict (person_id) do update set ${columns}
  `.execute(tx)
  return kept ? { ...kept } : {}
}

async function restoreDetails(tx: Tx, keptId: string, before: Record<string, unknown>): Promise<void> {
  const assignments = detailColumns.map(
    (column) => sql`${sql.ref(column)} = ${(before[column] ?? null) as string | null}`,
  )
  await sql`update person_detail set ${sql.join(assignments)} where person_id = ${keptId}`.execute(tx)
}
