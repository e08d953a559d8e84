import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobHandlers } from '../../app/src/entry/jobs.ts'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs, visitor } from '../helpers/session.ts'
import { samplePassword } from '../helpers/visit.ts'
import { jobTable } from './job-table.ts'

let product: Product
let database: Database
let url: string
beforeAll(async () => {
  product = await startProduct({ sample: { cells: 10 } })
  url = product.url
  database = connectToProduct(product.dataDir, 'owner')
})
afterAll(async () => {
  await database?.close()
  await product?.stop()
})

const wordsOf = (page: string): string =>
  page
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

async function enter(username: string, password: string, cookie = ''): Promise<Response> {
  return await visitor(url, cookie).post('/sign-in', { username, password })
}

/** The tests speak to the database as its owner does; the product's own role may do none of these. */
async function change(statement: RawBuilder<unknown>): Promise<void> {
  await inTransaction(database, async (tx) => {
    await statement.execute(tx)
  })
}
const forgetLimits = (): Promise<void> => change(sql`delete from sign_in_limit`)

describe('guessing passwords', () => {
  test('is slowed, in the same words and time for a name that nobody has, and the owner is not', async () => {
    const owner = await signInAs(url, 'chinhtri')
    const device = owner.cookie.split('; ').find((pair) => pair.startsWith('trienkhai.device=')) ?? ''
    expect(device).not.toBe('')
    const said: Record<string, string[]> = { chinhtri: [], khongcoai: [] }
    for (const name of ['chinhtri', 'khongcoai'])
      for (let tries = 0; tries < 7; tries++) {
        const answer = await enter(name, `sai mật khẩu ${tries}`)
        const words = wordsOf(await answer.text()).replace(/\d+ giây/, 'n giây')
        said[name]?.push(`${answer.status} ${/Đã nhập sai nhiều lần|không đúng/.exec(words)?.[0]}`)
      }
    expect(said['chinhtri']).toEqual(said['khongcoai'])
    expect(said['chinhtri']?.at(-1)).toBe('429 Đã nhập sai nhiều lần')
    await change(sql`
      update sign_in_limit set wait_until = now() + interval '1 hour' where key like 'account-at-address %'
    `)
    // The right password helps a stranger as little; the owner comes in by a device that is known.
    expect((await enter('chinhtri', samplePassword)).status).toBe(429)
    expect((await enter('chinhtri', samplePassword, device)).status).toBe(303)
    // A device that was not given out here is none.
    const forged = `${device.slice(0, -4)}AAAA`
    expect((await enter('chinhtri', samplePassword, forged)).status).toBe(429)
    await forgetLimits()
  })

  test('takes the same time for an unknown name, one that is off, and a wrong password', async () => {
    await change(sql`update account set off_at = now() where username = 'ccb'`)
    const medians: Record<string, number> = {}
    for (const name of ['mattran', 'khongcoai', 'ccb', 'x', 'tên không hợp lệ!']) {
      const times: number[] = []
      for (let tries = 0; tries < 9; tries++) {
        await forgetLimits()
        const begun = performance.now()
        expect((await enter(name, 'sai mật khẩu')).status).toBe(400)
        times.push(performance.now() - begun)
      }
      medians[name] = times.sort((one, other) => one - other)[2] ?? 0
    }
    await forgetLimits()
    const known = medians['mattran'] ?? 0
    // Hashing takes some 50 ms of it: who is told apart is told apart by that.
    for (const [name, median] of Object.entries(medians))
      expect([name, median > known * 0.6, median < known * 1.7]).toEqual([name, true, true])
  })

  test('at somebody else’s open session is slowed, whichever form asks for the password once more', async () => {
    const session = await signInAs(url, 'mattran')
    const statuses: number[] = []
    for (const [tries, action] of ['begin', 'end', 'renew', 'begin', 'end', 'renew'].entries())
      statuses.push(
        (await session.post(`/account/two-step?/${action}`, { password: `đoán lần thứ ${tries}` })).status,
      )
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
    const right = {
      current: samplePassword,
      password: 'bốn từ không liên quan',
      again: 'bốn từ không liên quan',
    }
    expect((await session.post('/account?/password', right)).status).toBe(400)
    await forgetLimits()
    expect((await session.post('/account/two-step?/begin', { password: samplePassword })).status).toBe(200)
  })

  test('of codes on slips is slowed', async () => {
    const tried: number[] = []
    for (let tries = 0; tries < 8; tries++) {
      const answer = await visitor(url).post('/invitations/AAAA-BBBB-CCCC', { password: 'a', again: 'a' })
      tried.push(answer.status)
      if (wordsOf(await answer.text()).includes('Đã thử quá nhiều lần')) tried.push(429)
    }
    expect(tried).toContain(429)
    await forgetLimits()
  })
})

describe('a session', () => {
  test('of a shared computer ends after 15 minutes without a request', async () => {
    const answer = await visitor(url).post('/sign-in', {
      username: 'nongdan',
      password: samplePassword,
      shared: 'yes',
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .join('; ')
    const session = visitor(url, cookie)
    expect((await session.get('/plans')).status).toBe(200)
    const { rows } = await sql<{ minutes: number }>`
      select round(extract(epoch from expires_at - now()) / 60)::int as minutes from session where is_shared
    `.execute(database.reader)
    expect(rows).toEqual([{ minutes: 15 }])
    await change(sql`update session set expires_at = now() - interval '1 second' where is_shared`)
    expect((await session.get('/plans')).status).toBe(303)
  })

  test('of a shared computer makes no passkey, by which others could sign in there', async () => {
    const entered = await visitor(url).post('/sign-in', {
      username: 'doan',
      password: samplePassword,
      shared: 'yes',
    })
    const cookies = entered.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    const shared = visitor(url, cookies.join('; '))
    expect((await shared.post('/account/passkeys/options', {})).status).toBe(403)
    expect(wordsOf(await (await shared.get('/account/passkeys')).text())).toContain('máy dùng chung')
    const own = await signInAs(url, 'doan')
    // Who finds a session open makes no way in that outlasts it: the password is asked for at every step.
    for (const step of ['options', 'answer'])
      expect((await own.post(`/account/passkeys/${step}`, {})).status).toBe(401)
    for (const password of ['', 'không phải mật khẩu']) {
      const refused = await own.post('/account/feeds?/make', { name: 'Lịch', password })
      expect(refused.status).toBe(400)
      expect(wordsOf(await refused.text())).toContain('Mật khẩu không đúng.')
    }
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from app_password
      where account_id = (select id from account where username = 'doan')`.execute(database.reader)
    expect(rows).toEqual([{ count: 0 }])
    await forgetLimits()
    await change(sql`delete from session where user_id = (select id from account where username = 'doan')`)
  })

  test('of a shared computer is lengthened by use, and no further than 15 minutes', async () => {
    const answer = await visitor(url).post('/sign-in', {
      username: 'doan',
      password: samplePassword,
      shared: 'yes',
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .join('; ')
    await change(sql`
      update session set updated_at = now() - interval '5 minutes', expires_at = now() + interval '10 minutes'
      where is_shared and user_id = (select id from account where username = 'doan')
    `)
    expect((await visitor(url, cookie).get('/plans')).status).toBe(200)
    const { rows } = await sql<{ minutes: number }>`
      select round(extract(epoch from expires_at - now()) / 60)::int as minutes
      from session where is_shared and user_id = (select id from account where username = 'doan')
    `.execute(database.reader)
    expect(rows).toEqual([{ minutes: 15 }])
  })
})

describe('an app password', () => {
  let owner: Session
  let secret: string
  const basic = (name: string, password: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  })
  beforeAll(async () => {
    owner = await signInAs(url, 'canbo')
    const made = await owner.post('/account/feeds?/make', {
      name: 'Lịch điện thoại',
      password: samplePassword,
    })
    const page = await made.text()
    secret = /tkf-[\w-]+/.exec(page)?.[0] ?? ''
  })

  test('is shown once, and not kept', async () => {
    expect(secret).toMatch(/^tkf-[\w-]{24}$/)
    expect(await (await owner.get('/account/feeds')).text()).not.toContain(secret)
    const { rows } = await sql<{ held: string }>`select app_password::text as held from app_password`.execute(
      database.reader,
    )
    expect(rows.map(({ held }) => held).join()).not.toContain(secret)
  })

  test('opens the calendar of its owner, with what the owner may see', async () => {
    const answer = await visitor(url).get('/feeds/events.ics', basic('canbo', secret))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    const calendar = await answer.text()
    expect(calendar).toMatch(/^BEGIN:VCALENDAR/)
    const { rows } = await sql<{ title: string }>`
      select distinct event.id, title from event join account on account.username = 'canbo'
      join role_grant on role_grant.account_id = account.id and role_grant.organisation_id = event.office_id
      where coalesce(ends_on, starts_on) >= current_date
    `.execute(database.reader)
    expect(rows.length).toBeGreaterThan(0)
    expect(calendar.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThanOrEqual(rows.length)
    expect(await (await owner.get('/account/feeds')).text()).not.toContain('chưa dùng')
  })

  test('opens nothing else, and nothing else opens a feed', async () => {
    for (const path of ['/', '/plans', '/account', '/documents'])
      expect((await visitor(url).get(path, basic('canbo', secret))).status).toBe(303)
    const data = await visitor(url).get('/plans/__data.json', basic('canbo', secret))
    expect(await data.json()).toMatchObject({ type: 'redirect', location: '/sign-in?next=%2Fplans' })
    expect((await enter('canbo', secret)).status).toBe(400)
    const refused = async (headers: Record<string, string>, session = visitor(url)): Promise<string> => {
      const answer = await session.get('/feeds/events.ics', headers)
      return `${answer.status} ${answer.headers.get('www-authenticate')?.slice(0, 5)} ${await answer.text()}`
    }
    const words = '401 Basic an app password is needed'
    expect(await refused({})).toBe(words)
    expect(await refused({}, owner)).toBe(words)
    expect(await refused(basic('canbo', samplePassword))).toBe(words)
    expect(await refused(basic('bithu', secret))).toBe(words)
    expect(await refused(basic('canbo', `${secret}x`))).toBe(words)
    expect(await refused(basic('khongcoai', secret))).toBe(words)
    expect(await refused({ authorization: `Bearer ${secret}` })).toBe(words)
    expect((await visitor(url).post('/feeds/events.ics', {}, basic('canbo', secret))).status).toBe(405)
    await forgetLimits()
  })

  test('of another is not there to revoke; revoked by its owner, or with the account off, it opens nothing', async () => {
    const { rows } = await sql<{ id: string }>`select id from app_password`.execute(database.reader)
    const id = rows[0]?.id ?? ''
    const other = await signInAs(url, 'bithu')
    await other.post('/account/feeds?/revoke', { password: id })
    const opens = async (): Promise<number> =>
      (await visitor(url).get('/feeds/events.ics', basic('canbo', secret))).status
    expect(await opens()).toBe(200)
    await change(sql`update account set off_at = now() where username = 'canbo'`)
    expect(await opens()).toBe(401)
    await change(sql`update account set off_at = null where username = 'canbo'`)
    await owner.post('/account/feeds?/revoke', { password: id })
    expect(await opens()).toBe(401)
  })
})

describe('without a mail server', () => {
  test('a letter waits in the outbox, is read there with its link, and discarded; another office sees none', async () => {
    await change(sql`update account set email = 'phu@coquan.example.vn' where username = 'phunu'`)
    const administrator = await signInAs(url, 'quantri')
    await visitor(url).post('/sign-in/forgotten', { username: 'phunu' })
    let id: string | undefined
    for (let tries = 0; tries < 200 && !id; tries++) {
      id = /\/outbox\/([0-9a-f-]{36})/.exec(await (await administrator.get('/outbox')).text())?.[1]
      if (!id) await new Promise((done) => setTimeout(done, 50))
    }
    const letter = await (await administrator.get(`/outbox/${id}`)).text()
    const [link = ''] = /\/invitations\/[\w-]{32}/.exec(letter) ?? []
    expect((await visitor(url).get(link)).status).toBe(200)
    expect(await (await visitor(url).get(link)).text()).toContain('Đặt mật khẩu mới')
    const { rows } = await sql<{ held: string }>`select letter::text as held from letter`.execute(
      database.reader,
    )
    expect(rows.map(({ held }) => held).join()).not.toContain(link.split('/').at(-1))
    // With a right outside of what the administrator keeps, the link would be a way up: then it stays sealed.
    await change(sql`
      with elsewhere as (
        insert into organisation (id, name, kind, hierarchy) values (gen_random_uuid(), 'Đảng bộ khác', 'grassroots-committee', 'party')
        returning id
      )
      insert into role_grant (id, account_id, role, organisation_id, from_on)
      select gen_random_uuid(), account.id, 'viewer', elsewhere.id, current_date + 30
      from elsewhere, account where username = 'phunu'
    `)
    const sealed = await (await administrator.get(`/outbox/${id}`)).text()
    expect(sealed).not.toContain('/invitations/')
    expect(sealed).toContain('có quyền ngoài phạm vi quản trị')
    const officer = await signInAs(url, 'canbo2')
    expect((await officer.get(`/outbox/${id}`)).status).toBe(404)
    expect((await officer.post(`/outbox/${id}?/discard`, {})).status).toBe(404)
    expect((await administrator.post(`/outbox/${id}?/discard`, {})).status).toBe(303)
    const { rows: kept } = await sql<{ state: string; sealed: string | null }>`
      select state, sealed from letter where id = ${id}`.execute(database.reader)
    expect(kept).toEqual([{ state: 'discarded', sealed: null }])
  })
})

test('what signs people in is out of reach of the role that draws the pages', async () => {
  for (const table of ['credential', 'two_factor', 'verification', 'known_device', 'password_request'])
    expect([
      table,
      (
        await sql<{ may: boolean }>`
          select has_table_privilege('trienkhai_program', ${table}, 'select') as may`.execute(database.reader)
      ).rows,
    ]).toEqual([table, [{ may: table === 'password_request' }]])
  for (const [table, column] of [
    ['session', 'token'],
    ['invitation', 'code_hash'],
    ['app_password', 'secret_hash'],
    ['passkey', 'public_key'],
  ] as const) {
    const { rows } = await sql<{ may: boolean }>`
      select has_column_privilege('trienkhai_program', ${table}, ${column}, 'select') as may
    `.execute(database.reader)
    expect([table, rows]).toEqual([table, [{ may: false }]])
  }
})

describe('a job', () => {
  test('of any kind, told of what is not there or not of its kind, twice, leaves everything as it was', async () => {
    expect(Object.keys(jobTable).sort()).toEqual(Object.keys(jobHandlers).sort())
    // What each does where its sender has lost the right is shown by a test that is there.
    const shown = Object.values(jobTable).flatMap(({ rightLost }) => rightLost.shownBy ?? [])
    expect(shown.filter((path) => !existsSync(join('app/src/features', path)))).toEqual([])
    const held = async (): Promise<unknown> => {
      const { rows } = await sql`
        select (select count(*)::int from record_entry) as entries, (select count(*)::int from notice) as notices,
          (select count(*)::int from letter) as letters, (select count(*)::int from document) as documents,
          (select count(*)::int from file) as files, (select count(*)::int from person) as persons,
          (select count(*)::int from organisation) as organisations
      `.execute(database.reader)
      return rows[0]
    }
    /** The ones not done yet, with what each stumbled over. */
    const waiting = async (): Promise<unknown[]> => {
      const { rows } = await sql`
        select task_identifier as kind, last_error as error from graphile_worker.jobs where priority = 7
      `.execute(database.reader)
      return rows
    }
    const { rows: accounts } = await sql<{ id: string }>`
      select id from account where username = 'canbo'`.execute(database.reader)
    const before = await held()
    const ids = [accounts[0]?.id ?? '', 'ffffffff-ffff-4fff-8fff-ffffffffffff']
    for (const [kind, { payload }] of Object.entries(jobTable))
      for (const id of [...ids, ...ids])
        await change(sql`
          select graphile_worker.add_job(${kind}, ${JSON.stringify(payload(id))}::json, priority => 7)
        `)
    await expect.poll(waiting, { timeout: 15_000, interval: 100 }).toEqual([])
    expect(await held()).toEqual(before)
  })
})
