import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import { sql } from 'kysely'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import type { TestDatabase } from '../../../../../tests/helpers/database.ts'
import type { SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { importColumns } from '../columns.ts'
import type { ImportKind, ImportRowLine, RowState } from '../schema.ts'
import { sheetNames } from '../sheet-names.ts'
import { bringInList } from './operations.ts'
import { readImport } from './read-import.ts'
import { getImport, listRows } from './reads.ts'

/** Rows of one sheet, by the keys of their columns. */
export type TestSheet = readonly Readonly<Record<string, string>>[]

/** A workbook of our own shape. */
export async function makeWorkbook(sheets: Partial<Record<ImportKind, TestSheet>>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const written = writeXlsx(
    (Object.keys(sheets) as ImportKind[]).map((kind) => ({
      name: sheetNames[kind][0],
      columns: importColumns[kind].map(({ title, width }) => ({ title: title.vi, width })),
      rows: [
        (sheets[kind] ?? []).map((row) =>
          importColumns[kind].map(({ key }) => {
            const text = row[key]
            return text === undefined ? undefined : { text }
          }),
        ),
      ],
    })),
  )
  for await (const part of written) parts.push(part)
  return Buffer.concat(parts)
}

export const incoming = (bytes: Uint8Array, name = 'danh-sach.xlsx') => {
  const file = new File([Uint8Array.from(bytes)], name)
  return { name, size: file.size, stream: () => file.stream() }
}

/** Somebody who administers a body and keeps the personal data of its people. */
export async function actAsKeeper(
  test: TestDatabase,
  office: SampleOffice,
  organisation: string,
): Promise<Context> {
  const context = await office.actAs([['administrator', organisation]])
  await inTransaction(test.database, async (tx) => {
    await sql`
      insert into role_grant (id, account_id, role, organisation_id, from_on)
      values (${newId()}, ${context.actor.accountId}, 'personnel', ${office.idOf(organisation)}, '2020-01-01')
    `.execute(tx)
  })
  return context
}

/** What jobs are given. */
export const toolsOf = (test: TestDatabase, context: Context) => ({
  database: test.database,
  files: context.files,
  stopping: new AbortController().signal,
})

export const limits = { mostBytes: 64_000_000 }

/** Sends a file and reads it, as its job would; answers the import's id. */
export async function bringIn(
  test: TestDatabase,
  context: Context,
  officeId: string,
  bytes: Uint8Array,
  kind: ImportKind | null = null,
): Promise<string> {
  const sent = await bringInList(context, { commandId: newId(), officeId, kind }, incoming(bytes), limits)
  if (!sent.ok) throw new Error(sent.reason)
  await readImport(toolsOf(test, context), sent.importId)
  return sent.importId
}

/** An import's rows as tests compare them: number, state, wrong cells with their reasons, changes. */
export async function rowsOf(
  context: Context,
  importId: string,
  kind: ImportKind,
  state: RowState | null = null,
): Promise<(readonly [number, RowState, Record<string, string>])[]> {
  await getImport(context.reader, context.scope, importId)
  const { rows } = await listRows(context.reader, importId, {
    kind,
    state,
    search: '',
    offset: 0,
    limit: 200,
  })
  return rows.map((row) => [row.number, row.state, detailsOf(row)])
}

function detailsOf(row: ImportRowLine): Record<string, string> {
  return {
    ...Object.fromEntries(
      Object.entries(row.changes).map(([key, [before, after]]) => [key, `${before ?? ''} → ${after ?? ''}`]),
    ),
    ...Object.fromEntries(
      row.problems.map((problem) => [
        problem.column,
        [problem.reason, problem.meant ?? problem.detail].filter(Boolean).join(': '),
      ]),
    ),
  }
}
