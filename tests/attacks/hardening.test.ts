import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, visitor } from '../helpers/session.ts'
import { samplePassword } from '../helpers/visit.ts'
import { doors } from './door-table.ts'
import { type PlantedRows, plantRows } from './planted-rows.ts'

let product: Product
let database: Database
let rows: PlantedRows
let officer: Session

const searchesPerMinute = 100

beforeAll(async () => {
  product = await startProduct({
    sample: { cells: 10 },
    env: {
      BASE_URL: 'https://trienkhai.example.vn',
      LOG_LEVEL: 'debug',
      LIMIT_SEARCHES: String(searchesPerMinute),
      MAX_UPLOAD_MB: '8',
      SMTP_URL: `smtp://nguoigui:${secretWords.smtp}@127.0.0.1:9`,
      AUTH_SECRET: secretWords.auth,
    },
  })
  database = connectToProduct(product.dataDir)
  rows = await plantRows(database, product.dataDir)
  officer = await signIn('canbo')
})
afterAll(async () => {
  await database?.close()
  await product?.stop()
})

/** Known words that go in through every door and must come out in no line of the log. */
const secretWords = {
  smtp: 'bi-mat-thu-4471',
  auth: 'bi-mat-ky-8812-bi-mat-ky-8812-bi-mat-ky',
  password: 'mật khẩu sai Quỳnh Lưu 5521',
  name: 'Quách Thị Mộc Miên',
  search: 'tìm Mộc Miên 7733',
  note: 'ghi chú Mộc Miên 6644',
  reason: 'lý do Mộc Miên 9955',
}
const origin = 'https://trienkhai.example.vn'

async function signIn(username: string): Promise<Session> {
  const answer = await visitor(product.url).post(
    '/sign-in',
    { username, password: samplePassword },
    { origin },
  )
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const session = visitor(product.url, cookies.join('; '))
  return { ...session, post: (path, fields, headers) => session.post(path, fields, { origin, ...headers }) }
}

describe('every answer', () => {
  const paths = [
    '/sign-in',
    '/plans',
    '/record',
    '/personal-data/mine',
    '/khong-co',
    '/favicon.svg',
    '/health',
  ]

  test.each(paths)('%s carries the headers that keep a browser safe', async (path) => {
    const { headers } = await officer.get(path)
    expect({
      sniff: headers.get('x-content-type-options'),
      frames: headers.get('x-frame-options'),
      referrer: headers.get('referrer-policy'),
      opener: headers.get('cross-origin-opener-policy'),
      resource: headers.get('cross-origin-resource-policy'),
      transport: headers.get('strict-transport-security'),
      camera: headers.get('permissions-policy')?.includes('camera=()'),
      frameAncestors: headers.get('content-security-policy')?.includes("frame-ancestors 'none'"),
      poweredBy: headers.get('x-powered-by'),
    }).toEqual({
      sniff: 'nosniff',
      frames: 'DENY',
      referrer: 'same-origin',
      opener: 'same-origin',
      resource: 'same-origin',
      transport: 'max-age=31536000; includeSubDomains',
      camera: true,
      frameAncestors: true,
      poweredBy: null,
    })
  })

  test('of a page brings no script and no style inside it', async () => {
    const reading = Object.values(doors).flatMap((door) => ('opens' in door ? [door.path(rows)] : []))
    for (const path of [...reading, '/khong-co']) {
      const answer = await officer.get(path)
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
      const html = await answer.text()
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect([path, /script-src[^;]*'unsafe-/.test(policy), /style-src [^;]*'unsafe-/.test(policy)]).toEqual([
        path,
        false,
        false,
      ])
      // A script inside the page is the framework's own, and bears the nonce of this answer.
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
      for (const [, attributes = ''] of html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g))
        expect([path, nonce !== undefined && attributes.includes(nonce)]).toEqual([path, true])
      expect([path, / on[a-z]+="/.test(html.replace(/<script[\s\S]*?<\/script>/g, ''))]).toEqual([
        path,
        false,
      ])
    }
  })

  test('that refuses is a page without a frame, in words, and tells nothing of the program', async () => {
    const answers = [
      await officer.post('/plans?ngay=2020-01-01', {}),
      await officer.get('/%E0%A4%A'),
      await officer.get(`/plans/${newId()}`),
    ]
    for (const answer of answers) {
      const body = await answer.text()
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(body).not.toMatch(/node_modules|\bat \w+ \(|\.ts:\d|postgres|select .* from/i)
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
  })
})

describe('a cookie', () => {
  test('is for this host, for https, for no script and no other site', async () => {
    const answer = await visitor(product.url).post(
      '/sign-in',
      { username: 'canbo', password: samplePassword },
      { origin },
    )
    const lines = answer.headers.getSetCookie().map((line) => line.toLowerCase())
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      for (const flag of ['httponly', 'secure', 'path=/']) expect(line).toContain(flag)
      expect(line).toMatch(/samesite=(lax|strict)/)
      expect(line).not.toContain('domain=')
    }
  })
})

describe('what costs much', () => {
  test('is limited for an account, in words and with the time to wait; ordinary pages are not', async () => {
    const other = await signIn('bithu')
    let refused: Response | undefined
    for (let at = 0; at <= searchesPerMinute && !refused; at++) {
      const answer = await other.get('/plans?q=chi')
      if (answer.status === 429) refused = answer
      else expect(answer.status).toBe(200)
    }
    expect(refused?.status).toBe(429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused?.text()).toContain('Quá nhiều yêu cầu')
    const asData = await other.get('/plans/__data.json?q=chi')
    expect([asData.status, (await asData.json()).type]).toEqual([429, 'error'])
    for (let at = 0; at < searchesPerMinute; at++) expect((await other.get('/plans')).status).toBe(200)
    expect((await officer.get('/plans?q=chi')).status).toBe(200)
  })
})

describe('a hostile file', () => {
  const bomb = (name: string, megabytes: number): Uint8Array =>
    zipSync({
      '[Content_Types].xml': new TextEncoder().encode('<Types/>'),
      [name]: [new Uint8Array(megabytes * 1_000_000), { level: 9 }],
    })

  /** A zip whose one part says that it is small and is not. */
  function lyingZip(name: string): Uint8Array {
    const bytes = Buffer.from(bomb(name, 50))
    const at = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    bytes.writeUInt32LE(100, at + 24)
    return bytes
  }
  const entities = (): Uint8Array => {
    const levels = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(12)}">`)
    const xml = `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">${levels.join('')}]><w>&e12;</w>`
    return zipSync({ 'word/document.xml': new TextEncoder().encode(xml) })
  }
  const files: [string, () => Uint8Array][] = [
    ['a zip bomb as a Word file', () => bomb('word/document.xml', 400)],
    ['a zip bomb as a sheet', () => bomb('xl/worksheets/sheet1.xml', 400)],
    ['a zip that lies about its size', () => lyingZip('word/document.xml')],
    ['XML that grows when it is read', entities],
    ['bytes that only look deflated', () => deflateRawSync(Buffer.alloc(1_000))],
  ]

  test.each(files)('%s neither ends the product nor holds it up', async (_, make) => {
    const bytes = Buffer.from(make())
    for (const name of ['ke-hoach.docx', 'danh-sach.xlsx']) {
      const file = new File([bytes], name)
      const answers = await Promise.all([
        officer.post('/documents/new', { file }),
        officer.post('/imports', { command: newId(), office: '', kind: 'people', file }),
        officer.post(`/work/${rows.assignment}?/attach`, { command: newId(), files: file }),
      ])
      for (const { status } of answers) expect([name, status < 500]).toEqual([name, true])
    }
    expect((await fetch(`${product.url}/health`)).status).toBe(200)
    expect((await officer.get('/plans')).status).toBe(200)
  })

  test('that is a picture made of markup is taken by no door as a picture', async () => {
    const secretary = await signIn('bithu')
    for (const [name, text] of [
      ['anh.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['anh.png', '<html><script>alert(1)</script></html>'],
    ] as const) {
      const answer = await secretary.post(`/work/${rows.assignment}?/attach`, {
        command: newId(),
        files: new File([text], name, { type: 'image/png' }),
      })
      expect([name, answer.status]).toEqual([name, 400])
    }
    const { rows: pictures } = await sql<{ count: number }>`
      select count(*)::int as count from file where media_type in ('image/svg+xml', 'text/html')`.execute(
      database.reader,
    )
    expect(pictures[0]?.count).toBe(0)
  })
})

describe('the log', () => {
  test('holds no password, token, name or word that somebody typed', async () => {
    const stranger = visitor(product.url)
    const typed = { username: secretWords.name, password: secretWords.password }
    await stranger.post('/sign-in', typed, { origin })
    await stranger.post('/sign-in', { username: 'canbo', password: secretWords.password }, { origin })
    await stranger.post(
      '/sign-in/forgotten',
      { who: secretWords.name, email: 'mocmien@example.vn' },
      { origin },
    )
    await stranger.get(`/invitations/${encodeURIComponent(secretWords.name)}`)
    await stranger.get('/feeds/events.ics', { authorization: `Basic ${btoa('x:mat-khau-ung-dung')}` })
    for (const [name, door] of Object.entries(doors)) {
      if ('opens' in door)
        await officer.get(`${door.path(rows).split('?')[0]}?q=${encodeURIComponent(secretWords.search)}`)
      if (!('answers' in door) || /sign-out|discard|withdraw|close/.test(name)) continue
      const words = Object.fromEntries(
        ['note', 'reason', 'text', 'name', 'answer', 'subject', 'title', 'fullName', 'password'].map(
          (field) => [
            field,
            field === 'password' ? secretWords.password : `${secretWords.note} ${secretWords.name}`,
          ],
        ),
      )
      await officer.post(door.path(rows), { ...door.fields(rows), ...words })
    }
    const log = product.output().normalize('NFC')
    expect(log).toContain('"event":"request"')
    const tokens = officer.cookie.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1))
    const secrets = [...Object.values(secretWords), samplePassword, 'mat-khau-ung-dung', ...tokens]
    // The first start prints the sample password for whoever tries the product; the log proper comes in JSON.
    const lines = log.split('\n').filter((line) => line.startsWith('{'))
    for (const secret of secrets)
      for (const form of [secret, encodeURIComponent(secret), decodeURIComponent(secret)])
        expect([secret, lines.filter((line) => line.includes(form))]).toEqual([secret, []])
  })
})

describe('the product asks nobody', () => {
  const source = resolve(import.meta.dirname, '..', '..', 'app', 'src')
  const reachesOut =
    /\bfetch\(|from '(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/promises)?'|nodemailer|undici|axios|XMLHttpRequest|WebSocket|createConnection\(/

  test('outside itself but the office’s mail server and sign-in service, which settings name', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test(-data)?\.ts$/.test(file))
      .filter((file) => reachesOut.test(readFileSync(join(source, file), 'utf8')))
      .sort()
    expect(files).toEqual(
      [
        // Listening, or asking whether a port is free.
        ...['entry/safe-headers.ts', 'entry/web-processes.ts', 'entry/web-server.ts'],
        // In the browser, of our own pages.
        'features/accounts/use-passkey.ts',
        'features/plans/AutosavedForm.svelte',
        'routes/notices/+page.svelte',
        'routes/papers/[id]/SectionForm.svelte',
        'routes/documents/new/+page.svelte',
        // To the server of SMTP_URL.
        'server/platform/mail.ts',
      ].sort(),
    )
    for (const file of ['features/accounts/use-passkey.ts', 'features/plans/AutosavedForm.svelte'])
      expect(readFileSync(join(source, file), 'utf8')).not.toMatch(/fetch\(['"`]https?:/)
  })

  test('by an address that somebody typed: a link of evidence is kept, never opened', async () => {
    let asked = 0
    const { createServer } = await import('node:http')
    const trap = createServer((_, response) => {
      asked += 1
      response.end()
    })
    await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done))
    const address = trap.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/trap`
    const secretary = await signIn('bithu')
    const answer = await secretary.post(`/work/${rows.assignment}?/link`, {
      command: newId(),
      url,
      title: 'Ảnh',
    })
    expect(answer.status).toBe(303)
    await officer.post('/documents/new', { text: `KẾ HOẠCH\nXem ${url}\n1. Chi bộ làm theo ${url}` })
    for (const path of [`/work/${rows.assignment}`, `/plans/${rows.plan}`, '/documents'])
      await secretary.get(path)
    await new Promise((done) => setTimeout(done, 1_500))
    await new Promise((done) => trap.close(done))
    expect(asked).toBe(0)
  })
})

test('nothing reads the environment but the table of settings, so that secrets come by no other way', () => {
  const source = resolve(import.meta.dirname, '..', '..', 'app', 'src')
  const readers = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test(-data)?\.ts$/.test(file))
    .filter((file) => /process\.env\b/.test(readFileSync(join(source, file), 'utf8')))
    .filter((file) => !file.startsWith('entry/'))
    .sort()
  // The log's level is needed before settings are read; the address of the database is handed on to web processes; PostgreSQL's own process gets PATH and the like.
  expect(readers).toEqual([
    'env.ts',
    'server/database/connect.ts',
    'server/database/embedded-cluster.ts',
    'server/platform/log.ts',
  ])
})
