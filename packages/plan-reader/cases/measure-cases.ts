import { readFileSync } from 'node:fs'
import { readPlan } from '../src/read-plan.ts'
import { readTextSource } from '../src/source/text-source.ts'
import type { Case } from './case-files.ts'
import { type Measurement, meanOf, measureReading } from './measure.ts'

export interface CaseMeasurement extends Measurement {
  name: string
  overall: number
}

/** Runs the reader over one case and measures what it found. */
export function measureCase(one: Case): CaseMeasurement {
  const format = one.file.endsWith('.md') ? 'markdown' : 'text'
  const reading = readPlan(readTextSource(readFileSync(one.file, 'utf8'), format))
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
