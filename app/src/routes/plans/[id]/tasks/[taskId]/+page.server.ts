import { getGroupName, listAssignments } from '#features/plans/server/plan-lists.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { getTask } from '#features/plans/server/roll-up.ts'
import { listRequest, readPage } from '../../../../list-request.ts'
import { signedIn } from '../../../../signed-in.ts'
import { measureOf, standingOf } from '../../../list-filters.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const task = await getTask(reader, scope, plan, params.taskId, today)
  const request = listRequest(url, pageSize)
  const groupId = url.searchParams.get('group')
  const filters = { standing: standingOf(url), measure: measureOf(url), groupId }
  const list = await readPage(request, (asked) =>
    listAssignments(reader, scope, plan, {
      ...asked,
      ...filters,
      today,
      taskId: task.id,
      organisationId: null,
    }),
  )
  return {
    plan,
    task,
    today,
    list,
    groupName: groupId ? await getGroupName(reader, scope, plan, groupId) : null,
    filters,
    search: request.search,
    pageSize,
  }
}
