import { smallSheetLimits } from '@trienkhai/spreadsheet/limits.ts'
import { describeRefusal } from '@trienkhai/spreadsheet/refusal.ts'
import { readSmallTable } from '@trienkhai/spreadsheet/table.ts'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { sql } from 'kysely'
import { organisationKinds } from '#features/organisations/schema.ts'
import { organisationWords } from '#features/organisations/words.ts'
import type { Reader } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { mostSteps } from '../schema.ts'
import { type AreaBody, type SheetStep, sheetColumns, stepsOfSheet, type WrongCell } from '../sheet-steps.ts'
import { reorganisationWords } from '../words.ts'
import type { NewStep } from './operations.ts'

const titles = reorganisationWords.vi.sheet.columns

/** The rows of a sheet of steps, or why it is not read. */
export async function readStepRows(
  bytes: Uint8Array,
  language: Language,
): Promise<{ ok: true; rows: SheetStep[] } | { ok: false; words: string }> {
  const wanted = sheetColumns.map((key) => ({
    key,
    titles: [titles[key]],
    required: key === 'work' || key === 'body',
  }))
  const table = await readSmallTable(bytes, wanted, smallSheetLimits)
  const { wrong } = reorganisationWords[language].sheet
  if (!table.ok)
    return {
      ok: false,
      words: table.reason === 'no-titles' ? wrong['columns-missing'] : describeRefusal(table, language),
    }
  const rows = table.rows
    .map(({ number, cells }) => ({
      row: number,
      cells: Object.fromEntries([...cells].map(([key, cell]) => [key, cell.text])),
    }))
    .filter(({ cells }) => Object.values(cells).some((text) => text.trim() !== ''))
  return rows.length > mostSteps ? { ok: false, words: wrong['too-many-rows'] } : { ok: true, rows }
}

/** The steps that the rows of a sheet stand for in an area, or the cells that have to be mended. One query. */
export async function judgeStepRows(
  reader: Reader,
  rows: readonly SheetStep[],
  topId: string,
): Promise<{ steps: NewStep[]; wrong: WrongCell[] }> {
  const { rows: bodies } = await sql<AreaBody>`
    select body.id, body.name, body.abbreviation, body.kind, body.hierarchy, body.unit_code as "unitCode",
      body.parent_id as "parentId"
    from organisation_line line join organisation body on body.id = line.organisation_id
    where line.ancestor_id = ${topId} and body.ended_on is null
  `.execute(reader)
  return stepsOfSheet(rows, bodies, newId)
}

/** An empty sheet with its columns, what may be chosen in them, and an example of a merger. */
export function writeStepTemplate(language: Language): AsyncIterable<Uint8Array> {
  const kinds = organisationKinds.map((kind) => organisationWords.vi.kind[kind])
  const works = ['Thành lập', 'Đổi tên', 'Chuyển', 'Sáp nhập', 'Chia tách', 'Giải thể']
  const widths = { work: 14, body: 40, under: 32, result: 40, kind: 24, abbreviation: 14, newParent: 32 }
  return writeXlsx([
    {
      name: 'Sap xep',
      remarks: [reorganisationWords[language].fileHint],
      columns: sheetColumns.map((key) => ({
        title: titles[key],
        width: widths[key],
        required: key === 'work' || key === 'body',
        ...(key === 'work' ? { choices: works } : {}),
        ...(key === 'kind' ? { choices: kinds } : {}),
      })),
      rows: [],
    },
  ])
}
