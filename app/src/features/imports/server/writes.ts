import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import type { Judged } from '../judging.ts'
import type { ImportKind, ImportRefusal, ImportSheet, ImportState } from '../schema.ts'

/** Enters an import, waiting to be read. */
export async function insertImport(
  tx: Tx,
  row: {
    id: string
    officeId: string
    accountId: string
    fileHash: string
    fileName: string
    chosen: ImportKind | null
  },
): Promise<void> {
  await tx
    .insertInto('data_import')
    .values({
      id: row.id,
      office_id: row.officeId,
      account_id: row.accountId,
      file_hash: row.fileHash,
      file_name: row.fileName,
      chosen_kind: row.chosen,
    })
    .execute()
}

/** Moves an import on, where it stands in one of these states; answers whether it did. */
export async function moveImport(
  tx: Tx,
  importId: string,
  from: readonly ImportState[],
  to: ImportState,
  more: {
    refusal?: ImportRefusal | null
    sheets?: readonly ImportSheet[]
    totalRows?: number | null
    leaveWrong?: boolean
    mendHash?: string | null
    appliedAt?: Date
    undoneAt?: Date
  } = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable('data_import')
    .set((update) => ({
      state: to,
      version: update('version', '+', 1),
      done_rows: 0,
      ...(more.refusal === undefined ? {} : { refusal: more.refusal && JSON.stringify(more.refusal) }),
      ...(more.sheets === undefined ? {} : { sheets: JSON.stringify(more.sheets) }),
      ...(more.totalRows === undefined ? {} : { total_rows: more.totalRows }),
      ...(more.leaveWrong === undefined ? {} : { leave_wrong: more.leaveWrong }),
      ...(more.mendHash === undefined ? {} : { mend_hash: more.mendHash }),
      ...(more.appliedAt === undefined ? {} : { applied_at: more.appliedAt }),
      ...(more.undoneAt === undefined ? {} : { undone_at: more.undoneAt }),
    }))
    .where('id', '=', importId)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** A figure for the page that waits. */
export async function noteProgress(tx: Tx, importId: string, doneRows: number): Promise<void> {
  await tx.updateTable('data_import').set({ done_rows: doneRows }).where('id', '=', importId).execute()
}

/** A row as it is kept. */
export interface KeptRow extends Judged {
  readonly kind: ImportKind
  readonly number: number
  readonly cells: Readonly<Record<string, string>>
  readonly decision: string | null
}

/** Keeps rows as judged, those that are there already anew; one statement. */
export async function keepRows(tx: Tx, importId: string, rows: readonly KeptRow[]): Promise<void> {
  const json = (pick: (row: KeptRow) => unknown): (string | null)[] =>
    rows.map((row) => {
      const value = pick(row)
      return value === null ? null : JSON.stringify(value)
    })
  const listed = <Value>(values: readonly Value[]): readonly Value[] | null =>
    values.length > 0 ? values : null
  await sql`
    insert into data_import_row (
      import_id, kind, number, target_id, cells, facts, state, problems, remarks, changes, decision, name_key, born_on,
      search_key
    )
    select ${importId}, kind, number, target_id, cells::jsonb, facts::jsonb, state, problems::jsonb, remarks::jsonb,
      changes::jsonb, decision, name_key, born_on, folded(search)
    from unnest(
      ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.number)}::int[],
      ${rows.map((row) => row.target)}::uuid[], ${json((row) => row.cells)}::text[], ${json((row) => row.facts)}::text[],
      ${rows.map((row) => row.state)}::text[], ${json((row) => listed(row.problems))}::text[],
      ${json((row) => listed(row.remarks))}::text[],
      ${json((row) => (Object.keys(row.changes).length > 0 ? row.changes : null))}::text[],
      ${rows.map((row) => row.decision)}::text[], ${rows.map((row) => row.nameKey)}::text[],
      ${rows.map((row) => row.bornOn)}::date[],
      ${rows.map((row) => Object.values(row.cells).join(' ').slice(0, 1000))}::text[]
    ) as row (
      kind, number, target_id, cells, facts, state, problems, remarks, changes, decision, name_key, born_on, search
    )
    on conflict (import_id, kind, number) do update set target_id = excluded.target_id, cells = excluded.cells,
      facts = excluded.facts, state = excluded.state, problems = excluded.problems, remarks = excluded.remarks,
      changes = excluded.changes, decision = excluded.decision, name_key = excluded.name_key,
      born_on = excluded.born_on, search_key = excluded.search_key
  `.execute(tx)
}

/** Forgets the rows of an import. */
export async function deleteRows(tx: Tx, importId: string): Promise<void> {
  await tx.deleteFrom('data_import_row').where('import_id', '=', importId).execute()
}

/** Forgets an import with its rows; answers the hashes of its files. */
export async function deleteImport(tx: Tx, importId: string): Promise<string[]> {
  const gone = await tx
    .deleteFrom('data_import')
    .where('id', '=', importId)
    .returning(['file_hash', 'mend_hash'])
    .executeTakeFirst()
  return [gone?.file_hash, gone?.mend_hash].filter((hash): hash is string => Boolean(hash))
}
