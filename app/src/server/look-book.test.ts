import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../tests/helpers/office.ts'
import { asRole, programRole } from './database/addresses.ts'
import { connect } from './database/connect.ts'
import type { Database } from './database/handles.ts'
import { type LookBook, type LookEntry, openLookBook } from './look-book.ts'
import { newId } from './platform/ids.ts'

let test_: TestDatabase
let pages: Database
let files: ReturnType<typeof openTestFiles>
let office: TestOffice
let book: LookBook
beforeAll(async () => {
  test_ = await createTestDatabase()
  files = openTestFiles()
  office = await plantOffice(test_.database, files.files, { place: 'Sao Khuê' })
  // As the pages connect: nobody acts until a transaction says so.
  pages = connect(asRole(test_.url, programRole), { mostSessions: 3 })
  book = openLookBook(pages)
})
afterAll(async () => {
  await pages.close()
  await test_.drop()
  files.remove()
})

const look = (rest: Partial<LookEntry> = {}): LookEntry => ({
  done_at: new Date('2026-11-23T02:00:00Z'),
  account_id: office.officer.actor.accountId,
  office_id: office.id,
  operation: 'person.look',
  subject_kind: 'person',
  subject_id: newId(),
  after: null,
  request_id: 'test',
  ...rest,
})
const kept = () =>
  test_.askAsOwner<{ subject: string; statement: string }>(
    'select subject_id as subject, xmin::text as statement from record_entry order by id',
  )

test('a look is kept as it was said, and waits for its seal', async () => {
  const subjects = [newId(), newId()]
  await book.put(look({ operation: 'people.look', subject_id: subjects[0] ?? '', after: { subjects } }))
  const rows = await test_.askAsOwner(`
    select done_at, account_id, office_id, operation, subject_kind, subject_id, before, after, request_id,
      exists (select from record_unsealed where entry_id = id) as waits
    from record_entry`)
  expect(rows).toEqual([
    {
      done_at: new Date('2026-11-23T02:00:00Z'),
      account_id: office.officer.actor.accountId,
      office_id: office.id,
      operation: 'people.look',
      subject_kind: 'person',
      subject_id: subjects[0],
      before: null,
      after: { subjects },
      request_id: 'test',
      waits: true,
    },
  ])
})

test('looks that come while others are being written go together', async () => {
  const before = (await kept()).length
  const looks = Array.from({ length: 40 }, () => look())
  await Promise.all(looks.map((one) => book.put(one)))
  const rows = (await kept()).slice(before)
  expect(rows.map(({ subject }) => subject).sort()).toEqual(looks.map(({ subject_id }) => subject_id).sort())
  expect(new Set(rows.map(({ statement }) => statement)).size).toBeLessThan(4)
})

test('one that cannot be kept is told to who put it, and takes no others with it', async () => {
  const before = (await kept()).length
  const looks = [look(), look({ account_id: newId() }), look()]
  const outcomes = await Promise.allSettled(looks.map((one) => book.put(one)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await kept()).toHaveLength(before + 2)
  await book.put(look())
  expect(await kept()).toHaveLength(before + 3)
})

test('nothing but looks is put down by it', async () => {
  const before = await kept()
  await book.put(look({ operation: 'plan.launch' as LookEntry['operation'] }))
  expect(await kept()).toEqual(before)
})
