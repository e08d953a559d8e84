import { sql } from 'kysely'
import { expect } from 'vitest'
import { inTransaction } from '../../app/src/server/database/handles.ts'
import { findObjections } from '../helpers/find-objections.ts'
import type { Product } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import type { Visit } from '../helpers/visit.ts'

/**
 * What an account meets that is signed in by the office's service alone: with a session of the morning it can make no way
 * in, and is told how to; signed in afresh it makes an app password and a passkey, and its owner has a letter of each.
 */
export async function walkWithoutPassword(
  { page, context }: Visit,
  { dataDir }: Product,
  { url, username, sub }: { url: string; username: string; sub: string },
  untilLetter: (to: string, count?: number) => Promise<string>,
): Promise<void> {
  const database = connectToProduct(dataDir, 'owner')
  const email = 'moi@coquan.example.vn'
  await inTransaction(database, async (tx) => {
    await sql`
      update account set email = ${email}, email_verified = true where username = ${username}`.execute(tx)
  })
  // A session of the morning: the page and both scripts' addresses say to sign in again, and nothing is made.
  await inTransaction(database, async (tx) => {
    await sql`
      update session set created_at = now() - interval '11 minutes'
      where user_id = (select id from account where username = ${username})
      `.execute(tx)
  })
  const countOld = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from session
        where user_id = (select id from account where username = ${username})
          and created_at < now() - interval '10 minutes'`.execute(database.reader)
    return rows[0]?.count ?? 0
  }
  const old = await countOld()
  for (const step of ['options', 'answer'])
    expect((await page.request.post(`${url}/account/passkeys/${step}`, { data: {} })).status()).toBe(409)
  const forced = await page.request.post(`${url}/account/feeds?/make`, {
    form: { name: 'Lịch' },
    headers: { origin: url, accept: 'text/html' },
  })
  expect(forced.status()).toBe(409)
  await page.goto(`${url}/account/two-step`)
  expect(await page.textContent('main')).toContain('không có mật khẩu riêng')
  await page.goto(`${url}/account`)
  await page.click('button:has-text("Bỏ liên kết")')
  expect(await page.textContent('.problem b')).toContain('cách đăng nhập duy nhất')
  await page.goto(`${url}/account/passkeys`)
  expect(await findObjections(page)).toEqual([])
  expect(await page.locator('form.add').count()).toBe(0)
  await page.goto(`${url}/account/feeds`)
  await page.click('text=Đăng nhập lại bằng tài khoản cơ quan')
  // Though signed in there a moment ago, they are asked who they are.
  await page.waitForSelector('[name=sub]')
  await page.fill('[name=sub]', sub)
  await page.click('button')
  await page.waitForURL(`${url}/account/feeds`)
  await page.fill('[name=name]', 'Lịch điện thoại')
  await page.click('button:has-text("Tạo")')
  expect(await page.textContent('main')).toContain('tkf-')
  expect(await untilLetter(email)).toContain(`Tài khoản ${username} vừa được tạo một mật khẩu ứng dụng`)
  await context.addCookies([{ name: 'language', value: 'en', url }])
  const device = await context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await page.goto(`${url}/account/passkeys`, { waitUntil: 'networkidle' })
  await page.fill('form.add input', 'Phone')
  await page.click('form.add button')
  await page.waitForSelector('.lines >> text=Phone')
  expect(await untilLetter(email, 2)).toContain(
    `A passkey that signs in to the account ${username} has just been added.`,
  )
  // The session that was signed in to anew took the place of the old one.
  expect(await countOld()).toBe(old - 1)
  await context.close()
  await database.close()
}
