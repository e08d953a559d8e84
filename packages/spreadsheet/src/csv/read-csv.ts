import { decodeText } from '@trienkhai/plan-reader/source/decode-text.ts'
import { type CsvError, parse } from 'csv-parse'
import type { Limits } from '../limits.ts'
import { type Refusal, refuse, StopReading } from '../refusal.ts'
import { type Cell, columnLetters, type Sheet, type SheetRow } from '../sheet.ts'
import { unguardText } from './guarded-text.ts'

const rowsPerPortion = 500
const portionLetters = 256 * 1024
const delimiters = [';', '\t', ',', '|'] as const

/**
 * A CSV file as one sheet: in UTF-8 or UTF-16 with or without their marks, in Windows-1258, TCVN3 or VNI; cells parted
 * by semicolons, tabs, commas or bars, whichever parts its first rows evenly.
 */
export function openCsv(bytes: Uint8Array, limits: Limits): { ok: true; sheet: Sheet } | Refusal {
  if (bytes.length === 0) return refuse('empty')
  const decoded = decodeText(bytes)
  if (!decoded.ok)
    return refuse(decoded.reason === 'unknown-letters' ? 'unknown-letters' : 'not-a-spreadsheet')
  // Excel's own first line that names the delimiter.
  const named = /^sep=(.)\r?\n/i.exec(decoded.text)
  const text = named ? decoded.text.slice(named[0].length) : decoded.text
  const delimiter = named?.[1] ?? findDelimiter(text)
  return { ok: true, sheet: { name: '', rows: () => readRows(text, delimiter, limits) } }
}

async function* readRows(
  text: string,
  delimiter: string,
  limits: Limits,
): AsyncIterable<readonly SheetRow[]> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: limits.columns * limits.cellLength,
  })
  // The parser takes what it is given as fast as rows are taken out of it.
  const feed = (async () => {
    for (let at = 0; at < text.length && !parser.destroyed; at += portionLetters)
      if (!parser.write(text.slice(at, at + portionLetters)) && !parser.destroyed)
        await new Promise<void>((resolve) => {
          parser.once('drain', resolve)
          parser.once('close', resolve)
        })
    if (!parser.destroyed) parser.end()
  })()
  let number = 0
  let held = 0
  let rows: SheetRow[] = []
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1
      const cells = record.map((value, column) => readCell(value, number, column, limits))
      if (!cells.some((cell) => cell !== undefined)) continue
      held += 1
      if (held > limits.rows) throw new StopReading('too-many-rows', { limit: limits.rows })
      rows.push({ number, cells })
      if (rows.length < rowsPerPortion) continue
      yield rows
      rows = []
    }
  } catch (error) {
    if (isCsvError(error))
      throw error.code === 'CSV_MAX_RECORD_SIZE'
        ? new StopReading('cell-too-long', { limit: limits.cellLength, found: String(number + 1) })
        : new StopReading('damaged', { found: `row ${number + 1}: ${error.code}` })
    throw error
  } finally {
    parser.destroy()
    await feed
  }
  if (rows.length > 0) yield rows
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')
}

function readCell(value: string, row: number, column: number, limits: Limits): Cell | undefined {
  if (value.trim() === '') return undefined
  if (column >= limits.columns) throw new StopReading('too-many-columns', { limit: limits.columns })
  if (value.length > limits.cellLength)
    throw new StopReading('cell-too-long', {
      limit: limits.cellLength,
      found: `${columnLetters(column)}${row}`,
    })
  return { type: 'text', text: unguardText(value) }
}

/** The delimiter that gives the first rows the most cells, evenly; quoted text is not looked into. */
function findDelimiter(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, '""')
    .split(/\r?\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 30)
  let best = ','
  let bestScore = 0
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
    const most = Math.max(0, ...counts)
    // A title above the table has no delimiters, a note may have one comma: the usual row decides, then the fullest.
    const score = usual * 1000 + most
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
