import { withoutNul } from './form-text.ts'

/** What a list's address asks for. */
export interface ListRequest {
  search: string
  /** From 1. */
  page: number
  offset: number
  /** How many rows a page has. */
  limit: number
}

const mostPages = 100_000

/**
 * The page number and the words searched for, from an address; nonsense counts as the first page. `named` is the part
 * of the address that holds the page, where a page of the product shows more than one list.
 */
export function listRequest(url: URL, limit: number, named = 'page'): ListRequest {
  const asked = Math.trunc(Number(url.searchParams.get(named) ?? 1))
  return {
    search: searchOf(url),
    ...placeOf(Math.min(mostPages, Math.max(1, asked || 1)), limit),
  }
}

/** The words searched for, from an address. */
export const searchOf = (url: URL): string =>
  withoutNul(url.searchParams.get('q') ?? '')
    .trim()
    .slice(0, 200)

const placeOf = (page: number, limit: number): Pick<ListRequest, 'page' | 'offset' | 'limit'> => ({
  page,
  offset: (page - 1) * limit,
  limit,
})

/**
 * Reads the page of a list that was asked for; where it lies behind the end, as after a filter or with an old
 * bookmark, the last one. `page` is the one that was read. Only behind the end is the list read again.
 */
export async function readPage<List extends { total: number }>(
  request: ListRequest,
  read: (asked: ListRequest) => Promise<List>,
): Promise<List & { page: number }> {
  const { limit } = request
  const list = await read(request)
  if (request.offset === 0 || request.offset < list.total) return { ...list, page: request.page }
  // Most lists count their rows while reading them, so a page without rows does not know how many there are.
  const first = list.total > 0 ? list : await read({ ...request, ...placeOf(1, limit) })
  const last = Math.max(1, Math.ceil(first.total / limit))
  if (last === 1 && first !== list) return { ...first, page: 1 }
  return { ...(await read({ ...request, ...placeOf(last, limit) })), page: last }
}
