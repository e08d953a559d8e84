import { type Hierarchy, hierarchies } from './schema.ts'

/** The part of an address that says in which hierarchy the tree is looked at: `?he=front`. */
const hierarchyParameter = 'he'

/** The hierarchy that an address asks for; null for the tree in which each body stands in its own. */
export const askedHierarchy = (url: URL): Hierarchy | null =>
  hierarchies.find((one) => one === url.searchParams.get(hierarchyParameter)) ?? null

/** An address with the hierarchy that is looked at, and whatever else it asks for. */
export function withHierarchy(
  path: string,
  hierarchy: Hierarchy | null,
  asked: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({
    ...(hierarchy === null ? {} : { [hierarchyParameter]: hierarchy }),
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== '')),
  }).toString()
  return query === '' ? path : `${path}?${query}`
}
