import type { HeadRead } from '../constructs/head.ts'
import type { Line } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import type { Bilingual, Finding, FindingRule, Mend, Plan } from '../plan.ts'
import type { Places } from '../plan-assembly.ts'
import type { SourceDocument, Span } from '../source-document.ts'

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

const severities: Record<FindingRule, Finding['severity']> = {
  'weekday-mismatch': 'error',
  'date-before-plan': 'warning',
  'impossible-date': 'error',
  'task-without-lead': 'warning',
  'task-without-deadline': 'info',
  'unit-not-in-recipients': 'warning',
  'basis-without-number-or-date': 'info',
  'repeated-words': 'info',
  'annex-missing': 'warning',
  'agenda-exceeds-slot': 'warning',
  'number-missing': 'warning',
  'date-missing': 'warning',
  'numbering-broken': 'info',
  'no-plan-inside': 'info',
  'unreadable-part': 'warning',
}

/** One finding, its severity by its rule. */
export function makeFinding(
  rule: FindingRule,
  at: string,
  spans: Span[],
  words: { title: Bilingual; message: Bilingual; mends?: Mend[] },
): Finding {
  return {
    rule,
    severity: severities[rule],
    at,
    spans,
    title: words.title,
    message: words.message,
    mends: words.mends ?? [],
  }
}

/** A mend that is done outside the plan: in the paper, by a person. */
export function outsideMend(vi: string, en: string): Mend {
  return { label: { vi, en }, set: null }
}

/** A mend that changes a value of the plan. */
export function settingMend(vi: string, en: string, at: string, value: unknown): Mend {
  return { label: { vi, en }, set: { at, value } }
}

/** Words short enough for a sentence about them. */
export function quoted(text: string): string {
  return text.length <= 90 ? `“${text}”` : `“${text.slice(0, 86).trimEnd()}…”`
}
