import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { visitAs } from '../helpers/visit.ts'
import { walkPages } from '../helpers/walk-pages.ts'
import { weighPage } from '../helpers/weigh-page.ts'

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
  const scout = await visitAs(browser, product.url, 'canbo')
  const paths = ['/sign-in']
  for await (const path of walkPages(scout.page, product.url)) paths.push(path)
  const storageState = await scout.context.storageState()
  await scout.context.close()
  const heavy: string[] = []
  for (const path of paths) {
    const context = await browser.newContext(path === '/sign-in' ? {} : { storageState })
    const { script } = await weighPage(await context.newPage(), product.url + path)
    if (script > (documents.test(path) ? 1_000 : 60_000)) heavy.push(`${path}: ${script} bytes`)
    await context.close()
  }
  expect(paths.length).toBeGreaterThan(15)
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
