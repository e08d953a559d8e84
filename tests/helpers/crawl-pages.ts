import type { Session } from './session.ts'

const id = /[0-9a-f]{8}-[0-9a-f-]{27}/g
/** Pages of one kind, asked in one way, look alike: one of them is opened. */
const kindOf = (path: string): string =>
  path
    .replace(id, '…')
    .replace(/#.*$/, '')
    .replace(/=[^&]*/g, '=')

export interface CrawledPage {
  path: string
  status: number
}

/**
 * Opens every kind of page, list and file that links lead to from a page, without a browser; links that do not hold
 * `keeping` (the day that is looked at) lead elsewhere and are not followed.
 */
export async function crawlPages(session: Session, from: string, keeping = ''): Promise<CrawledPage[]> {
  const known = new Set([kindOf(from)])
  const waiting = [from]
  const opened: CrawledPage[] = []
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await session.get(path)
    opened.push({ path, status: answer.status })
    const body = await answer.text()
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
    for (const [, address = ''] of body.matchAll(/<a\b[^>]*\bhref="(\/[^"]*)"/g)) {
      const link = address.replaceAll('&amp;', '&')
      const kind = kindOf(link)
      if (known.has(kind) || !link.includes(keeping)) continue
      known.add(kind)
      waiting.push(link)
    }
  }
  return opened
}
