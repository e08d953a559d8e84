/** What a cell holds, as whoever typed it sees it; a formula is never computed, only its last value is read. */
export interface Cell {
  /**
   * Text as it was typed; a number in plain digits (with the leading zeros that its format shows); a day as
   * `2024-02-01`; `TRUE` or `FALSE`; an error as `#N/A`.
   */
  readonly text: string
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'error'
  /** A day of which the sheet shows only month and year (`02/2024`). */
  readonly monthOnly?: true
  /** What a formula gave when the file was last saved; `text` is empty where the file doesn't say. */
  readonly fromFormula?: true
  /** Unfolded from a merged area whose first cell stands elsewhere. */
  readonly merged?: true
}

/** One row that holds something. */
export interface SheetRow {
  /** As the sheet counts them, from 1. In CSV the row, not the line: a cell may hold line breaks. */
  readonly number: number
  /** By column from 0; undefined where a cell is empty. */
  readonly cells: readonly (Cell | undefined)[]
}

/** A sheet whose rows are read once, in order. */
export interface Sheet {
  readonly name: string
  /** Rows in portions of some hundreds. Throws {@link StopReading} at a bound or at damage. */
  readonly rows: () => AsyncIterable<readonly SheetRow[]>
}

/** A file of sheets, or why it is not read. */
export type Workbook = {
  readonly ok: true
  readonly format: 'xlsx' | 'csv'
  readonly sheets: readonly Sheet[]
}

/** `0` → `A`, `26` → `AA`: the letters by which people name a column. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** `AB12` as column and row, both from 0; undefined for anything else, or beyond what a sheet can have. */
export function parseReference(reference: string): { column: number; row: number } | undefined {
  const parts = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(reference)
  if (!parts) return undefined
  let column = 0
  for (const letter of parts[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return { column: column - 1, row: Number(parts[2]) - 1 }
}
