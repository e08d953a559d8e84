import { listAmendments } from '#features/plans/server/plan-happenings.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 20

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const request = listRequest(url, pageSize)
  const list = await readPage(request, (asked) => listAmendments(reader, plan, asked))
  return { plan, list, page: list.page, pageSize }
}
