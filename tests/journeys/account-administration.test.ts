import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { qrPicture } from '../../app/src/features/accounts/qr.ts'
import { inTransaction } from '../../app/src/server/database/handles.ts'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { type MailServer, startMailServer } from '../helpers/mail-server.ts'
import { findFreePort, type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { signInAs } from '../helpers/session.ts'
import { type SignInService, startSignInService } from '../helpers/sign-in-service.ts'
import { samplePassword, type Visit, visitAs } from '../helpers/visit.ts'
import { walkWithoutPassword } from './owner-without-password.ts'

let product: Product
let mail: MailServer
let service: SignInService
let url: string
let browser: Browser
beforeAll(async () => {
  const port = await findFreePort()
  url = `http://localhost:${port}`
  mail = await startMailServer()
  service = await startSignInService(`${url}/sign-in/library/callback/oidc`, [
    { sub: 'hoa', email: 'hoa@coquan.example.vn', emailVerified: true },
    { sub: 'gia-mao', email: 'hoa@coquan.example.vn', emailVerified: false },
    { sub: 'nguoi-moi', email: 'moi@coquan.example.vn', emailVerified: true },
    { sub: 'nguoi-la', email: 'la@coquan.example.vn', emailVerified: true },
  ])
  const env = {
    BASE_URL: url,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Văn phòng Đảng ủy <vanphong@coquan.example.vn>',
    OIDC_ISSUER: service.issuer,
    OIDC_CLIENT_ID: service.clientId,
    OIDC_CLIENT_SECRET: service.clientSecret,
    OIDC_LABEL: 'tài khoản cơ quan',
  }
  product = await startProduct({ sample: { cells: 10 }, port, env })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await mail?.stop()
  await service?.stop()
})

const phone = { viewport: { width: 360, height: 740 } }
const goodPassword = 'chiều nay mưa trên phố'

const expectFine = async (page: Page): Promise<void> => expect(await findObjections(page)).toEqual([])

/** Makes an account for the next person of the cell who has none; answers the address of its page. */
async function makeAccount(page: Page, fields: { username: string; email?: string }): Promise<string> {
  await page.goto(`${url}/accounts/new?q=nguyen`)
  await page.click('.lines a.button')
  await page.fill('[name=username]', fields.username)
  await page.fill('[name=email]', fields.email ?? '')
  await page.click('main form button.primary')
  await page.waitForURL(/\/accounts\/[0-9a-f-]{36}$/)
  return page.url()
}

async function untilLetter(to: string, count = 1): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const found = mail.letters.filter((letter) => letter.to.includes(to))
    if (found.length >= count) return found.at(-1)?.text ?? ''
    await sleep(50)
  }
  throw new Error(`no letter came to ${to}`)
}

const linkIn = (text: string): string => /http:\/\/localhost:\d+\/invitations\/\S+/.exec(text)?.[0] ?? ''

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.fill('[name=password]', password)
  await page.fill('[name=again]', password)
  await page.click('form.sign-in button')
  await page.waitForLoadState()
}

let administrator: Visit
beforeAll(async () => {
  administrator = await visitAs(browser, url, 'quantri', { javaScriptEnabled: false })
})

describe('an invitation on a slip', () => {
  test('lets somebody without mail set a password and come in, once', async () => {
    const { page } = administrator
    const account = await makeAccount(page, { username: 'khong.co.thu' })
    await page.click('button[value=slip]')
    const code = (await page.textContent('.slips .code')) ?? ''
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect(await page.getAttribute('.slips img', 'src')).toMatch(/^data:image\/svg/)

    const guest = await visitAs(browser, url, undefined, { javaScriptEnabled: false, ...phone })
    await guest.page.goto(`${url}/invitations`)
    await guest.page.fill('[name=code]', code.toLowerCase().replaceAll('-', ' '))
    await guest.page.click('form.sign-in button')
    expect(await guest.page.textContent('form.sign-in')).toContain('khong.co.thu')
    await choosePassword(guest.page, 'matkhau12345')
    expect(await guest.page.textContent('.problem b')).toContain('hay bị đoán trúng')
    await choosePassword(guest.page, goodPassword)
    expect(new URL(guest.page.url()).pathname).toBe('/')
    await guest.context.clearCookies()
    await guest.page.goto(`${url}/invitations/${code}`)
    expect(await guest.page.textContent('.problem b')).toContain('không dùng được')
    await guest.context.close()

    // Off: nothing of theirs opens any more. On again, and reset by a slip.
    const inside = await visitAs(browser, url, undefined, { javaScriptEnabled: false })
    await signInBy(inside.page, 'khong.co.thu', goodPassword)
    expect(new URL(inside.page.url()).pathname).toBe('/')
    await page.goto(account)
    await page.click('text=Khóa tài khoản')
    await inside.page.goto(`${url}/plans`)
    expect(new URL(inside.page.url()).pathname).toBe('/sign-in')
    await signInBy(inside.page, 'khong.co.thu', goodPassword)
    expect(await inside.page.textContent('.problem b')).toBe('Tên đăng nhập hoặc mật khẩu không đúng.')
    await page.click('text=Mở lại tài khoản')
    await signInBy(inside.page, 'khong.co.thu', goodPassword)
    expect(new URL(inside.page.url()).pathname).toBe('/')
    await inside.context.close()
  })

  test('resets the password of somebody without mail: printed, used once, by its person alone, until it is over', async () => {
    const { page } = administrator
    await page.goto(`${url}/accounts?q=khong.co.thu`)
    await page.click('tbody a')
    const account = page.url()
    // Their second try: the first slip is closed by the next.
    await page.click('button[value=slip]')
    const first = (await page.textContent('.slips .code')) ?? ''
    await page.goto(account)
    await page.click('button[value=slip]')
    const code = (await page.textContent('.slips .code')) ?? ''
    expect(await page.textContent('.slips h2')).toBe('Giấy đặt lại mật khẩu phần mềm Triển khai')
    // On paper stand the slip alone and a picture of its address that cameras can read.
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('.slips img')).toBe(true)
    expect(await page.isVisible('nav')).toBe(false)
    expect(await page.isVisible('[role=status]')).toBe(false)
    expect(await page.getAttribute('.slips img', 'src')).toBe(qrPicture(`${url}/invitations/${code}`))
    await page.emulateMedia({ media: null })

    // The person, still in with the old password somewhere.
    const inside = await visitAs(browser, url, undefined, { javaScriptEnabled: false })
    await signInBy(inside.page, 'khong.co.thu', goodPassword)
    const { page: phonePage, context } = await visitAs(browser, url, undefined, {
      colorScheme: 'dark',
      ...phone,
    })
    const refused = async (tried: string): Promise<string> => {
      await phonePage.goto(`${url}/invitations/${tried}`)
      return (await phonePage.textContent('.problem b')) ?? ''
    }
    expect(await refused(first)).toContain('không dùng được')
    expect(await refused(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`)).toContain(
      'không dùng được',
    )
    await phonePage.goto(`${url}/invitations/${code}`)
    await expectFine(phonePage)
    expect(await phonePage.textContent('h1')).toBe('Đặt mật khẩu mới')
    await choosePassword(phonePage, 'gió thổi qua cánh đồng')
    expect(new URL(phonePage.url()).pathname).toBe('/')
    await inside.page.goto(`${url}/plans`)
    expect(new URL(inside.page.url()).pathname).toBe('/sign-in')
    await signInBy(inside.page, 'khong.co.thu', goodPassword)
    expect(await inside.page.textContent('.problem b')).toBe('Tên đăng nhập hoặc mật khẩu không đúng.')
    await context.clearCookies()
    expect(await refused(code)).toContain('không dùng được')

    // One that nobody used is over after three days.
    await page.goto(account)
    await page.click('button[value=slip]')
    const late = (await page.textContent('.slips .code')) ?? ''
    const database = connectToProduct(product.dataDir, 'owner')
    await inTransaction(database, (tx) =>
      sql`update invitation set expires_at = expires_at - interval '3 days' where used_at is null`.execute(
        tx,
      ),
    ).finally(() => database.close())
    expect(await refused(late)).toContain('không dùng được')
    // Who may not invite makes none: an officer, and an administrator for the own account.
    const officer = await signInAs(url, 'canbo')
    const path = `${new URL(account).pathname}?/invite`
    expect((await officer.post(path, { by: 'slip' })).status).toBe(404)
    await inside.context.close()
    await context.close()
  })

  test('is made for many at once, and taken back', async () => {
    const { page } = administrator
    const account = await makeAccount(page, { username: 'nguoi.hai' })
    await page.goto(`${url}/accounts?filter=never&q=nguoi.hai`)
    expect(await page.textContent('tbody')).toContain('nguoi.hai')
    await page.check('[name=account] >> nth=0')
    await page.click('button[value=slip]')
    const code = (await page.textContent('.slips .code')) ?? ''
    await page.goto(account)
    await page.click('text=Thu hồi giấy mời đang mở')
    await page.goto(`${url}/invitations/${code}`)
    expect(await page.textContent('.problem b')).toContain('không dùng được')
  })
})

async function signInBy(page: Page, username: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', password)
  await page.click('form.sign-in button')
  await page.waitForLoadState()
}

describe('an invitation by mail', () => {
  test('goes out once by the mail server, also where that was busy, and brings the person in', async () => {
    const { page } = administrator
    await makeAccount(page, { username: 'nguyen.hoa', email: 'hoa@coquan.example.vn' })
    mail.refuse(451)
    await page.click('button[value=mail]')
    expect(await page.textContent('[role=status]')).toBe('Thư đã được đưa vào hàng gửi.')
    for (let tries = 0; tries < 200 && mail.refused() === 0; tries++) await sleep(50)
    mail.refuse(undefined)
    const text = await untilLetter('hoa@coquan.example.vn')
    expect(text).toContain('nguyen.hoa')
    await sleep(500)
    expect(mail.letters.filter(({ to }) => to.includes('hoa@coquan.example.vn'))).toHaveLength(1)

    const guest = await visitAs(browser, url, undefined)
    await guest.page.goto(linkIn(text))
    await expectFine(guest.page)
    await choosePassword(guest.page, goodPassword)
    await guest.page.waitForURL(`${url}/`)
    await guest.context.close()
    // By e-mail, too.
    const again = await visitAs(browser, url, undefined, { javaScriptEnabled: false })
    await signInBy(again.page, 'Hoa@coquan.example.vn', goodPassword)
    expect(new URL(again.page.url()).pathname).toBe('/')
    await again.context.close()
    expect(product.output()).not.toContain(linkIn(text).split('/').at(-1))
  })

  test('a forgotten password is set by a letter, and an unknown name is answered alike', async () => {
    const { page, context } = await visitAs(browser, url, undefined, { javaScriptEnabled: false, ...phone })
    const ask = async (name: string): Promise<string> => {
      await page.goto(`${url}/sign-in/forgotten`)
      await page.fill('[name=username]', name)
      await page.click('form.sign-in button')
      return (await page.textContent('.entry')) ?? ''
    }
    expect(await ask('khong-ai-ca')).toBe(await ask('nguyen.hoa'))
    const text = await untilLetter('hoa@coquan.example.vn', 2)
    await page.goto(linkIn(text))
    await choosePassword(page, 'bốn con trâu gặm cỏ')
    expect(new URL(page.url()).pathname).toBe('/')
    await context.close()
  })
})

describe("the office's own sign-in service", () => {
  async function comeBy(sub: string, options = {}): Promise<Visit> {
    const visit = await visitAs(browser, url, undefined, options)
    await visit.page.goto(`${url}/sign-in?next=%2Fplans`)
    await visit.page.click('text=Đăng nhập bằng tài khoản cơ quan')
    await visit.page.waitForSelector('[name=sub]')
    await visit.page.fill('[name=sub]', sub)
    await visit.page.click('button')
    await visit.page.waitForURL(`${url}/**`)
    await visit.page.waitForLoadState()
    return visit
  }

  test.each([
    { name: 'desktop', options: {} },
    { name: '360 px, without JavaScript', options: { ...phone, javaScriptEnabled: false } },
  ])('signs in whose e-mail both sides have verified ($name)', async ({ options }) => {
    const { page, context } = await comeBy('hoa', options)
    expect(new URL(page.url()).pathname).toBe('/plans')
    await page.goto(`${url}/account`)
    expect(await page.textContent('main')).toContain('nguyen.hoa')
    await context.close()
  })

  test('lets in nobody whom it only claims to know, and makes no accounts', async () => {
    for (const sub of ['gia-mao', 'nguoi-la']) {
      const { page, context } = await comeBy(sub)
      expect(new URL(page.url()).pathname).toBe('/sign-in')
      expect(await page.textContent('.problem b')).toContain('chưa gắn với người dùng nào')
      await context.close()
    }
  })

  test('is taken in place of a password by who holds an invitation', async () => {
    await makeAccount(administrator.page, { username: 'dung.dich.vu' })
    await administrator.page.click('button[value=slip]')
    const code = (await administrator.page.textContent('.slips .code')) ?? ''
    const { page, context } = await visitAs(browser, url, undefined, { javaScriptEnabled: false })
    await page.goto(`${url}/invitations/${code}`)
    await page.click('button:has-text("dùng tài khoản cơ quan")')
    await page.waitForSelector('[name=sub]')
    await page.fill('[name=sub]', 'nguoi-moi')
    await page.click('button')
    await page.waitForURL(/\/account\?linked/)
    expect(await page.textContent('main')).toContain('dung.dich.vu')
    await context.close()
    const later = await comeBy('nguoi-moi')
    expect(new URL(later.page.url()).pathname).toBe('/plans')
    await later.context.close()
  })

  test('proves an account without a password before a new way in is made, and tells its owner by letter', async () => {
    const known = { url, username: 'dung.dich.vu', sub: 'nguoi-moi' }
    await walkWithoutPassword(await comeBy(known.sub, phone), product, known, untilLetter)
  })

  test('is linked by who is signed in, and unlinked', async () => {
    const { page, context } = await visitAs(browser, url, 'dangvien')
    await page.goto(`${url}/account`)
    await page.click('button:has-text("Liên kết")')
    await page.waitForSelector('[name=sub]')
    await page.fill('[name=sub]', 'nguoi-la')
    await page.click('button')
    await page.waitForURL(/\/account\?linked/)
    expect(await page.textContent('main')).toContain('Đã liên kết với tài khoản cơ quan')
    await context.close()
    const later = await comeBy('nguoi-la')
    expect(new URL(later.page.url()).pathname).toBe('/plans')
    await later.page.goto(`${url}/account`)
    await later.page.click('button:has-text("Bỏ liên kết")')
    expect(await later.page.textContent('main')).toContain('Chưa liên kết')
    await later.context.close()
  })
})

test.each([
  ['desktop', { viewport: { width: 1280, height: 900 } }],
  ['360 px, dark', { ...phone, colorScheme: 'dark' }],
] as const)('the pages of administration have no fault that axe finds (%s)', async (_, options) => {
  const { page, context, faults } = await visitAs(browser, url, 'quantri', options)
  const objections: string[] = []
  const look = async (name: string): Promise<void> => {
    for (const objection of await findObjections(page)) objections.push(`${name}: ${objection}`)
  }
  for (const path of ['/accounts', '/accounts/new?q=nguyen', '/outbox', '/account', '/account/feeds']) {
    await page.goto(url + path)
    await look(path)
  }
  await page.goto(`${url}/accounts/new?q=nguyen`)
  await page.click('.lines a.button')
  await look('a new account')
  await page.goto(`${url}/outbox`)
  await page.click('tbody a, .lines a')
  await look('a letter')
  await page.goto(`${url}/accounts?q=nguyen.hoa`)
  await page.click('tbody a')
  await page.click('details summary:has-text("Giao quyền")')
  await look('an account')
  await page.click('text=Mời làm khách của một việc')
  await look('inviting a guest')
  await page.goto(`${url}/accounts?q=nguoi.hai`)
  await page.click('tbody a')
  await page.click('button[value=slip]')
  await look('slips')
  await page.goto(`${url}/account/two-step`)
  await look('/account/two-step')
  await page.fill('[name=password]', samplePassword)
  await page.click('main button')
  await page.waitForSelector('.secret')
  await look('setting up the second step')
  expect(objections).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})

describe('a guest', () => {
  test('is let in to one document by who sees and administers it, for a time, and sees nothing else of it', async () => {
    const { page: top } = administrator
    await top.goto(`${url}/accounts?q=canbo`)
    await top
      .locator('tbody tr')
      .filter({ hasText: /\bcanbo\b/ })
      .locator('a')
      .first()
      .click()
    const giverPath = new URL(top.url()).pathname
    // Who administers alone sees no documents, and finds none to let anybody in to.
    await top.click('text=Mời làm khách của một việc')
    expect(await top.textContent('main')).toContain('không mời khách được')
    await top.goto(url + giverPath)
    await top.click('details summary:has-text("Giao quyền")')
    await top.selectOption('[name=role]', 'administrator')
    await top.click('details button.primary')

    const guest = await visitAs(browser, url, 'dangvien', { colorScheme: 'dark', ...phone })
    await guest.page.goto(`${url}/guest`)
    expect(await guest.page.textContent('main')).toContain('Hiện không được mời xem việc nào.')
    await expectFine(guest.page)

    const giver = await visitAs(browser, url, 'canbo', { javaScriptEnabled: false, ...phone })
    const { page } = giver
    await page.goto(`${url}/accounts?q=dangvien`)
    await page.click('tbody a')
    const account = page.url()
    await page.click('text=Mời làm khách của một việc')
    await page.fill('main [name=q]', 'khong co viec nao ten the')
    await page.click('main search button')
    expect(await page.textContent('main')).toContain('Không tìm thấy việc nào.')
    await page.fill('main [name=q]', 'KE HOACH')
    await page.click('main search button')
    const document = page.locator('label.thing', { hasText: 'Văn bản' }).first()
    const title = ((await document.locator('b').textContent()) ?? '').trim()
    const id = (await document.locator('input').getAttribute('value')) ?? ''
    await document.locator('input').check()
    await page.fill('[name=to]', '2099-12-31')
    await page.click('main button.primary')
    expect(new URL(page.url()).pathname).toBe(new URL(account).pathname)
    expect(await page.textContent('#rights')).toContain(`Văn bản: ${title}`)

    await guest.page.goto(url)
    await guest.page.click('text=Việc được mời xem')
    await guest.page.click('.lines a')
    expect(new URL(guest.page.url()).pathname).toBe(`/guest/${id}`)
    expect(await guest.page.textContent('h1')).toBe(title)
    expect(await guest.page.textContent('main')).toContain('xem được đến hết ngày 31/12/2099')
    await expectFine(guest.page)
    expect((await guest.page.goto(`${url}/documents/${id}`))?.status()).toBe(404)
    const other = await signInAs(url, 'bithu02')
    expect((await other.get(`/guest/${id}`)).status).toBe(404)

    // A thing of another office, one without an end, and oneself: nobody is let in.
    const officer = await signInAs(url, 'canbo')
    const field = await (await signInAs(url, 'canbo2')).get('/documents')
    const [, foreign = ''] = /\/documents\/([0-9a-f-]{36})/.exec(await field.text()) ?? []
    expect(foreign).not.toBe('')
    const path = `${new URL(account).pathname}/guest`
    const days = { from: '2026-01-01', to: '2099-01-01' }
    expect((await officer.post(path, { thing: foreign, ...days })).status).toBe(400)
    expect((await officer.post(path, { thing: id, from: '2026-01-01', to: '' })).status).toBe(400)
    expect((await officer.post(`${giverPath}/guest`, { thing: id, ...days })).status).toBeGreaterThan(400)
    expect((await other.post(path, { thing: id, ...days })).status).toBe(404)

    await page.goto(account)
    await page.click('[aria-label^="Kết thúc: khách"]')
    expect((await guest.page.goto(`${url}/guest/${id}`))?.status()).toBe(404)
    await guest.context.close()
    await giver.context.close()
    await top.goto(url + giverPath)
    await top.click('[aria-label^="Kết thúc: quản trị"]')
    expect((await officer.get(path)).status).toBe(404)
  })
})

describe('rights', () => {
  test('are given for days and ended, and nobody gives them to himself', async () => {
    const { page } = administrator
    await page.goto(`${url}/accounts?q=nguyen.hoa`)
    await page.click('tbody a')
    await page.click('details summary:has-text("Giao quyền")')
    await page.selectOption('[name=role]', 'officer')
    await page.click('details button.primary')
    expect(await page.textContent('[role=status]')).toBe('Đã giao quyền.')
    expect(await page.textContent('#rights')).toContain('cán bộ văn phòng')
    await page.click('[aria-label^="Kết thúc: cán bộ văn phòng"]')
    expect(await page.textContent('[role=status]')).toBe('Đã kết thúc.')
    await page.goto(`${url}/accounts?q=quantri`)
    await page.click('tbody a')
    expect(await page.textContent('main')).toContain('Đây là tài khoản của mình')
    expect(await page.locator('main form button').count()).toBe(0)
  })

  test('of another kind open no page of accounts, and an administrator below none above', async () => {
    const officer = await signInAs(url, 'canbo')
    const { page } = administrator
    await page.goto(`${url}/accounts?q=bithu`)
    const path = new URL((await page.getAttribute('tbody a', 'href')) ?? '', url).pathname
    expect((await officer.get(path)).status).toBe(404)
    for (const action of ['invite', 'off', 'clear', 'give', 'end', 'revoke', 'unlock'])
      expect((await officer.post(`${path}?/${action}`, {})).status).toBe(404)
    expect(await (await officer.get('/accounts')).text()).not.toContain('Nguyễn')
  })

  test('of administrators ask for a second step where the office decides so', async () => {
    const { page } = administrator
    await page.goto(`${url}/accounts`)
    await page.check('#rules [name=administrators]')
    await page.click('#rules button')
    // It holds for the administrator at once.
    await page.goto(`${url}/plans`)
    expect(new URL(page.url()).pathname).toBe('/account/two-step')
    expect(await page.textContent('.problem b')).toContain('yêu cầu bật bước thứ hai')
  })
})
