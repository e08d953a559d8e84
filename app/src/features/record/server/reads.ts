import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import { searchOrganisations } from '#features/organisations/server/reads.ts'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Reader } from '#server/database/handles.ts'
import { isId } from '#server/platform/ids.ts'
import type { RecordEntryRow, RecordFilters, RecordPlace } from '../schema.ts'

export interface RecordPage {
  rows: RecordEntryRow[]
  /** Whether there are entries before and behind these. */
  hasNewer: boolean
  hasOlder: boolean
}

/**
 * Entries of the record that the actor may read, the newest first, from a place in it. The place is an entry's number,
 * never a count of rows: entries that come in meanwhile shift nothing.
 */
export async function listRecord(
  reader: Reader,
  scope: Scope,
  filters: RecordFilters,
  { place, limit }: { place: RecordPlace; limit: number },
): Promise<RecordPage> {
  const conditions = await conditionsOf(reader, scope, filters)
  if (!conditions) return { rows: [], hasNewer: false, hasOlder: false }
  const goesUp = place !== null && 'newerThan' in place
  const from =
    place === null
      ? sql``
      : goesUp
        ? sql`and entry.id > ${place.newerThan}`
        : sql`and entry.id < ${'olderThan' in place ? place.olderThan : 0}`
  const { rows } = await sql<RecordEntryRow>`
    select entry.id, entry.done_at as "doneAt", entry.account_id as "accountId", entry.office_id as "officeId",
      entry.operation, entry.subject_kind as "subjectKind", entry.subject_id as "subjectId", entry.before, entry.after,
      ${isInCare(scope)} as "inCare"
    from record_entry entry
    where ${conditions} ${from}
    order by entry.id ${goesUp ? sql`asc` : sql`desc`}
    limit ${sql.lit(Math.trunc(limit) + 1)}
  `.execute(reader)
  const hasMore = rows.length > limit
  const shown = rows.slice(0, limit)
  if (goesUp) return { rows: shown.reverse(), hasNewer: hasMore, hasOlder: true }
  return { rows: shown, hasNewer: place !== null, hasOlder: hasMore }
}

/** Entries in portions, the newest first, for a file: each portion goes on behind the last one's number. */
export async function* readRecordInPortions(
  reader: Reader,
  scope: Scope,
  filters: RecordFilters,
  portion: number,
): AsyncIterable<RecordEntryRow[]> {
  let place: RecordPlace = null
  for (;;) {
    const { rows, hasOlder } = await listRecord(reader, scope, filters, { place, limit: portion })
    const last = rows.at(-1)
    if (!last) return
    yield rows
    if (!hasOlder) return
    place = { olderThan: last.id }
  }
}

/** Operations that tell of looking at somebody's personal data. */
const isLook = sql<boolean>`entry.operation like '%.look'`

function isInCare(scope: Scope): RawBuilder<boolean> {
  if (scope.personnel.length === 0) return sql<boolean>`false`
  return sql<boolean>`exists (
    select from organisation_line line
    where line.organisation_id = entry.office_id and line.ancestor_id = ${anyOf(scope.personnel)}
  )`
}

/** Whether the record tells this actor of an entry: what `recordEntries.view` says, in SQL. */
function isReadable(scope: Scope): RawBuilder<boolean> {
  const ofOffice = sql`(entry.office_id = ${anyOf(scope.offices)} and not ${isLook})`
  if (scope.administers.length === 0) return sql<boolean>`${ofOffice}`
  const isAdministered = (organisation: RawBuilder<unknown>) => sql`exists (
    select from organisation_line line
    where line.organisation_id = ${organisation} and line.ancestor_id = ${anyOf(scope.administers)}
  )`
  // What concerns no office is told to who administers the account that did it.
  return sql<boolean>`(
    ${scope.offices.length > 0 ? sql`${ofOffice} or` : sql``}
    ${isAdministered(
      sql`coalesce(entry.office_id, (select organisation_id from account where account.id = entry.account_id))`,
    )}
  )`
}

/** All that an entry has to fulfil; undefined where words were searched for that stand nowhere. */
async function conditionsOf(
  reader: Reader,
  scope: Scope,
  filters: RecordFilters,
): Promise<RawBuilder<unknown> | undefined> {
  const conditions: RawBuilder<unknown>[] = [isReadable(scope)]
  const { search, who, operation, subjectKind, subject, office, from, to } = filters
  if (who !== '') {
    const accounts = isId(who) ? [who] : await findAccounts(reader, who)
    if (accounts.length === 0) return undefined
    conditions.push(sql`entry.account_id = ${anyOf(accounts)}`)
  }
  if (office !== '') {
    const offices = isId(office) ? [office] : await findOrganisations(reader, scope, office)
    if (offices.length === 0) return undefined
    conditions.push(sql`entry.office_id = ${anyOf(offices)}`)
  }
  if (search !== '') {
    const subjects = await findSubjects(reader, scope, search)
    if (subjects.length === 0) return undefined
    conditions.push(sql`entry.subject_id = ${anyOf(subjects)}`)
  }
  if (operation !== '') conditions.push(sql`entry.operation = ${operation}`)
  if (subjectKind !== '') conditions.push(sql`entry.subject_kind = ${subjectKind}`)
  if (subject) conditions.push(isAbout(subject))
  // A civil day begins and ends where Vietnam's clocks stand.
  if (from) conditions.push(sql`entry.done_at >= ${`${from}T00:00:00+07:00`}::timestamptz`)
  if (to) conditions.push(sql`entry.done_at < ${`${to}T00:00:00+07:00`}::timestamptz + interval '1 day'`)
  return sql.join(conditions, sql` and `)
}

/** What belongs to the record of one thing: of a plan also what was done with its parts, of a person what they did. */
function isAbout({ kind, id }: { kind: string; id: string }): RawBuilder<unknown> {
  const itself = sql`entry.subject_id = ${id}`
  if (kind === 'plan')
    return sql`(${itself} or entry.office_id = (select office_id from plan where plan.id = ${id}) and (
      exists (select from assignment where assignment.id = entry.subject_id and assignment.plan_id = ${id})
      or exists (select from obstacle join assignment on assignment.id = obstacle.assignment_id
        where obstacle.id = entry.subject_id and assignment.plan_id = ${id})
      or exists (select from paper where paper.id = entry.subject_id and paper.plan_id = ${id})
      or exists (select from report_duty where report_duty.id = entry.subject_id and report_duty.plan_id = ${id})
      or exists (select from plan where plan.document_id = entry.subject_id and plan.id = ${id})
    ))`
  if (kind === 'organisation') return sql`(${itself} or entry.office_id = ${id})`
  if (kind === 'person')
    return sql`(${itself}
      or entry.account_id in (select account.id from account where account.person_id = ${id})
      or entry.subject_id in (select account.id from account where account.person_id = ${id}))`
  return sql`(${itself} and entry.subject_kind = ${kind})`
}

/** Things of one kind whose names hold the words; more are not looked at, as nobody reads on for so long. */
const mostFound = 300

const patternOf = (words: string): string => `%${fold(words).replace(/[%_\\]/g, '\\$&')}%`

async function findAccounts(reader: Reader, words: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from account where search_key like ${patternOf(words)} limit ${sql.lit(mostFound)}
  `.execute(reader)
  return rows.map(({ id }) => id)
}

async function findOrganisations(reader: Reader, scope: Scope, words: string): Promise<string[]> {
  const { rows } = await searchOrganisations(reader, scope, words, { page: 1, pageSize: mostFound })
  return rows.map(({ id }) => id)
}

async function findSubjects(reader: Reader, scope: Scope, words: string): Promise<string[]> {
  const pattern = patternOf(words)
  const limit = sql`limit ${sql.lit(mostFound)}`
  const { rows } = await sql<{ id: string }>`
    (select id from plan where search_key like ${pattern} ${limit})
    union all (select id from document where search_key like ${pattern} ${limit})
    union all (select id from paper where folded(title) like ${pattern} ${limit})
    union all (select id from account where search_key like ${pattern} ${limit})
    union all (select id from person where search_key like ${pattern} ${limit})
    union all (select id from reorganisation where folded(title) like ${pattern} ${limit})
  `.execute(reader)
  return [...rows.map(({ id }) => id), ...(await findOrganisations(reader, scope, words))]
}

export interface ChainState {
  verifiedAt: Date
  entries: number
  /** The first entry at which the chain is broken; null where it is whole. */
  brokenEntry: number | null
}

/** What came of the last `trienkhai verify-record`; null where it has never run. */
export async function findChainState(reader: Reader): Promise<ChainState | null> {
  const { rows } = await sql<ChainState>`
    select verified_at as "verifiedAt", entries, broken_entry as "brokenEntry"
    from record_verification order by id desc limit 1
  `.execute(reader)
  return rows[0] ?? null
}
