import { type DutyStanding, dutyStandings } from '#features/report-duties/schema.ts'
import { listDuties } from '#features/report-duties/server/reads.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

function standingOf(text: string | null): DutyStanding | 'open' | null {
  if (text === 'all') return null
  return dutyStandings.find((standing) => standing === text) ?? 'open'
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const standing = standingOf(url.searchParams.get('state'))
  const duties = await readPage(request, (asked) =>
    listDuties(reader, scope, { ...asked, today, standing, planId: null }),
  )
  return { duties, today, standing: standing ?? 'all', search: request.search, page: duties.page, pageSize }
}
