import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readPlan } from '../src/read-plan.ts'
import { readSource } from '../src/source/read-source.ts'
import type { SourceDocument } from '../src/source-document.ts'
import type { Case } from './case-files.ts'
import { type Measurement, meanOf, measureReading } from './measure.ts'

export interface CaseMeasurement extends Measurement {
  name: string
  overall: number
}

/** The document of a case, whatever its format. A case that is refused is a fault of the case. */
export async function readCaseSource(one: Case): Promise<SourceDocument> {
  const reading = await readSource(readFileSync(one.file), basename(one.file))
  if (!reading.ok) throw new Error(`${one.name} is refused: ${reading.reason} ${reading.found ?? ''}`)
  return reading.source
}

/** Runs the reader over one case and measures what it found. */
export async function measureCase(one: Case): Promise<CaseMeasurement> {
  const reading = readPlan(await readCaseSource(one))
  const measurement = measureReading(reading, one.readAnswer())
  return { name: one.name, overall: meanOf([...measurement.scores.values()]), ...measurement }
}

/** The mean of each field over the cases that have it, and the mean of these means. */
export function summarise(measurements: readonly Measurement[]): {
  fields: Map<string, number>
  overall: number
} {
  const gathered = new Map<string, number[]>()
  for (const { scores } of measurements) {
    for (const [field, score] of scores) gathered.set(field, [...(gathered.get(field) ?? []), score])
  }
  const fields = new Map([...gathered].map(([field, scores]) => [field, meanOf(scores)]))
  return { fields, overall: meanOf([...fields.values()]) }
}
