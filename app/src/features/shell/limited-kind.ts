/** A request, as far as it tells whether it is of a kind that is limited. */
interface Asked {
  method: string
  /** `/papers/[id]/docx`; null where there is no such page. */
  routeId: string | null
  /** The words searched for, from the address. */
  search: string | null
  contentType: string | null
}

const exported =
  /\/(docx|xlsx|csv|export|exports|download|templates?|correction)(\/|$)|\.(xlsx|csv|ics|json)$/

/** What a request costs beyond an ordinary page: a search, a file that is made, a file taken in, a feed. */
export function limitedKindOf(asked: Asked): 'search' | 'export' | 'upload' | 'feed' | undefined {
  const { method, routeId, search, contentType } = asked
  if (routeId?.startsWith('/feeds/')) return 'feed'
  if (routeId && exported.test(routeId)) return 'export'
  if (method === 'GET' || method === 'HEAD') return search?.trim() ? 'search' : undefined
  return contentType?.startsWith('multipart/form-data') ? 'upload' : undefined
}
