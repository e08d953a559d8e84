import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchPlan } from '#features/plans/server/launch.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { dueOn, openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { getEvidenceFile, removeEvidence } from './evidence.ts'
import { answerObstacle, raiseObstacle } from './obstacles.ts'
import {
  attachFiles,
  attachLink,
  finishAssignment,
  noteProgress,
  reopenAssignment,
  startAssignment,
} from './operations.ts'
import { getAssignment, listWork } from './reads.ts'

let test: TestDatabase
let office: SampleOffice
let officer: Context
let secretary: Context
let member: Context
let supervisor: Context
let neighbour: Context
let stranger: Context
const commune = 'Đảng ủy xã Lâm Thao'
const limits = { mostBytes: 1_000 }

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    ['Tỉnh ủy Phú Thọ', 'province-committee', null],
    [commune, 'commune-committee', 'Tỉnh ủy Phú Thọ'],
    ['Chi bộ Khu 1', 'cell', commune],
    ['Chi bộ Khu 2', 'cell', commune],
    ['Đảng ủy xã Khác', 'commune-committee', 'Tỉnh ủy Phú Thọ'],
  )
  officer = await office.actAs([['officer', commune]])
  secretary = await office.actAs([['secretary', 'Chi bộ Khu 1']])
  member = await office.actAs([['member', 'Chi bộ Khu 1']])
  supervisor = await office.actAs([['supervisor', 'Chi bộ Khu 1']])
  neighbour = await office.actAs([['secretary', 'Chi bộ Khu 2']])
  stranger = await office.actAs([['officer', 'Đảng ủy xã Khác']])
})
afterAll(() => test.drop())

/** A launched plan with one task; answers the assignment of the first cell. */
async function give(due = '2026-11-30', tasks = 1): Promise<string> {
  const planId = await office.plantPlan(commune, {
    tasks: Array.from({ length: tasks }, (_, index) => ({
      text: `Sinh hoạt chuyên đề ${index}`,
      lead: ['các chi bộ trực thuộc'],
      ...dueOn(due),
    })),
  })
  const launched = await launchPlan(officer, { planId, commandId: newId(), version: 0 })
  expect(launched.ok).toBe(true)
  const row = await test.database.reader
    .selectFrom('assignment')
    .select('id')
    .where('plan_id', '=', planId)
    .where('organisation_id', '=', office.idOf('Chi bộ Khu 1'))
    .executeTakeFirstOrThrow()
  return row.id
}

const command = (assignmentId: string) => ({ commandId: newId(), assignmentId })
const photo = (name = 'anh.jpg', bytes = [0xff, 0xd8, 0xff, 0xe0]) => {
  const content = new File([Uint8Array.from(bytes)], name)
  return { name, size: content.size, content }
}
const stateOf = async (id: string, context = secretary) => {
  const { state, evidenceCount, openObstacles, progress } = await getAssignment(
    context.reader,
    context.scope,
    id,
  )
  return { state, evidenceCount, openObstacles, steps: progress.map(({ step }) => step).reverse() }
}
const done = (id: string, rest: { withoutEvidence?: boolean; files?: ReturnType<typeof photo>[] } = {}) => ({
  ...command(id),
  note: '',
  withoutEvidence: rest.withoutEvidence ?? false,
  files: rest.files ?? [],
})

describe('an assignment', () => {
  it('is started, noted, shown with a photo, done, and reopened with a reason', async () => {
    const id = await give()
    expect(await startAssignment(secretary, command(id))).toEqual({ ok: true })
    expect(await noteProgress(secretary, { ...command(id), note: 'Đã họp' })).toEqual({ ok: true })
    expect(await attachFiles(secretary, { ...command(id), files: [photo()] }, limits)).toEqual({ ok: true })
    expect(await finishAssignment(secretary, done(id), limits)).toEqual({ ok: true })
    expect(await stateOf(id)).toEqual({
      state: 'done',
      evidenceCount: 1,
      openObstacles: 0,
      steps: ['started', 'noted', 'done'],
    })
    expect(await reopenAssignment(secretary, { ...command(id), reason: 'Bấm nhầm' })).toEqual({ ok: true })
    expect(await stateOf(id)).toMatchObject({ state: 'doing', evidenceCount: 1 })
  })

  it('is not done by a click alone: evidence, or the word that there is none', async () => {
    const id = await give()
    expect(await finishAssignment(secretary, done(id), limits)).toEqual({
      ok: false,
      reason: 'evidence-missing',
    })
    expect(await stateOf(id)).toMatchObject({ state: 'owed' })
    expect(await finishAssignment(secretary, done(id, { withoutEvidence: true }), limits)).toEqual({
      ok: true,
    })
    expect(await stateOf(id)).toMatchObject({ state: 'done', evidenceCount: 0 })
  })

  it('is done together with its photos, in one form', async () => {
    const id = await give()
    const files = [photo(), photo('anh 2.jpg', [0xff, 0xd8, 0xff, 1])]
    expect(await finishAssignment(secretary, done(id, { files }), limits)).toEqual({ ok: true })
    expect(await stateOf(id)).toMatchObject({ state: 'done', evidenceCount: 2 })
  })

  it('refuses what its state does not allow', async () => {
    const id = await give()
    expect(await reopenAssignment(secretary, { ...command(id), reason: 'x' })).toEqual({
      ok: false,
      reason: 'not-done',
    })
    await finishAssignment(secretary, done(id, { withoutEvidence: true }), limits)
    const already = { ok: false, reason: 'already-done' }
    expect(await startAssignment(secretary, command(id))).toEqual(already)
    expect(await finishAssignment(secretary, done(id, { withoutEvidence: true }), limits)).toEqual(already)
    expect(await reopenAssignment(secretary, { ...command(id), reason: '  ' })).toEqual({
      ok: false,
      reason: 'words-missing',
    })
    expect(await noteProgress(secretary, { ...command(id), note: ' ' })).toEqual({
      ok: false,
      reason: 'words-missing',
    })
  })

  it('changes once for a command that is sent twice', async () => {
    const id = await give()
    const sent = { ...command(id), note: 'Đã họp' }
    await noteProgress(secretary, sent)
    await noteProgress(secretary, sent)
    const withFile = { ...command(id), files: [photo()] }
    await Promise.all([attachFiles(secretary, withFile, limits), attachFiles(secretary, withFile, limits)])
    expect(await stateOf(id)).toEqual({
      state: 'doing',
      evidenceCount: 1,
      openObstacles: 0,
      steps: ['noted'],
    })
  })
})

describe('evidence', () => {
  it('is refused by what it is, not by its name, and nothing of the form is kept', async () => {
    const id = await give()
    const attach = (...files: ReturnType<typeof photo>[]) =>
      attachFiles(secretary, { ...command(id), files }, limits)
    expect(await attach()).toEqual({ ok: false, reason: 'nothing-chosen' })
    expect(await attach(photo(), photo('chay.jpg', [0x4d, 0x5a, 1]))).toEqual({
      ok: false,
      reason: 'file-unknown',
      fileName: 'chay.jpg',
    })
    expect(await attach(photo('rong.jpg', []))).toEqual({
      ok: false,
      reason: 'file-empty',
      fileName: 'rong.jpg',
    })
    const large = photo('lon.jpg', [0xff, 0xd8, 0xff, ...Array.from({ length: 1_000 }, () => 0)])
    expect(await attach(large)).toEqual({ ok: false, reason: 'file-too-large', fileName: 'lon.jpg' })
    expect(await stateOf(id)).toMatchObject({ evidenceCount: 0 })
  })

  it('may be a link out of the product, of the web and nothing else', async () => {
    const id = await give()
    const link = (url: string) => attachLink(secretary, { ...command(id), url, title: '' })
    for (const wrong of ['javascript:alert(1)', 'file:///etc/passwd', 'khong phai lien ket', ''])
      expect(await link(wrong)).toEqual({ ok: false, reason: 'link-wrong' })
    expect(await link('https://dangbo.example.vn/tin/1')).toEqual({ ok: true })
    const { evidence } = await getAssignment(secretary.reader, secretary.scope, id)
    expect(evidence).toMatchObject([{ kind: 'link', title: 'https://dangbo.example.vn/tin/1' }])
  })

  it('opens for who may see the work, and is not there for others', async () => {
    const id = await give()
    await attachFiles(secretary, { ...command(id), files: [photo('Ảnh họp.jpg')] }, limits)
    const [file] = (await getAssignment(secretary.reader, secretary.scope, id)).evidence
    const evidenceId = file?.id ?? ''
    for (const viewer of [secretary, member, officer, supervisor])
      expect(await getEvidenceFile(viewer, evidenceId)).toMatchObject({
        title: 'Ảnh họp.jpg',
        mediaType: 'image/jpeg',
      })
    for (const other of [neighbour, stranger])
      await expect(getEvidenceFile(other, evidenceId)).rejects.toMatchObject({ name: 'NotFound' })
  })

  it('attached by mistake is taken away again, until it is done', async () => {
    const id = await give()
    await attachFiles(secretary, { ...command(id), files: [photo()] }, limits)
    const [file] = (await getAssignment(secretary.reader, secretary.scope, id)).evidence
    const remove = () => removeEvidence(secretary, { ...command(id), evidenceId: file?.id ?? '' })
    await finishAssignment(secretary, done(id), limits)
    expect(await remove()).toEqual({ ok: false, reason: 'already-done' })
    await reopenAssignment(secretary, { ...command(id), reason: 'Nhầm ảnh' })
    expect(await remove()).toEqual({ ok: true })
    expect(await stateOf(id)).toMatchObject({ evidenceCount: 0 })
  })
})

describe('an obstacle', () => {
  it('is raised by the unit, answered once by the office, and both are told', async () => {
    const id = await give()
    await raiseObstacle(secretary, { ...command(id), text: 'Thiếu tài liệu' })
    expect(await stateOf(id)).toMatchObject({ openObstacles: 1 })
    const [obstacle] = (await getAssignment(officer.reader, officer.scope, id)).obstacles
    const answer = { obstacleId: obstacle?.id ?? '', answer: 'Đã gửi tài liệu' }
    expect(await answerObstacle(officer, { commandId: newId(), ...answer })).toEqual({ ok: true })
    expect(await answerObstacle(officer, { commandId: newId(), ...answer })).toEqual({
      ok: false,
      reason: 'already-answered',
    })
    expect(await stateOf(id)).toMatchObject({ openObstacles: 0 })
    const { rows } = await sql<object>`
      select account_id as account, kind from notice where details ->> 'assignmentId' = ${id}
        and account_id = any(${[officer, secretary, neighbour].map(({ actor }) => actor.accountId)}::uuid[])
      order by kind desc
    `.execute(test.database.reader)
    expect(rows).toEqual([
      { account: officer.actor.accountId, kind: 'obstacle-raised' },
      { account: secretary.actor.accountId, kind: 'obstacle-answered' },
    ])
  })

  it('is not answered by the unit itself', async () => {
    const id = await give()
    await raiseObstacle(secretary, { ...command(id), text: 'Thiếu tài liệu' })
    const [obstacle] = (await getAssignment(secretary.reader, secretary.scope, id)).obstacles
    await expect(
      answerObstacle(secretary, { commandId: newId(), obstacleId: obstacle?.id ?? '', answer: 'Tự trả lời' }),
    ).rejects.toMatchObject({ name: 'NotAllowed' })
  })
})

describe('who acts for another', () => {
  it('may look but not act, or finds nothing', async () => {
    const id = await give()
    for (const viewer of [officer, member, supervisor]) {
      expect(await stateOf(id, viewer)).toMatchObject({ state: 'owed' })
      await expect(startAssignment(viewer, command(id))).rejects.toMatchObject({ name: 'NotAllowed' })
      await expect(attachFiles(viewer, { ...command(id), files: [photo()] }, limits)).rejects.toMatchObject({
        name: 'NotAllowed',
      })
    }
    for (const other of [neighbour, stranger])
      for (const work of [
        () => stateOf(id, other),
        () => startAssignment(other, command(id)),
        () => noteProgress(other, { ...command(id), note: 'x' }),
        () => raiseObstacle(other, { ...command(id), text: 'x' }),
        () => finishAssignment(other, done(id, { withoutEvidence: true }), limits),
        () => attachFiles(other, { ...command(id), files: [photo()] }, limits),
      ])
        await expect(work()).rejects.toMatchObject({ name: 'NotFound' })
    expect(await stateOf(id)).toMatchObject({ state: 'owed', evidenceCount: 0, openObstacles: 0 })
  })

  it('is told that a nonsense address is not there', async () => {
    await expect(stateOf('khong-co')).rejects.toMatchObject({ name: 'NotFound' })
  })
})

describe('a unit’s list of work', () => {
  const ask = (context: Context, rest: Partial<Parameters<typeof listWork>[2]> = {}) =>
    listWork(context.reader, context.scope, {
      search: '',
      offset: 0,
      limit: 100,
      standing: null,
      unitId: null,
      today: context.today,
      ...rest,
    })

  it('holds its own work only: late first, then by last day, done at the end', async () => {
    const lone = `Chi bộ Riêng ${newId().slice(-6)}`
    await office.plant([lone, 'cell', commune])
    const own = await office.actAs([['secretary', lone]])
    const later = await give('2026-12-20')
    const late = await give('2026-11-20')
    const finished = await give('2026-11-10')
    const ids = await test.database.reader
      .selectFrom('assignment')
      .innerJoin('assignment as sibling', 'sibling.task_id', 'assignment.task_id')
      .select(['assignment.id', 'sibling.id as of'])
      .where('assignment.organisation_id', '=', office.idOf(lone))
      .where('sibling.id', 'in', [later, late, finished])
      .execute()
    const mine = (of: string) => ids.find((row) => row.of === of)?.id ?? ''
    await finishAssignment(own, done(mine(finished), { withoutEvidence: true }), limits)
    const list = await ask(own)
    expect(list.rows.map(({ id }) => id)).toEqual([mine(late), mine(later), mine(finished)])
    expect(list).toMatchObject({ total: 3, counts: { done: 1, late: 1, doing: 0, owed: 1 } })
    expect((await ask(own, { standing: 'late' })).rows.map(({ id }) => id)).toEqual([mine(late)])
    expect((await ask(own, { standing: 'open' })).total).toBe(2)
    expect((await ask(own, { search: 'SINH HOAT' })).total).toBe(3)
    expect((await ask(own, { search: 'không có' })).total).toBe(0)
    expect((await ask(own, { unitId: office.idOf('Chi bộ Khu 1') })).total).toBe(0)
    expect((await ask(stranger)).rows).toEqual([])
  })

  it('takes as many queries for one row as for three', async () => {
    await give('2026-12-20', 3)
    expect(await test.countQueries(() => ask(secretary, { limit: 1 }))).toBe(2)
    expect(await test.countQueries(() => ask(secretary, { limit: 3 }))).toBe(2)
    const id = await give()
    expect(await test.countQueries(() => getAssignment(secretary.reader, secretary.scope, id))).toBe(1)
  })
})
