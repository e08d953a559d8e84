import { sql } from 'kysely'
import { idsIn } from '#features/record/differences.ts'
import { nameOperation } from '#features/record/operation-words.ts'
import { readNames } from '#features/record/server/names.ts'
import { wordingIn } from '#features/record/server/tell.ts'
import { nameSubjectKind } from '#features/record/words.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { type RegisterEntry, register } from '../register.ts'
import type { HeldSection, LookLine } from '../schema.ts'

/** Somebody, by the entries that stand for them: a person and those merged into it, and all of their accounts. */
export interface Subject {
  personIds: readonly string[]
  accountIds: readonly string[]
}

/**
 * Reads with the eyes of the program, for a question whose right was decided before: what is held about somebody lies in
 * places that they may not look into themselves. Nothing can be written meanwhile.
 */
export function readAsProgram<Result>(context: Context, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  return context.inTransaction(async (tx) => {
    await sql`set transaction read only`.execute(tx)
    await sql`select act_as('program')`.execute(tx)
    return await read(tx)
  })
}

/** Everything that stands for the person behind an account. */
export async function findSubject(tx: Tx, accountId: string): Promise<Subject> {
  const { rows } = await sql<{ personIds: string[] | null; accountIds: string[] | null }>`
    with recursive own as (
      select standing_person(person_id) as id from account where id = ${accountId} and person_id is not null
      union
      select person.id from own join person on person.merged_into = own.id
    )
    select (select array_agg(id) from own) as "personIds",
      (select array_agg(id) from account where id = ${accountId} or person_id in (select id from own)) as "accountIds"
  `.execute(tx)
  return { personIds: rows[0]?.personIds ?? [], accountIds: rows[0]?.accountIds ?? [accountId] }
}

/** What is held about somebody, table by table as the register has them; of each so many rows at most. */
export async function readHeldAbout(
  tx: Tx,
  subject: Subject,
  { mostRows, language }: { mostRows: number; language: Context['language'] },
): Promise<HeldSection[]> {
  const raw: { entry: RegisterEntry; total: number | null; rows: Record<string, unknown>[] }[] = []
  for (const entry of register)
    raw.push({
      entry,
      ...(entry.isSealed ? { total: null, rows: [] } : await readEntry(tx, entry, subject, mostRows)),
    })
  const names = await readNames(tx, idsIn(...raw.flatMap(({ rows }) => rows)))
  const wording = wordingIn(language)
  const sayValue = (column: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return ''
    if (value instanceof Date) return wording.moment(value.toISOString())
    if (typeof value === 'boolean') return value ? wording.yes : wording.no
    const text = String(value)
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return wording.day(text)
    if (column === 'operation') return nameOperation(text, language)
    if (column === 'subject_kind') return nameSubjectKind(text, language)
    return names[text]?.name ?? wording.value(column, text)
  }
  return raw
    .filter(({ total }) => total !== 0)
    .map(({ entry, total, rows }) => ({
      table: entry.table,
      kind: entry.kind,
      total,
      rows: rows.map((row) =>
        Object.fromEntries(entry.shows.map((column) => [column, sayValue(column, row[column])])),
      ),
    }))
}

async function readEntry(
  tx: Tx,
  { table, links, shows }: RegisterEntry,
  { personIds, accountIds }: Subject,
  mostRows: number,
): Promise<{ total: number; rows: Record<string, unknown>[] }> {
  const isTheirs = sql.join(
    links.map(
      ({ column, of, key }) =>
        sql`${key === undefined ? sql.ref(`${table}.${column}`) : sql`(${sql.ref(`${table}.${column}`)} ->> ${key})::uuid`}
          = any(${of === 'person' ? personIds : accountIds}::uuid[])`,
    ),
    sql` or `,
  )
  const { rows } = await sql<Record<string, unknown> & { held_total: number }>`
    select ${sql.join(shows.map((column) => sql.ref(`${table}.${column}`)))}, (count(*) over ())::int as held_total
    from ${sql.table(table)} where ${isTheirs} 
    order by ${sql.join(shows.map((column) => sql.ref(`${table}.${column}`)))} limit ${sql.lit(mostRows)}
  `.execute(tx)
  return { total: rows[0]?.held_total ?? 0, rows }
}

/** The last looks at somebody's personal data by others. */
export async function listLooks(tx: Tx, subject: Subject, most: number): Promise<LookLine[]> {
  if (subject.personIds.length === 0) return []
  const { rows } = await sql<LookLine>`
    select entry.id, entry.done_at as at, account.name as who, organisation.name as office, entry.operation
    from record_entry entry
    left join account on account.id = entry.account_id
    left join organisation on organisation.id = entry.office_id
    where entry.operation like '%.look' and entry.account_id <> all(${subject.accountIds}::uuid[])
      and (entry.subject_id = any(${subject.personIds}::uuid[]) or ${sql.join(
        subject.personIds.map((id) => sql`entry.after -> 'subjects' @> ${JSON.stringify([id])}::jsonb`),
        sql` or `,
      )})
    order by entry.id desc limit ${sql.lit(most)}
  `.execute(tx)
  return rows
}
