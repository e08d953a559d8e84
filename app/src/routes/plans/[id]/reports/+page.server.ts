import { getPlan } from '#features/plans/server/reads.ts'
import { listDuties } from '#features/report-duties/server/reads.ts'
import { listRequest, signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const filters = ['submitted', 'on-time', 'with-file', 'late', 'owed'] as const

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const request = listRequest(url, pageSize)
  const standing = filters.find((each) => each === url.searchParams.get('state')) ?? null
  return {
    plan,
    today,
    duties: await listDuties(reader, scope, { ...request, today, standing, planId: plan.id }),
    standing,
    search: request.search,
    page: request.page,
    pageSize,
  }
}
