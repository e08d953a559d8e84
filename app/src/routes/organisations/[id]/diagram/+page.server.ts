import { error } from '@sveltejs/kit'
import { askedHierarchy } from '#features/organisations/asked-hierarchy.ts'
import { drawStructure } from '#features/organisations/draw-structure.ts'
import { getOrganisation, listTree } from '#features/organisations/server/organisation-reads.ts'
import { pastDay } from '#features/organisations/server/past.ts'
import { isId } from '#server/platform/ids.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

/** A province's communes with all that stands directly below them; what has more is drawn without its second level. */
const mostDrawn = 20_000

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, today } = context
  const on = pastDay(context)
  const hierarchy = askedHierarchy(url)
  if (!isId(params.id)) error(404, 'no such organisation')
  const { id, name } = await getOrganisation(reader, scope, params.id, { today, on })
  const asked = { today, on, hierarchy, limit: mostDrawn }
  const two = await listTree(reader, scope, id, { ...asked, deepest: 2 })
  const rows = two.length > mostDrawn ? await listTree(reader, scope, id, { ...asked, deepest: 1 }) : two
  return {
    organisation: { id, name },
    hierarchy,
    structure: drawStructure(rows.slice(0, mostDrawn), id) ?? null,
    asOf: context.on,
  }
}
