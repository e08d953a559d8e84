import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../helpers/browser.ts'
import { findObjections } from '../helpers/find-objections.ts'
import { findFreePort, type Product, startProduct } from '../helpers/product.ts'
import { totpOf } from '../helpers/totp.ts'
import { samplePassword, visitAs } from '../helpers/visit.ts'

// Browsers bind passkeys to a name, so the product is reached by one.
let product: Product
let url: string
let browser: Browser
beforeAll(async () => {
  const port = await findFreePort()
  url = `http://localhost:${port}`
  product = await startProduct({ sample: { cells: 10 }, port, env: { BASE_URL: url } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const phone = { viewport: { width: 360, height: 740 } }

async function expectFine(page: Page): Promise<void> {
  expect(await findObjections(page)).toEqual([])
}

async function enter(page: Page, username: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', password)
  await page.click('form.sign-in button')
  await page.waitForLoadState()
}

describe('a second step', () => {
  test('is set up, asked for, and got round by a recovery code, once, without JavaScript', async () => {
    const { page, context } = await visitAs(browser, url, 'canbo2', { javaScriptEnabled: false })
    await page.goto(`${url}/account/two-step`)
    await page.fill('[name=password]', 'không phải mật khẩu')
    await page.click('main button')
    expect(await page.textContent('.problem b')).toBe('Mật khẩu không đúng.')
    await page.fill('[name=password]', samplePassword)
    await page.click('main button')
    expect(await page.getAttribute('main img', 'src')).toMatch(/^data:image\/svg/)
    const secret = (await page.textContent('.secret')) ?? ''
    const codes = await page.locator('.codes code').allTextContents()
    expect(codes).toHaveLength(10)
    await page.fill('[name=code]', '000000')
    await page.click('form.fields button')
    expect(await page.textContent('.problem b')).toBe('Mã không đúng hoặc đã hết hạn.')
    await page.fill('[name=code]', totpOf(secret))
    await page.click('form.fields button')
    expect(await page.textContent('main [role=status]')).toBe('Đã bật bước thứ hai.')
    await context.close()

    const again = await visitAs(browser, url, undefined, { javaScriptEnabled: false, ...phone })
    await enter(again.page, 'canbo2', samplePassword)
    expect(new URL(again.page.url()).pathname).toBe('/sign-in/code')
    await again.page.goto(`${url}/plans`)
    expect(new URL(again.page.url()).pathname).toBe('/sign-in')
    await enter(again.page, 'canbo2', samplePassword)
    await again.page.fill('[name=code]', totpOf(secret))
    await again.page.click('form.sign-in button')
    expect(new URL(again.page.url()).pathname).toBe('/')
    await again.context.close()

    const dark = await visitAs(browser, url, undefined, { colorScheme: 'dark', ...phone })
    await enter(dark.page, 'canbo2', samplePassword)
    await dark.page.waitForURL(/\/sign-in\/code/)
    await expectFine(dark.page)
    await dark.page.click('text=dùng mã khôi phục')
    await expectFine(dark.page)
    await dark.context.close()

    for (const [code, path] of [
      [(codes[0] ?? '').toLowerCase().replace('-', ' '), '/'],
      [codes[0] ?? '', '/sign-in/code'],
    ] as const) {
      const other = await visitAs(browser, url, undefined, { javaScriptEnabled: false })
      await enter(other.page, 'canbo2', samplePassword)
      await other.page.click('text=dùng mã khôi phục')
      await other.page.fill('[name=code]', code)
      await other.page.click('form.sign-in button')
      expect(new URL(other.page.url()).pathname).toBe(path)
      await other.context.close()
    }
  })
})

describe('a passkey', () => {
  test.each([
    { name: 'desktop', options: {} },
    { name: '360 px', options: phone },
  ])('is added, named, signs in and is removed ($name)', async ({ options }) => {
    const { page, context, faults } = await visitAs(browser, url, 'bithu', options)
    const session = await context.newCDPSession(page)
    await session.send('WebAuthn.enable')
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    })
    await page.goto(`${url}/account/passkeys`, { waitUntil: 'networkidle' })
    await expectFine(page)
    await page.fill('form.add input:not([type=password])', 'Máy thử')
    await page.fill('form.add [type=password]', 'không phải mật khẩu')
    await page.click('form.add button')
    await page.waitForSelector('text=Mật khẩu không đúng.')
    await page.fill('form.add [type=password]', samplePassword)
    await page.click('form.add button')
    await page.waitForSelector('.lines >> text=Máy thử')
    await page.click('.lines summary')
    await page.fill('.rename input[name=name]', 'Máy văn phòng')
    await page.click('.rename button')
    await page.waitForSelector('.lines >> text=Máy văn phòng')
    await page.click('text=Đăng xuất')
    await page.waitForURL(`${url}/sign-in`)
    await page.click('text=khóa truy cập')
    await page.waitForLoadState('networkidle')
    await expectFine(page)
    await page.click('button.primary')
    await page.waitForURL(`${url}/`)
    await page.goto(`${url}/account`)
    expect(await page.textContent('#sessions')).toContain('khóa truy cập')
    await page.goto(`${url}/account/passkeys`, { waitUntil: 'networkidle' })
    await page.click('text=Gỡ')
    await page.waitForSelector('text=Chưa có khóa nào')
    // The wrong password's answer, and nothing else.
    expect(faults).toEqual([
      'console: Failed to load resource: the server responded with a status of 401 (Unauthorized)',
    ])
    await context.close()
  })
})

describe('the account page', () => {
  test('shows where one is signed in, and ends other devices', async () => {
    const other = await visitAs(browser, url, 'giamsat')
    const { page, context } = await visitAs(browser, url, 'giamsat', phone)
    await page.goto(`${url}/account`)
    await expectFine(page)
    expect(await page.locator('#sessions li').count()).toBe(2)
    await page.click('text=Đăng xuất khỏi mọi thiết bị khác')
    expect(await page.locator('#sessions li').count()).toBe(1)
    await other.page.goto(`${url}/plans`)
    expect(new URL(other.page.url()).pathname).toBe('/sign-in')
    await other.context.close()
    await context.close()
  })

  test('changes the password by the rules, in words', async () => {
    const { page, context } = await visitAs(browser, url, 'phunu', { javaScriptEnabled: false })
    await page.goto(`${url}/account`)
    const change = async (current: string, wanted: string, again = wanted): Promise<string> => {
      await page.fill('[name=current]', current)
      await page.fill('[name=password]', wanted)
      await page.fill('[name=again]', again)
      await page.click('#password button')
      return (await page.locator('.problem b, p.done').first().textContent()) ?? ''
    }
    const good = 'bốn con trâu gặm cỏ'
    expect(await change(samplePassword, good, 'khác đi một chút')).toContain('không giống nhau')
    expect(await change(samplePassword, 'matkhau12345')).toContain('hay bị đoán trúng')
    expect(await change('không phải thế đâu', good)).toBe('Mật khẩu đang dùng không đúng.')
    expect(await change(samplePassword, good)).toContain('Đã đổi mật khẩu')
    await context.clearCookies()
    await enter(page, 'phunu', samplePassword)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await enter(page, 'phunu', good)
    expect(new URL(page.url()).pathname).toBe('/')
    await context.close()
  })

  test('on a shared computer signs out at once, and the cookie ends with the browser', async () => {
    const { page, context } = await visitAs(browser, url, undefined, { javaScriptEnabled: false })
    await page.goto(`${url}/sign-in`)
    await page.fill('[name=username]', 'bithu02')
    await page.fill('[name=password]', samplePassword)
    await page.check('[name=shared]')
    await page.click('form.sign-in button')
    await page.waitForURL(`${url}/`)
    const cookies = await context.cookies()
    expect(cookies.find(({ name }) => name === 'trienkhai.session_token')?.expires).toBe(-1)
    await page.click('form.leave button')
    await page.waitForURL(`${url}/sign-in`)
    expect(await page.isChecked('[name=shared]')).toBe(true)
    await context.close()
  })
})
