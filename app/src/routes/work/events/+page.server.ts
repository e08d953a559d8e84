import { listComingEvents } from '#features/events/server/reads.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const events = await readPage(request, (asked) => listComingEvents(reader, scope, { ...asked, today }))
  return { events, page: events.page, pageSize }
}
