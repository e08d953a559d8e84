import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type FormFields, type Session, signInAs, visitor } from '../helpers/session.ts'
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

const forms = Object.entries(doors).flatMap(([name, door]) => ('answers' in door ? [{ name, door }] : []))
const pages = Object.entries(doors).flatMap(([name, door]) => ('opens' in door ? [{ name, door }] : []))

/** Signed in once each, and anew where a form has ended the session or the account's rights. */
const sessions = new Map<string, Session>()
async function sessionOf(username: string): Promise<Session> {
  const known = sessions.get(username)
  if (known && (await known.get('/account')).status === 200) return known
  const session = await signInAs(product.url, username)
  sessions.set(username, session)
  return session
}

const id = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** A NUL in the middle and at the end of every text, and in the names of files; ids stay, so that what they name is found. */
function withNul(fields: FormFields): FormFields {
  const spoil = (one: string): string => (id.test(one) ? one : `${one.slice(0, 1)}\0${one.slice(1)}\0`)
  return Object.fromEntries(
    Object.entries(fields).map(([name, given]) => [
      name,
      typeof given === 'string'
        ? spoil(given)
        : given instanceof File
          ? new File([given], spoil(given.name), { type: given.type })
          : given.map(spoil),
    ]),
  )
}

describe('a NUL, which no database holds,', () => {
  test('is left out of what is kept', async () => {
    const secretary = await signInAs(product.url, 'bithu')
    const fields = doors['POST /work/[assignmentId]?/note']
    if (!fields || !('fields' in fields)) throw new Error('there is no such door')
    const answer = await secretary.post(fields.path(rows), {
      ...fields.fields(rows),
      note: 'Đã mượn\0 hội trường\0',
    })
    expect(answer.status).toBe(303)
    const page = await (await secretary.get(`/work/${rows.assignment}`)).text()
    expect(page).toContain('Đã mượn hội trường')
  })

  test.each(forms)('is no fault of ours in a form: $name', async ({ door }) => {
    const fields = door.fields(rows)
    for (const username of ['canbo', 'bithu']) {
      const session = await sessionOf(username)
      // Texts that the planted fields have no need of are sent too.
      const more = {
        reason: 'Lý\0 do',
        text: '\0',
        answer: 'Đã rõ\0',
        note: '\0ghi',
        url: 'https://\0example.com',
      }
      const answer = await session.post(door.path(rows), { ...withNul(more), ...withNul(fields) })
      expect([username, answer.status < 500]).toEqual([username, true])
    }
  })

  test('is a wrong name or password when signing in', async () => {
    const answer = await visitor(product.url).post('/sign-in', { username: 'canbo\0x', password: 'x\0' })
    expect(answer.status).toBe(400)
  })

  test.each(pages)('is no fault of ours in an address: $name', async ({ door }) => {
    const [path = '', query = ''] = door.path(rows).split('?')
    const names = [
      'q',
      'page',
      'state',
      'measure',
      'group',
      'groups',
      'unit',
      'plan',
      'of',
      'open',
      'people',
      'kind',
    ]
    const spoiled = [
      ...names,
      'phrase',
      'chosen',
      'before',
      'list',
      'task',
      'edit',
      'add',
      'reason',
      'due',
      'text',
    ]
      .map((name) => `${name}=a%00b`)
      .join('&')
    for (const address of [`${path}?${query}&${spoiled}`, `${path}%00?${query}`]) {
      const answer = await officer.get(address)
      expect([address, answer.status < 500]).toEqual([address, true])
    }
  })
})

/** What a page shows: without its own address, which a form of the frame carries, and what is new each time. */
const shown = (body: string): string =>
  body
    .replaceAll(/(page|groups|people)=[^"&#]*/g, '')
    .replaceAll(/(nonce-|nonce=")[\w+/=]*/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')

const showsNothing = (body: string): boolean => /class="empty\b/.test(body)

describe('a page of a list', () => {
  // Every list of the planted rows fits one page; that of several is tried on the reading of pages itself.
  test.each(pages)('that is not there is the nearest one: $name', async ({ door }) => {
    const path = door.path(rows)
    const at = (page: string): string =>
      `${path}${path.includes('?') ? '&' : '?'}page=${page}&groups=${page}&people=${page}`
    const first = await officer.get(at('1'))
    if (first.status !== 200 || !first.headers.get('content-type')?.startsWith('text/html')) return
    const expected = await first.text()
    for (const page of ['', '0', '-7', 'NaN', '-Infinity']) {
      const answer = await officer.get(at(page))
      expect([page, answer.status, shown(await answer.text())]).toEqual([page, 200, shown(expected)])
    }
    for (const page of ['40', '1e999', '99999999999999999999']) {
      const answer = await officer.get(at(page))
      expect([page, answer.status, showsNothing(await answer.text())]).toEqual([
        page,
        200,
        showsNothing(expected),
      ])
    }
  })
})
