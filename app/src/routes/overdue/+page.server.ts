import { type OverdueOf, overdueOf } from '#features/plans/overdue.ts'
import { daysLate } from '#features/plans/rules.ts'
import { listOverduePlans } from '#features/plans/server/overdue-reads.ts'
import { listOverdueUnits } from '#features/plans/server/overdue-units.ts'
import type { Scope } from '#server/access/scope.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 25

/** From where the actor can look, the widest view first; who has no right at all is shown their own nothing. */
function viewsOf(scope: Scope): OverdueOf[] {
  const standing = { office: scope.offices, area: scope.areas, own: scope.memberships }
  return overdueOf.filter((whose) => standing[whose].length > 0)
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const views = viewsOf(scope)
  const whose = views.find((view) => view === url.searchParams.get('of')) ?? views[0] ?? 'own'
  const planId = url.searchParams.get('plan')
  const [units, plans] = await Promise.all([
    readPage(request, (asked) => listOverdueUnits(reader, scope, { ...asked, today, whose, planId })),
    whose === 'office' ? listOverduePlans(reader, scope, today) : [],
  ])
  return {
    whose,
    views,
    planId,
    plans: planId ? plans.filter((plan) => plan.planId === planId) : plans,
    units: units.rows.map(({ tasks, ...unit }) => ({
      ...unit,
      tasks: tasks.map((task) => ({ ...task, daysLate: daysLate(task.dueOn, today) })),
    })),
    total: units.total,
    page: units.page,
    pageSize,
    search: request.search,
  }
}
