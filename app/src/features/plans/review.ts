import type {
  Basis,
  Bilingual,
  FindingRule,
  Mend,
  Plan,
  PlanEvent,
  Recipient,
  ReportDuty,
  Signatory,
  Task,
} from '@trienkhai/plan-reader/plan.ts'
import type { Span } from '@trienkhai/plan-reader/source-document.ts'
import type { Audience } from '#features/audiences/schema.ts'

/**
 * The working copy of a plan while a person goes over it: what was read, each value with its words and its own
 * stable id, so that lines can be added and taken away without anything pointing at the wrong place.
 */
export interface Review {
  head: {
    kind: Field<string | null>
    superior: Field<string | null>
    issuer: Field<string | null>
    number: Field<string | null>
    place: Field<string | null>
    date: Field<string | null>
    subject: Field<string | null>
    signatory: Field<Signatory>
  }
  bases: Field<Basis>[]
  purposes: Field<string>[]
  requirements: Field<string>[]
  events: Field<PlanEvent>[]
  materials: Field<string>[]
  tasks: Field<Task>[]
  reports: Field<ReportDuty>[]
  recipients: Field<Recipient>[]
  findings: ReviewFinding[]
  /** What a person took out; it can be brought back where it stood. */
  removed: { list: ReviewList; at: number; field: Field<unknown> }[]
  /** The number of the next field that a person adds. */
  nextId: number
  /** What a phrase stands for in this plan, by its spelling key; where absent, the office's memory or the match. */
  audiences: Record<string, Audience>
}

/** The lists of a review, in the order in which they are shown. */
export const reviewLists = [
  'bases',
  'purposes',
  'requirements',
  'events',
  'materials',
  'tasks',
  'reports',
  'recipients',
] as const
export type ReviewList = (typeof reviewLists)[number]
export const headFields = [
  'kind',
  'number',
  'date',
  'place',
  'issuer',
  'superior',
  'subject',
  'signatory',
] as const
export type HeadField = (typeof headFields)[number]

export interface Field<Value> {
  /** `number`, `tasks-3`; an added one gets the next free number and never another's. */
  id: string
  value: Value
  /** What the reader said; undefined for a field that a person added. */
  read?: Value
  /** The words it was read from, or that the person selected. */
  spans: Span[]
  /** 0–1, as the reader said. */
  sure: number
  confirmed: { accountId: string; name: string; at: string } | null
}

export interface ReviewFinding {
  id: string
  rule: FindingRule
  severity: 'error' | 'warning' | 'info'
  /** The field it stands beside, or null for the whole plan. */
  fieldId: string | null
  spans: Span[]
  title: Bilingual
  message: Bilingual
  mends: ReviewMend[]
  /** `dismissed`: a person decided to leave it; `mended`: a mend was chosen. */
  state: 'open' | 'dismissed' | 'mended'
}

/** A mend whose place is a path inside the field's value: `/due`, or `` for the value itself. */
export interface ReviewMend {
  label: Bilingual
  set: { path: string; value: unknown } | null
}

const fieldAt = (pointer: string): { id: string; path: string } | undefined => {
  const [, first = '', second, ...rest] = pointer.split('/')
  if ((headFields as readonly string[]).includes(first))
    return { id: first, path: second === undefined ? '' : `/${[second, ...rest].join('/')}` }
  if ((reviewLists as readonly string[]).includes(first) && second !== undefined)
    return { id: `${first}-${second}`, path: rest.length ? `/${rest.join('/')}` : '' }
  return undefined
}

/** Makes the working copy of what was read. */
export function reviewOf(plan: Plan): Review {
  const field = <Value>(id: string, pointer: string, value: Value): Field<Value> => {
    const found = plan.found[pointer]
    return { id, value, read: value, spans: found?.spans ?? [], sure: found?.sure ?? 0, confirmed: null }
  }
  const list = <Value>(name: ReviewList, values: Value[]): Field<Value>[] =>
    values.map((value, at) => field(`${name}-${at}`, `/${name}/${at}`, value))
  return {
    head: {
      kind: field('kind', '/kind', plan.kind),
      superior: field('superior', '/superior', plan.superior),
      issuer: field('issuer', '/issuer', plan.issuer),
      number: field('number', '/number', plan.number),
      place: field('place', '/place', plan.place),
      date: field('date', '/date', plan.date as string | null),
      subject: field('subject', '/subject', plan.subject),
      signatory: field('signatory', '/signatory', plan.signatory),
    },
    bases: list('bases', plan.bases),
    purposes: list('purposes', plan.purposes),
    requirements: list('requirements', plan.requirements),
    events: list('events', plan.events),
    materials: list('materials', plan.materials),
    tasks: list('tasks', plan.tasks),
    reports: list('reports', plan.reports),
    recipients: list('recipients', plan.recipients),
    findings: plan.findings.map((finding, at) => {
      const place = fieldAt(finding.at)
      return {
        id: `finding-${at}`,
        rule: finding.rule,
        severity: finding.severity,
        fieldId: place?.id ?? null,
        spans: finding.spans,
        title: finding.title,
        message: finding.message,
        mends: finding.mends.map((mend) => mendInReview(mend, place)),
        state: 'open' as const,
      }
    }),
    removed: [],
    nextId: 1,
    audiences: {},
  }
}

function mendInReview(mend: Mend, place: { id: string } | undefined): ReviewMend {
  const target = mend.set ? fieldAt(mend.set.at) : undefined
  const inPlace = mend.set && target && target.id === place?.id
  return { label: mend.label, set: inPlace && mend.set ? { path: target.path, value: mend.set.value } : null }
}

/** The phrases of a task or duty, in order, once each. */
export function phrasesOf(review: Review): string[] {
  const phrases = [
    ...review.tasks.flatMap(({ value }) => [...value.lead, ...value.with]),
    ...review.reports.flatMap(({ value }) => value.from),
    ...review.events.flatMap(({ value }) => value.participants),
  ]
  return [...new Set(phrases)]
}

/** How many fields there are to confirm, and how many are confirmed. */
export function countConfirmed(review: Review): { confirmed: number; total: number } {
  const fields: Field<unknown>[] = [
    ...Object.values(review.head).filter((field) => field.value !== null),
    ...reviewLists.flatMap((name) => review[name] as Field<unknown>[]),
  ]
  return { confirmed: fields.filter((field) => field.confirmed).length, total: fields.length }
}
