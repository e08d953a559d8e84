import type { HeadRead } from '../constructs/head.ts'
import type { Line } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import type { Finding, Plan } from '../plan.ts'
import type { Places } from '../plan-assembly.ts'
import type { SourceDocument } from '../source-document.ts'

/** All that the rules look at. */
export interface Evidence {
  plan: Plan
  places: Places
  source: SourceDocument
  lines: Line[]
  nodes: Node[]
  head: HeadRead
  headFront: HeadRead | undefined
}

/** Everything that a person should look at, in the order of the text. */
export function findFindings(evidence: Evidence): Finding[] {
  return evidence.plan.findings
}
