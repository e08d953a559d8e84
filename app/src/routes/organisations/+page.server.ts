import type { OrganisationChild } from '#features/organisations/schema.ts'
import { pastDay } from '#features/organisations/server/past.ts'
import {
  listBranches,
  listOwnOrganisations,
  searchOrganisations,
} from '#features/organisations/server/reads.ts'
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
  const common = { pageSize, asOf: context.on, mayReorganise: scope.administers.length > 0 }
  const request = listRequest(url, pageSize)
  const { search } = request
  if (search) {
    const found = await readPage(request, ({ page }) =>
      searchOrganisations(reader, scope, search, { page, pageSize, on }),
    )
    return {
      ...common,
      search,
      page: found.page,
      found,
      tops: [],
      branches: {},
      open: [],
      mostEach: pageSize,
    }
  }
  const tops = await listOwnOrganisations(reader, scope, on)
  const open = openedIn(url) ?? tops.slice(0, 1).map(({ id }) => id)
  const branches: Record<string, OrganisationChild[]> = {}
  for (const child of await listBranches(reader, scope, open, pageSize, on)) {
    const parent = child.parentId ?? ''
    branches[parent] = [...(branches[parent] ?? []), child]
  }
  return { ...common, search, page: 1, found: null, tops, branches, open, mostEach: pageSize }
}

/** The branches that an address opens; undefined where it says nothing of them. */
function openedIn(url: URL): string[] | undefined {
  const asked = url.searchParams.get('open')
  return asked === null ? undefined : [...new Set(asked.split('.'))].filter(isId).slice(-mostOpen)
}
