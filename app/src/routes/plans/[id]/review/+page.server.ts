import { fail, redirect } from '@sveltejs/kit'
import type { Span } from '@trienkhai/plan-reader/source-document.ts'
import {
  countConfirmed,
  type HeadField,
  headFields,
  type ReviewList,
  reviewLists,
} from '#features/plans/review.ts'
import { allFields, kindOfField, type ReviewChange } from '#features/plans/review-changes.ts'
import { inputTexts, valueFromInputs, valueFromWords } from '#features/plans/review-values.ts'
import { reviewPlan } from '#features/plans/server/review-operations.ts'
import { getReview, listPhraseMeanings } from '#features/plans/server/review-reads.ts'
import { viewSource } from '#features/plans/source-view.ts'
import type { Context } from '#server/context.ts'
import { InvalidInput } from '#server/platform/errors.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** Autosave, keys, and words picked out in the source. */
export const csr = true

const isList = (name: string): name is ReviewList => reviewLists.some((list) => list === name)
const isHead = (name: string): name is HeadField => headFields.some((field) => field === name)

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const row = await getReview(context, params.id)
  const meanings = await listPhraseMeanings(context, row.officeId, row.review)
  const editing = url.searchParams.get('edit')
  const adding = url.searchParams.get('add')
  const edited = editing ? allFields(row.review).find(({ id }) => id === editing) : undefined
  const editedKind = edited ? kindOfField(edited.id) : undefined
  const added = adding && isList(adding) ? adding : null
  return {
    planId: row.planId,
    documentId: row.documentId,
    state: row.state,
    version: row.version,
    review: row.review,
    counts: countConfirmed(row.review),
    meanings,
    view: row.source ? viewSource(row.source, row.review) : null,
    drawnPages: row.drawnPages,
    updatedAt: row.updatedAt,
    editing: edited && editedKind ? { id: edited.id, texts: inputTexts(editedKind, edited.value) } : null,
    adding: added ? { list: added, texts: inputTexts(added, valueFromWords(added, '')) } : null,
  }
}

async function change(context: Context, planId: string, wanted: ReviewChange) {
  const outcome = await reviewPlan(context, planId, wanted)
  return outcome.ok ? { changed: outcome.fieldId } : fail(409, { problem: outcome.reason })
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '')

/** A selection in the source as offsets; none where the form has none. */
function spansFrom(form: FormData): Span[] {
  const [start, end] = [Number(text(form, 'start')), Number(text(form, 'end'))]
  return form.has('start') && Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end > start
    ? [[start, end]]
    : []
}

export const actions: Actions = {
  confirm: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, {
      type: 'confirm',
      fieldId: text(await readForm(request), 'field'),
    }),
  unconfirm: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, {
      type: 'unconfirm',
      fieldId: text(await readForm(request), 'field'),
    }),
  confirmAll: ({ locals, params }) => change(signedIn(locals), params.id, { type: 'confirm-all' }),
  restore: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, {
      type: 'restore',
      fieldId: text(await readForm(request), 'field'),
    }),
  remove: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, { type: 'remove', fieldId: text(await readForm(request), 'field') }),
  bringBack: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, {
      type: 'bring-back',
      fieldId: text(await readForm(request), 'field'),
    }),
  dismiss: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, {
      type: 'dismiss',
      findingId: text(await readForm(request), 'finding'),
    }),
  reopen: async ({ request, locals, params }) =>
    change(signedIn(locals), params.id, {
      type: 'reopen',
      findingId: text(await readForm(request), 'finding'),
    }),
  mend: async ({ request, locals, params }) => {
    const form = await readForm(request)
    return change(signedIn(locals), params.id, {
      type: 'mend',
      findingId: text(form, 'finding'),
      mend: Number(text(form, 'mend')),
    })
  },

  edit: async ({ request, locals, params }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const fieldId = text(form, 'field')
    const { review } = await getReview(context, params.id)
    const field = allFields(review).find(({ id }) => id === fieldId)
    const kind = kindOfField(fieldId)
    if (!field || !kind) return fail(409, { problem: 'gone' as const })
    const value = valueFromInputs(kind, (name) => text(form, name), field.value)
    if (!value.ok) return fail(400, { fieldId, problems: value.problems, texts: textsOf(form) })
    const outcome = await change(context, params.id, { type: 'edit', fieldId, value: value.value })
    // Saved as it is typed: the form stays open. Saved by its button: back to the list.
    if (form.has('typing') || 'status' in outcome) return outcome
    redirect(303, `/plans/${params.id}/review#field-${fieldId}`)
  },

  add: async ({ request, locals, params }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const kind = text(form, 'kind')
    const spans = spansFrom(form)
    const addedId = /^[\w]{6,40}$/u.exec(text(form, 'command').replaceAll('-', ''))?.[0]
    if (isHead(kind)) {
      const { source } = await getReview(context, params.id)
      const [span] = spans
      if (!span || !source) throw new InvalidInput(['start', 'end'])
      return change(context, params.id, {
        type: 'set-head',
        field: kind,
        value: valueFromWords(kind, source.text.slice(...span)),
        spans,
      })
    }
    if (!isList(kind)) throw new InvalidInput(['kind'])
    let value: unknown
    if (spans[0]) {
      const { source } = await getReview(context, params.id)
      value = valueFromWords(kind, source?.text.slice(...spans[0]) ?? '')
    } else {
      const typed = valueFromInputs(kind, (name) => text(form, name), null)
      if (!typed.ok) return fail(400, { fieldId: kind, problems: typed.problems, texts: textsOf(form) })
      value = typed.value
    }
    const outcome = await reviewPlan(context, params.id, {
      type: 'add',
      list: kind,
      value,
      spans,
      ...(addedId ? { addedId } : {}),
    })
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, `/plans/${params.id}/review?edit=${outcome.fieldId}#field-${outcome.fieldId}`)
  },
}

const textsOf = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([name, entry]) => (typeof entry === 'string' ? [[name, entry]] : [])))
