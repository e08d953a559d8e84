import { listComingEvents } from '#features/events/server/reads.ts'
import { listRequest, signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  return {
    events: await listComingEvents(reader, scope, { ...request, today }),
    page: request.page,
    pageSize,
  }
}
