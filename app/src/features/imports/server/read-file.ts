import { importLimits } from '@trienkhai/spreadsheet/limits.ts'
import { openWorkbook } from '@trienkhai/spreadsheet/open-workbook.ts'
import type { Refusal } from '@trienkhai/spreadsheet/refusal.ts'
import type { Sheet } from '@trienkhai/spreadsheet/sheet.ts'
import {
  findHead,
  readFirstRows,
  readTableRows,
  type TableHead,
  type TableRow,
  titleKey,
} from '@trienkhai/spreadsheet/table.ts'
import { importColumns, wantedColumns } from '../columns.ts'
import { type ImportKind, type ImportSheet, importKinds } from '../schema.ts'
import { sheetNames } from '../sheet-names.ts'

/** A sheet of the file that will be read, with what it is. */
export interface SheetToRead {
  readonly sheet: Sheet
  readonly head: TableHead<string>
  readonly kind: ImportKind
}

export type FileOpened =
  | { readonly ok: true; readonly toRead: readonly SheetToRead[]; readonly sheets: readonly ImportSheet[] }
  | Refusal

/**
 * Opens a file and finds what each of its sheets is a list of, by its titles; or as somebody said. A kind that may not
 * be brought in is left alone, and so is a second sheet of a kind.
 */
export async function openImportFile(
  bytes: Uint8Array,
  chosen: ImportKind | null,
  allowed: ReadonlySet<ImportKind>,
): Promise<FileOpened> {
  const workbook = await openWorkbook(bytes, importLimits)
  if (!workbook.ok) return workbook
  const toRead: SheetToRead[] = []
  const sheets: ImportSheet[] = []
  for (const sheet of workbook.sheets) {
    const found = await findKind(sheet, chosen)
    if (!found) {
      sheets.push({ name: sheet.name, kind: null, skipped: 'no-titles', headRow: 0, columns: [], extra: [] })
      continue
    }
    const { kind, head } = found
    const skipped = !allowed.has(kind)
      ? 'no-right'
      : toRead.some((each) => each.kind === kind)
        ? 'second-of-kind'
        : null
    if (!skipped) toRead.push({ sheet, head, kind })
    sheets.push({
      name: sheet.name,
      kind,
      skipped,
      headRow: head.rowNumber,
      columns: [...head.columns]
        .map(([key, [column = 0]]) => ({ key, column }))
        .sort((a, b) => a.column - b.column),
      extra: head.extra.map(({ title }) => title.slice(0, 80).toWellFormed()).slice(0, 40),
    })
  }
  toRead.sort((a, b) => importKinds.indexOf(a.kind) - importKinds.indexOf(b.kind))
  return { ok: true, toRead, sheets }
}

async function findKind(
  sheet: Sheet,
  chosen: ImportKind | null,
): Promise<{ kind: ImportKind; head: TableHead<string> } | undefined> {
  const first = await readFirstRows(sheet)
  if (chosen) {
    const head = findHead(first, wantedColumns(chosen, true))
    return head && { kind: chosen, head }
  }
  const named = importKinds.find((kind) =>
    sheetNames[kind].some((name) => titleKey(name) === titleKey(sheet.name)),
  )
  let best: { kind: ImportKind; head: TableHead<string>; score: number } | undefined
  for (const kind of importKinds) {
    const head = findHead(first, wantedColumns(kind, kind === named))
    if (!head) continue
    // The sheet's own name decides; then how much of the list is known, and how much of the kind is there.
    const score = head.columns.size * 100 - importColumns[kind].length + (kind === named ? 10_000 : 0)
    if (!best || score > best.score) best = { kind, head, score }
  }
  return best
}

/** The rows of a sheet in portions; headings between rows come without cells. */
export function readRows({ sheet, head }: SheetToRead): AsyncIterable<readonly TableRow<string>[]> {
  return readTableRows(sheet, head)
}
