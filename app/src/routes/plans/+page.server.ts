import { type PlanState, planStates } from '#features/plans/schema.ts'
import { listPlans } from '#features/plans/server/reads.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30
const stateOf = (text: string | null): PlanState | null => planStates.find((state) => state === text) ?? null

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const state = stateOf(url.searchParams.get('state'))
  const { rows, total, page } = await readPage(request, (asked) =>
    listPlans(reader, scope, { ...asked, state, today }),
  )
  return {
    rows,
    total,
    page,
    pageSize,
    search: request.search,
    state,
    isOffice: scope.offices.length > 0,
  }
}
