import { listPapers } from '#features/papers/server/reads.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const { papers, total, page } = await readPage(request, (asked) => listPapers(reader, scope, asked))
  return {
    papers,
    total,
    page,
    pageSize,
    search: request.search,
    discarded: url.searchParams.has('discarded'),
    may: { write: scope.enters.length > 0 },
  }
}
