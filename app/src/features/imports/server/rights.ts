import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'
import type { ImportKind, ImportSheet } from '../schema.ts'

/**
 * What an account may bring in at and below an office on a day: organisations where it administers, people with their
 * posts and memberships where it keeps personal data. Jobs ask it, as rights may have ended since the file was sent.
 */
export async function listAllowedKinds(
  reader: Reader,
  accountId: string,
  officeId: string,
  today: CivilDate,
): Promise<Set<ImportKind>> {
  const { rows } = await sql<{ role: string }>`
    select distinct held.role from grants_of(${accountId}, ${today}) held
    join organisation_line line on line.ancestor_id = held.organisation_id
    where line.organisation_id = ${officeId} and held.role in ('administrator', 'personnel')
  `.execute(reader)
  const kinds = new Set<ImportKind>()
  for (const { role } of rows)
    if (role === 'administrator') kinds.add('organisations')
    else for (const kind of ['people', 'posts', 'memberships'] as const) kinds.add(kind)
  return kinds
}

/** Whether the sender of an import may, on a day, still bring in every kind of list that is read of it. */
export async function maySenderBring(
  reader: Reader,
  { accountId, officeId, sheets }: { accountId: string; officeId: string; sheets: readonly ImportSheet[] },
  today: CivilDate,
): Promise<boolean> {
  const allowed = await listAllowedKinds(reader, accountId, officeId, today)
  return sheets.every(({ kind, skipped }) => kind === null || skipped !== null || allowed.has(kind))
}

/** An office that one may bring lists into, and which. */
export interface ImportOffice {
  id: string
  name: string
  organisations: boolean
  people: boolean
}

/** The offices at whose head one administers or keeps personal data; what is below them goes with them. */
export async function listImportOffices(
  reader: Reader,
  accountId: string,
  today: CivilDate,
): Promise<ImportOffice[]> {
  const { rows } = await sql<ImportOffice>`
    select body.id, body.name, bool_or(held.role = 'administrator') as organisations,
      bool_or(held.role = 'personnel') as people
    from grants_of(${accountId}, ${today}) held join organisation body on body.id = held.organisation_id
    where held.role in ('administrator', 'personnel') and body.ended_on is null
    group by body.id, body.name order by body.name
  `.execute(reader)
  return rows
}
