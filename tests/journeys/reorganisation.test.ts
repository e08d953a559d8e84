import { vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { launchBrowser } from '../helpers/browser.ts'
import { crawlPages } from '../helpers/crawl-pages.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { signInAs } from '../helpers/session.ts'
import { visitAs } from '../helpers/visit.ts'

// Two communes are merged: prepared from the form on a phone (the pages bring no script), with a look at who inherits what; taking
// effect; read afterwards as of the day before, and as it is now.

let product: Product
let browser: Browser
let database: Database
const shots = process.env['SCREENSHOTS']
const phone = { viewport: { width: 360, height: 740 } }

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 10 } })
  database = connectToProduct(product.dataDir)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await database?.close()
  await product?.stop()
})

async function look(page: Page, name: string): Promise<void> {
  expect(await findObjections(page)).toEqual([])
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

const one = async <Value>(query: ReturnType<typeof sql<{ value: Value }>>): Promise<Value | undefined> =>
  (await query.execute(database.reader)).rows[0]?.value

it('merges two communes into a new one, on a phone', async () => {
  const visit = await visitAs(browser, product.url, 'quantri', phone)
  const { page } = visit
  const communes = await sql<{ id: string; name: string; open: number }>`
    select body.id, body.name, (select count(*) from assignment join organisation_line line
      using (organisation_id) where line.ancestor_id = body.id and state <> 'done')::int as open
    from organisation body where kind = 'commune-committee' order by name
  `.execute(database.reader)
  const [first, second] = communes.rows
  if (!first || !second) throw new Error('the sample has no two communes')
  const openBefore = await one<number>(
    sql`select count(*)::int as value from assignment where state <> 'done'`,
  )

  await page.goto(`${product.url}/organisations`)
  await look(page, 'tree')
  await page.click('nav >> text=Mặt trận và đoàn thể')
  expect(await page.locator('main .line').allTextContents()).toContainEqual(
    expect.stringContaining('Mặt trận Tổ quốc'),
  )
  expect(await page.textContent('main ul')).not.toContain('Chi bộ')
  await look(page, 'tree-front')
  await page.click('text=Sắp xếp tổ chức')
  await look(page, 'reorganisations-empty')
  await page.click('text=Chuẩn bị đợt sắp xếp')
  await page.fill('[name=title]', 'Sắp xếp đơn vị hành chính cấp xã')
  await page.fill('[name=decision]', '1685/NQ-UBTVQH15')
  await look(page, 'new')
  await page.click('text=Mở bản nháp')
  await page.check(`[name=body][value="${first.id}"]`)
  await page.check(`[name=body][value="${second.id}"]`)
  await page.fill('[name=name]', 'Đảng ủy xã Hợp Nhất')
  await page.click('form.fields >> text=Thêm bước >> nth=0')
  await page.waitForSelector('text=Các bước đều thực hiện được')
  expect(await page.textContent('#steps ol')).toContain('thành Đảng ủy xã Hợp Nhất')
  await look(page, 'draft')

  await page.click('text=Hệ quả')
  await look(page, 'consequences')
  const row = page.locator('tr', { hasText: first.name })
  await row.locator('a.opens').first().click()
  await look(page, 'consequence-rows')
  await page.goBack()
  await page.goBack()
  await page.click('button:has-text("Thực hiện ngay")')
  await page.waitForSelector('text=Đã thực hiện lúc')
  await look(page, 'done')

  // What was open is open still, and nothing of it belongs to a body that has ended.
  expect(await one<number>(sql`select count(*)::int as value from assignment where state <> 'done'`)).toBe(
    openBefore,
  )
  expect(
    await one<number>(sql`select count(*)::int as value from assignment join organisation body
      on body.id = organisation_id where state <> 'done' and ended_on is not null`),
  ).toBe(0)

  await page.goto(`${product.url}/organisations?q=hop nhat`)
  await page.click('text=Đảng ủy xã Hợp Nhất')
  await look(page, 'merged')
  expect(await page.textContent('#history')).toContain(first.name)
  await page.goto(`${product.url}/organisations/${first.id}`)
  expect(await page.textContent('main')).toContain('Tổ chức này kết thúc hoạt động')
  await look(page, 'ended')
  expect(visit.faults).toEqual([])
})

it('shows the day before as it was, keeps to it from link to link, and lets nothing be changed there', async () => {
  const visit = await visitAs(browser, product.url, 'quantri')
  const { page } = visit
  const yesterday = vietnamDate(new Date(Date.now() - 86_400_000))
  await page.goto(`${product.url}/organisations?ngay=${yesterday}`)
  expect(await page.textContent('main')).toContain('Xem như ngày')
  expect(await page.textContent('main')).not.toContain('Hợp Nhất')
  await look(page, 'tree-yesterday')
  await page.click('main li li .words a:has-text("Đảng ủy xã") >> nth=0')
  expect(page.url()).toContain(`ngay=${yesterday}`)
  await look(page, 'commune-yesterday')
  await page.click('text=Sơ đồ tổ chức')
  await page.waitForSelector('svg')
  if (shots) await page.screenshot({ path: `${shots}/diagram-commune.png`, fullPage: true })
  await page.click('text=Về hôm nay')
  expect(page.url()).not.toContain('ngay=')
  const session = await signInAs(product.url, 'quantri')
  const answer = await session.post(`/organisations/reorganisations/new?ngay=${yesterday}`, { title: 'Thử' })
  expect(answer.status).toBe(405)
  expect(visit.faults).toEqual([])
})

it('opens every page, list and file on a day of the past', async () => {
  for (const [username, daysAgo, least] of [
    ['canbo', 1, 60],
    ['quantri', 40, 20],
  ] as const) {
    const day = vietnamDate(new Date(Date.now() - daysAgo * 86_400_000))
    const opened = await crawlPages(await signInAs(product.url, username), `/?ngay=${day}`, `ngay=${day}`)
    expect(opened.filter(({ status }) => status !== 200)).toEqual([])
    expect(opened.length).toBeGreaterThan(least)
  }
})

it('prints and draws the structure of the province', async () => {
  const { page, faults } = await visitAs(browser, product.url, 'quantri', {
    viewport: { width: 1280, height: 900 },
  })
  const top = await one<string>(sql`select id as value from organisation where kind = 'province-committee'`)
  await page.goto(`${product.url}/organisations/${top}/diagram`)
  await look(page, 'diagram')
  await page.goto(`${product.url}/organisations/${top}/print`)
  await look(page, 'print')
  await page.click('nav >> text=Chính quyền')
  await page.waitForSelector('text=· chính quyền')
  expect(await page.textContent('main ul')).not.toContain('Chi bộ')
  await page.goto(`${product.url}/organisations/${top}/change?kind=move`)
  await look(page, 'change')
  expect(faults).toEqual([])
})
