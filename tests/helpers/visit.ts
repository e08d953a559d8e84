import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** The password of every sample account; printed at the first start, too. */
export const samplePassword = 'trienkhai-mau'

export interface Visit {
  page: Page
  context: BrowserContext
  /** What went wrong in the browser: errors of scripts, blocked resources, answers of 500 and above. */
  faults: string[]
}

/** A person at a browser of their own, signed in with a sample account (or not, without one). */
export async function visitAs(
  browser: Browser,
  url: string,
  username: string | undefined,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'vi-VN', ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
  if (username !== undefined) {
    await page.goto(`${url}/sign-in`)
    await page.fill('[name=username]', username)
    await page.fill('[name=password]', samplePassword)
    await page.click('form.sign-in button')
    await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  }
  return { page, context, faults }
}
