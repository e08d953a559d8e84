import { fail, redirect } from '@sveltejs/kit'
import { addDays, weekdayOf } from '@trienkhai/vietnamese/civil-date.ts'
import { type PaperKind, paperKindSchema } from '#features/papers/schema.ts'
import { getPlanFigures } from '#features/papers/server/figures.ts'
import { createPaper } from '#features/papers/server/operations.ts'
import { getPlanForPaper, listPlansForPapers } from '#features/papers/server/reads.ts'
import type { Context } from '#server/context.ts'
import { InvalidInput } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const usualDays = 7
const mostNamed = 20

/** A week from the day that is looked at, or the Monday after it. */
function usualFinish({ on }: Context): string {
  const day = addDays(on, usualDays)
  return addDays(day, Math.max(0, [0, 0, 0, 0, 0, 0, 2, 1][weekdayOf(day)] ?? 0))
}

const kindFrom = (text: string | null): PaperKind => paperKindSchema.catch('report').parse(text)

export const load: PageServerLoad = async ({ locals, url }) => {
  const context = signedIn(locals)
  const { reader, scope, on: today } = context
  const kind = kindFrom(url.searchParams.get('kind'))
  const planId = url.searchParams.get('plan')
  if (!planId) return { kind, plans: await listPlansForPapers(reader, scope), draft: null }
  const plan = await getPlanForPaper(reader, scope, planId, today)
  const figures = await getPlanFigures(reader, scope, planId, today)
  const late = new Map<string, { unit: string; count: number }>()
  for (const { organisationId, unit } of figures.lateWork)
    late.set(organisationId, { unit, count: (late.get(organisationId)?.count ?? 0) + 1 })
  return {
    kind,
    plans: [],
    draft: {
      commandId: newId(),
      planId,
      number: plan.number,
      subject: plan.subject,
      isLaunched: plan.state === 'launched' || plan.state === 'closed',
      today,
      finishBy: usualFinish(context),
      work: figures.work,
      reports: figures.reports,
      lateUnits: late.size,
      late: [...late.values()].slice(0, mostNamed),
    },
  }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const text = (name: string): string => String(form.get(name) ?? '')
    if (!isId(text('command')) || !isId(text('plan'))) throw new InvalidInput(['command', 'plan'])
    const outcome = await createPaper(context, {
      commandId: text('command'),
      planId: text('plan'),
      kind: kindFrom(text('kind')),
      finishBy: text('finishBy') || null,
    })
    if (!outcome.ok)
      return fail(outcome.reason === 'day-passed' ? 400 : 409, {
        reason: outcome.reason,
        finishBy: text('finishBy'),
      })
    redirect(303, `/papers/${outcome.paperId}`)
  },
}
