import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { type Audience, speaksOfMembership } from '#features/audiences/schema.ts'
import { listSavedAudiences } from '#features/audiences/server/reads.ts'
import { resolveAudience } from '#features/audiences/server/resolve-audience.ts'
import { resolvePeople } from '#features/audiences/server/resolve-people.ts'
import { audienceWords, describeAudience, describeEnded } from '#features/audiences/words.ts'
import { organisationKindSchema, organisationKinds } from '#features/organisations/schema.ts'
import { searchOrganisations } from '#features/organisations/server/reads.ts'
import { phrasesOf } from '#features/plans/review.ts'
import { reviewWords } from '#features/plans/review-words.ts'
import { reviewPlan } from '#features/plans/server/review-operations.ts'
import { getReview, listPhraseMeanings } from '#features/plans/server/review-reads.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { readForm } from '../../../../form-text.ts'
import { searchOf } from '../../../../list-request.ts'
import { signedIn } from '../../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const shownUnits = 60
const foundUnits = 40
const mostChosen = 500
const idsSchema = z.array(z.uuid()).max(mostChosen)

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, today, language } = context
  const row = await getReview(context, params.id)
  const phrase = url.searchParams.get('phrase') ?? ''
  if (!phrasesOf(row.review).includes(phrase)) throw new NotFound('phrase')
  const meanings = await listPhraseMeanings(context, row.officeId, row.review)
  const meaning = meanings[phrase]
  const audience = meaning?.audience ?? null
  const resolved = audience
    ? await resolveAudience(reader, scope, { officeId: row.officeId, audience, today, limit: shownUnits })
    : { organisations: [], total: 0 }
  const search = searchOf(url)
  const kept = idsSchema.safeParse(url.searchParams.getAll('chosen'))
  // What is ticked: as kept in the address while searching; at first, the units of the present meaning, if few.
  const chosenIds = url.searchParams.has('q')
    ? kept.success
      ? kept.data
      : []
    : resolved.total <= shownUnits
      ? resolved.organisations.map(({ id }) => id)
      : []
  const chosen = chosenIds.length
    ? await resolveAudience(reader, scope, {
        officeId: row.officeId,
        audience: { type: 'organisations', ids: chosenIds },
        today,
      })
    : { organisations: [], total: 0 }
  const found = search
    ? await searchOrganisations(reader, scope, search, { page: 1, pageSize: foundUnits })
    : { rows: [], total: 0 }
  // Who belongs where is for whoever keeps the people; here it is enough how many they are.
  const people =
    audience && !speaksOfMembership(audience)
      ? await resolvePeople(reader, scope, { officeId: row.officeId, audience, on: today, limit: shownUnits })
      : { people: [], total: meaning?.people ?? 0 }
  const saved = await listSavedAudiences(reader, scope, row.officeId)
  const names = new Map(resolved.organisations.map(({ id, name }) => [id, name]))
  return {
    planId: row.planId,
    mayChange: row.state === 'review',
    phrase,
    reason: meaning
      ? meaning.why === 'decided'
        ? reviewWords[language].phrase.decided
        : audienceWords[language].reason[meaning.why]
      : '',
    ended: describeEnded(meaning?.ended ?? [], language),
    described: audience
      ? describeAudience(audience, { office: '', byId: names, count: resolved.total }, language)
      : null,
    units: resolved.organisations.map(({ id, name, parentName, members }) => ({
      id,
      name,
      parentName,
      members,
    })),
    total: resolved.total,
    people: people.people,
    peopleTotal: people.total,
    saved: saved.map(({ id, name }) => ({ id, name })),
    members: meaning?.members ?? 0,
    search,
    searched: url.searchParams.has('q'),
    chosen: chosen.organisations.map(({ id, name, parentName }) => ({ id, name, parentName })),
    // Who has ended is found by the search, but takes no work any more.
    found: found.rows
      .filter(({ endedOn }) => endedOn === null)
      .map(({ id, name, parentName }) => ({ id, name, parentName })),
    kinds: organisationKinds.map((kind) => ({ kind, name: audienceWords[language].kind[kind] })),
  }
}

function audienceFrom(form: FormData): Audience | undefined {
  switch (form.get('choice')) {
    case 'outside':
      return { type: 'organisations', ids: [] }
    case 'self':
      return { type: 'self' }
    case 'every': {
      const kinds = z.array(organisationKindSchema).min(1).safeParse(form.getAll('kind'))
      if (!kinds.success) return undefined
      return { type: 'every', kinds: kinds.data, reach: form.get('reach') === 'direct' ? 'direct' : 'below' }
    }
    case 'organisations': {
      const ids = idsSchema.min(1).safeParse([...new Set(form.getAll('chosen'))])
      return ids.success ? { type: 'organisations', ids: ids.data } : undefined
    }
    default:
      return undefined
  }
}

/** What the plan's office keeps under this id. */
async function savedFrom(context: Context, planId: string, id: string): Promise<Audience | undefined> {
  const { officeId } = await getReview(context, planId)
  const saved = await listSavedAudiences(context.reader, context.scope, officeId)
  return saved.find((one) => one.id === id)?.current
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const audience =
      form.get('choice') === 'saved'
        ? await savedFrom(signedIn(locals), params.id, String(form.get('saved') ?? ''))
        : audienceFrom(form)
    const phrase = String(form.get('phrase') ?? '')
    if (!audience) return fail(400, { problem: 'nothing' as const })
    const outcome = await reviewPlan(signedIn(locals), params.id, { type: 'audience', phrase, audience })
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, `/plans/${params.id}/review`)
  },
}
