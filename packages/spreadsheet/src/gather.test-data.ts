import type { Limits } from './limits.ts'
import { importLimits } from './limits.ts'
import { openWorkbook } from './open-workbook.ts'
import { catchRefusal, type Refusal } from './refusal.ts'
import type { Cell } from './sheet.ts'

/** A small file's rows as tests compare them: number and texts; or its refusal. */
export async function readAll(
  bytes: Uint8Array,
  limits: Limits = importLimits,
): Promise<Refusal | Record<string, (string | null)[][]>> {
  const cells = await readCells(bytes, limits)
  if ('reason' in cells) return cells as Refusal
  return Object.fromEntries(
    Object.entries(cells).map(([name, rows]) => [
      name,
      rows.map(([number, row]) => [String(number), ...row.map((cell) => cell?.text ?? null)]),
    ]),
  )
}

/** The same with whole cells. */
export async function readCells(
  bytes: Uint8Array,
  limits: Limits = importLimits,
): Promise<Refusal | Record<string, [number, (Cell | undefined)[]][]>> {
  try {
    const workbook = await openWorkbook(bytes, limits)
    if (!workbook.ok) return workbook
    const sheets: Record<string, [number, (Cell | undefined)[]][]> = {}
    for (const sheet of workbook.sheets) {
      const rows: [number, (Cell | undefined)[]][] = []
      for await (const portion of sheet.rows())
        for (const row of portion) rows.push([row.number, [...row.cells]])
      sheets[sheet.name] = rows
    }
    return sheets
  } catch (error) {
    return catchRefusal(error)
  }
}

/** All of a stream of bytes. */
export async function gatherBytes(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}
