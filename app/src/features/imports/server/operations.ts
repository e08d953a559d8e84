import { sql } from 'kysely'
import { imports } from '#server/access/imports.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { registerFile, releaseFile } from '#server/kept-files.ts'
import { InvalidInput } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { sendJob } from '#server/platform/jobs.ts'
import { record } from '#server/record.ts'
import { columnOf } from '../columns.ts'
import type { ImportKind, ImportLine } from '../schema.ts'
import { judgeAgain } from './judge-import.ts'
import './jobs.ts'
import { replaceCells } from './read-import.ts'
import { getImport } from './reads.ts'
import { listAllowedKinds, maySenderBring } from './rights.ts'
import { deleteImport, insertImport, moveImport } from './writes.ts'

export interface IncomingSheet {
  name: string
  size: number
  stream: () => ReadableStream<Uint8Array>
}

export type BringInOutcome =
  | { ok: true; importId: string }
  | { ok: false; reason: 'empty' }
  | { ok: false; reason: 'too-large'; mostMegabytes: number }
  | { ok: false; reason: 'busy' }

/** Lists of one account that wait or are worked on at once: each takes a job of a minute or two, which others share. */
const mostUnderWay = 3

/** Whether as many lists of the account as may be are on their way; in all web processes alike. */
async function isBusy(tx: Tx, accountId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`imports of ${accountId}`}, 0))`.execute(tx)
  const { rows } = await sql`
    select from data_import
    where account_id = ${accountId} and state in ('waiting', 'reading', 'applying', 'undoing') limit ${mostUnderWay}
  `.execute(tx)
  return rows.length >= mostUnderWay
}

/**
 * Takes a file of lists for an office and sends it to be read. Nothing is brought in yet: a preview comes first. Once
 * this answers `ok` the file is on the disk and the job is queued.
 */
export async function bringInList(
  context: Context,
  wanted: { commandId: string; officeId: string; kind: ImportKind | null },
  file: IncomingSheet,
  limits: { mostBytes: number },
): Promise<BringInOutcome> {
  const allowed = await listAllowedKinds(
    context.reader,
    context.scope.accountId,
    wanted.officeId,
    context.today,
  )
  const facts = { administers: allowed.has('organisations'), keepsPeople: allowed.has('people') }
  requireMay(
    wanted.kind === null
      ? imports.bringInOrganisations(context.scope, facts) || imports.bringInPeople(context.scope, facts)
      : allowed.has(wanted.kind),
  )
  if (file.size === 0) return { ok: false, reason: 'empty' }
  const kept = await keep(context, file, limits)
  if (!kept.ok) return kept
  return asCommand<BringInOutcome>(context, wanted.commandId, 'import.bring-in', async (tx) => {
    if (await isBusy(tx, context.scope.accountId)) return { ok: false, reason: 'busy' }
    await registerFile(tx, context.files, { ...kept, mediaType: 'application/octet-stream' })
    const importId = newId()
    await insertImport(tx, {
      id: importId,
      officeId: wanted.officeId,
      accountId: context.scope.accountId,
      fileHash: kept.hash,
      fileName: tidyName(file.name),
      chosen: wanted.kind,
    })
    await sendJob(tx, 'imports.read', { importId }, { key: `imports.read:${importId}` })
    await record(tx, context, {
      operation: 'import.bring-in',
      subjectKind: 'import',
      subjectId: importId,
      officeId: wanted.officeId,
    })
    return { ok: true, importId }
  })
}

async function keep(context: Context, file: IncomingSheet, limits: { mostBytes: number }) {
  const kept = await context.files.keepFile(file.stream(), limits)
  return kept.ok
    ? kept
    : {
        ok: false as const,
        reason: 'too-large' as const,
        mostMegabytes: Math.floor(kept.mostBytes / 1_048_576),
      }
}

const tidyName = (name: string): string =>
  (name.split(/[\\/]/u).pop() ?? '')
    .replace(/\p{Cc}/gu, '')
    .normalize('NFC')
    .trim()
    .slice(-180) || 'danh-sach'

type BusyOutcome = { ok: false; reason: 'busy' }

export type ChangeOutcome = { ok: true } | { ok: false; reason: 'not-now' }

/** Puts corrected words into the cells of one row of the preview, and judges again what that touches. */
export async function correctRow(
  context: Context,
  importId: string,
  row: { kind: ImportKind; number: number; cells: Readonly<Record<string, string>> },
): Promise<ChangeOutcome> {
  return changeRow(context, importId, row, async (tx) => {
    const { rows } = await sql<{ cells: Record<string, string> }>`
      select cells from data_import_row
      where import_id = ${importId} and kind = ${row.kind} and number = ${row.number}`.execute(tx)
    const [found] = rows
    if (!found) throw new InvalidInput(['number'])
    const cells = { ...found.cells }
    for (const [key, text] of Object.entries(row.cells)) {
      if (!columnOf(row.kind, key)) throw new InvalidInput([key])
      const typed = text.normalize('NFC').replace(/\s+/gu, ' ').trim().slice(0, 1000).toWellFormed()
      if (typed === '') delete cells[key]
      else cells[key] = typed
    }
    await replaceCells(tx, importId, row.kind, [{ number: row.number, typed: cells }])
  })
}

/** Decides whom a row means (`new`, or the id of somebody it resembles), leaves it out, or takes it in again. */
export async function decideRow(
  context: Context,
  importId: string,
  row: { kind: ImportKind; number: number; decision: string | null },
): Promise<ChangeOutcome> {
  return changeRow(context, importId, row, async (tx) => {
    await sql`
      update data_import_row set decision = ${row.decision}
      where import_id = ${importId} and kind = ${row.kind} and number = ${row.number}`.execute(tx)
  })
}

/** Above this, only the row itself and the wrong ones are judged again at once; bringing in judges all. */
const mostJudgedAtOnce = 3000

async function changeRow(
  context: Context,
  importId: string,
  row: { kind: ImportKind; number: number },
  change: (tx: Tx) => Promise<void>,
): Promise<ChangeOutcome> {
  const line = await getImport(context.reader, context.scope, importId)
  return context.inTransaction(async (tx): Promise<ChangeOutcome> => {
    if (!(await moveImport(tx, importId, ['preview'], 'preview', { refusal: null })))
      return { ok: false, reason: 'not-now' }
    await change(tx)
    const isSmall = (line.totalRows ?? 0) <= mostJudgedAtOnce
    await judgeAgain(
      tx,
      { id: importId, officeId: line.officeId, sheets: line.sheets, today: context.today },
      isSmall ? undefined : new Map([[row.kind, [row.number]]]),
    )
    return { ok: true }
  })
}

/** Sends a file to be read once more that was not read for a reason that nobody foresaw. */
export async function readAgain(context: Context, importId: string): Promise<ChangeOutcome | BusyOutcome> {
  await getImport(context.reader, context.scope, importId)
  return context.inTransaction(async (tx): Promise<ChangeOutcome | BusyOutcome> => {
    const { rows } = await sql`
      select from data_import where id = ${importId} and state = 'refused' and file_hash is not null
        and refusal ->> 'reason' = 'unforeseen' for update`.execute(tx)
    if (rows.length === 0) return { ok: false, reason: 'not-now' }
    if (await isBusy(tx, context.scope.accountId)) return { ok: false, reason: 'busy' }
    await moveImport(tx, importId, ['refused'], 'waiting', { refusal: null })
    await sendJob(tx, 'imports.read', { importId }, { key: `imports.read:${importId}` })
    return { ok: true }
  })
}

export type MendOutcome = BringInOutcome | { ok: false; reason: 'not-now' }

/** Takes a corrected file, in which each row says which row of the first file it mends. */
export async function mendByFile(
  context: Context,
  importId: string,
  file: IncomingSheet,
  limits: { mostBytes: number },
): Promise<MendOutcome> {
  await getImport(context.reader, context.scope, importId)
  if (file.size === 0) return { ok: false, reason: 'empty' }
  const kept = await keep(context, file, limits)
  if (!kept.ok) return kept
  return context.inTransaction(async (tx): Promise<MendOutcome> => {
    if (await isBusy(tx, context.scope.accountId)) return { ok: false, reason: 'busy' }
    await registerFile(tx, context.files, { ...kept, mediaType: 'application/octet-stream' })
    if (!(await moveImport(tx, importId, ['preview'], 'waiting', { mendHash: kept.hash, refusal: null })))
      return { ok: false, reason: 'not-now' }
    await sendJob(tx, 'imports.read', { importId }, { key: `imports.read:${importId}` })
    return { ok: true, importId }
  })
}

export type ApplyOutcome = { ok: true } | { ok: false; reason: 'not-now' | 'wrong-rows' | 'nothing' }

/** Brings in what the preview shows, without its wrong rows where that is asked. Sent twice it happens once. */
export async function startApplying(
  context: Context,
  wanted: { commandId: string; importId: string; leaveWrong: boolean; version: number },
): Promise<ApplyOutcome> {
  const line = await getImport(context.reader, context.scope, wanted.importId)
  requireMay(await mayBringIn(context, line))
  return asCommand(context, wanted.commandId, 'import.apply', async (tx): Promise<ApplyOutcome> => {
    const { rows } = await sql<{ wrong: number; right: number }>`
      select count(*) filter (where state = 'wrong')::int as wrong,
        count(*) filter (where state in ('new', 'changed'))::int as right
      from data_import_row where import_id = ${wanted.importId}`.execute(tx)
    const { wrong = 0, right = 0 } = rows[0] ?? {}
    if (right === 0) return { ok: false, reason: 'nothing' }
    if (wrong > 0 && !wanted.leaveWrong) return { ok: false, reason: 'wrong-rows' }
    const { rows: stands } = await sql`
      select from data_import where id = ${wanted.importId} and state = 'preview' and version = ${wanted.version}
      for update`.execute(tx)
    if (stands.length === 0) return { ok: false, reason: 'not-now' }
    await moveImport(tx, wanted.importId, ['preview'], 'applying', {
      leaveWrong: wanted.leaveWrong,
      refusal: null,
    })
    await sendJob(
      tx,
      'imports.apply',
      { importId: wanted.importId },
      { key: `imports.apply:${wanted.importId}` },
    )
    return { ok: true }
  })
}

const mayBringIn = ({ reader, scope, today }: Context, line: ImportLine): Promise<boolean> =>
  maySenderBring(reader, { ...line, accountId: scope.accountId }, today)

export type UndoOutcome = { ok: true } | { ok: false; reason: 'not-now' | 'organisations' }

/** Takes an import back, where nothing else has touched what it brought; the job finds out. */
export async function startUndoing(
  context: Context,
  wanted: { commandId: string; importId: string },
): Promise<UndoOutcome> {
  const line = await getImport(context.reader, context.scope, wanted.importId)
  requireMay(await mayBringIn(context, line))
  return asCommand(context, wanted.commandId, 'import.undo', async (tx): Promise<UndoOutcome> => {
    const { rows } = await sql<{ organisations: boolean; rows: boolean }>`
      select coalesce(bool_or(kind = 'organisations' and state in ('new', 'changed')), false) as organisations,
        count(*) > 0 as rows
      from data_import_row where import_id = ${wanted.importId}`.execute(tx)
    if (rows[0]?.organisations) return { ok: false, reason: 'organisations' }
    if (!rows[0]?.rows || !(await moveImport(tx, wanted.importId, ['done'], 'undoing', { refusal: null })))
      return { ok: false, reason: 'not-now' }
    await sendJob(
      tx,
      'imports.undo',
      { importId: wanted.importId },
      { key: `imports.undo:${wanted.importId}` },
    )
    return { ok: true }
  })
}

/** Gives an import up: its file and its rows are forgotten. What was brought in stays, and so does its record. */
export async function discardImport(context: Context, importId: string): Promise<ChangeOutcome> {
  const line = await getImport(context.reader, context.scope, importId)
  return context.inTransaction(async (tx): Promise<ChangeOutcome> => {
    if (!['preview', 'refused', 'undone'].includes(line.state)) return { ok: false, reason: 'not-now' }
    for (const hash of await deleteImport(tx, importId)) await releaseFile(tx, hash)
    await record(tx, context, {
      operation: 'import.discard',
      subjectKind: 'import',
      subjectId: importId,
      officeId: line.officeId,
    })
    return { ok: true }
  })
}
