import { error } from '@sveltejs/kit'
import { askedHierarchy } from '#features/organisations/asked-hierarchy.ts'
import { getOrganisation, listTree } from '#features/organisations/server/organisation-reads.ts'
import { pastDay } from '#features/organisations/server/past.ts'
import { inTreeOrder } from '#features/organisations/tree-order.ts'
import { isId } from '#server/platform/ids.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

/** About sixty printed pages; what is longer is printed body by body. */
const mostPrinted = 3_000

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, today } = context
  const on = pastDay(context)
  const hierarchy = askedHierarchy(url)
  if (!isId(params.id)) error(404, 'no such organisation')
  const { id, name } = await getOrganisation(reader, scope, params.id, { today, on })
  const rows = await listTree(reader, scope, id, { today, on, hierarchy, deepest: 40, limit: mostPrinted })
  return {
    organisation: { id, name },
    hierarchy,
    rows: inTreeOrder(rows.slice(0, mostPrinted), id),
    isCut: rows.length > mostPrinted,
    mostPrinted,
    asOf: context.on,
  }
}
