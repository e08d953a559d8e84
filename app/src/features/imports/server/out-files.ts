import { writeCsv } from '@trienkhai/spreadsheet/csv/write-csv.ts'
import type { OutCell, OutRow, OutSheet } from '@trienkhai/spreadsheet/out-sheet.ts'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import { sql } from 'kysely'
import type { Context, Language } from '#server/context.ts'
import type { Reader } from '#server/database/handles.ts'
import { columnOf, originalRow, reasons, sheetColumns } from '../columns.ts'
import { describeProblem } from '../problem-words.ts'
import { type ImportKind, type ImportLine, type ImportRowLine, importKinds } from '../schema.ts'
import { outColumns, sheetName, templateSheet } from '../sheet-shapes.ts'
import { importWords } from '../words.ts'
import { streamRows } from './reads.ts'

export type FileFormat = 'xlsx' | 'csv'

/** Sheets as a file of one format; CSV holds the first of them. */
export function writeFile(sheets: readonly OutSheet[], format: FileFormat): AsyncIterable<Uint8Array> {
  const [first] = sheets
  return format === 'csv' && first ? writeCsv(first) : writeXlsx(sheets)
}

/** The titles that posts may have, for the lists of choices. */
export async function listTitles(reader: Reader): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from post_title where ended_on is null group by name order by min(rank), name limit 500
  `.execute(reader)
  return rows.map(({ name }) => name)
}

/** Empty sheets to be filled in. */
export async function writeTemplate(
  context: Context,
  kinds: readonly ImportKind[],
): Promise<AsyncIterable<Uint8Array>> {
  const titles = await listTitles(context.reader)
  return writeXlsx(kinds.map((kind) => templateSheet(kind, context.language, { titles })))
}

/**
 * The wrong rows of an import in their own shape: wrong cells tinted with the reason beside them, all reasons once more
 * at the end, and the row of the first file, by which the corrected rows find their place again.
 */
export async function writeCorrections(
  context: Context,
  line: ImportLine,
): Promise<AsyncIterable<Uint8Array>> {
  const { language, reader } = context
  const titles = await listTitles(reader)
  const { rows: kinds } = await sql<{ kind: ImportKind }>`
    select distinct kind from data_import_row where import_id = ${line.id} and state = 'wrong'`.execute(
    reader,
  )
  const wanted = importKinds.filter((kind) => kinds.some((each) => each.kind === kind))
  return writeXlsx(
    (wanted.length > 0 ? wanted : importKinds.slice(0, 1)).map((kind) => ({
      name: sheetName(kind, language),
      remarks: importWords[language].correctionRemarks.split('\n'),
      columns: [
        { title: originalRow.title[language], width: 10 },
        ...outColumns(kind, language, { titles }),
        { title: reasons.title[language], width: 60 },
      ],
      rows: correctionRows(context, line.id, kind),
    })),
  )
}

async function* correctionRows(
  { reader, language }: Context,
  importId: string,
  kind: ImportKind,
): AsyncIterable<OutRow[]> {
  for await (const rows of streamRows(reader, importId, kind, 'wrong'))
    yield rows.map((row) => [
      { text: String(row.number) },
      ...sheetColumns(kind).map(({ key }) => correctionCell(kind, row, key, language)),
      { text: describeAll(kind, row, language), look: 'reason' as const },
    ])
}

function correctionCell(
  kind: ImportKind,
  row: ImportRowLine,
  key: string,
  language: Language,
): OutCell | undefined {
  const text = row.cells[key] ?? ''
  const said = row.problems
    .filter(({ column }) => column === key)
    .map((problem) => describeProblem(kind, problem, language))
  if (said.length > 0) return { text, look: 'wrong', note: said.join(' ') }
  return text === '' ? undefined : { text }
}

function describeAll(kind: ImportKind, row: ImportRowLine, language: Language): string {
  return row.problems
    .map((problem) => {
      const title = columnOf(kind, problem.column)?.title[language] ?? problem.column
      return `${title}: ${describeProblem(kind, problem, language)}`
    })
    .join('\n')
}
