/**
 * The page to go to after a form: only a page of this product, never another site. Taken apart as a browser does it,
 * which drops tabs and line breaks and reads a backslash as `/`: `/\t/example.com` is another site.
 */
export function pageToOpen(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/'
  const here = 'http://here.invalid'
  const url = URL.parse(wanted, here)
  // `/.//example.com` straightens to a path with two slashes in front, which leads away in its turn.
  return url?.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/'
}
