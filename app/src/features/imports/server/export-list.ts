import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { imports } from '#server/access/imports.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { record } from '#server/record.ts'
import { type ImportKind, importKinds } from '../schema.ts'
import { outColumns, sheetName } from '../sheet-shapes.ts'
import { exportRows } from './export-rows.ts'
import { type FileFormat, listTitles, writeFile } from './out-files.ts'
import { listAllowedKinds } from './rights.ts'

/**
 * Takes a list out as a file of the shape in which lists come in; with 'all', one workbook of four sheets. It is
 * written while it is read, and that somebody took it goes on record before the first row goes out.
 */
export async function exportList(
  context: Context,
  wanted: {
    officeId: string
    kind: ImportKind | 'all'
    format: FileFormat
    on: CivilDate
    /** What has ended by then, too. */
    history?: boolean
  },
): Promise<{ portions: AsyncIterable<Uint8Array>; officeName: string }> {
  const { reader, scope, language, today } = context
  const { history = false } = wanted
  const allowed = await listAllowedKinds(reader, scope.accountId, wanted.officeId, today)
  const facts = { administers: allowed.has('organisations'), keepsPeople: allowed.has('people') }
  const office = await reader
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', '=', wanted.officeId)
    .executeTakeFirst()
  const kinds = wanted.kind === 'all' ? importKinds : [wanted.kind]
  const may = kinds.every((kind) =>
    kind === 'organisations' ? imports.exportOrganisations(scope, facts) : imports.exportPeople(scope, facts),
  )
  // Whoever has no right there is not told whether there is such an office.
  if (!office || !may) throw new NotFound('list')
  await context.inTransaction(async (tx) => {
    await record(tx, context, {
      operation: 'list.export',
      subjectKind: 'organisation',
      subjectId: office.id,
      officeId: office.id,
      after: { lists: kinds, format: wanted.format, on: wanted.on, ...(history ? { history } : {}) },
    })
  })
  const titles = await listTitles(reader)
  const question = { officeId: office.id, on: wanted.on, history, today, language }
  const sheets = kinds.map((kind) => ({
    name: sheetName(kind, language),
    columns: outColumns(kind, language, { titles, history }),
    rows: exportRows(reader, kind, question),
  }))
  return {
    portions: writeFile(sheets, wanted.kind === 'all' ? 'xlsx' : wanted.format),
    officeName: office.name,
  }
}
