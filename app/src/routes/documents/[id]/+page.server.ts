import { fail, redirect } from '@sveltejs/kit'
import { describeRefusal, type RefusalReason } from '@trienkhai/plan-reader/source/refusal.ts'
import type { DocumentLine } from '#features/documents/schema.ts'
import { secrecyOf } from '#features/documents/schema.ts'
import { discardDocument, retryReading, reviewAnyway } from '#features/documents/server/operations.ts'
import { findWhatWasRead, getDocument } from '#features/documents/server/reads.ts'
import { documentWords } from '#features/documents/words.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** The reading is watched while it lasts. */
export const csr = true

function wordsOfRefusal(document: DocumentLine, language: 'vi' | 'en'): string | null {
  const { refusal } = document.reading
  if (!refusal) return null
  const words = documentWords[language].refused
  const secrecy = secrecyOf(refusal)
  if (secrecy) return words.secret(secrecy.toUpperCase())
  return describeRefusal({ ok: false, reason: refusal as RefusalReason }, language)
}

export const load: PageServerLoad = async ({ locals, params }) => {
  const { reader, scope } = signedIn(locals)
  const document = await getDocument(reader, scope, params.id)
  const read = document.reading.state === 'read' ? await findWhatWasRead(reader, scope, params.id) : undefined
  return {
    document,
    refusal: wordsOfRefusal(document, locals.language),
    secret: secrecyOf(document.reading.refusal) !== undefined,
    head: read
      ? {
          isPlan: read.plan.isPlan,
          bases: read.plan.bases.map((basis) => basis.text),
          recipients: read.plan.recipients.map(({ name, note }) => (note ? `${name} (${note})` : name)),
          signatory: [read.plan.signatory.authority, read.plan.signatory.position, read.plan.signatory.name]
            .filter(Boolean)
            .join(' · '),
        }
      : null,
  }
}

export const actions: Actions = {
  discard: async ({ locals, params }) => {
    const outcome = await discardDocument(signedIn(locals), params.id)
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, '/documents?discarded')
  },
  retry: async ({ locals, params }) => {
    await retryReading(signedIn(locals), params.id)
    redirect(303, `/documents/${params.id}`)
  },
  review: async ({ locals, params }) => {
    redirect(303, `/plans/${await reviewAnyway(signedIn(locals), params.id)}/review`)
  },
}
