import { type Standing, standings } from '#features/plans/schema.ts'

/** Filters of the lists inside a plan, from an address; nonsense counts as none. */

export const measures = ['on-time', 'with-evidence', 'without-evidence'] as const
export type Measure = (typeof measures)[number]

export function standingOf(url: URL): Standing | 'open' | null {
  const text = url.searchParams.get('state')
  return text === 'open' ? 'open' : (standings.find((standing) => standing === text) ?? null)
}

export function measureOf(url: URL): Measure | null {
  const text = url.searchParams.get('measure')
  return measures.find((measure) => measure === text) ?? null
}

/** An address inside a list: the present filters, some of them changed; an empty one is left out. */
export function hrefIn(path: string, filters: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filters))
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value))
  return query.size > 0 ? `${path}?${query}` : path
}
