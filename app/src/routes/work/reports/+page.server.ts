import { type DutyStanding, dutyStandings } from '#features/report-duties/schema.ts'
import { listDuties } from '#features/report-duties/server/reads.ts'
import { listRequest, signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

function standingOf(text: string | null): DutyStanding | 'open' | null {
  if (text === 'all') return null
  return dutyStandings.find((standing) => standing === text) ?? 'open'
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const standing = standingOf(url.searchParams.get('state'))
  const duties = await listDuties(reader, scope, { ...request, today, standing, planId: null })
  return { duties, today, standing: standing ?? 'all', search: request.search, page: request.page, pageSize }
}
