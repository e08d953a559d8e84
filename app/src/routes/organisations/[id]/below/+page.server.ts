import { error } from '@sveltejs/kit'
import { organisationKindSchema } from '#features/organisations/schema.ts'
import { getOrganisation, listBelow } from '#features/organisations/server/reads.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const { id } = params
  if (!isId(id)) error(404, 'no such organisation')
  const kind = organisationKindSchema.safeParse(url.searchParams.get('kind')).data ?? null
  const { name } = await getOrganisation(reader, scope, id, today)
  const below = await readPage(listRequest(url, pageSize), ({ page }) =>
    listBelow(reader, scope, { organisationId: id, kind, today, page, pageSize }),
  )
  return {
    organisation: { id, name },
    kind,
    below,
    page: below.page,
    pageSize,
  }
}
