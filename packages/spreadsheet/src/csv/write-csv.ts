import { type CivilDate, formatDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { OutCell, OutSheet } from '../out-sheet.ts'
import { guardText } from './guarded-text.ts'

/**
 * A sheet as CSV in portions: UTF-8 with its mark, as Excel wants it, commas, every cell quoted and guarded against
 * being taken for a formula. Days are written as 01/02/2024; looks and notes have no place in it.
 */
export async function* writeCsv(sheet: OutSheet): AsyncIterable<Uint8Array> {
  const line = (cells: readonly (OutCell | undefined)[]): string => `${cells.map(writeCell).join(',')}\r\n`
  yield Buffer.from(`\ufeff${line(sheet.columns.map(({ title }) => ({ text: title })))}`)
  for await (const rows of sheet.rows) yield Buffer.from(rows.map(line).join(''))
}

function writeCell(cell: OutCell | undefined): string {
  if (!cell) return ''
  const text = cell.type === 'date' ? formatDate(cell.text as CivilDate) : guardText(cell.text)
  return `"${text.replaceAll('"', '""')}"`
}
