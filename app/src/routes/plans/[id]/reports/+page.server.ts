import { getPlan } from '#features/plans/server/reads.ts'
import { listDuties } from '#features/report-duties/server/reads.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const filters = ['submitted', 'on-time', 'with-file', 'late', 'owed'] as const

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const request = listRequest(url, pageSize)
  const standing = filters.find((each) => each === url.searchParams.get('state')) ?? null
  const duties = await readPage(request, (asked) =>
    listDuties(reader, scope, { ...asked, today, standing, planId: plan.id }),
  )
  return {
    plan,
    today,
    duties,
    standing,
    search: request.search,
    page: duties.page,
    pageSize,
  }
}
