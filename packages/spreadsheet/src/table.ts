import { fold } from '@trienkhai/vietnamese/fold.ts'
import { importLimits, type Limits } from './limits.ts'
import { openWorkbook } from './open-workbook.ts'
import { catchRefusal, type Refusal } from './refusal.ts'
import { type Cell, columnLetters, type Sheet, type SheetRow } from './sheet.ts'

/** A column that is looked for: its key, and the titles under which people write it, in any language. */
export interface WantedColumn<Key extends string> {
  readonly key: Key
  readonly titles: readonly string[]
  /** Without it the row of titles is not taken for one. */
  readonly required?: boolean
}

/** Where the titles stand, and which column is which. */
export interface TableHead<Key extends string> {
  /** The row of titles, counted from 1. */
  readonly rowNumber: number
  /** Columns from 0; several where one title is merged over two (surname and given name apart). */
  readonly columns: ReadonlyMap<Key, readonly number[]>
  /** Columns with a title that is not known: nothing is read from them, and people are told. */
  readonly extra: readonly { readonly column: number; readonly title: string }[]
}

/** A row below the titles. */
export interface TableRow<Key extends string> {
  readonly number: number
  readonly cells: ReadonlyMap<Key, Cell>
  /** A heading between rows, merged across them ("I. Khối đảng"): it holds no values. */
  readonly heading?: string
}

const headSearchedRows = 40

/** Marks, case, signs, notes in brackets and line breaks in a title don't matter: `HỌ VÀ TÊN (*)` is `ho va ten`. */
export function titleKey(title: string): string {
  return fold(title.replace(/\([^)]*\)/g, ' '))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** The rows among which titles are looked for. Throws `StopReading` as the sheet does. */
export async function readFirstRows(sheet: Sheet): Promise<readonly SheetRow[]> {
  const first: SheetRow[] = []
  for await (const rows of sheet.rows()) {
    first.push(...rows.slice(0, headSearchedRows - first.length))
    if (first.length >= headSearchedRows) break
  }
  return first
}

/** The row among the first ones that holds the wanted titles, in any order; undefined where none does. */
export function findHead<Key extends string>(
  firstRows: readonly SheetRow[],
  wanted: readonly WantedColumn<Key>[],
): TableHead<Key> | undefined {
  const keys = new Map<string, Key>()
  for (const { key, titles } of wanted) for (const title of titles) keys.set(titleKey(title), key)
  const required = wanted.filter((column) => column.required).map((column) => column.key)
  let best: TableHead<Key> | undefined
  for (const row of firstRows) {
    const head = readHead(row, keys)
    // In titles of two rows the lower one is the finer, and merged titles reach down into it.
    const isBetter = head.columns.size > (best?.columns.size ?? 0) || isLowerHalf(best, head, row)
    if (isBetter && required.every((key) => head.columns.has(key))) best = head
  }
  return best
}

function isLowerHalf<Key extends string>(
  best: TableHead<Key> | undefined,
  head: TableHead<Key>,
  row: SheetRow,
): boolean {
  return (
    best !== undefined &&
    head.rowNumber === best.rowNumber + 1 &&
    head.columns.size === best.columns.size &&
    row.cells.some((cell) => cell?.merged)
  )
}

function readHead<Key extends string>(row: SheetRow, keys: ReadonlyMap<string, Key>): TableHead<Key> {
  const columns = new Map<Key, number[]>()
  const extra: { column: number; title: string }[] = []
  for (const [column, cell] of row.cells.entries()) {
    if (!cell || cell.text.trim() === '') continue
    const key = keys.get(titleKey(cell.text))
    const known = key === undefined ? undefined : columns.get(key)
    if (key !== undefined && !known) columns.set(key, [column])
    else if (known && cell.merged && column === (known.at(-1) ?? 0) + 1) known.push(column)
    else extra.push({ column, title: cell.text })
  }
  return { rowNumber: row.number, columns, extra }
}

/** The rows below the titles, in portions. Throws `StopReading` as the sheet does. */
export async function* readTableRows<Key extends string>(
  sheet: Sheet,
  head: TableHead<Key>,
): AsyncIterable<readonly TableRow<Key>[]> {
  for await (const rows of sheet.rows()) {
    const below = rows
      .filter((row) => row.number > head.rowNumber)
      .filter((row) => !(row.number <= head.rowNumber + 2 && isCounting(row)))
    if (below.length > 0) yield below.map((row) => readTableRow(row, head))
  }
}

/** Under the titles many sheets count their columns: 1, 2, 3 or (1), (2), (3), or A, B, 1, 2. */
function isCounting(row: SheetRow): boolean {
  const texts = row.cells.flatMap((cell) => (cell ? [cell.text.replace(/[()\s[\]]/g, '')] : []))
  if (texts.length < 2) return false
  const numbers = texts.filter((text) => /^\d{1,2}$/.test(text)).map(Number)
  const letters = texts.filter((text) => /^[A-Z]$/.test(text))
  return (
    numbers.length + letters.length === texts.length &&
    numbers.length > 0 &&
    letters.length <= 2 &&
    numbers.every((value, at) => at === 0 || value === (numbers[at - 1] ?? 0) + 1)
  )
}

function readTableRow<Key extends string>(row: SheetRow, head: TableHead<Key>): TableRow<Key> {
  const held = row.cells.filter((cell) => cell !== undefined)
  const [first] = held
  if (first && held.length > 2 && held.slice(1).every((cell) => cell.merged && cell.text === first.text))
    return { number: row.number, cells: new Map(), heading: first.text }
  const cells = new Map<Key, Cell>()
  for (const [key, columns] of head.columns) {
    const parts = columns.flatMap((column) => row.cells[column] ?? [])
    const [only] = parts
    if (!only) continue
    cells.set(
      key,
      parts.length === 1 || parts.slice(1).every((part) => part.merged)
        ? only
        : { ...only, type: 'text', text: parts.map((part) => part.text.trim()).join(' ') },
    )
  }
  return { number: row.number, cells }
}

/** `B12`: where the value of a key stands in a row, as people name it; undefined where the sheet lacks the column. */
export function placeOf<Key extends string>(head: TableHead<Key>, key: Key, row: number): string | undefined {
  const column = head.columns.get(key)?.[0]
  return column === undefined ? undefined : `${columnLetters(column)}${row}`
}

export type SmallTable<Key extends string> =
  | {
      readonly ok: true
      readonly sheet: string
      readonly head: TableHead<Key>
      readonly rows: readonly TableRow<Key>[]
    }
  | Refusal
  | { readonly ok: false; readonly reason: 'no-titles'; readonly wanted: readonly string[] }

/**
 * A whole table at once, for sheets that are read while somebody waits: the first sheet that holds the wanted titles.
 * `limits` should be `smallSheetLimits` there.
 */
export async function readSmallTable<Key extends string>(
  bytes: Uint8Array,
  wanted: readonly WantedColumn<Key>[],
  limits: Limits = importLimits,
): Promise<SmallTable<Key>> {
  const workbook = await openWorkbook(bytes, limits)
  if (!workbook.ok) return workbook
  try {
    for (const sheet of workbook.sheets) {
      const head = findHead(await readFirstRows(sheet), wanted)
      if (!head) continue
      const rows: TableRow<Key>[] = []
      for await (const portion of readTableRows(sheet, head)) rows.push(...portion)
      return { ok: true, sheet: sheet.name, head, rows }
    }
  } catch (error) {
    return catchRefusal(error)
  }
  return {
    ok: false,
    reason: 'no-titles',
    wanted: wanted.filter((column) => column.required).map((column) => column.titles[0] ?? column.key),
  }
}
