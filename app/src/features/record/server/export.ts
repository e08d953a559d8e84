import { writeCsv } from '@trienkhai/spreadsheet/csv/write-csv.ts'
import type { OutCell, OutRow, OutSheet } from '@trienkhai/spreadsheet/out-sheet.ts'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { showMoment } from '#features/shell/format.ts'
import { mayReadRecord } from '#server/access/record.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { nameOperation } from '../operation-words.ts'
import type { RecordFilters, RecordLine } from '../schema.ts'
import { nameSubjectKind, recordWords } from '../words.ts'
import { readRecordInPortions } from './reads.ts'
import { tellEntries } from './tell.ts'

export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const portion = 500
const mostChanges = 200
/** Rows of a sheet that every program opens; older entries are exported by their days. */
const mostRows = 1_000_000

/**
 * The entries that match, as a file that is written while it is read: a portion is in memory at a time. That somebody
 * took the record out of the product goes on record before the first row goes out.
 */
export async function exportRecord(
  context: Context,
  filters: RecordFilters,
  format: ExportFormat,
): Promise<AsyncIterable<Uint8Array>> {
  if (!mayReadRecord(context.scope)) throw new NotFound('page')
  await context.inTransaction(async (tx) => {
    const [office] = [...context.scope.administers, ...context.scope.offices]
    await record(tx, context, {
      operation: 'record.export',
      subjectKind: 'record',
      subjectId: newId(),
      ...(office ? { officeId: office } : {}),
      after: { format, filters: givenOnly(filters) },
    })
  })
  const sheet = sheetOf(context, filters)
  return format === 'csv' ? writeCsv(sheet) : writeXlsx([sheet])
}

const givenOnly = (filters: RecordFilters): Record<string, unknown> =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '' && value !== null))

function sheetOf(context: Context, filters: RecordFilters): OutSheet {
  const { language } = context
  const words = recordWords[language]
  return {
    name: words.title,
    columns: [
      { title: '#', width: 8, type: 'number' },
      { title: words.when, width: 17 },
      { title: words.who, width: 26 },
      { title: words.office, width: 30 },
      { title: words.what, width: 30 },
      { title: words.subjectKind, width: 16 },
      { title: words.subject, width: 50 },
      { title: words.changes, width: 80 },
    ],
    rows: rowsOf(context, filters),
  }
}

async function* rowsOf(context: Context, filters: RecordFilters): AsyncIterable<OutRow[]> {
  const { reader, scope, language } = context
  let written = 0
  for await (const entries of readRecordInPortions(reader, scope, filters, portion)) {
    const lines = await tellEntries(reader, scope, entries, { language, mostChanges })
    yield lines.map((line) => rowOf(line, language))
    written += lines.length
    if (written >= mostRows) return
  }
}

const text = (value: string | null): OutCell | undefined => (value ? { text: value } : undefined)

function rowOf(line: RecordLine, language: Language): OutRow {
  const words = recordWords[language]
  return [
    { text: String(line.id), type: 'number' },
    text(showMoment(line.doneAt)),
    text(line.accountId === null ? words.program : (line.who ?? words.unnamed)),
    text(line.office),
    text(nameOperation(line.operation, language)),
    text(nameSubjectKind(line.subjectKind, language)),
    text(line.subject),
    text(changesAsText(line, words)),
  ]
}

/** One line a field; a cell of a sheet holds 32,767 letters. */
function changesAsText(line: RecordLine, words: (typeof recordWords)[Language]): string {
  const said = line.changes.map(({ label, before, after }) =>
    before === null ? `${label}: ${after}` : `${label}: ${before} → ${after ?? words.gone}`,
  )
  if (line.isHidden) return words.hidden
  if (line.more > 0) said.push(words.more(String(line.more)))
  return said.join('\n').slice(0, 30_000)
}
