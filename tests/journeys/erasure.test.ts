import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { samplePassword, visitAs } from '../helpers/visit.ts'

let product: Product
let browser: Browser
let database: Database
let personId = ''
let name = ''

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 10 } })
  browser = await launchBrowser()
  database = connectToProduct(product.dataDir)
  const { rows } = await sql<{ personId: string; name: string; office: string; administrator: string }>`
    select account.person_id as "personId", account.name, account.organisation_id as office,
      (select id from account where username = 'quantri') as administrator
    from account where username = 'canbo'`.execute(database.reader)
  const [found] = rows
  if (!found) throw new Error('the sample has no officer')
  personId = found.personId
  name = found.name
  // Whoever decides also reads the office's papers here, to see that they stand.
  await inTransaction(database, async (tx) => {
    await sql`
      insert into role_grant (id, account_id, role, organisation_id, from_on)
      values (${newId()}, ${found.administrator}, 'viewer', ${found.office}, '2026-01-01')`.execute(tx)
  })
})
afterAll(async () => {
  await browser?.close()
  await database?.close()
  await product?.stop()
})

const button = (page: Page, called: string) => page.getByRole('button', { name: called }).first()

/** Writes a report of the office's first plan and issues it; answers where it is. */
async function issueReport(page: Page): Promise<string> {
  await page.goto(`${product.url}/plans?state=launched`)
  await page.locator('ul.lines a').first().click()
  await page.getByRole('link', { name: 'Viết báo cáo' }).first().click()
  await button(page, 'Soạn bản thảo').click()
  await page.waitForURL(/\/papers\/[0-9a-f-]{36}/)
  await page.getByText('Đánh dấu đã ban hành').click()
  await page.getByLabel('Số').fill('77')
  await button(page, 'Ghi là đã ban hành').click()
  await page.getByText(/Đã ban hành: số 77-BC/).waitFor()
  return page.url()
}

test('somebody asks, the administrator decides, the account names nobody, and what was issued stands', async () => {
  const officer = await visitAs(browser, product.url, 'canbo', { viewport: { width: 360, height: 740 } })
  const paper = await issueReport(officer.page)
  const administrator = await visitAs(browser, product.url, 'quantri')
  const fileOf = async (): Promise<Buffer> => {
    const answer = await administrator.context.request.get(`${paper}/docx`)
    expect(answer.status()).toBe(200)
    return answer.body()
  }
  const issued = await fileOf()

  const mine = officer.page
  await mine.goto(`${product.url}/personal-data/mine`)
  expect(await findObjections(mine)).toEqual([])
  await mine.getByLabel('Lý do').fill('Tôi nghỉ công tác')
  await button(mine, 'Gửi đề nghị xóa').click()
  await mine.getByText('Đang chờ quản trị quyết định').waitFor()
  expect(await findObjections(mine)).toEqual([])

  const { page } = administrator
  await page.goto(`${product.url}/personal-data/requests`)
  await page.getByText('Tôi nghỉ công tác').waitFor()
  expect(await findObjections(page)).toEqual([])
  const grant = async (): Promise<void> => {
    await page.getByLabel('Tôi hiểu là không lấy lại được').check()
    await button(page, 'Xóa dữ liệu').click()
  }
  await grant()
  // As long as somebody holds a post, their data are needed.
  await page.getByText('Người này còn chức vụ hoặc còn sinh hoạt.').waitFor()
  expect(await findObjections(page)).toEqual([])
  await inTransaction(database, async (tx) => {
    for (const table of ['post', 'membership'])
      await sql`update ${sql.table(table)} set to_on = current_date - 30
        where person_id = ${personId} and (to_on is null or to_on > current_date - 30)`.execute(tx)
  })
  await page.goto(`${product.url}/personal-data/requests`)
  await grant()
  await page.getByText('Đã xóa', { exact: false }).first().waitFor()
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await findObjections(page)).toEqual([])
  expect(await page.locator('main').textContent()).not.toContain(name)
  await page.setViewportSize({ width: 1280, height: 720 })

  // The account is nobody's: the session ended with it, and the password opens nothing.
  await mine.goto(`${product.url}/personal-data/mine`)
  expect(new URL(mine.url()).pathname).toBe('/sign-in')
  await mine.fill('[name=username]', 'canbo')
  await mine.fill('[name=password]', samplePassword)
  await mine.click('form.sign-in button')
  await mine.waitForLoadState()
  expect(new URL(mine.url()).pathname).toBe('/sign-in')

  // What was issued stands as it was issued, to the byte.
  expect((await fileOf()).equals(issued)).toBe(true)
  await page.goto(paper)
  await page.getByText(/Đã ban hành: số 77-BC/).waitFor()

  // The record says that it was done, and by whom; of whom, it no longer says.
  await page.goto(`${product.url}/record`)
  await page.locator('main li').filter({ hasText: '· Xóa dữ liệu cá nhân' }).first().waitFor()
  expect(await findObjections(page)).toEqual([])
  expect(await page.locator('main').textContent()).not.toContain(name)
  const { rows } = await sql<{ name: string; off: boolean; person: string; details: number }>`
    select distinct account.name, off_at is not null as off, person.full_name as person,
      (select count(*)::int from person_detail where person_id = person.id) as details
    from account join person on person.id = account.person_id where person.id = ${personId}`.execute(
    database.reader,
  )
  const nobody = 'Người đã xóa dữ liệu'
  expect(rows).toEqual([{ name: nobody, off: true, person: nobody, details: 0 }])
  // The browser's console names the refusals above.
  const faults = [...officer.faults, ...administrator.faults]
  expect(faults.filter((fault) => !/\b4\d\d\b/.test(fault))).toEqual([])
  await officer.context.close()
  await administrator.context.close()
})
