import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { visitAs } from '../helpers/visit.ts'

let product: Product
let browser: Browser
beforeAll(async () => {
  product = await startProduct({ sample: { cells: 10 } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

async function open(path: string, options: { javaScriptEnabled: boolean }): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(`${product.url}${path}`)
  return page
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.fill('input[name="username"]', 'canbo')
  await page.fill('input[name="password"]', password)
  await page.click('button[type="submit"]:visible')
  await page.waitForLoadState()
}

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'signing in, with JavaScript: $javaScriptEnabled',
  (options) => {
    test('leads from any page to the sign-in page, and back', async () => {
      const page = await open('/documents', options)
      expect(new URL(page.url()).pathname).toBe('/sign-in')
      await signIn(page, 'trienkhai-mau')
      await page.waitForURL(`${product.url}/documents`)
      await page.context().close()
    })

    test('is refused for a wrong password, in words', async () => {
      const page = await open('/sign-in', options)
      await signIn(page, 'sai mật khẩu')
      expect(new URL(page.url()).pathname).toBe('/sign-in')
      expect(await page.inputValue('input[name="username"]')).toBe('canbo')
      expect(await page.textContent('h1')).toBe('Đăng nhập')
      await page.context().close()
    })
  },
)

test('what is typed on a slow line, before the script is there, is not lost', async () => {
  const { page, context } = await visitAs(browser, product.url, 'canbo')
  let letGo = (): void => {}
  const held = new Promise<void>((done) => {
    letGo = done
  })
  await page.route('**/*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${product.url}/documents/new`, { waitUntil: 'commit' })
  await page.click('main details summary')
  await page.fill('textarea[name="text"]', 'Kế hoạch gõ khi chưa có gì chạy')
  await page.click('header details summary')
  await page.selectOption('select[name="type"]', 'large')
  letGo()
  await page.waitForLoadState('networkidle')
  expect(await page.inputValue('textarea[name="text"]')).toBe('Kế hoạch gõ khi chưa có gì chạy')
  expect(await page.inputValue('select[name="type"]')).toBe('large')
  await context.close()
})

test('the sign-in page has no fault that axe finds, light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme })
    const page = await context.newPage()
    await page.goto(`${product.url}/sign-in`)
    expect(await findObjections(page)).toEqual([])
    await context.close()
  }
})
