import { getGroupName, listUnits } from '#features/plans/server/plan-lists.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const unitStandings = ['done', 'open', 'late'] as const

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const request = listRequest(url, pageSize)
  const standing = unitStandings.find((each) => each === url.searchParams.get('state')) ?? null
  const groupId = url.searchParams.get('group')
  const list = await readPage(request, (asked) =>
    listUnits(reader, scope, plan, { ...asked, today, standing, groupId }),
  )
  return {
    plan,
    today,
    list,
    groupName: groupId ? await getGroupName(reader, scope, plan, groupId) : null,
    standing,
    groupId,
    search: request.search,
    page: list.page,
    pageSize,
  }
}
