import { checkLayout } from '@trienkhai/official-document/layout-check/check-layout.ts'
import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { writeSamplePlan } from '../helpers/sample-plan.ts'
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

// The smallest picture that is one: a phone's photo, as far as the product can tell.
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first()

/** Brings a Word file in and waits until its plan can be reviewed; answers the plan's address. */
async function bringIn(page: Page, name: string, bytes: Uint8Array): Promise<string> {
  await page.goto(`${product.url}/documents/new`)
  await page.setInputFiles('#files', {
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: Buffer.from(bytes),
  })
  await button(page, 'Đọc văn bản').click()
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}/)
  for (let tries = 0; tries < 60 && !(await link(page, 'Rà soát kế hoạch').isVisible()); tries++) {
    await page.waitForTimeout(500)
    await page.reload()
  }
  await link(page, 'Rà soát kế hoạch').click()
  await page.waitForURL(/\/review/)
  return page.url().replace(/\/review.*$/, '')
}

/** The words of a Word file, a paragraph a line. */
function wordsOf(docx: Uint8Array): string {
  const document = unzipSync(docx)['word/document.xml']
  return new TextDecoder()
    .decode(document)
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
}

describe.each([
  ['with a script', true],
  ['without one', false],
])('from a signed plan to its report, %s', (_name, javaScriptEnabled) => {
  it('goes through reading, review, launch, work with a photo, and the report as a Word file', async () => {
    const subject = `phát động đợt thi đua cuối năm ${javaScriptEnabled ? 'có' : 'không'} kịch bản`
    const officer = await visitAs(browser, product.url, 'canbo', { javaScriptEnabled })
    const { page } = officer

    // Read.
    const plan = await bringIn(
      page,
      `${subject}.docx`,
      await writeSamplePlan(subject, javaScriptEnabled ? '91' : '92'),
    )
    await page.getByText('91-KH/ĐU').or(page.getByText('92-KH/ĐU')).first().waitFor()

    // Review: the phrase "Các chi bộ nông thôn" is corrected to one cell, and remembered.
    await page.goto(`${plan}/review/phrase?${new URLSearchParams({ phrase: 'Các chi bộ nông thôn' })}`)
    await link(page, 'Bỏ chọn tất cả').click()
    await page.waitForURL(/q=/)
    await page.getByPlaceholder('Tìm đơn vị theo tên').fill('chi bo khu 1')
    await button(page, 'Tìm').click()
    await page.waitForURL(/q=chi/)
    await page.getByRole('checkbox', { name: /^Chi bộ Khu 1 / }).check()
    await page.getByRole('radio', { name: 'Đơn vị cụ thể' }).check()
    await button(page, /Lưu và nhớ/).click()
    await page.waitForURL(/\/review$/)
    await button(page, 'Xác nhận tất cả').click()
    await page.getByText(/(\d+)\/\1 mục đã xác nhận/).waitFor()

    // Launch: what will happen is told first.
    await link(page, 'Xem trước khi triển khai').click()
    await page.getByText(/4 nhiệm vụ giao cho \d+ đơn vị/).waitFor()
    await button(page, /^Triển khai$/).click()
    await page.waitForURL(plan)
    await page.getByText('Nhiệm vụ theo đơn vị').waitFor()

    // The secretary of the cell does one of the tasks, with a photo from the phone.
    const secretary = await visitAs(browser, product.url, 'bithu', {
      javaScriptEnabled,
      viewport: { width: 360, height: 740 },
    })
    const phone = secretary.page
    await phone.goto(`${product.url}/work?${new URLSearchParams({ q: 've sinh duong lang' })}`)
    await link(phone, /ra quân vệ sinh đường làng/).click()
    await phone.waitForURL(/\/work\/[0-9a-f-]{36}/)
    // A note that was taken leaves an empty form; what is refused after it says why.
    await phone.getByText('Ghi tiến độ').first().click()
    const note = phone.locator('form[action="?/note"]')
    await note.locator('textarea').fill('Đã phân công từng tổ.')
    await note.getByRole('button').click()
    await phone.waitForURL(/\?saved$/)
    await expect.poll(() => note.locator('textarea').inputValue()).toBe('')
    await button(phone, /^Đã xong$/).click()
    await phone.getByText(/^Chưa có minh chứng\. Kèm ảnh/).waitFor()
    const finishing = phone.locator('form').filter({ has: phone.getByRole('button', { name: 'Đã xong' }) })
    await finishing.locator('input[type=file]').first().setInputFiles({
      name: 'ảnh ra quân.png',
      mimeType: 'image/png',
      buffer: photo,
    })
    await button(phone, /^Đã xong$/).click()
    await link(phone, 'ảnh ra quân.png').waitFor()
    await phone.getByText('xong', { exact: true }).first().waitFor()

    // The officer sees it, writes the report, and takes it away as a Word file.
    await page.goto(plan)
    await page.getByText('Nhiệm vụ xong').waitFor()
    await link(page, 'Viết báo cáo').click()
    await page.waitForURL(/\/papers\/new/)
    await page.locator('form[method=POST] button.primary').click()
    await page.waitForURL(/\/papers\/[0-9a-f-]{36}/)
    const paper = page.url()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href$="/docx"]').first().click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
    const docx = new Uint8Array(Buffer.concat(chunks))
    expect(download.suggestedFilename()).toMatch(/\.docx$/)
    expect(checkLayout(docx, 'HD36')).toEqual({ ok: true, findings: [] })
    const words = wordsOf(docx)
    expect(words).toContain('ĐẢNG CỘNG SẢN VIỆT NAM')
    expect(words.toLowerCase()).toContain(subject.toLowerCase())
    expect(words).toMatch(/hoàn thành 01\/\d+ phần việc/)
    expect(words).toContain('có minh chứng kèm theo 01 phần việc')

    // Another office finds neither the plan, nor the paper, nor the file.
    const stranger = await visitAs(browser, product.url, 'canbo2')
    for (const address of [plan, `${plan}/review`, `${plan}/launch`, paper, `${paper}/docx`]) {
      const response = await stranger.page.goto(address)
      expect([address, response?.status()]).toEqual([address, 404])
    }
    expect(officer.faults).toEqual([])
    // The one that was refused on purpose.
    expect(secretary.faults).toEqual([expect.stringContaining('400 (Bad Request)')])
    for (const visit of [officer, secretary, stranger]) await visit.context.close()
  })
})
