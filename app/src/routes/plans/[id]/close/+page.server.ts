import { fail, redirect } from '@sveltejs/kit'
import { closePlan } from '#features/plans/server/close.ts'
import { listOpenObstacles } from '#features/plans/server/plan-happenings.ts'
import { listAssignments, listUnits } from '#features/plans/server/plan-lists.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { countDuties } from '#features/report-duties/server/reads.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  requireMay(plans.close(scope, { officeId: plan.officeId, reachesActor: false }))
  if (plan.state !== 'launched') redirect(303, `/plans/${plan.id}`)
  const filters = { standing: 'open' as const, measure: null, groupId: null, search: '', today }
  const [open, units, duties, obstacles] = await Promise.all([
    readPage(listRequest(url, pageSize), (asked) =>
      listAssignments(reader, scope, plan, { ...asked, ...filters, taskId: null, organisationId: null }),
    ),
    listUnits(reader, scope, plan, { ...filters, offset: 0, limit: 1 }),
    countDuties(reader, scope, plan.id, today),
    listOpenObstacles(reader, scope, plan, 1),
  ])
  return {
    plan,
    open,
    openUnits: units.total,
    owedReports: duties.total - duties.submitted,
    openObstacles: obstacles.open,
    pageSize,
    today,
    commandId: newId(),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const typed = { reason: textOf(form, 'reason'), closedOn: textOf(form, 'closedOn') }
    const outcome = await closePlan(signedIn(locals), {
      commandId: commandOf(form),
      planId: params.id,
      ...typed,
    })
    if (!outcome.ok) return fail(409, { problem: outcome.reason, typed })
    redirect(303, `/plans/${params.id}`)
  },
}
