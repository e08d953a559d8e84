import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { visitAs } from '../helpers/visit.ts'
import { walkPages } from '../helpers/walk-pages.ts'
import { type Weight, weighPage } from '../helpers/weigh-page.ts'

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

/** Pages that only show and link; a script on them would be the key that leads to the search field, no more. */
const documents = /^\/(sign-in|plans|work|documents|papers|organisations|overdue|plans\/[^/]+)?(\?.*)?$/

test('no first page takes more than 60 kB of script, and one that only shows takes next to none', {
  timeout: 300_000,
}, async () => {
  const heavy: string[] = []
  const weigh = (path: string, { script }: Weight): void => {
    if (script > (documents.test(path) ? 1_000 : 60_000)) heavy.push(`${path}: ${script} bytes`)
  }
  const visitor = await browser.newPage()
  weigh('/sign-in', await weighPage(visitor, `${product.url}/sign-in`))
  await visitor.close()
  const { page, context } = await visitAs(browser, product.url, 'canbo')
  let pages = 0
  for await (const { path, opened } of walkPages(page, product.url, (address) => weighPage(page, address))) {
    weigh(path, opened)
    pages += 1
  }
  await context.close()
  expect(pages).toBeGreaterThan(15)
  expect(heavy).toEqual([])
})

test('"/" leads to the search field, without a script of the framework', async () => {
  const { page, context, faults } = await visitAs(browser, product.url, 'canbo')
  for (const path of ['/', '/plans']) {
    await page.goto(product.url + path, { waitUntil: 'networkidle' })
    await page.keyboard.press('/')
    await page.keyboard.type('a/b')
    expect(await page.inputValue('main input[type="search"]')).toBe('a/b')
  }
  expect(faults).toEqual([])
  await context.close()
})
