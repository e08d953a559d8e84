import { readFile } from 'node:fs/promises'
import { importLimits } from '@trienkhai/spreadsheet/limits.ts'
import { openWorkbook } from '@trienkhai/spreadsheet/open-workbook.ts'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { signInAs } from '../helpers/session.ts'
import { visitAs } from '../helpers/visit.ts'

let product: Product
let browser: Browser
let database: Database
let commune: string

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 10 } })
  browser = await launchBrowser()
  database = connectToProduct(product.dataDir)
  // The officer keeps people's data already; here they administer the commune's organisations, too.
  const { rows } = await sql<{ account: string; office: string; name: string }>`
    select account.id as account, body.id as office, body.name from account
    join role_grant on account_id = account.id and role = 'personnel'
    join organisation body on body.id = role_grant.organisation_id where username = 'canbo'`.execute(
    database.reader,
  )
  const [found] = rows
  if (!found) throw new Error('the sample has no officer')
  commune = found.name
  await inTransaction(database, async (tx) => {
    await sql`
      insert into role_grant (id, account_id, role, organisation_id, from_on)
      values (${newId()}, ${found.account}, 'administrator', ${found.office}, '2026-01-01')`.execute(tx)
  })
})
afterAll(async () => {
  await browser?.close()
  await database?.close()
  await product?.stop()
})

type Rows = readonly (readonly string[])[]

async function makeFile(sheets: Record<string, Rows>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  const written = writeXlsx(
    Object.entries(sheets).map(([name, [titles = [], ...rows]]) => ({
      name,
      columns: titles.map((title) => ({ title, width: 20 })),
      rows: [rows.map((row) => row.map((text) => (text === '' ? undefined : { text })))],
    })),
  )
  for await (const part of written) parts.push(part)
  return Buffer.concat(parts)
}

const peopleTitles = [
  'STT',
  'Họ và tên',
  'Ngày sinh',
  'Điện thoại',
  'Email',
  'Ngày vào Đảng',
  'Ngày chính thức',
  'Chi bộ',
  'Tư cách',
]
const person = (name: string, more: Partial<Record<string, string>> = {}): string[] => {
  const whole: Record<string, string> = {
    'Họ và tên': name,
    'Ngày sinh': '15/02/1985',
    'Điện thoại': '0912 345 001',
    Email: '',
    'Ngày vào Đảng': '03/02/2010',
    'Ngày chính thức': '03/02/2011',
    'Chi bộ': 'Chi bộ Vườn Ươm Mới',
    'Tư cách': 'chính thức',
    ...(more as Record<string, string>),
  }
  return peopleTitles.map((title) => whole[title] ?? '')
}

/** A commune's lists with twelve wrong cells, each in a row of its own. */
const commonList = (): Record<string, Rows> => ({
  'Tổ chức': [
    ['Tên tổ chức', 'Loại tổ chức', 'Trực thuộc'],
    ['Chi bộ Vườn Ươm Mới', 'chi bộ', ''],
    ['Chi bộ Bến Đò Mới', 'chi đội', ''],
    ['Tổ đảng Gò Mới', 'tổ đảng', 'Chi bộ Không Có'],
  ],
  'Con người': [
    peopleTitles,
    person('Lò Thị Một'),
    person('Lò Thị Hai', { 'Ngày sinh': '31/02/1985' }),
    person('Lò Thị Ba', { 'Ngày sinh': '02/15/1985' }),
    person('Lò Thị Bốn', { 'Ngày sinh': '1/2/85' }),
    person('Lò Thị Năm', { 'Điện thoại': '12345' }),
    person('Lò Thị Sáu', { Email: 'sau.example.vn' }),
    person('Lò Thị Bảy', { 'Tư cách': 'cảm tình' }),
    person('Lò Thị Tám', { 'Chi bộ': 'Chi bộ Vườn Ươm Mớii' }),
    person('Lò Thị Chín', { 'Ngày chính thức': '03/02/2009' }),
    person('Lò Thị Mười'),
    person('Lò Thị Thêm', { 'Điện thoại': '912345999' }),
  ],
  'Chức vụ': [
    ['Họ và tên', 'Ngày sinh', 'Chi bộ', 'Chức vụ', 'Giữ chức vụ từ ngày'],
    ['Lò Thị Một', '15/02/1985', 'Chi bộ Vườn Ươm Mới', 'Bí thư chi bộ', 'ngày 1 tháng 7 năm 2025'],
    ['Lò Thị Lạ', '15/02/1985', 'Chi bộ Vườn Ươm Mới', 'Phó Bí thư chi bộ', '01-07-2025'],
    ['Lò Thị Thêm', '15/02/1985', 'Chi bộ Vườn Ươm Mới', 'Chi ủy viên', ''],
  ],
})

async function send(page: Page, content: Buffer): Promise<void> {
  await page.goto(`${product.url}/imports`)
  await page.setInputFiles('input[name=file]', {
    name: 'xa-moi.xlsx',
    mimeType: 'application/octet-stream',
    buffer: content,
  })
  await page.click('main button.primary')
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
}

const rowOf = (page: Page, number: number) => page.locator(`tr#d${number}`)

async function mendCell(page: Page, number: number, title: string, value: string): Promise<void> {
  const cell = rowOf(page, number).locator(`td[data-title="${title}"]`)
  await cell.locator('[name=value]:not([type=hidden])').fill(value)
  await Promise.all([page.waitForLoadState('load'), cell.locator('.correct button').click()])
}

test('a commune is brought in from a spreadsheet with twelve wrong cells, which are mended here and in the file', {
  timeout: 300_000,
}, async () => {
  const { page, context, faults } = await visitAs(browser, product.url, 'canbo')
  await send(page, await makeFile(commonList()))
  await page.getByText('Còn 12 dòng sai.').waitFor()
  await page.getByText('Cột không đọc').waitFor({ state: 'detached' })

  // Where the file has a word that is none, the reason stands in its cell, with the mend.
  const kind = rowOf(page, 3).locator('td[data-title="Loại tổ chức"]')
  expect(await kind.locator('.why').textContent()).toContain('Không có trong danh mục')
  await kind.locator('select').selectOption('chi bộ')
  await kind.locator('.correct button').click()
  await page.getByText('Còn 11 dòng sai.').waitFor()
  await mendCell(page, 4, 'Trực thuộc', 'Chi bộ Vườn Ươm Mới')
  await page.getByText('Còn 10 dòng sai.').waitFor()

  await page.goto(`${page.url().split('?')[0]}?kind=people&state=wrong`)
  await page.getByRole('button', { name: 'Lấy "15/02/1985"' }).click()
  await page.getByText('Còn 9 dòng sai.').waitFor()
  await page.getByRole('button', { name: 'Lấy "Chi bộ Vườn Ươm Mới"' }).click()
  await page.getByText('Còn 8 dòng sai.').waitFor()
  await mendCell(page, 6, 'Điện thoại', '0912 345 005')
  await page.getByText('Còn 7 dòng sai.').waitFor()

  // The rest is mended in the file of corrections, as a spreadsheet program would.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải tệp sửa lỗi' }).click(),
  ])
  const corrected = await mendInFile(await readFile(await download.path()))
  await page.setInputFiles('form.mend input[name=file]', {
    name: 'da-sua.xlsx',
    mimeType: 'application/octet-stream',
    buffer: corrected,
  })
  await page.getByRole('button', { name: 'Gửi tệp đã sửa' }).click()
  await page.getByText('Mọi dòng đều đúng.').waitFor()
  await page.goto(`${page.url().split('?')[0]}?kind=people`)
  expect(await rowOf(page, 12).locator('td[data-title="Điện thoại"]').textContent()).toContain(
    'đã thêm lại số 0',
  )

  await page.getByRole('button', { name: 'Nhập 17 dòng' }).click()
  await page.getByText(/Đã nhập lúc/).waitFor()
  const { rows } = await sql`
    select (select count(*)::int from organisation where name like '% Mới') as organisations,
      (select count(*)::int from person where full_name like 'Lò Thị %') as people,
      (select count(*)::int from post join person on person.id = person_id where full_name like 'Lò Thị %') as posts
  `.execute(database.reader)
  expect(rows).toEqual([{ organisations: 3, people: 11, posts: 3 }])

  // What is taken out again and sent back changes nothing.
  await page.goto(`${product.url}/imports`)
  await page.selectOption('form[action="/exports"] select[name=kind]', 'all')
  const [taken] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Xuất', exact: true }).click(),
  ])
  await send(page, await readFile(await taken.path()))
  await page.getByText('Không có dòng mới hay thay đổi nào để nhập.').waitFor()
  expect(await page.getByRole('button', { name: /^Nhập/ }).count()).toBe(0)
  expect(faults).toEqual([])
  await context.close()
})

test('a person is made once the likely double was looked at, two entries become one, and somebody stands in', {
  timeout: 60_000,
}, async () => {
  const { page, context, faults } = await visitAs(browser, product.url, 'canbo', {
    viewport: { width: 360, height: 740 },
  })
  const objections: string[] = []
  const look = async (name: string): Promise<void> => {
    for (const objection of await findObjections(page)) objections.push(`${name}: ${objection}`)
    const folder = process.env['SCREENSHOTS']
    if (folder) await page.screenshot({ path: `${folder}/people-${name}.png`, fullPage: true })
  }
  const count = async (name: string): Promise<unknown> =>
    (
      await sql`select count(*)::int as count from person where full_name = ${name} and merged_into is null`.execute(
        database.reader,
      )
    ).rows[0]
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const name = 'Đinh Thị Thử Nghiệm'
  const begin = async (): Promise<void> => {
    await page.goto(`${product.url}/people/new?body=chi+bo+khu+2`)
    await page.getByRole('link', { name: 'Chi bộ Khu 2', exact: true }).click()
    await page.fill('[name=name]', name)
  }
  await begin()
  await page.fill('[name=born]', '1981')
  await press('Lưu')
  await page.waitForURL(/\/people\/[0-9a-f-]{36}$/)
  const first = page.url()
  await look('person')

  // The second time the first is shown before anything is made, with what tells them apart.
  await begin()
  await press('Lưu')
  await page.locator('.doubles').waitFor()
  expect(await page.textContent('.doubles')).toMatch(/Chi bộ Khu 2 · sinh năm 1981[\s\S]*cùng họ tên/)
  await look('double')
  expect(await count(name)).toEqual({ count: 1 })

  // An entry that came by another way is merged, keeps its history, and can be taken apart again.
  await inTransaction(database, async (tx) => {
    const id = newId()
    await sql`insert into person (id, full_name, sort_key) values (${id}, ${name}, ${name})`.execute(tx)
    await sql`
      insert into membership (id, person_id, organisation_id, status, from_on, to_on, ended_as)
      select ${newId()}, ${id}, cell.id, 'official', '2019-05-19', '2024-12-31', 'transferred'
      from organisation cell join organisation above on above.id = cell.parent_id
      where cell.name = 'Chi bộ Khu 3' and above.name = ${commune}
    `.execute(tx)
  })
  await page.goto(`${first}/doubles`)
  expect(await page.textContent('main ul')).toContain('cùng họ tên')
  await look('doubles')
  await page.getByLabel('Lý do').first().fill('ghi hai lần')
  await press('Gộp vào mục này')
  await page.waitForURL(first)
  expect(await count(name)).toEqual({ count: 1 })
  expect(await page.textContent('main')).toContain('Chi bộ Khu 3')
  await page.goto(`${first}/doubles`)
  expect(await page.textContent('main')).toContain('ghi hai lần')

  // Whoever stands in for the secretary of a cell is chosen among people of whom each is told with place and post.
  const { rows } = await sql<{ id: string; post: string }>`
    select person_id as id, post.id as post from post join organisation body on body.id = organisation_id
    join organisation above on above.id = body.parent_id
    where title like 'Bí thư%' and post.to_on is null and body.name = 'Chi bộ Khu 2' and above.name = ${commune}`.execute(
    database.reader,
  )
  const [secretary] = rows
  await page.goto(`${product.url}/people/${secretary?.id}/posts/${secretary?.post}?q=dinh+thi+thu+nghiem`)
  expect(await page.textContent('.lines')).toContain('Chi bộ Khu 2')
  await look('stand-in')
  await page.getByRole('link', { name, exact: true }).click()
  await page.locator('form[action="?/standIn"] [name=toOn]').fill('2099-12-31')
  await press('Cử người phụ trách thay')
  await page.waitForURL(`${product.url}/people/${secretary?.id}`)
  expect(await page.textContent('main')).toContain(`Hiện do ${name} phụ trách thay`)

  await page.goto(`${product.url}/personal-data/mine`)
  await look('held')
  expect(objections).toEqual([])
  // The answer that showed the double, and nothing else.
  expect(faults).toEqual([
    'console: Failed to load resource: the server responded with a status of 409 (Conflict)',
  ])
  await context.close()
})

test('people are added where the list says so, and nowhere else', async () => {
  for (const [username, may] of [
    ['canbo', true],
    ['quantri', false],
    ['giamsat', false],
    ['bithu', false],
  ] as const) {
    const session = await signInAs(product.url, username)
    const list = await (await session.get('/people')).text()
    const { status } = await session.get('/people/new')
    expect([username, list.includes('href="/people/new"'), status === 200]).toEqual([username, may, may])
  }
})

/** Every cell that the file of corrections tints, mended by its row's name. */
async function mendInFile(bytes: Uint8Array): Promise<Buffer> {
  const mends: Record<string, Record<string, string>> = {
    'Lò Thị Hai': { 'Ngày sinh': '28/02/1985' },
    'Lò Thị Bốn': { 'Ngày sinh': '1/2/1985' },
    'Lò Thị Sáu': { 'Thư điện tử': 'sau@example.vn' },
    'Lò Thị Bảy': { 'Tư cách': 'dự bị' },
    'Lò Thị Chín': { 'Ngày chính thức': '03/02/2011' },
    'Lò Thị Lạ': { 'Họ và tên': 'Lò Thị Hai', 'Ngày sinh': '28/02/1985' },
    'Lò Thị Thêm': { 'Giữ chức vụ từ ngày': '01/07/2025' },
  }
  const workbook = await openWorkbook(bytes, importLimits)
  if (!workbook.ok) throw new Error(workbook.reason)
  const sheets: Record<string, string[][]> = {}
  for (const sheet of workbook.sheets) {
    const rows: string[][] = []
    for await (const portion of sheet.rows())
      rows.push(...portion.map(({ cells }) => cells.map((cell) => cell?.text ?? '')))
    const [, titles = [], ...found] = rows
    const nameAt = titles.indexOf('Họ và tên')
    sheets[sheet.name] = [
      titles,
      ...found.map((row) => {
        const mend = mends[row[nameAt] ?? ''] ?? {}
        return titles.map((title, at) => mend[title] ?? row[at] ?? '')
      }),
    ]
  }
  return makeFile(sheets)
}

test('the preview works without a script, and fits a phone', { timeout: 120_000 }, async () => {
  const { page, context, faults } = await visitAs(browser, product.url, 'canbo', {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  })
  await send(
    page,
    await makeFile({
      'Con người': [peopleTitles, person(`Hà Văn Lẻ, ${commune}`, { 'Chi bộ': 'Chi bộ lạ' })],
    }),
  )
  const address = page.url()
  for (let tries = 0; tries < 100 && (await page.getByText('Còn 1 dòng sai.').count()) === 0; tries++) {
    await page.waitForTimeout(200)
    await page.goto(address)
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await rowOf(page, 2).getByRole('button', { name: 'Bỏ dòng này' }).click()
  await page.getByText('Không có dòng mới hay thay đổi nào để nhập.').waitFor()
  await page.getByRole('button', { name: 'Bỏ lần nhập này' }).click()
  await page.waitForURL(`${product.url}/imports`)
  expect(faults).toEqual([])
  await context.close()
})
