import { error } from '@sveltejs/kit'
import { organisationKindSchema } from '#features/organisations/schema.ts'
import { getOrganisation, listBelow } from '#features/organisations/server/reads.ts'
import { isId } from '#server/platform/ids.ts'
import { listRequest, signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const { id } = params
  if (!isId(id)) error(404, 'no such organisation')
  const { page } = listRequest(url, pageSize)
  const kind = organisationKindSchema.safeParse(url.searchParams.get('kind')).data ?? null
  const { name } = await getOrganisation(reader, scope, id, today)
  return {
    organisation: { id, name },
    kind,
    below: await listBelow(reader, scope, { organisationId: id, kind, today, page, pageSize }),
    page,
    pageSize,
  }
}
