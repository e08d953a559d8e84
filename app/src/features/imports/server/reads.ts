import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { ImportKind, ImportLine, ImportRowLine, RowState } from '../schema.ts'

const lineColumns = sql`
  data_import.id, data_import.office_id as "officeId", organisation.name as "officeName",
  data_import.file_name as "fileName", data_import.state, data_import.refusal, data_import.sheets,
  data_import.done_rows as "doneRows", data_import.total_rows as "totalRows", data_import.leave_wrong as "leaveWrong",
  data_import.version, data_import.created_at as "createdAt", data_import.applied_at as "appliedAt",
  data_import.undone_at as "undoneAt"`

/** The imports that somebody brought in, the newest first. */
export async function listImports(
  reader: Reader,
  scope: Scope,
  page: { offset: number; limit: number },
): Promise<{ rows: ImportLine[]; total: number }> {
  const { rows } = await sql<ImportLine & { total: number }>`
    select ${lineColumns}, (count(*) over ())::int as total
    from data_import join organisation on organisation.id = data_import.office_id
    where data_import.account_id = ${scope.accountId}
    order by data_import.created_at desc, data_import.id ${cutPage(page)}
  `.execute(reader)
  return { rows: rows.map(({ total: _, ...line }) => line), total: rows[0]?.total ?? 0 }
}

/** One import, of whoever brought it in. Throws NotFound. */
export async function getImport(reader: Reader, scope: Scope, id: string): Promise<ImportLine> {
  if (!isId(id)) throw new NotFound('import')
  const { rows } = await sql<ImportLine>`
    select ${lineColumns}
    from data_import join organisation on organisation.id = data_import.office_id
    where data_import.id = ${id} and data_import.account_id = ${scope.accountId}
  `.execute(reader)
  const [line] = rows
  if (!line) throw new NotFound('import')
  return line
}

/** How many rows of an import stand in each state, by kind. */
export async function countRows(
  reader: Reader,
  importId: string,
): Promise<{ kind: ImportKind; state: RowState; count: number }[]> {
  const { rows } = await sql<{ kind: ImportKind; state: RowState; count: number }>`
    select kind, state, count(*)::int as count from data_import_row
    where import_id = ${importId} group by kind, state
  `.execute(reader)
  return rows
}

export interface RowQuestion {
  kind: ImportKind
  state: RowState | null
  search: string
  offset: number
  limit: number
}

/** A page of the rows of an import that was found before, in the order of the sheet. */
export async function listRows(
  reader: Reader,
  importId: string,
  { kind, state, search, offset, limit }: RowQuestion,
): Promise<{ rows: ImportRowLine[]; total: number }> {
  const pattern = `%${fold(search).replace(/[%_\\]/g, '\\$&')}%`
  const wanted = sql`import_id = ${importId} and kind = ${kind}
    and (${state}::text is null or state = ${state}) and (${search === ''}::boolean or search_key like ${pattern})`
  const { rows } = await sql<ImportRowLine>`
    select kind, number, target_id as "targetId", state, cells, coalesce(problems, '[]') as problems, coalesce(remarks, '[]') as remarks,
      coalesce(changes, '{}') as changes, decision
    from data_import_row where ${wanted}
    order by number ${cutPage({ offset, limit })}
  `.execute(reader)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from data_import_row where ${wanted}`.execute(reader)
  return { rows, total: counted[0]?.total ?? 0 }
}

/** Rows of one state, or all, in portions: for files that are written from them. */
export async function* streamRows(
  reader: Reader,
  importId: string,
  kind: ImportKind,
  state: RowState | null,
): AsyncIterable<ImportRowLine[]> {
  for (let after = -1; ; ) {
    const { rows } = await sql<ImportRowLine>`
      select kind, number, target_id as "targetId", state, cells, coalesce(problems, '[]') as problems, coalesce(remarks, '[]') as remarks,
        coalesce(changes, '{}') as changes, decision
      from data_import_row
      where import_id = ${importId} and kind = ${kind} and (${state}::text is null or state = ${state}) and number > ${after}
      order by number limit 1000
    `.execute(reader)
    const last = rows.at(-1)
    if (!last) return
    after = last.number
    yield rows
  }
}
