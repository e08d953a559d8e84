const collator = new Intl.Collator('vi', { numeric: true })

/** Orders two strings as a Vietnamese dictionary does, numbers by value: `Chi bộ 2` before `Chi bộ 10`. */
export function compareVietnamese(a: string, b: string): number {
  return collator.compare(a, b)
}

/**
 * The key by which people are listed: given name first, then the family and middle names.
 * `Nguyễn Văn An` → `An Nguyễn Văn`.
 */
export function personSortKey(fullName: string): string {
  const words = fullName.trim().split(/\s+/u)
  const given = words.pop() ?? ''
  return [given, ...words].join(' ')
}
