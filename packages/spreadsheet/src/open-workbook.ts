import { openCsv } from './csv/read-csv.ts'
import type { Limits } from './limits.ts'
import { catchRefusal, type Refusal, refuse } from './refusal.ts'
import type { Workbook } from './sheet.ts'
import { openSheet } from './xlsx/read-sheet.ts'
import { readWorkbookParts } from './xlsx/workbook-parts.ts'
import { openZip } from './xlsx/zip-parts.ts'

/**
 * Opens a file of sheets by what is in it, whatever its name: XLSX (macros, links and formulas stay where they are), or
 * CSV. Rows are read later and in portions; a bound or damage that shows only then is thrown as `StopReading`.
 */
export async function openWorkbook(bytes: Uint8Array, limits: Limits): Promise<Workbook | Refusal> {
  if (bytes.length === 0) return refuse('empty')
  if (bytes.length > limits.fileBytes) return refuse('too-large', { limit: limits.fileBytes })
  if (isOle(bytes)) return refuse(findOleKind(bytes))
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04)
    try {
      return await openXlsx(bytes, limits)
    } catch (error) {
      return catchRefusal(error)
    }
  const csv = openCsv(bytes, limits)
  return csv.ok ? { ok: true, format: 'csv', sheets: [csv.sheet] } : csv
}

async function openXlsx(bytes: Uint8Array, limits: Limits): Promise<Workbook | Refusal> {
  const zip = openZip(bytes, limits)
  const parts = await readWorkbookParts(zip, limits)
  if (parts.sheets.length === 0) return refuse('empty')
  return {
    ok: true,
    format: 'xlsx',
    sheets: parts.sheets.map((sheet) => openSheet(zip, parts, sheet, limits)),
  }
}

/** The container of Excel 97–2003, and of workbooks that a password locks. */
function isOle(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte)
}

function findOleKind(bytes: Uint8Array): 'encrypted' | 'old-excel' | 'not-a-spreadsheet' {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const holds = (name: string): boolean => text.includes(Buffer.from(name, 'utf16le'))
  if (holds('EncryptedPackage')) return 'encrypted'
  return holds('Workbook') || holds('Book') ? 'old-excel' : 'not-a-spreadsheet'
}
