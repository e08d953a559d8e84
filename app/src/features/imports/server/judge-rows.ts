import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { type JudgingGround, judgePersonRow } from '../judge-people.ts'
import { judgeTermRow } from '../judge-terms.ts'
import type { KnownPerson } from '../judging.ts'
import type { BookEntry, OrganisationBook } from '../organisation-book.ts'
import type { ParsedRow } from '../parse-row.ts'
import type { ImportKind } from '../schema.ts'
import { broughtKey, findBroughtPeople, findKnownPeople } from './known-people.ts'
import type { KeptRow } from './writes.ts'

/** The bodies at and below an office that live today. */
export async function listBodies(reader: Reader, officeId: string, today: CivilDate): Promise<BookEntry[]> {
  const { rows } = await sql<BookEntry>`
    select body.id, body.name, body.abbreviation, body.parent_id as "parentId", body.kind, body.hierarchy,
      body.unit_code as "unitCode"
    from organisation_line line join organisation body on body.id = line.organisation_id
    where line.ancestor_id = ${officeId} and (body.ended_on is null or body.ended_on > ${today})
  `.execute(reader)
  return rows
}

/**
 * For the rest of a transaction every portion is planned by its own values: a plan that was made for any number of rows
 * thinks of a few, and looks through a province for each of a thousand.
 */
export async function planByValues(reader: Reader): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(reader)
}

/** A row to be judged, with what was decided about it and the id under which it would be made. */
export interface RowToJudge {
  readonly parsed: ParsedRow
  readonly decision: string | null
  readonly target: string | null
}

/** Judges a portion of people, posts or memberships by what the database knows. */
export async function judgeRows(
  reader: Reader,
  importId: string,
  officeId: string,
  kind: Exclude<ImportKind, 'organisations'>,
  rows: readonly RowToJudge[],
  ground: JudgingGround,
): Promise<KeptRow[]> {
  const asked = rows.flatMap(({ parsed, decision }) => {
    if (parsed.passedOver) return []
    const { said } = parsed
    return {
      number: parsed.number,
      codes: [said['id'], said['personId'], decision ?? undefined].filter(
        (code): code is string => code !== undefined && isId(code),
      ),
      name: said['name'] ?? null,
      bornOn: said['bornOn'] ?? null,
      organisationId: bodyOf(parsed, ground.book),
      phone: said['phone'] ?? null,
      partyCard: said['partyCard'] ?? null,
    }
  })
  const known = asked.length > 0 ? await findKnownPeople(reader, officeId, asked) : new Map()
  const names = asked.flatMap(({ name }) => (name === null ? [] : [spellingKey(name)]))
  const brought =
    kind === 'people' || names.length === 0
      ? new Map<string, KnownPerson[]>()
      : await findBroughtPeople(reader, importId, names)
  return rows.map(({ parsed, decision, target }) => {
    const kept = { kind, number: parsed.number, cells: parsed.cells, decision }
    if (parsed.passedOver) return { ...kept, ...passOver(target) }
    const found = known.get(parsed.number) ?? []
    const made = target ?? newId()
    if (kind === 'people')
      return { ...kept, ...judgePersonRow(parsed, found, ground, decision, [made, newId()]) }
    const people = [...found, ...(brought.get(broughtKey(parsed.said['name'] ?? '')) ?? [])]
    return { ...kept, ...judgeTermRow(kind, parsed, people, ground, decision, made) }
  })
}

function bodyOf(parsed: ParsedRow, book: OrganisationBook): string | null {
  const code = parsed.said['organisationId']
  if (code !== undefined) return book.get(code)?.id ?? null
  const words = parsed.said['organisation']
  if (words === undefined) return null
  const found = book.find(words)
  return found.ok ? found.entry.id : null
}

/** What is kept of a row that says nothing. */
export function passOver(target: string | null): Omit<KeptRow, 'kind' | 'number' | 'cells' | 'decision'> {
  return {
    state: 'passed-over',
    target: target ?? newId(),
    facts: {},
    problems: [],
    remarks: [],
    changes: {},
    nameKey: null,
    bornOn: null,
  }
}
