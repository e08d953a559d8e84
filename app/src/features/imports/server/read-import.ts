import { catchRefusal, type Refusal } from '@trienkhai/spreadsheet/refusal.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { type Database, inSnapshot, inTransaction, type Tx } from '#server/database/handles.ts'
import { today } from '#server/platform/clock.ts'
import type { FileStore } from '#server/platform/files.ts'
import { newId } from '#server/platform/ids.ts'
import { originalRow } from '../columns.ts'
import type { OrganisationRowRead } from '../judge-organisations.ts'
import type { JudgingGround } from '../judge-people.ts'
import { type ParsedRow, parseRow } from '../parse-row.ts'
import type { ImportKind, ImportSheet } from '../schema.ts'
import {
  type ImportToJudge,
  judgeAgain,
  judgeOrganisations,
  type Keeping,
  openGround,
  rowsAtOnce,
} from './judge-import.ts'
import { judgeRows, planByValues } from './judge-rows.ts'
import { openImportFile, readRows, type SheetToRead } from './read-file.ts'
import { refuseBetweenRows } from './refuse-between-rows.ts'
import { listAllowedKinds } from './rights.ts'
import { deleteRows, keepRows, moveImport, noteProgress } from './writes.ts'

export interface ImportTools {
  database: Database
  files: FileStore
  stopping: AbortSignal
}

interface Taken {
  officeId: string
  accountId: string
  fileHash: string | null
  mendHash: string | null
  chosen: ImportKind | null
  sheets: ImportSheet[]
}

/**
 * Reads the file of an import and judges its rows one by one, in portions: memory holds one portion, whatever the file
 * holds. Safe to run again: what an earlier run kept is forgotten first. A corrected file changes the rows that it names
 * and leaves the others.
 */
export async function readImport(tools: ImportTools, importId: string): Promise<void> {
  const { database } = tools
  const taken = await inTransaction(database, (tx) => takeForReading(tx, importId))
  if (!taken) return
  const day = today()
  try {
    const outcome = taken.mendHash
      ? await readCorrections(tools, importId, taken, day)
      : await readWhole(tools, importId, taken, day)
    await inTransaction(database, async (tx) => {
      await moveImport(
        tx,
        importId,
        ['reading'],
        'preview',
        outcome.ok
          ? { refusal: null, mendHash: null, ...outcome.more }
          : { refusal: outcome, mendHash: null },
      )
      if (!outcome.ok && !taken.mendHash) {
        // Half a list is no list: what was read before the refusal goes.
        await deleteRows(tx, importId)
        await moveImport(tx, importId, ['preview'], 'refused', { refusal: outcome })
      }
    })
  } catch (error) {
    tools.stopping.throwIfAborted()
    throw error
  }
}

async function takeForReading(tx: Tx, importId: string): Promise<Taken | undefined> {
  const { rows } = await sql<Taken>`
    update data_import set state = 'reading', done_rows = 0, total_rows = null, version = version + 1
    where id = ${importId} and state in ('waiting', 'reading')
    returning office_id as "officeId", account_id as "accountId", file_hash as "fileHash", mend_hash as "mendHash",
      chosen_kind as chosen, sheets
  `.execute(tx)
  const [taken] = rows
  if (taken && !taken.mendHash) await deleteRows(tx, importId)
  return taken
}

type Outcome = { ok: true; more: { sheets?: readonly ImportSheet[]; totalRows?: number } } | Refusal

async function readWhole(
  tools: ImportTools,
  importId: string,
  taken: Taken,
  day: CivilDate,
): Promise<Outcome> {
  const { database, files, stopping } = tools
  const bytes = taken.fileHash ? await files.readWholeFile(taken.fileHash) : undefined
  if (!bytes) return { ok: false, reason: 'damaged' }
  const allowed = await listAllowedKinds(database.reader, taken.accountId, taken.officeId, day)
  let done = 0
  const keep: Keeping = async (rows) => {
    stopping.throwIfAborted()
    await inTransaction(database, async (tx) => {
      await keepRows(tx, importId, rows)
      done += rows.length
      await noteProgress(tx, importId, done)
    })
  }
  try {
    const opened = await openImportFile(bytes, taken.chosen, allowed)
    if (!opened.ok) return opened
    if (opened.toRead.length === 0) return { ok: true, more: { sheets: opened.sheets, totalRows: 0 } }
    const read: ImportToJudge = { id: importId, officeId: taken.officeId, sheets: opened.sheets, today: day }
    let ground: JudgingGround | undefined
    for (const sheet of opened.toRead) {
      if (sheet.kind === 'organisations') {
        const rows: OrganisationRowRead[] = []
        for await (const portion of parsePortions(sheet, day))
          for (const row of portion) rows.push({ row, newId: newId() })
        ground = await judgeOrganisations(database.reader, read, rows, new Map(), keep)
        continue
      }
      ground ??= await openGround(database.reader, read)
      for await (const portion of parsePortions(sheet, day)) {
        const asked = portion.map((parsed) => ({ parsed, decision: null, target: null }))
        const { kind } = sheet
        const known = ground
        const judged = await inSnapshot(database, async (reader) => {
          await planByValues(reader)
          return judgeRows(reader, importId, taken.officeId, kind, asked, known)
        })
        await keep(judged)
      }
    }
    await inTransaction(database, async (tx) => {
      await sql`select count_import_rows()`.execute(tx)
      await refuseBetweenRows(tx, importId)
    })
    return done === 0
      ? { ok: false, reason: 'empty' }
      : { ok: true, more: { sheets: opened.sheets, totalRows: done } }
  } catch (error) {
    return catchRefusal(error)
  }
}

async function* parsePortions(sheet: SheetToRead, day: CivilDate): AsyncIterable<ParsedRow[]> {
  let gathered: ParsedRow[] = []
  for await (const rows of readRows(sheet))
    for (const { number, cells, heading } of rows) {
      const parsed = parseRow(sheet.kind, number, cells, day)
      if (heading !== undefined) gathered.push({ ...parsed, cells: { name: heading }, passedOver: true })
      else if (Object.keys(parsed.cells).length > 0) gathered.push(parsed)
      if (gathered.length < rowsAtOnce) continue
      yield gathered
      gathered = []
    }
  if (gathered.length > 0) yield gathered
}

async function readCorrections(
  tools: ImportTools,
  importId: string,
  taken: Taken,
  day: CivilDate,
): Promise<Outcome> {
  const { database, files } = tools
  const bytes = taken.mendHash ? await files.readWholeFile(taken.mendHash) : undefined
  if (!bytes) return { ok: false, reason: 'damaged' }
  try {
    const allowed = await listAllowedKinds(database.reader, taken.accountId, taken.officeId, day)
    const opened = await openImportFile(bytes, null, allowed)
    if (!opened.ok) return opened
    const mended = new Map<ImportKind, number[]>()
    const total = await inTransaction(database, async (tx) => {
      for (const sheet of opened.toRead)
        for await (const rows of readRows(sheet)) {
          const corrections = rows.flatMap(({ cells }) => {
            const number = Number(cells.get(originalRow.key)?.text)
            if (!Number.isInteger(number) || number < 1) return []
            const { cells: typed } = parseRow(sheet.kind, number, cells, day)
            return { number, typed }
          })
          await replaceCells(tx, importId, sheet.kind, corrections)
          const numbers = mended.get(sheet.kind) ?? []
          for (const { number } of corrections) numbers.push(number)
          mended.set(sheet.kind, numbers)
        }
      await judgeAgain(
        tx,
        { id: importId, officeId: taken.officeId, sheets: taken.sheets, today: day },
        mended,
      )
      const { rows } = await sql<{ total: number }>`
        select count(*)::int as total from data_import_row where import_id = ${importId}`.execute(tx)
      return rows[0]?.total ?? 0
    })
    return [...mended.values()].every((numbers) => numbers.length === 0)
      ? { ok: false, reason: 'damaged', found: 'no-original-rows' }
      : { ok: true, more: { totalRows: total } }
  } catch (error) {
    return catchRefusal(error)
  }
}

/** Puts other words into the cells of rows that are there; rows that are not are not made. */
export async function replaceCells(
  tx: Tx,
  importId: string,
  kind: ImportKind,
  corrections: readonly { number: number; typed: Readonly<Record<string, string>> }[],
): Promise<void> {
  if (corrections.length === 0) return
  await sql`
    update data_import_row row set cells = mended.cells::jsonb, decision = null
    from unnest(
      ${corrections.map(({ number }) => number)}::int[], ${corrections.map(({ typed }) => JSON.stringify(typed))}::text[]
    ) as mended (number, cells)
    where row.import_id = ${importId} and row.kind = ${kind} and row.number = mended.number
  `.execute(tx)
}
