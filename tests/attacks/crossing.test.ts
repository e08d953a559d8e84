import { request } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phrasesOf } from '../../app/src/features/plans/review.ts'
import { getReview } from '../../app/src/features/plans/server/review-reads.ts'
import type { Database } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { actAs, connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs } from '../helpers/session.ts'
import { type PlantedRows, planText, plantRows, untilPlan } from './planted-rows.ts'

let product: Product
let database: Database
let rows: PlantedRows
let officer: Session
let secretary: Session
let otherOfficer: Session
let otherSecretary: Session

beforeAll(async () => {
  product = await startProduct({ sample: { cells: 50 } })
  database = connectToProduct(product.dataDir)
  rows = await plantRows(database, product.dataDir)
  officer = await signInAs(product.url, 'canbo')
  secretary = await signInAs(product.url, 'bithu')
  otherOfficer = await signInAs(product.url, 'canbo2')
  otherSecretary = await signInAs(product.url, 'bithu02')
})
afterAll(async () => {
  await database?.close()
  await product?.stop()
})

const count = async (table: string): Promise<number> => {
  const { rows: found } = await sql<{
    count: number
  }>`select count(*)::int as count from ${sql.table(table)}`.execute(database.reader)
  return found[0]?.count ?? 0
}

describe('a search', () => {
  // As data, without the random parts of a page: what differs between the two answers would tell that something is there.
  const answerTo = async (session: Session, path: string, words: string): Promise<string> => {
    const query = new URLSearchParams({ q: words }).toString()
    const answer = await session.get(`${path}/__data.json?${query}`)
    const said = (await answer.text())
      .replaceAll(query, '…')
      .replaceAll(words, '…')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
    return `${answer.status} ${said}`
  }

  test.each(['/documents', '/plans', '/papers', '/work', '/overdue'])(
    'of another office in %s answers as for words that stand nowhere',
    async (path) => {
      for (const session of [otherOfficer, otherSecretary])
        for (const words of ['Sao Khuê', '9173-KH', 'Vàng Lim'])
          expect(await answerTo(session, path, words)).toBe(await answerTo(session, path, 'Zzz Yyyy'))
    },
  )

  test('of the office itself finds them', async () => {
    for (const path of ['/documents', '/plans'])
      expect(await answerTo(officer, path, 'Sao Khuê')).not.toBe(await answerTo(officer, path, 'Zzz Yyyy'))
  })
})

describe('the same file in another office', () => {
  test('is a document of its own, and takes nothing along when it is discarded', async () => {
    const { organisationName = '' } = (await actAs(database, product.dataDir, 'bithu')).actor.grants[0] ?? {}
    const bytes = new TextEncoder().encode(planText('9173', organisationName))
    const answer = await otherOfficer.post('/documents/new', { file: new File([bytes], 'cua-toi.txt') })
    expect(answer.status).toBe(303)
    const own = answer.headers.get('location')?.split('/').at(-1) ?? ''
    expect(own).not.toBe(rows.document)
    const page = await (await otherOfficer.get(`/documents/${own}`)).text()
    expect(page).toContain('cua-toi.txt')
    expect(page).not.toContain('sao-khue-9173')

    await untilPlan(database, own)
    expect((await otherOfficer.post(`/documents/${own}?/discard`, {})).status).toBe(303)
    await untilForgotten()
    const file = await officer.get(`/documents/${rows.document}/file`)
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(bytes))
  })

  async function untilForgotten(): Promise<void> {
    await expect
      .poll(
        async () =>
          (
            await sql`select from graphile_worker.jobs where task_identifier = 'files.forget'`.execute(
              database.reader,
            )
          ).rows.length,
        { timeout: 30_000 },
      )
      .toBe(0)
  }
})

describe('a door of one’s own with the ids of others', () => {
  test('takes no evidence away', async () => {
    const own = await assignmentOf('bithu02')
    const before = await count('evidence')
    await otherSecretary.post(`/work/${own}?/remove`, { command: newId(), evidence: rows.evidence })
    expect(await count('evidence')).toBe(before)
  })

  test('answers no obstacle', async () => {
    for (const session of [otherSecretary, otherOfficer]) {
      const own = await assignmentOf(session === otherSecretary ? 'bithu02' : 'bithu2')
      const fields = { command: newId(), obstacle: rows.obstacle, answer: 'Đã biết' }
      expect((await session.post(`/work/${own}?/answer`, fields)).status).toBe(404)
    }
    const obstacle = await database.reader
      .selectFrom('obstacle')
      .select('answer')
      .where('id', '=', rows.obstacle)
      .executeTakeFirst()
    expect(obstacle).toEqual({ answer: null })
  })

  test('gives no work to bodies of another commune', async () => {
    const text = planText('55', 'Chi bộ của xã bên')
    const answer = await otherOfficer.post('/documents/new', { text })
    const planId = await untilPlan(database, answer.headers.get('location')?.split('/').at(-1) ?? '')
    const context = await actAs(database, product.dataDir, 'canbo2')
    const { review } = await getReview(context, planId)
    const { name: strange } = await database.reader
      .selectFrom('organisation')
      .select('name')
      .where('id', '=', rows.office)
      .executeTakeFirstOrThrow()
    for (const phrase of phrasesOf(review)) {
      await otherOfficer.post(`/plans/${planId}/review/phrase`, {
        phrase,
        choice: 'organisations',
        chosen: rows.cell,
      })
      const address = new URLSearchParams({ phrase, q: 'chi bộ', chosen: rows.cell })
      const page = await (await otherOfficer.get(`/plans/${planId}/review/phrase?${address}`)).text()
      expect(page).not.toContain(strange)
    }
    const { version } = await getReview(context, planId)
    await otherOfficer.post(`/plans/${planId}/launch`, { command: newId(), version: String(version) })
    const { rows: reached } = await sql`
      select from expected where plan_id = ${planId} and organisation_id = ${rows.cell}
      union all select from event_organisation join event on event.id = event_id
        where plan_id = ${planId} and organisation_id = ${rows.cell}
    `.execute(database.reader)
    expect(reached).toEqual([])
  })

  async function assignmentOf(username: string): Promise<string> {
    const { rows: found } = await sql<{ id: string }>`
      select assignment.id from assignment
      join role_grant on role_grant.organisation_id = assignment.organisation_id
      join account on account.id = role_grant.account_id
      where account.username = ${username} order by assignment.id limit 1
    `.execute(database.reader)
    return found[0]?.id ?? ''
  }
})

describe('an address of nonsense', () => {
  const nonsense = [
    'khong-co',
    '1',
    newId(),
    '%00',
    "'%20or%201=1--",
    '..%2f..%2fetc%2fpasswd',
    '%ff',
    'x'.repeat(3_000),
  ]
  const places = [
    '/documents/…',
    '/documents/…/file',
    '/documents/…/pages/0',
    '/plans/…',
    '/plans/…/launch',
    '/plans/…/review',
    '/plans/…/review/phrase?phrase=x',
    '/work/…',
    '/work/reports/…',
    '/files/…',
    '/files/reports/…',
    '/papers/…',
    '/papers/…/docx',
    '/papers/new?plan=…',
    '/organisations/…',
    '/organisations/…/below',
  ]
  test.each(places)('%s is not found', async (place) => {
    for (const part of nonsense) {
      const { status } = await officer.get(place.replace('…', part))
      expect([part.slice(0, 40), status === 404 || status === 400 || status]).toEqual([
        part.slice(0, 40),
        true,
      ])
    }
  })

  test('of a list is answered like any other', async () => {
    const lists = [
      '/documents',
      '/plans',
      '/papers',
      '/work',
      '/work/events',
      '/work/reports',
      '/overdue',
      '/notices',
      '/organisations',
    ]
    const queries = [
      'page=-1',
      'page=1e99',
      'page=x',
      'q=%00',
      'q=%25_%5C',
      'plan=x',
      'unit=x',
      'state=x',
      'of=x',
      'open=x',
      'kind=x',
    ]
    for (const list of lists)
      for (const query of queries) {
        const { status } = await officer.get(`${list}?${query}`)
        expect([list, query, status < 500 || status]).toEqual([list, query, true])
      }
  })

  test('leads to no file of the machine', async () => {
    const paths = [
      '/../../../../etc/passwd',
      '/_app/../../../../etc/passwd',
      '/_app/immutable/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/files/..%2f..%2f..%2f..%2fetc%2fpasswd',
      `/documents/${rows.document}/file/..%2f..%2fetc%2fpasswd`,
      '/favicon.svg/../../../server/index.js',
    ]
    for (const path of paths) {
      const { status, body } = await getAsWritten(path, officer.cookie)
      expect([path, body.includes('root:'), body.includes('import ')]).toEqual([path, false, false])
      expect([path, status >= 300 && status < 500]).toEqual([path, true])
    }
  })

  /** The address goes out letter by letter: a browser, and fetch, would straighten it first. */
  function getAsWritten(path: string, cookie: string): Promise<{ status: number; body: string }> {
    return new Promise((done, fail) => {
      const asked = request(
        { host: '127.0.0.1', port: product.port, path, headers: { cookie } },
        (answer) => {
          let body = ''
          answer.setEncoding('utf8')
          answer.on('data', (piece: string) => {
            body += piece
          })
          answer.on('end', () => done({ status: answer.statusCode ?? 0, body }))
        },
      )
      asked.on('error', fail)
      asked.end()
    })
  }
})

describe('a file from somebody', () => {
  test('is handed out as a download that runs nothing', async () => {
    const page = '<html><body>KẾ HOẠCH<script>alert(1)</script></body></html>'
    const answer = await officer.post('/documents/new', {
      file: new File([page], '"><script>.html', { type: 'text/html' }),
    })
    const file = await officer.get(`${answer.headers.get('location')}/file`)
    expect({
      status: file.status,
      type: file.headers.get('content-type'),
      policy: file.headers.get('content-security-policy'),
      sniff: file.headers.get('x-content-type-options'),
      isDownload: file.headers.get('content-disposition')?.startsWith('attachment;'),
    }).toEqual({
      status: 200,
      type: 'application/octet-stream',
      policy: "default-src 'none'; sandbox",
      sniff: 'nosniff',
      isDownload: true,
    })
  })

  test('is no evidence when it only calls itself a picture', async () => {
    const before = await count('evidence')
    const fake = new File(['<svg onload="alert(1)"/>'], 'anh.png', { type: 'image/png' })
    const answer = await secretary.post(`/work/${rows.assignment}?/attach`, { command: newId(), files: fake })
    expect([answer.status, await count('evidence')]).toEqual([400, before])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//example.vn'])(
    'is no link to %s',
    async (url) => {
      const answer = await secretary.post(`/work/${rows.assignment}?/link`, {
        command: newId(),
        url,
        title: 'x',
      })
      expect(answer.status).toBe(400)
    },
  )
})
