import { listDocuments } from '#features/documents/server/reads.ts'
import { listRequest, signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const { lines, total } = await listDocuments(reader, scope, request)
  return {
    lines,
    total,
    page: request.page,
    pageSize,
    search: request.search,
    discarded: url.searchParams.has('discarded'),
    may: { bringIn: scope.offices.length > 0 },
  }
}
