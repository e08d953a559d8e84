/** The page to go to after a form: only a page of this product, never another site. */
export function pageToOpen(wanted: unknown): string {
  return typeof wanted === 'string' &&
    wanted.startsWith('/') &&
    !wanted.startsWith('//') &&
    !wanted.includes('\\')
    ? wanted
    : '/'
}
