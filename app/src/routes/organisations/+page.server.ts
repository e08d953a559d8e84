import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { askedHierarchy } from '#features/organisations/asked-hierarchy.ts'
import type { Hierarchy, OrganisationChild } from '#features/organisations/schema.ts'
import { pastDay } from '#features/organisations/server/past.ts'
import {
  listBranches,
  listOwnOrganisations,
  listTops,
  searchOrganisations,
} from '#features/organisations/server/reads.ts'
import type { Context } from '#server/context.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50
const mostOpen = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const context = signedIn(locals)
  const { reader, scope } = context
  const on = pastDay(context)
  const hierarchy = askedHierarchy(url)
  const request = listRequest(url, pageSize)
  const { search } = request
  const common = {
    pageSize,
    hierarchy,
    search,
    asOf: context.on,
    mayReorganise: scope.administers.length > 0,
    mostEach: pageSize,
  }
  if (search) {
    const found = await readPage(request, ({ page }) =>
      searchOrganisations(reader, scope, search, { page, pageSize, on, hierarchy }),
    )
    return { ...common, page: found.page, found, tops: { rows: [], total: 0 }, branches: {}, open: [] }
  }
  const tops = await readPage(request, ({ page }) => listStart(context, { page, on, hierarchy }))
  const open = openedIn(url) ?? tops.rows.slice(0, 1).map(({ id }) => id)
  const branches: Record<string, OrganisationChild[]> = {}
  for (const child of await listBranches(reader, scope, open, pageSize, { on, hierarchy })) {
    const parent = child.parentId ?? ''
    branches[parent] = [...(branches[parent] ?? []), child]
  }
  return { ...common, page: tops.page, found: null, tops, branches, open }
}

/** Where the tree starts: at the own bodies, which are few; or at those that come first in a hierarchy. */
async function listStart(
  { reader, scope }: Context,
  { page, on, hierarchy }: { page: number; on: CivilDate | null; hierarchy: Hierarchy | null },
): Promise<{ rows: (OrganisationChild & { parentName?: string | null })[]; total: number }> {
  if (hierarchy !== null) return await listTops(reader, scope, hierarchy, { page, pageSize, on })
  const rows = await listOwnOrganisations(reader, scope, on)
  return { rows, total: 0 }
}

/** The branches that an address opens; undefined where it says nothing of them. */
function openedIn(url: URL): string[] | undefined {
  const asked = url.searchParams.get('open')
  return asked === null ? undefined : [...new Set(asked.split('.'))].filter(isId).slice(-mostOpen)
}
