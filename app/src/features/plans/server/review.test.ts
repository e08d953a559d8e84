import type { Plan } from '@trienkhai/plan-reader/plan.ts'
import { readPlan } from '@trienkhai/plan-reader/read-plan.ts'
import { readTextSource } from '@trienkhai/plan-reader/source/text-source.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../../../tests/helpers/office.ts'
import { reviewPlan } from './review-operations.ts'
import { getReview, listPhraseMeanings } from './review-reads.ts'
import { startReview } from './start-review.ts'

const plan: Plan = readPlan(
  readTextSource(
    `Số 46-KH/ĐU
Xã Đây, ngày 10 tháng 11 năm 2026

KẾ HOẠCH
Phát động thi đua

I. TỔ CHỨC THỰC HIỆN
1. Các chi bộ đăng ký thi đua trước ngày 20/12/2026.
2. Các đồng chí cốt cán hướng dẫn việc đăng ký.
`,
    'text',
  ),
)

let test: TestDatabase
let store: ReturnType<typeof openTestFiles>
let here: TestOffice
let there: TestOffice

beforeAll(async () => {
  test = await createTestDatabase()
  store = openTestFiles()
  here = await plantOffice(test.database, store.files, { place: 'Đây' })
  there = await plantOffice(test.database, store.files, { place: 'Kia' })
})
afterAll(async () => {
  await test.drop()
  store.remove()
})

async function plantPlan(office: TestOffice): Promise<string> {
  const [documentId, hash] = [newId(), newId().replaceAll('-', '').repeat(2)]
  return office.officer.inTransaction(async (tx) => {
    await sql`insert into file (hash, size, media_type) values (${hash}, 1, 'text/plain')`.execute(tx)
    await sql`
      insert into document (id, office_id, direction, file_hash, file_name, created_by)
      values (${documentId}, ${office.id}, 'incoming', ${hash}, 'kh.txt', ${office.officer.actor.accountId})
    `.execute(tx)
    return startReview(tx, {
      documentId,
      officeId: office.id,
      accountId: office.officer.actor.accountId,
      plan,
      fileName: 'kh.txt',
    })
  })
}

describe('reviewing a plan', () => {
  it('keeps each change, and puts the head of it into the list of plans', async () => {
    const id = await plantPlan(here)
    const outcome = await reviewPlan(here.officer, id, { type: 'edit', fieldId: 'number', value: '47-KH/ĐU' })
    expect(outcome).toEqual({ ok: true, fieldId: 'number', version: 1 })
    const row = await getReview(here.officer, id)
    expect(row.review.head.number).toMatchObject({ value: '47-KH/ĐU', read: '46-KH/ĐU' })
    const { rows } = await sql`select number, issued_on from plan where id = ${id}`.execute(
      test.database.reader,
    )
    expect(rows).toEqual([{ number: '47-KH/ĐU', issued_on: '2026-11-10' }])
  })

  it('loses none of twenty changes made at once', async () => {
    const id = await plantPlan(here)
    const additions = Array.from({ length: 20 }, (_, at) =>
      reviewPlan(here.officer, id, {
        type: 'add',
        list: 'materials',
        value: `Tài liệu ${at}`,
        spans: [],
        addedId: `cmd${at}`,
      }),
    )
    await Promise.all(additions)
    const { review, version } = await getReview(here.officer, id)
    expect(version).toBe(20)
    expect(review.materials.map(({ value }) => value).sort()).toEqual(
      Array.from({ length: 20 }, (_, at) => `Tài liệu ${at}`).sort(),
    )
  })

  it('puts every change on record with who made it', async () => {
    const id = await plantPlan(here)
    await reviewPlan(here.officer, id, { type: 'confirm', fieldId: 'subject' })
    const { rows } = await sql`
      select operation, account_id from record_entry where subject_id = ${id}
    `.execute(test.database.reader)
    expect(rows).toEqual([{ operation: 'plan.review.confirm', account_id: here.officer.actor.accountId }])
  })

  it('stops once the plan is launched', async () => {
    const id = await plantPlan(here)
    await here.officer.inTransaction((tx) =>
      sql`update plan set state = 'launched', launched_at = now() where id = ${id}`.execute(tx),
    )
    const change = { type: 'edit', fieldId: 'number', value: 'khác' } as const
    expect(await reviewPlan(here.officer, id, change)).toEqual({ ok: false, reason: 'launched' })
    expect((await getReview(here.officer, id)).review.head.number.value).toBe('46-KH/ĐU')
  })

  it("is not there for another office, nor for a cell's secretary", async () => {
    const id = await plantPlan(here)
    for (const stranger of [there.officer, here.secretary]) {
      await expect(getReview(stranger, id)).rejects.toThrow(NotFound)
      await expect(reviewPlan(stranger, id, { type: 'confirm', fieldId: 'number' })).rejects.toThrow(NotFound)
    }
  })
})

describe('what phrases stand for', () => {
  it('is matched to the bodies of the office, and to nobody where it does not fit', async () => {
    const id = await plantPlan(here)
    const { review } = await getReview(here.officer, id)
    const meanings = await listPhraseMeanings(here.officer, here.id, review)
    expect(meanings['Các chi bộ']).toMatchObject({ organisations: 3, why: 'collective' })
    const [other] = Object.values(meanings).filter(({ phrase }) => phrase !== 'Các chi bộ')
    expect(other?.organisations ?? 0).toBe(0)
  })

  it('is corrected for the plan, and remembered for the office alone', async () => {
    const [first] = here.cells
    const ids = first ? [first.id] : []
    const audience = { type: 'organisations' as const, ids }
    const id = await plantPlan(here)
    await reviewPlan(here.officer, id, { type: 'audience', phrase: 'Các chi bộ', audience })
    const corrected = await getReview(here.officer, id)
    const now = await listPhraseMeanings(here.officer, here.id, corrected.review)
    expect(now['Các chi bộ']).toMatchObject({ organisations: 1, why: 'decided' })

    const next = await getReview(here.officer, await plantPlan(here))
    const later = await listPhraseMeanings(here.officer, here.id, next.review)
    expect(later['Các chi bộ']).toMatchObject({ organisations: 1, why: 'remembered' })

    const elsewhere = await getReview(there.officer, await plantPlan(there))
    const apart = await listPhraseMeanings(there.officer, there.id, elsewhere.review)
    expect(apart['Các chi bộ']).toMatchObject({ organisations: 3, why: 'collective' })
  })
})
