import { listOwnUnits, listWork } from '#features/assignments/server/reads.ts'
import { listComingEvents } from '#features/events/server/reads.ts'
import { type Standing, standings } from '#features/plans/schema.ts'
import { listDuties } from '#features/report-duties/server/reads.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30
const besideShown = 5

function standingOf(text: string | null): Standing | 'open' | null {
  if (text === 'all') return null
  return standings.find((standing) => standing === text) ?? 'open'
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const standing = standingOf(url.searchParams.get('state'))
  const wanted = url.searchParams.get('unit')
  const unitId = wanted && isId(wanted) ? wanted : null
  const beside = { search: '', offset: 0, limit: besideShown, today }
  const [work, units, events, duties] = await Promise.all([
    readPage(request, (asked) => listWork(reader, scope, { ...asked, standing, unitId, today })),
    listOwnUnits(reader, scope),
    listComingEvents(reader, scope, beside),
    listDuties(reader, scope, { ...beside, standing: 'open', planId: null }),
  ])
  return {
    work,
    units,
    events,
    duties,
    today,
    standing,
    unitId,
    search: request.search,
    page: work.page,
    pageSize,
  }
}
