import type { Finding } from '../plan.ts'
import { findInDates } from './date-findings.ts'
import type { Evidence } from './evidence.ts'
import { findInHead } from './head-findings.ts'
import { findInTasks } from './task-findings.ts'
import { findInText } from './text-findings.ts'

/** Everything that a person should look at, in the order of the text; what has no place comes first. */
export function findFindings(evidence: Evidence): Finding[] {
  const all = [
    ...findInHead(evidence),
    ...findInDates(evidence),
    ...findInTasks(evidence),
    ...findInText(evidence),
  ]
  return all
    .map((finding, order) => ({ finding, order, start: finding.spans[0]?.[0] ?? -1 }))
    .sort((a, b) => a.start - b.start || a.order - b.order)
    .map(({ finding }) => finding)
}
