import type { Page } from 'playwright-core'

export interface Weight {
  /** Files of script, and their bytes as they came over the line, headers included. */
  scripts: number
  script: number
  /** Bytes of everything. */
  all: number
}

/** What a browser takes in on opening a page as for the first time: nothing comes from its cache. */
export async function weighPage(page: Page, url: string): Promise<Weight> {
  const session = await page.context().newCDPSession(page)
  const addresses = new Map<string, string>()
  const taken = { scripts: 0, script: 0, all: 0 }
  session.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    taken.all += encodedDataLength
    if (!new URL(addresses.get(requestId) ?? url).pathname.endsWith('.js')) return
    taken.scripts += 1
    taken.script += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(url, { waitUntil: 'networkidle' })
  await session.detach()
  return taken
}
