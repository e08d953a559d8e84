import { listDocuments } from '#features/documents/server/reads.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const { lines, total, page } = await readPage(request, (asked) => listDocuments(reader, scope, asked))
  return {
    lines,
    total,
    page,
    pageSize,
    search: request.search,
    discarded: url.searchParams.has('discarded'),
    may: { bringIn: scope.enters.length > 0 },
  }
}
