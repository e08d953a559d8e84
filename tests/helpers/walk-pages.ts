import type { Page } from 'playwright-core'

const id = /[0-9a-f]{8}-[0-9a-f-]{27}/g
/** Pages of one kind look alike: `/plans/…/tasks/…` is tried once. */
const kindOf = (path: string): string => path.replace(id, '…').replace(/[?#].*$/, '')

/**
 * Opens every kind of page that links lead to from the desk, one address of each, and answers its path and what opening
 * it answered.
 */
export async function* walkPages<Opened>(
  page: Page,
  url: string,
  open: (address: string) => Promise<Opened>,
): AsyncGenerator<{ path: string; opened: Opened }> {
  const known = new Set(['/'])
  const waiting = ['/']
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const opened = await open(url + path)
    const links = await page.$$eval(
      'a[href^="/"]:not([href$="/file"]):not([href*="/docx"]):not([href*="/templates/"]):not([href$="/correction"])',
      (anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''),
    )
    for (const link of links) {
      const kind = kindOf(link)
      if (known.has(kind) || kind.startsWith('/files/')) continue
      known.add(kind)
      waiting.push(link)
    }
    yield { path, opened }
  }
}
