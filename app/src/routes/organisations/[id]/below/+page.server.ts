import { error } from '@sveltejs/kit'
import { organisationKindSchema } from '#features/organisations/schema.ts'
import { getOrganisation } from '#features/organisations/server/organisation-reads.ts'
import { pastDay } from '#features/organisations/server/past.ts'
import { listBelow } from '#features/organisations/server/reads.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, today } = context
  const on = pastDay(context)
  const { id } = params
  if (!isId(id)) error(404, 'no such organisation')
  const kind = organisationKindSchema.safeParse(url.searchParams.get('kind')).data ?? null
  const { name } = await getOrganisation(reader, scope, id, { today, on })
  const below = await readPage(listRequest(url, pageSize), ({ page }) =>
    listBelow(reader, scope, { organisationId: id, kind, today, on, page, pageSize }),
  )
  return {
    organisation: { id, name },
    kind,
    below,
    page: below.page,
    pageSize,
  }
}
