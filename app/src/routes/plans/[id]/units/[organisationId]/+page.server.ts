import { getUnit, listAssignments } from '#features/plans/server/plan-lists.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { listUnitDuties } from '#features/report-duties/server/reads.ts'
import { listRequest, readPage } from '../../../../list-request.ts'
import { signedIn } from '../../../../signed-in.ts'
import { measureOf, standingOf } from '../../../list-filters.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const unit = await getUnit(reader, scope, plan, params.organisationId)
  const request = listRequest(url, pageSize)
  const filters = { standing: standingOf(url), measure: measureOf(url) }
  const list = await readPage(request, (asked) =>
    listAssignments(reader, scope, plan, {
      ...asked,
      ...filters,
      search: '',
      today,
      taskId: null,
      groupId: null,
      organisationId: unit.organisationId,
    }),
  )
  const duties = await listUnitDuties(reader, scope, plan.id, unit.organisationId)
  return { plan, unit, list, duties, today, filters, pageSize }
}
