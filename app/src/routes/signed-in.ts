import { error } from '@sveltejs/kit'
import type { Context } from '#server/context.ts'

/** The context of who is signed in. The hook sends everybody else to the sign-in page before a page asks. */
export function signedIn(locals: App.Locals): Context {
  if (!locals.context) error(401, 'sign in first')
  return locals.context
}

/** The page number and the words searched for, from an address; nonsense counts as the first page. */
export function listRequest(
  url: URL,
  limit: number,
): { search: string; page: number; offset: number; limit: number } {
  const page = Math.min(100_000, Math.max(1, Math.trunc(Number(url.searchParams.get('page') ?? 1)) || 1))
  return {
    // No database holds a NUL, and nobody types one.
    search: (url.searchParams.get('q') ?? '').replaceAll('\0', '').trim().slice(0, 200),
    page,
    offset: (page - 1) * limit,
    limit,
  }
}
