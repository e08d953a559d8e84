import { listAdministered } from '#features/reorganisations/server/choosable.ts'
import { listReorganisations } from '#features/reorganisations/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  if ((await listAdministered(reader, scope)).length === 0) throw new NotFound('reorganisations')
  const list = await readPage(listRequest(url, pageSize), (asked) =>
    listReorganisations(reader, scope, { ...asked, state: null }),
  )
  return { list, page: list.page, pageSize }
}
