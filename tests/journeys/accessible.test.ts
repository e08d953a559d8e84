import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { visitAs } from '../helpers/visit.ts'
import { walkPages } from '../helpers/walk-pages.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 50 } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const looks = [
  { name: 'wide and light', options: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } },
  { name: '360 px and dark', options: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } },
] as const

// The officer reaches nearly every page; the others' are tried on the phone, where most of them work.
describe.each([
  ['canbo', looks],
  ['bithu', looks.slice(1)],
  ['dangvien', looks.slice(1)],
  ['giamsat', looks.slice(1)],
  ['quantri', looks.slice(1)],
] as const)('the pages of %s', (username, triedLooks) => {
  it('hold nothing that axe objects to, fit the screen, and fail in nothing', {
    timeout: 300_000,
  }, async () => {
    const objections: string[] = []
    for (const { name, options } of triedLooks) {
      const { page, context, faults } = await visitAs(browser, product.url, username, options)
      let pages = 0
      for await (const { path } of walkPages(page, product.url, (address) => page.goto(address))) {
        pages += 1
        for (const objection of await findObjections(page)) objections.push(`${path} (${name}): ${objection}`)
      }
      expect(pages).toBeGreaterThan(3)
      objections.push(...faults.map((fault) => `${name}: ${fault}`))
      await context.close()
    }
    expect(objections).toEqual([])
  })
})

it('holds nothing that axe objects to on the sign-in page', async () => {
  for (const { options } of looks) {
    const { page, context } = await visitAs(browser, product.url, undefined, options)
    await page.goto(`${product.url}/sign-in`)
    expect(await findObjections(page)).toEqual([])
    await context.close()
  }
})
