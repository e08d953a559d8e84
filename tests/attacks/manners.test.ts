import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs, visitor } from '../helpers/session.ts'
import { samplePassword } from '../helpers/visit.ts'
import { doors } from './door-table.ts'
import { type PlantedRows, plantRows } from './planted-rows.ts'

let product: Product
let database: Database
let rows: PlantedRows
let officer: Session

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 50 } })
  database = connectToProduct(product.dataDir)
  rows = await plantRows(database, product.dataDir)
  officer = await signInAs(product.url, 'canbo')
})
afterAll(async () => {
  await database?.close()
  await product?.stop()
})

async function recorded(): Promise<number> {
  const { rows: found } = await sql<{
    count: number
  }>`select count(*)::int as count from record_entry where operation not like '%.look'`.execute(
    database.reader,
  )
  return found[0]?.count ?? 0
}

describe('a form that another site sends', () => {
  const forms = Object.entries(doors).flatMap(([name, door]) => ('answers' in door ? [{ name, door }] : []))

  test.each(forms)('is refused: $name', async ({ door }) => {
    const before = await recorded()
    for (const headers of [
      { origin: 'https://example.com' },
      { origin: 'null' },
      { origin: `${product.url}0` },
    ]) {
      const answer = await officer.post(door.path(rows), door.fields(rows), headers)
      expect([headers.origin, answer.status]).toEqual([headers.origin, 403])
    }
    expect(await recorded()).toBe(before)
  })

  test.each(['/sign-out', '/preferences', '/sign-in'])('is refused: POST %s', async (path) => {
    const answer = await officer.post(path, { theme: 'dark' }, { origin: 'https://example.com' })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
  })

  test('does nothing as a link', async () => {
    const before = await recorded()
    for (const { door } of forms) await officer.get(door.path(rows))
    expect(await recorded()).toBe(before)
  })
})

describe('a session', () => {
  const signIn = (at: Product, fields: Record<string, string>): Promise<Response> =>
    visitor(at.url).post('/sign-in', fields)

  test('lies in a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn(product, { username: 'canbo', password: samplePassword })
    const flags = answer.headers.getSetCookie().map((line) => line.toLowerCase())
    expect(flags.length).toBeGreaterThan(0)
    for (const line of flags) {
      expect(line).toContain('httponly')
      expect(line).toMatch(/samesite=(lax|strict)/)
      expect(line).toContain('path=/')
    }
  })

  test('ends when it is signed out, wherever its cookie is kept', async () => {
    const session = await signInAs(product.url, 'phunu')
    expect((await session.get('/work')).status).toBe(200)
    expect((await session.post('/sign-out', {})).status).toBe(303)
    expect((await session.get('/work')).headers.get('location')).toBe('/sign-in?next=%2Fwork')
  })

  test('is made by no cookie that was not given out', async () => {
    const [name = '', value = ''] = officer.cookie.split('; ')[0]?.split('=') ?? []
    for (const forged of [
      '',
      'x',
      `${value.slice(0, 10)}${'0'.repeat(value.length - 10)}`,
      value.replace(/\..*/, ''),
    ]) {
      const answer = await visitor(product.url, `${name}=${forged}`).get('/documents')
      expect([forged, answer.status]).toEqual([forged, 303])
    }
  })

  test('is refused in the same words for an unknown name and for a wrong password', async () => {
    const said = async (username: string): Promise<string> => {
      const answer = await signIn(product, { username, password: 'sai mật khẩu' })
      const page = (await answer.text())
        .replaceAll(username, '…')
        .replace(/nonce[-=]["']?[\w+/=-]+/g, 'nonce')
      return `${answer.status} ${answer.headers.getSetCookie().length} ${page}`
    }
    expect(await said('canbo')).toBe(await said('khongcoai'))
  })

  test('gives none of its cookies to a plain connection where the product is reached by https', async () => {
    const safe = await startProduct({
      sample: { cells: 10 },
      env: { BASE_URL: 'https://trienkhai.example.vn' },
    })
    try {
      const answer = await visitor(safe.url).post(
        '/sign-in',
        { username: 'canbo', password: samplePassword },
        { origin: 'https://trienkhai.example.vn' },
      )
      expect(answer.status).toBe(303)
      for (const line of answer.headers.getSetCookie()) expect(line.toLowerCase()).toContain('secure')
    } finally {
      await safe.stop()
    }
  })
})

describe('the page to open after signing in', () => {
  test.each([
    'https://example.com/',
    '//example.com/',
    '/\\example.com/',
    '\\\\example.com/',
    '/\t/example.com/',
    '/\n/example.com/',
    '\t//example.com/',
    '/.//example.com/',
    'javascript:alert(1)',
    ' //example.com',
    'example.com',
  ])('is never another site: %j', async (next) => {
    const signedIn = await visitor(product.url).post('/sign-in', {
      username: 'canbo',
      password: samplePassword,
      next,
    })
    const already = await officer.get(`/sign-in?next=${encodeURIComponent(next)}`)
    const preferences = await officer.post('/preferences', { theme: 'auto', next })
    for (const answer of [signedIn, already, preferences]) {
      expect(answer.status).toBe(303)
      // As a browser would follow it.
      expect(new URL(answer.headers.get('location') ?? '', product.url).origin).toBe(product.url)
    }
  })

  test('is the one that was asked for', async () => {
    const fields = { username: 'canbo', password: samplePassword, next: '/plans?q=abc' }
    const answer = await visitor(product.url).post('/sign-in', fields)
    expect(answer.headers.get('location')).toBe('/plans?q=abc')
  })
})

describe('a page', () => {
  test.each(['/sign-in', '/documents', '/plans', '/work', '/khong-co'])(
    '%s tells the browser to trust nothing else',
    async (path) => {
      const answer = await (path === '/sign-in' ? visitor(product.url) : officer).get(path)
      const policy = new Map(
        (answer.headers.get('content-security-policy') ?? '').split(';').map((rule): [string, string[]] => {
          const [name = '', ...sources] = rule.trim().split(/\s+/)
          return [name, sources]
        }),
      )
      const scripts = policy.get('script-src') ?? []
      expect(scripts).toContain("'self'")
      expect(scripts.filter((source) => !/^'(self|nonce-.+|sha256-.+)'$/.test(source))).toEqual([])
      expect({
        fallback: policy.get('default-src'),
        objects: policy.get('object-src'),
        frames: policy.get('frame-ancestors'),
        forms: policy.get('form-action'),
        base: policy.get('base-uri'),
      }).toEqual({
        fallback: ["'self'"],
        objects: ["'none'"],
        frames: ["'none'"],
        forms: ["'self'"],
        base: ["'self'"],
      })
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('referrer-policy')).toBe('same-origin')
      expect(answer.headers.get('cache-control')).toContain('no-store')
      expect(answer.headers.get('x-powered-by')).toBeNull()
    },
  )
})
