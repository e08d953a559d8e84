import type { Span } from '@trienkhai/plan-reader/source-document.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import type { Audience } from '#features/audiences/schema.ts'
import {
  type Field,
  type HeadField,
  headFields,
  type Review,
  type ReviewFinding,
  type ReviewList,
  reviewLists,
} from './review.ts'

/** One thing that a person does to a review. Each can be sent twice: the second time changes nothing. */
export type ReviewChange =
  | { type: 'confirm'; fieldId: string }
  | { type: 'unconfirm'; fieldId: string }
  | { type: 'confirm-all' }
  | { type: 'edit'; fieldId: string; value: unknown }
  | { type: 'restore'; fieldId: string }
  | { type: 'remove'; fieldId: string }
  | { type: 'bring-back'; fieldId: string }
  | { type: 'add'; list: ReviewList; value: unknown; spans: Span[]; addedId?: string }
  | { type: 'set-head'; field: HeadField; value: unknown; spans: Span[] }
  | { type: 'mend'; findingId: string; mend: number }
  | { type: 'dismiss'; findingId: string }
  | { type: 'reopen'; findingId: string }
  | { type: 'audience'; phrase: string; audience: Audience }

/** Who changes it, and when (an ISO instant). */
export interface Reviewer {
  accountId: string
  name: string
  at: string
}

export type ChangeOutcome =
  | { ok: true; review: Review; fieldId: string | null }
  | { ok: false; reason: 'gone' }

/** The review after a change; the given one stays as it was. */
export function changeReview(before: Review, change: ReviewChange, by: Reviewer): ChangeOutcome {
  const review = structuredClone(before)
  switch (change.type) {
    case 'confirm':
    case 'unconfirm':
    case 'edit':
    case 'restore':
      return changeField(review, change, by)
    case 'confirm-all':
      for (const field of allFields(review)) if (field.value !== null) field.confirmed ??= { ...by }
      return { ok: true, review, fieldId: null }
    case 'remove':
      return removeField(review, change.fieldId)
    case 'bring-back':
      return bringBack(review, change.fieldId)
    case 'add':
      return addField(review, change, by)
    case 'set-head': {
      const field = review.head[change.field] as Field<unknown>
      Object.assign(field, { value: change.value, spans: change.spans, confirmed: { ...by } })
      return { ok: true, review, fieldId: field.id }
    }
    case 'mend':
      return applyMend(review, change, by)
    case 'dismiss':
    case 'reopen':
      return changeFinding(review, change.findingId, (finding) => {
        finding.state = change.type === 'dismiss' ? 'dismissed' : 'open'
      })
    case 'audience':
      review.audiences[spellingKey(change.phrase)] = change.audience
      return { ok: true, review, fieldId: null }
  }
}

/** Every field of a review, the head first, in the order in which they are shown. */
export function allFields(review: Review): Field<unknown>[] {
  return [
    ...headFields.map((name) => review.head[name] as Field<unknown>),
    ...reviewLists.flatMap((name) => review[name] as Field<unknown>[]),
  ]
}

/** The list that a field stands in, or the head. */
export function kindOfField(fieldId: string): ReviewList | HeadField | undefined {
  const [name = ''] = fieldId.split('-')
  return [...reviewLists, ...headFields].find((known) => known === name)
}

const gone = { ok: false, reason: 'gone' } as const

function changeField(
  review: Review,
  change: { type: 'confirm' | 'unconfirm' | 'edit' | 'restore'; fieldId: string; value?: unknown },
  by: Reviewer,
): ChangeOutcome {
  const field = allFields(review).find(({ id }) => id === change.fieldId)
  if (!field) return gone
  if (change.type === 'confirm') field.confirmed ??= { ...by }
  if (change.type === 'unconfirm') field.confirmed = null
  if (change.type === 'edit') {
    field.value = change.value
    field.confirmed = { ...by }
  }
  if (change.type === 'restore' && 'read' in field) {
    field.value = structuredClone(field.read)
    field.confirmed = null
  }
  return { ok: true, review, fieldId: field.id }
}

function removeField(review: Review, fieldId: string): ChangeOutcome {
  for (const list of reviewLists) {
    const fields = review[list] as Field<unknown>[]
    const at = fields.findIndex(({ id }) => id === fieldId)
    const field = fields[at]
    if (!field) continue
    fields.splice(at, 1)
    review.removed.push({ list, at, field })
    return { ok: true, review, fieldId: fields[at]?.id ?? fields[at - 1]?.id ?? null }
  }
  return review.removed.some(({ field }) => field.id === fieldId) ? { ok: true, review, fieldId: null } : gone
}

function bringBack(review: Review, fieldId: string): ChangeOutcome {
  const at = review.removed.findIndex(({ field }) => field.id === fieldId)
  const removed = review.removed[at]
  if (!removed)
    return allFields(review).some(({ id }) => id === fieldId) ? { ok: true, review, fieldId } : gone
  review.removed.splice(at, 1)
  const fields = review[removed.list] as Field<unknown>[]
  fields.splice(Math.min(removed.at, fields.length), 0, removed.field)
  return { ok: true, review, fieldId }
}

function addField(
  review: Review,
  change: { list: ReviewList; value: unknown; spans: Span[]; addedId?: string },
  by: Reviewer,
): ChangeOutcome {
  const id = `${change.list}-${change.addedId ?? `added${review.nextId}`}`
  if (allFields(review).some((field) => field.id === id)) return { ok: true, review, fieldId: id }
  review.nextId += 1
  const added: Field<unknown> = {
    id,
    value: change.value,
    spans: change.spans,
    sure: 1,
    confirmed: { ...by },
  }
  const fields = review[change.list] as Field<unknown>[]
  // Where its words stand among the others' words; at the end where it has none.
  const [first] = change.spans
  const at = first ? fields.findIndex(({ spans }) => (spans[0]?.[0] ?? -1) > first[0]) : -1
  fields.splice(at < 0 ? fields.length : at, 0, added)
  return { ok: true, review, fieldId: id }
}

function changeFinding(
  review: Review,
  findingId: string,
  change: (finding: ReviewFinding) => void,
): ChangeOutcome {
  const finding = review.findings.find(({ id }) => id === findingId)
  if (!finding) return gone
  change(finding)
  return { ok: true, review, fieldId: finding.fieldId }
}

function applyMend(review: Review, change: { findingId: string; mend: number }, by: Reviewer): ChangeOutcome {
  const finding = review.findings.find(({ id }) => id === change.findingId)
  const mend = finding?.mends[change.mend]
  if (!finding || !mend) return gone
  if (finding.state === 'mended') return { ok: true, review, fieldId: finding.fieldId }
  finding.state = mend.set ? 'mended' : 'dismissed'
  const field = allFields(review).find(({ id }) => id === finding.fieldId)
  if (mend.set && field) {
    field.value = setInside(field.value, mend.set.path, mend.set.value)
    field.confirmed = { ...by }
  }
  return { ok: true, review, fieldId: finding.fieldId }
}

/** The value with another one at a path inside it: `/due`, `/lead/0`, or `` for the whole. */
function setInside(value: unknown, path: string, replacement: unknown): unknown {
  const [, first, ...rest] = path.split('/')
  if (first === undefined) return replacement
  const inner = rest.length ? `/${rest.join('/')}` : ''
  if (Array.isArray(value)) {
    const copy = [...value]
    copy[first === '-' ? copy.length : Number(first)] = setInside(value[Number(first)], inner, replacement)
    return copy
  }
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [first]: setInside((value as Record<string, unknown>)[first], inner, replacement) }
}
