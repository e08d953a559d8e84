import type { Page } from 'playwright-core'

const id = /[0-9a-f]{8}-[0-9a-f-]{27}/g
/** Pages of one kind look alike: `/plans/…/tasks/…` is tried once. */
const kindOf = (path: string): string => path.replace(id, '…').replace(/[?#].*$/, '')

/** Every kind of page that can be reached from the desk by links, one address of each. */
export async function findPages(page: Page, url: string): Promise<string[]> {
  const known = new Map<string, string>([['/', '/']])
  const waiting = ['/']
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    await page.goto(url + path)
    const links = await page.$$eval(
      'a[href^="/"]:not([href$="/file"]):not([href*="/docx"]):not([href*="/templates/"]):not([href$="/correction"])',
      (anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''),
    )
    for (const link of links) {
      const kind = kindOf(link)
      if (known.has(kind) || kind.startsWith('/files/')) continue
      known.set(kind, link)
      waiting.push(link)
    }
  }
  return [...known.values()]
}
