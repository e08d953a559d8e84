import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '#server/database/handles.ts'
import { Conflict, NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../../../tests/helpers/office.ts'
import { officialPaper } from '../official-paper.ts'
import type { Paper, PaperSection } from '../schema.ts'
import { issuePaper, writeNewVersion } from './issue.ts'
import {
  addSection,
  createPaper,
  discardPaper,
  omitSection,
  refreshPaper,
  saveFrame,
  saveSection,
} from './operations.ts'
import { plantLaunchedPlan } from './papers.test-data.ts'
import { getPaper, listPapers } from './reads.ts'

let test: TestDatabase
let store: ReturnType<typeof openTestFiles>
let here: TestOffice
let there: TestOffice
let planId: string

beforeAll(async () => {
  test = await createTestDatabase()
  store = openTestFiles()
  here = await plantOffice(test.database, store.files, { place: 'Đây' })
  there = await plantOffice(test.database, store.files, { place: 'Kia' })
  planId = (await plantLaunchedPlan(test, here)).id
})
afterAll(async () => {
  await test.drop()
  store.remove()
})

const read = (id: string): Promise<Paper> => getPaper(here.officer.reader, here.officer.scope, id)
async function draft(): Promise<Paper> {
  const outcome = await createPaper(here.officer, {
    commandId: newId(),
    planId,
    kind: 'report',
    finishBy: null,
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  return read(outcome.paperId)
}
const issue = (
  paper: Paper,
  wanted: { number: string; issuedOn?: string; version?: number; commandId?: string },
) =>
  issuePaper(here.officer, {
    commandId: newId(),
    paperId: paper.id,
    issuedOn: '2026-11-23',
    version: paper.version,
    ...wanted,
  })
async function issued(number: string): Promise<Paper> {
  const paper = await draft()
  expect(await issue(paper, { number })).toEqual({ ok: true })
  return read(paper.id)
}
const entriesOf = async (
  paperId: string,
): Promise<{ operation: string; before: unknown; after: unknown }[]> =>
  test.database.reader
    .selectFrom('record_entry')
    .select(['operation', 'before', 'after'])
    .where('subject_id', '=', paperId)
    .where('operation', '<>', 'paper.create')
    .orderBy('id')
    .execute()
const firstSection = ({ content }: Paper): PaperSection => {
  const [section] = content.sections
  if (!section) throw new Error('the paper has no section')
  return section
}

describe('an issued paper', () => {
  it('bears its number and day, says who entered them, and prints them', async () => {
    const paper = await issued('07')
    expect(paper.issue).toEqual({
      number: '7',
      printedNumber: '07-BC/ĐU',
      issuedOn: '2026-11-23',
      issuedAt: here.officer.now,
      issuedBy: here.officer.actor.name,
    })
    expect(await entriesOf(paper.id)).toEqual([
      {
        operation: 'paper.issue',
        before: null,
        after: { number: '7', issuedOn: '2026-11-23', version: 0 },
      },
    ])
    const { number, date } = officialPaper(paper.content, paper.figuresOn as CivilDate, paper.issue)
    expect([number, date]).toEqual([{ value: '7', sign: 'BC/ĐU' }, '2026-11-23'])
    for (const search of ['07-BC', 'bc/du', ''])
      expect(
        (await listPapers(here.officer.reader, here.officer.scope, { search, offset: 0, limit: 50 })).papers,
      ).toContainEqual(
        expect.objectContaining({ id: paper.id, printedNumber: '07-BC/ĐU', issuedOn: '2026-11-23' }),
      )
  })

  it('keeps its words: none of what changes a draft changes it', async () => {
    const paper = await issued('8')
    const section = firstSection(paper)
    expect(
      await saveSection(here.officer, paper.id, {
        sectionId: section.id,
        version: section.version,
        heading: null,
        text: 'Viết lại',
        typing: false,
      }),
    ).toEqual({ ok: false, reason: 'issued' })
    const { head, recipients, signature } = paper.content
    expect(
      await saveFrame(here.officer, paper.id, {
        version: paper.version,
        ...head,
        place: 'Nơi khác',
        addressees: head.addressees.names,
        recipients,
        signature,
      }),
    ).toEqual({ ok: false, reason: 'issued' })
    const changes: (() => Promise<unknown>)[] = [
      () => omitSection(here.officer, paper.id, { sectionId: section.id, omitted: true }),
      () => addSection(here.officer, paper.id, { commandId: newId(), afterId: section.id, heading: 'Mới' }),
      () => refreshPaper(here.officer, paper.id),
      () => discardPaper(here.officer, paper.id),
    ]
    for (const change of changes) await expect(change()).rejects.toThrow(Conflict)
    expect(await read(paper.id)).toEqual(paper)
  })

  it('is held by the database, too', async () => {
    const paper = await issued('9')
    for (const change of [
      sql`update paper set content = content || '{"nextId": 99}' where id = ${paper.id}`,
      sql`update paper set title = 'Khác' where id = ${paper.id}`,
      sql`update paper set issued_at = null, issued_by = null, issued_on = null, number = null where id = ${paper.id}`,
      sql`delete from paper where id = ${paper.id}`,
    ])
      await expect(inTransaction(test.database, (tx) => change.execute(tx))).rejects.toThrow(/issued paper/)
    expect(await read(paper.id)).toEqual(paper)
  })

  it('can have its number and day put right, on record', async () => {
    const paper = await issued('10')
    expect(await issue(paper, { number: '11', issuedOn: '2026-11-23' })).toEqual({ ok: true })
    expect((await read(paper.id)).issue).toEqual({
      ...paper.issue,
      number: '11',
      printedNumber: '11-BC/ĐU',
    })
    expect((await entriesOf(paper.id)).at(-1)).toEqual({
      operation: 'paper.correct-issue',
      before: { number: '10', issuedOn: '2026-11-23' },
      after: { number: '11', issuedOn: '2026-11-23', version: 0 },
    })
  })
})

describe('marking as issued', () => {
  it('is refused without a number, for a day that cannot be, and over words that changed meanwhile', async () => {
    const paper = await draft()
    for (const number of ['', '0', '12/BC', 'một', '1234567', '-3'])
      expect([number, await issue(paper, { number })]).toEqual([
        number,
        { ok: false, reason: 'number-wrong' },
      ])
    for (const issuedOn of ['', '2026-11-24', '2026-11-22', '2026-02-30', 'hôm nay'])
      expect([issuedOn, await issue(paper, { number: '20', issuedOn })]).toEqual([
        issuedOn,
        { ok: false, reason: 'day-wrong' },
      ])
    expect(await issue(paper, { number: '20', version: 7 })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
    })
    expect(await read(paper.id)).toEqual(paper)
    expect(await entriesOf(paper.id)).toEqual([])
  })

  it('gives a number once, even to two papers at the same moment', async () => {
    const [one, two] = [await draft(), await draft()]
    const outcomes = await Promise.all([issue(one, { number: '30' }), issue(two, { number: '030' })])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, reason: 'number-taken' })
  })

  it('happens once, however often it is sent', async () => {
    const paper = await draft()
    const commandId = newId()
    expect(await issue(paper, { number: '40', commandId })).toEqual({ ok: true })
    expect(await issue(paper, { number: '40', commandId })).toEqual({ ok: true })
    expect(await entriesOf(paper.id)).toHaveLength(1)
  })

  it('is not there for another office, nor for a unit', async () => {
    const paper = await draft()
    for (const context of [there.officer, here.secretary]) {
      await expect(
        issuePaper(context, {
          commandId: newId(),
          paperId: paper.id,
          number: '50',
          issuedOn: '2026-11-23',
          version: 0,
        }),
      ).rejects.toThrow(NotFound)
      await expect(writeNewVersion(context, { commandId: newId(), paperId: paper.id })).rejects.toThrow(
        NotFound,
      )
    }
    expect((await read(paper.id)).issue).toBeNull()
  })
})

describe('a new version', () => {
  it('follows an issued paper with its words, as a draft that can be written on', async () => {
    const before = await issued('60')
    const { paperId } = await writeNewVersion(here.officer, { commandId: newId(), paperId: before.id })
    const paper = await read(paperId)
    const beside = { id: before.id, printedNumber: '60-BC/ĐU', issuedOn: '2026-11-23' }
    expect(paper).toMatchObject({ issue: null, follows: beside, followed: [], title: before.title })
    expect(paper.content).toEqual(before.content)
    const section = firstSection(paper)
    expect(
      await saveSection(here.officer, paperId, {
        sectionId: section.id,
        version: section.version,
        heading: null,
        text: 'Bản thứ hai',
        typing: false,
      }),
    ).toMatchObject({ ok: true })
    expect((await read(before.id)).content).toEqual(before.content)
    expect((await read(before.id)).followed).toEqual([{ id: paperId, printedNumber: null, issuedOn: null }])
  })

  it('is one while it is a draft, and another once that is issued', async () => {
    const before = await issued('70')
    const follow = () => writeNewVersion(here.officer, { commandId: newId(), paperId: before.id })
    const first = await follow()
    expect(await follow()).toEqual(first)
    await issue(await read(first.paperId), { number: '71' })
    const second = await follow()
    expect(second.paperId).not.toBe(first.paperId)
    expect((await read(before.id)).followed).toEqual([
      { id: first.paperId, printedNumber: '71-BC/ĐU', issuedOn: '2026-11-23' },
      { id: second.paperId, printedNumber: null, issuedOn: null },
    ])
  })

  it('follows nothing that was not issued', async () => {
    const paper = await draft()
    await expect(writeNewVersion(here.officer, { commandId: newId(), paperId: paper.id })).rejects.toThrow(
      Conflict,
    )
  })
})
