import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { visitAs } from '../helpers/visit.ts'

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

const button = (page: Page, name: string) => page.getByRole('button', { name }).first()
const link = (page: Page, name: string) => page.getByRole('link', { name }).first()
const phone = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const

/** Nothing for axe, which is a script, to object to, and nothing wider than the screen. */
async function expectSound(page: Page): Promise<void> {
  expect(await findObjections(page)).toEqual([])
}

/** The office's first plan under way, as its list leads to it. */
async function openPlan(page: Page): Promise<string> {
  await page.goto(`${product.url}/plans?state=launched`)
  await page.locator('ul.lines a').first().click()
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}/)
  return page.url()
}

describe.each([
  ['with a script', true, '41'],
  ['without one', false, '42'],
] as const)('%s,', (_, javaScriptEnabled, number) => {
  it('a report goes out under its number, keeps its words, and is followed by a new version', async () => {
    const { page, context, faults } = await visitAs(browser, product.url, 'canbo', { javaScriptEnabled })
    await openPlan(page)
    await link(page, 'Viết báo cáo').click()
    await button(page, 'Soạn bản thảo').click()
    await page.waitForURL(/\/papers\/[0-9a-f-]{36}/)
    const address = page.url()

    await page.getByText('Đánh dấu đã ban hành').click()
    await page.getByLabel('Số').fill('số ấy')
    await button(page, 'Ghi là đã ban hành').click()
    await page.getByText('Số văn bản không đúng').waitFor()
    expect(await page.getByLabel('Số').inputValue()).toBe('số ấy')
    await page.getByLabel('Số').fill(number)
    await button(page, 'Ghi là đã ban hành').click()
    await page.getByText(new RegExp(`Đã ban hành: số ${number}-BC/`)).waitFor()
    expect(page.url()).toBe(address)
    expect(await page.getByRole('link', { name: /^Sửa/ }).count()).toBe(0)
    expect(await button(page, 'Cập nhật số liệu').count()).toBe(0)
    await page.goto(`${address}?edit=frame`)
    expect(await page.locator('textarea').count()).toBe(0)
    if (javaScriptEnabled) await expectSound(page)

    const file = await context.request.get(`${address}/docx`)
    const xml = new TextDecoder().decode(unzipSync(await file.body())['word/document.xml'])
    const words = xml.replaceAll('<w:noBreakHyphen/>', '-').replace(/<[^>]+>/g, '')
    expect(words).toContain(`${number}-BC/`)
    expect(words).toMatch(/ngày\s\d{2}\stháng\s\d{1,2}\snăm\s\d{4}/)

    await page.goto(`${product.url}/papers?q=${number}-BC`)
    await page.getByText(new RegExp(`số ${number}-BC/\\S+ ban hành`)).waitFor()

    await page.goto(address)
    await button(page, 'Soạn bản tiếp theo').click()
    await page.waitForURL((url) => url.href !== address && /\/papers\/[0-9a-f-]{36}/.test(url.pathname))
    await link(page, `Tiếp theo văn bản số ${number}-BC/`).waitFor()
    expect(await page.getByRole('link', { name: /^Sửa/ }).count()).toBeGreaterThan(0)
    // The browser's console names the refusal above.
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
    await context.close()
  })

  it('a plan is closed with what is open in view, is left alone by its units, and is opened again', async () => {
    const officer = await visitAs(browser, product.url, 'canbo', { javaScriptEnabled })
    const secretary = await visitAs(browser, product.url, 'bithu', { javaScriptEnabled, ...phone })
    const plan = await openPlan(officer.page)
    await secretary.page.goto(`${product.url}/work?state=open`)
    const work = secretary.page.locator(`main a[href^="/work/"]:not([href^="/work/reports"])`)
    const addresses = await work.evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''))
    let open = ''
    for (const address of new Set(addresses.filter((each) => /^\/work\/[0-9a-f-]{36}$/.test(each)))) {
      await secretary.page.goto(product.url + address)
      if ((await secretary.page.locator(`main a[href="${new URL(plan).pathname}"]`).count()) > 0)
        open = address
      if (open) break
    }
    expect(open).not.toBe('')

    await link(officer.page, 'Kết thúc kế hoạch').click()
    await officer.page.getByRole('heading', { name: 'Việc chưa xong sẽ giữ nguyên' }).waitFor()
    expect(await officer.page.locator(`a[href="${open}"]`).count()).toBeGreaterThan(0)
    if (javaScriptEnabled) await expectSound(officer.page)
    await officer.page.getByLabel('Lý do, căn cứ kết thúc').fill('Đã tổng kết tại hội nghị cuối năm')
    await button(officer.page, 'Kết thúc kế hoạch').click()
    await officer.page.getByText('Đã tổng kết tại hội nghị cuối năm').waitFor()
    expect(officer.page.url()).toBe(plan)
    await officer.page.getByText(/việc chưa xong khi kết thúc/).click()
    await officer.page.locator(`a[href="${open}"]`).first().waitFor()

    await secretary.page.goto(product.url + open)
    await secretary.page.getByText('Kế hoạch đã kết thúc khi việc này chưa xong.').waitFor()
    expect(await secretary.page.locator('main textarea').count()).toBe(0)
    if (javaScriptEnabled) await expectSound(secretary.page)
    await secretary.page.goto(`${product.url}/work?state=open`)
    expect(await secretary.page.locator(`a[href="${open}"]`).count()).toBe(0)
    await secretary.page.goto(`${product.url}/notices`)
    await secretary.page.getByText('Lý do: Đã tổng kết tại hội nghị cuối năm').first().waitFor()

    await officer.page.goto(plan)
    if (javaScriptEnabled) await expectSound(officer.page)
    await officer.page.getByText('Mở lại kế hoạch').click()
    await officer.page.getByLabel('Lý do mở lại').fill('Còn đơn vị báo cáo chậm')
    await officer.page.getByRole('button', { name: 'Mở lại', exact: true }).click()
    await link(officer.page, 'Kết thúc kế hoạch').waitFor()
    await secretary.page.goto(product.url + open)
    expect(await secretary.page.locator('main textarea').count()).toBeGreaterThan(0)
    expect([...officer.faults, ...secretary.faults]).toEqual([])
    await officer.context.close()
    await secretary.context.close()
  })
})
