import { writePdf } from '@trienkhai/plan-reader/source/pdf-fixture.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetReleasedFile } from '#server/kept-files.ts'
import { NotAllowed, NotFound } from '#server/platform/errors.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../../../tests/helpers/office.ts'
import { drawPages, readDocument } from './jobs.ts'
import { bringInDocument, discardDocument, type IncomingFile, retryReading } from './operations.ts'
import { findPage, findWhatWasRead, getDocument, listDocuments } from './reads.ts'

const planText = (subject: string): string => `ĐẢNG BỘ TỈNH PHÚ THỌ
ĐẢNG ỦY XÃ MẪU
*
Số 45-KH/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM
Xã Mẫu, ngày 09 tháng 11 năm 2026

KẾ HOẠCH
${subject}

Căn cứ Kế hoạch số 31-KH/TU, ngày 02/10/2026 của Ban Thường vụ Tỉnh ủy, Đảng ủy xã xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
- Giúp đảng viên nắm chắc nội dung chuyên đề của năm.

II. TỔ CHỨC THỰC HIỆN
1. Các chi bộ trực thuộc tổ chức sinh hoạt chuyên đề xong trước ngày 15/12/2026.
2. Văn phòng Đảng ủy theo dõi, tổng hợp tình hình thực hiện.

Nơi nhận:
- Tỉnh ủy (báo cáo),
- Các chi bộ,
- Lưu Văn phòng.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Lê Văn Thử
`
const limits = { mostBytes: 1_000_000 }

function incoming(name: string, content: string | Uint8Array<ArrayBuffer>): IncomingFile {
  const file = new File([content], name, { type: 'text/plain' })
  return { name, mediaType: file.type, size: file.size, stream: () => file.stream() }
}

const twoPages = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    writePdf(
      ['Trang thứ nhất của văn bản thử', 'Trang thứ hai của văn bản thử'].map((words) => ({
        draw: (sheet) => sheet.text(100, 100, words),
      })),
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

const tools = () => ({ database: test.database, files: store.files, stopping: new AbortController().signal })
const listOf = (office: TestOffice, search = '') =>
  listDocuments(test.database.reader, office.officer.scope, { search, offset: 0, limit: 10 })

async function bringIn(office: TestOffice, file: IncomingFile): Promise<string> {
  const outcome = await bringInDocument(office.officer, office, file, limits)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.documentId
}
const queuedJobs = async (name: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from graphile_worker.jobs where task_identifier = ${name}
  `.execute(test.database.reader)
  return rows[0]?.count ?? 0
}

describe('bringing a document in', () => {
  it('keeps the file, registers it and sends it to be read', async () => {
    const before = await queuedJobs('documents.read')
    const id = await bringIn(here, incoming('Kế hoạch 45.txt', planText('Sinh hoạt chuyên đề quý IV')))
    const document = await getDocument(test.database.reader, here.officer.scope, id)
    expect(document).toMatchObject({ fileName: 'Kế hoạch 45.txt', officeId: here.id, planId: null })
    expect(document.reading).toEqual({
      state: 'waiting',
      stage: null,
      page: null,
      pages: null,
      refusal: null,
    })
    expect(await store.files.openFile(document.fileHash ?? '')).toMatchObject({ size: expect.any(Number) })
    expect(await queuedJobs('documents.read')).toBe(before + 1)
  })

  it('is the office’s: it is read, and its review begun, though who brought it in has lost the right since', async () => {
    const leaving = await plantOffice(test.database, store.files, { place: 'Rời' })
    const id = await bringIn(leaving, incoming('Kế hoạch.txt', planText('Người gửi đã chuyển công tác')))
    await test.askAsOwner(`update role_grant set to_on = '2026-11-01' where account_id = $1`, [
      leaving.officer.actor.accountId,
    ])
    await readDocument(tools(), id)
    expect(
      await test.askAsOwner(`select office_id as office, state from plan where document_id = $1`, [id]),
    ).toEqual([{ office: leaving.id, state: 'review' }])
  })

  it('notices the same file, but not across offices', async () => {
    const file = () => incoming('a.txt', planText('Cùng một tệp'))
    const first = await bringInDocument(here.officer, here, file(), limits)
    const again = await bringInDocument(here.officer, here, { ...file(), name: 'tên khác.txt' }, limits)
    const elsewhere = await bringInDocument(there.officer, there, file(), limits)
    expect(first).toMatchObject({ ok: true, known: false })
    expect(again).toMatchObject({ ok: true, known: true, documentId: first.ok ? first.documentId : '' })
    expect(elsewhere).toMatchObject({ ok: true, known: false })
  })

  it('refuses an empty file and one that is too large, and keeps neither', async () => {
    const before = (await listOf(here)).total
    expect(await bringInDocument(here.officer, here, incoming('rỗng.txt', ''), limits)).toEqual({
      ok: false,
      fileName: 'rỗng.txt',
      reason: 'empty',
    })
    const large = incoming('to.txt', 'a'.repeat(2_000_000))
    expect(await bringInDocument(here.officer, here, large, limits)).toMatchObject({
      ok: false,
      reason: 'too-large',
    })
    expect((await listOf(here)).total).toBe(before)
  })

  it('takes a path and control characters out of the name', async () => {
    const outcome = await bringInDocument(
      here.officer,
      here,
      incoming('../../etc/mật\u0007 khẩu.txt', 'x'),
      limits,
    )
    expect(outcome.fileName).toBe('mật khẩu.txt')
  })

  it('refuses who keeps no office there', async () => {
    await expect(bringInDocument(there.officer, here, incoming('b.txt', 'b'), limits)).rejects.toThrow(
      NotAllowed,
    )
    await expect(bringInDocument(here.secretary, here, incoming('c.txt', 'c'), limits)).rejects.toThrow(
      NotAllowed,
    )
  })
})

describe('reading a document', () => {
  it('reads it into a plan to review, once however often the job runs', async () => {
    const id = await bringIn(here, incoming('kh.txt', planText('Sinh hoạt chuyên đề tháng 12')))
    await readDocument(tools(), id)
    const document = await getDocument(test.database.reader, here.officer.scope, id)
    expect(document).toMatchObject({ number: '45-KH/ĐU', issuedOn: '2026-11-09', planState: 'review' })
    expect(document.reading.state).toBe('read')
    await readDocument(tools(), id)
    expect((await getDocument(test.database.reader, here.officer.scope, id)).planId).toBe(document.planId)
  })

  it('forgets everything of a file that bears a mark of secrecy', async () => {
    const id = await bringIn(here, incoming('Bí danh X.txt', `TỐI MẬT\n${planText('Phương án riêng')}`))
    const { fileHash } = await getDocument(test.database.reader, here.officer.scope, id)
    await readDocument(tools(), id)
    const { rows } = await sql<Record<string, unknown>>`
      select document.*, document_reading.source, document_reading.plan
      from document join document_reading on document_id = document.id where document.id = ${id}
    `.execute(test.database.reader)
    expect(rows[0]).toMatchObject({ file_hash: null, file_name: '', subject: null, source: null, plan: null })
    const kept = JSON.stringify(rows)
    for (const trace of ['Bí danh X', 'Phương án', fileHash ?? 'hash']) expect(kept).not.toContain(trace)

    expect(await queuedJobs('files.forget')).toBeGreaterThan(0)
    await forgetReleasedFile(tools(), fileHash ?? '')
    expect(await store.files.openFile(fileHash ?? '')).toBeUndefined()
  })

  it('says why a file is not read, and reads it again when asked', async () => {
    const id = await bringIn(here, incoming('bảng.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])))
    await readDocument(tools(), id)
    const refused = await getDocument(test.database.reader, here.officer.scope, id)
    expect(refused.reading).toMatchObject({ state: 'refused', refusal: expect.any(String) })
    await retryReading(here.officer, id)
    expect((await getDocument(test.database.reader, here.officer.scope, id)).reading.state).toBe('waiting')
  })
})

describe('drawing the pages of a document', () => {
  it('keeps a picture of each page, for the office alone, and takes them away with the document', async () => {
    const id = await bringIn(here, incoming('hai trang.pdf', twoPages()))
    await readDocument(tools(), id)
    await drawPages(tools(), id)
    await drawPages(tools(), id)
    const pages = await Promise.all(
      [0, 1, 2].map((page) => findPage(test.database.reader, here.officer.scope, id, page)),
    )
    expect(pages.map((page) => page?.mediaType)).toEqual(['image/webp', 'image/webp', undefined])
    expect(await findPage(test.database.reader, there.officer.scope, id, 0)).toBeUndefined()

    const [first] = pages
    await discardDocument(here.officer, id)
    await forgetReleasedFile(tools(), first?.hash ?? '')
    expect(await store.files.openFile(first?.hash ?? '')).toBeUndefined()
  })
})

describe('who may see a document', () => {
  it('is its office: to anyone else it is not there', async () => {
    const id = await bringIn(here, incoming('riêng.txt', planText('Chuyện riêng của xã Đây')))
    await readDocument(tools(), id)
    for (const stranger of [there.officer, there.secretary, here.secretary]) {
      await expect(getDocument(test.database.reader, stranger.scope, id)).rejects.toThrow(NotFound)
      await expect(discardDocument(stranger, id)).rejects.toThrow(NotFound)
      expect(await findWhatWasRead(test.database.reader, stranger.scope, id)).toBeUndefined()
    }
    expect((await listOf(there, 'chuyen rieng')).lines).toEqual([])
    expect((await listOf(here, 'chuyen rieng')).lines.map((line) => line.id)).toEqual([id])
  })

  it('is asked in one query, whatever the number of documents', async () => {
    const ask = (limit: number) =>
      listDocuments(test.database.reader, here.officer.scope, { search: '', offset: 0, limit })
    expect(await test.countQueries(() => ask(1))).toBe(1)
    expect(await test.countQueries(() => ask(3))).toBe(1)
  })

  it('takes signs of patterns in a search for themselves', async () => {
    expect((await listOf(here, '%')).lines).toEqual([])
    expect((await listOf(here, '_'.repeat(3))).lines).toEqual([])
  })
})

describe('discarding a document', () => {
  it('removes it, its review and its file', async () => {
    const id = await bringIn(here, incoming('bỏ.txt', planText('Sẽ bỏ')))
    await readDocument(tools(), id)
    const { fileHash } = await getDocument(test.database.reader, here.officer.scope, id)
    expect(await discardDocument(here.officer, id)).toEqual({ ok: true })
    await expect(getDocument(test.database.reader, here.officer.scope, id)).rejects.toThrow(NotFound)
    await forgetReleasedFile(tools(), fileHash ?? '')
    expect(await store.files.openFile(fileHash ?? '')).toBeUndefined()
  })

  it('leaves a file that another office has brought in as well', async () => {
    const content = planText('Hai xã cùng nhận')
    const id = await bringIn(here, incoming('chung.txt', content))
    const other = await bringIn(there, incoming('chung.txt', content))
    const { fileHash } = await getDocument(test.database.reader, there.officer.scope, other)
    await discardDocument(here.officer, id)
    await forgetReleasedFile(tools(), fileHash ?? '')
    expect(await store.files.openFile(fileHash ?? '')).toBeDefined()
  })

  it('is refused once its plan is launched', async () => {
    const id = await bringIn(here, incoming('đã triển khai.txt', planText('Đã triển khai')))
    await readDocument(tools(), id)
    await here.officer.inTransaction((tx) =>
      sql`update plan set state = 'launched', launched_at = now() where document_id = ${id}`.execute(tx),
    )
    expect(await discardDocument(here.officer, id)).toEqual({ ok: false, reason: 'launched' })
  })
})
