import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#server/database/handles.ts'
import { judgeOrganisationRows, type OrganisationRowRead } from '../judge-organisations.ts'
import type { JudgingGround } from '../judge-people.ts'
import { OrganisationBook } from '../organisation-book.ts'
import { parseRow } from '../parse-row.ts'
import type { ImportKind, ImportSheet } from '../schema.ts'
import { judgeRows, listBodies, passOver, planByValues, type RowToJudge } from './judge-rows.ts'
import { refuseBetweenRows } from './refuse-between-rows.ts'
import { type KeptRow, keepRows } from './writes.ts'

/** What the judging of an import needs to know of it. */
export interface ImportToJudge {
  readonly id: string
  readonly officeId: string
  readonly sheets: readonly ImportSheet[]
  readonly today: CivilDate
}

/** How many rows are judged together: one question to the database. */
export const rowsAtOnce = 1000

/** Keeps a portion of rows; each its own transaction in a job, all one transaction where a person waits. */
export type Keeping = (rows: readonly KeptRow[]) => Promise<void>

/** Judges the sheet of organisations as a whole, and answers the ground on which all others are judged. */
export async function judgeOrganisations(
  reader: Reader,
  read: ImportToJudge,
  rows: readonly OrganisationRowRead[],
  decided: ReadonlyMap<number, string>,
  keep: Keeping,
): Promise<JudgingGround> {
  const bodies = await listBodies(reader, read.officeId, read.today)
  const { judged, book } = judgeOrganisationRows(rows, bodies, read.officeId)
  const wrongBodies = new Map<string, number>()
  const kept = rows.flatMap(({ row, newId }, at): KeptRow[] => {
    const one = judged[at]
    if (!one) return []
    if (one.state === 'wrong' && one.target === newId) wrongBodies.set(one.target, row.number)
    const decision = decided.get(row.number) ?? null
    const shared = { kind: 'organisations' as const, number: row.number, cells: row.cells, decision }
    return [{ ...shared, ...(row.passedOver ? passOver(newId) : one) }]
  })
  for (let at = 0; at < kept.length; at += rowsAtOnce) await keep(kept.slice(at, at + rowsAtOnce))
  return { ...groundOf(read, book), wrongBodies }
}

/** The ground where the file has no sheet of organisations. */
export async function openGround(reader: Reader, read: ImportToJudge): Promise<JudgingGround> {
  return groundOf(read, new OrganisationBook(await listBodies(reader, read.officeId, read.today)))
}

function groundOf(read: ImportToJudge, book: OrganisationBook): JudgingGround {
  const has = (kind: ImportKind): boolean =>
    read.sheets.some((sheet) => sheet.kind === kind && !sheet.skipped)
  return {
    today: read.today,
    book,
    otherSheets: { posts: has('posts'), memberships: has('memberships') },
    wrongBodies: new Map(),
  }
}

interface StoredRow {
  number: number
  cells: Record<string, string>
  decision: string | null
  target: string
  state: KeptRow['state']
}

/**
 * Judges rows that are kept already once more, by what is known now: all of them, or those of these numbers and all
 * that are wrong. `say` hears how many are done.
 */
export async function judgeAgain(
  tx: Tx,
  read: ImportToJudge,
  only?: ReadonlyMap<ImportKind, readonly number[]>,
  say: (done: number) => Promise<void> = async () => {},
): Promise<void> {
  await planByValues(tx)
  let done = 0
  const keep: Keeping = async (rows) => {
    await keepRows(tx, read.id, rows)
    done += rows.length
    await say(done)
  }
  const parse = (kind: ImportKind, row: StoredRow) => {
    const cells = new Map(
      Object.entries(row.cells).map(([key, text]) => [key, { text, type: 'text' as const }]),
    )
    const parsed = parseRow(kind, row.number, cells, read.today)
    // A row that somebody left out stays out until they take it in again.
    return row.decision === 'out' ? { ...parsed, passedOver: true } : parsed
  }
  const organisations = await listStored(tx, read.id, 'organisations', 0, 1_000_000)
  const ground =
    organisations.length > 0
      ? await judgeOrganisations(
          tx,
          read,
          organisations.map((row) => ({ row: parse('organisations', row), newId: row.target })),
          new Map(
            organisations.flatMap((row) => (row.decision ? [[row.number, row.decision] as const] : [])),
          ),
          keep,
        )
      : await openGround(tx, read)
  for (const kind of ['people', 'posts', 'memberships'] as const)
    for (let after = -1; ; ) {
      const rows = await listStored(tx, read.id, kind, after, rowsAtOnce, only && (only.get(kind) ?? []))
      const last = rows.at(-1)
      if (!last) break
      after = last.number
      const asked = rows.map(
        (row): RowToJudge => ({
          parsed: parse(kind, row),
          decision: row.decision === 'out' ? null : row.decision,
          target: row.target,
        }),
      )
      const outs = new Set(rows.filter(({ decision }) => decision === 'out').map(({ number }) => number))
      const judged = await judgeRows(tx, read.id, read.officeId, kind, asked, ground)
      await keep(judged.map((row) => (outs.has(row.number) ? { ...row, decision: 'out' } : row)))
    }
  await refuseBetweenRows(tx, read.id)
}

async function listStored(
  tx: Tx,
  importId: string,
  kind: ImportKind,
  after: number,
  most: number,
  only?: readonly number[],
): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select number, cells, decision, target_id as target, state
    from data_import_row
    where import_id = ${importId} and kind = ${kind} and number > ${after}
      and (${only === undefined}::boolean or state = 'wrong' or number = any(${only ?? []}::int[]))
    order by number limit ${most}
  `.execute(tx)
  return rows
}
