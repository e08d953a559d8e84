import type { SourceDocument } from '@trienkhai/plan-reader/source-document.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { EndedBody } from '#features/audiences/named-bodies.ts'
import type { Audience, PhraseMatch } from '#features/audiences/schema.ts'
import { followDecided, matchPhrases } from '#features/audiences/server/reads.ts'
import { countAudiences } from '#features/audiences/server/resolve-audience.ts'
import { countPeople } from '#features/audiences/server/resolve-people.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { phrasesOf, type Review } from '../review.ts'

export interface ReviewRow {
  planId: string
  officeId: string
  documentId: string
  state: 'review' | 'launched' | 'withdrawn' | 'closed'
  version: number
  review: Review
  source: SourceDocument | null
  /** Which pages of the document are drawn. */
  drawnPages: number[]
  updatedAt: Date
}

/** A plan's working copy and the source it was read from; NotFound for another office's. */
export async function getReview({ reader, scope }: Context, planId: string): Promise<ReviewRow> {
  if (!isId(planId)) throw new NotFound('plan')
  const { rows } = await sql<ReviewRow>`
    select plan.id as "planId", plan.office_id as "officeId", plan.document_id as "documentId", plan.state,
      plan_review.version, plan_review.content as review, document_reading.source,
      plan_review.updated_at as "updatedAt",
      array(select page from document_page where document_page.document_id = plan.document_id order by page) as "drawnPages"
    from plan
    join plan_review on plan_review.plan_id = plan.id
    left join document_reading on document_reading.document_id = plan.document_id
    where plan.id = ${planId} and plan.office_id = any(${scope.offices})
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('plan')
  return row
}

export interface PhraseMeaning {
  phrase: string
  audience: Audience | null
  why: PhraseMatch['why'] | 'decided'
  sure: number
  unmatched: string[]
  /** Bodies that the decision names and that are no more. */
  ended: EndedBody[]
  organisations: number
  members: number
  /** The persons that it names, each once; 0 where it names bodies. */
  people: number
}

/** Whom each phrase of a review stands for now: as decided in this plan, remembered, or matched. Seven queries at most. */
export async function listPhraseMeanings(
  context: Context,
  officeId: string,
  review: Review,
): Promise<Record<string, PhraseMeaning>> {
  const { reader, scope, today } = context
  const phrases = phrasesOf(review)
  const matches = await matchPhrases(reader, scope, officeId, phrases)
  const decisions = await followDecided(reader, officeId, review.audiences)
  const meanings = phrases.map((phrase) => {
    const decided = decisions[spellingKey(phrase)]
    const match = matches.get(phrase)
    return decided
      ? { phrase, ...decided, why: 'decided' as const, sure: 1, unmatched: [] }
      : {
          phrase,
          audience: match?.audience ?? null,
          why: match?.why ?? ('unknown' as const),
          sure: match?.sure ?? 0,
          unmatched: match?.unmatched ?? [phrase],
          ended: match?.ended ?? [],
        }
  })
  const known = meanings.flatMap(({ audience }) => (audience ? [audience] : []))
  const counts = await countAudiences(reader, scope, { officeId, audiences: known, today })
  const people = await countPeople(reader, scope, { officeId, audiences: known, on: today })
  let at = 0
  return Object.fromEntries(
    meanings.map((meaning) => {
      const count = meaning.audience ? { ...counts[at], people: people[at++] } : undefined
      return [
        meaning.phrase,
        {
          ...meaning,
          organisations: count?.organisations ?? 0,
          members: count?.members ?? 0,
          people: count?.people ?? 0,
        },
      ]
    }),
  )
}
