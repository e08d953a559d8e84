import { renderDocx } from '@trienkhai/official-document/docx/render-docx.ts'
import { checkLayout } from '@trienkhai/official-document/layout-check/check-layout.ts'
import { openWordFile } from '@trienkhai/official-document/layout-check/word-file.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../../../tests/helpers/office.ts'
import { fileNameOf, officialPaper } from '../official-paper.ts'
import type { Paper, PaperKind, PaperSection } from '../schema.ts'
import { textOf } from '../written-words.ts'
import {
  addSection,
  createPaper,
  discardPaper,
  omitSection,
  refreshPaper,
  saveFrame,
  saveSection,
} from './operations.ts'
import { type PlantedPlan, plantLaunchedPlan } from './papers.test-data.ts'
import { getPaper, listPapers } from './reads.ts'

let test: TestDatabase
let store: ReturnType<typeof openTestFiles>
let here: TestOffice
let there: TestOffice
let plan: PlantedPlan

beforeAll(async () => {
  test = await createTestDatabase()
  store = openTestFiles()
  here = await plantOffice(test.database, store.files, { place: 'Đây' })
  there = await plantOffice(test.database, store.files, { place: 'Kia' })
  plan = await plantLaunchedPlan(test, here)
})
afterAll(async () => {
  await test.drop()
  store.remove()
})

async function draft(kind: PaperKind = 'report'): Promise<Paper> {
  const outcome = await createPaper(here.officer, {
    commandId: newId(),
    planId: plan.id,
    kind,
    finishBy: '2026-11-30',
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  return getPaper(here.officer.reader, here.officer.scope, outcome.paperId)
}

const read = (id: string): Promise<Paper> => getPaper(here.officer.reader, here.officer.scope, id)
const wordsOf = ({ content }: Paper): string =>
  content.sections.map(({ heading, lines }) => [heading, textOf(lines)].filter(Boolean).join('\n')).join('\n')
function sectionAt({ content }: Paper, heading: string): PaperSection {
  const section = content.sections.find((each) => each.heading === heading)
  if (!section) throw new Error(`no section ${heading}`)
  return section
}

/** The Word file of a paper, and all its words. */
async function fileOf(paper: Paper): Promise<{ findings: unknown; words: string }> {
  const bytes = await renderDocx(officialPaper(paper.content, paper.figuresOn as CivilDate))
  const check = checkLayout(bytes, 'HD36')
  const file = openWordFile(bytes)
  const words = file.ok ? JSON.stringify(file.part('word/document.xml')) : ''
  return { findings: check.ok ? check.findings : check.reason, words }
}

describe('a report of results', () => {
  it('says what happened, and leaves what rows cannot say to the officer', async () => {
    expect(
      wordsOf(await draft()),
    ).toBe(`Thực hiện Kế hoạch số 12-KH/ĐU, ngày 05/10/2026 về tổ chức học tập chuyên đề năm 2026, Ban Thường vụ Đảng ủy xã Đây báo cáo kết quả thực hiện tính đến ngày 23/11/2026 như sau:
Công tác lãnh đạo, chỉ đạo
Ngày 08/10/2026, Ban Thường vụ Đảng ủy xã Đây triển khai Kế hoạch đến 03 đơn vị; giao 02 nhiệm vụ với 06 phần việc, yêu cầu 03 báo cáo, ấn định lịch 02 hội nghị, buổi sinh hoạt.
Kết quả thực hiện
Kết quả chung
- Các đơn vị đã hoàn thành 02/06 phần việc, đạt 33,3%; trong đó hoàn thành đúng hạn 01 phần việc, có minh chứng kèm theo 01 phần việc. Trong số chưa đến hạn, đang thực hiện 01 phần việc, chưa bắt đầu 02 phần việc.
- Đã nhận 02/03 báo cáo, đạt 66,7%; trong đó nộp đúng hạn 01 báo cáo, có tệp kèm theo 0 báo cáo.
- Đã đến lịch tổ chức 01/02 hội nghị, buổi sinh hoạt theo Kế hoạch.
Kết quả theo từng nhiệm vụ
Kết quả thực hiện 02 nhiệm vụ của Kế hoạch đến ngày 23/11/2026:
Việc quá hạn
Còn 01/03 đơn vị có 01 phần việc quá hạn; 01/03 báo cáo quá hạn chưa nộp:
Đánh giá chung
Ưu điểm
Hạn chế, khó khăn và nguyên nhân
Còn 01/06 phần việc chưa hoàn thành đúng thời hạn Kế hoạch đề ra.
Trong quá trình thực hiện, các đơn vị nêu 02 khó khăn, vướng mắc; đã trả lời 01:
Nhiệm vụ, giải pháp thời gian tới
- Đôn đốc 01 đơn vị hoàn thành 01 phần việc quá hạn; nộp 01 báo cáo quá hạn.
- Tiếp tục theo dõi, hướng dẫn thực hiện các phần việc chưa đến hạn (01 phần việc đang thực hiện, 02 phần việc chưa bắt đầu).
Đề xuất, kiến nghị
Trên đây là báo cáo kết quả thực hiện Kế hoạch số 12-KH/ĐU, ngày 05/10/2026 của Ban Thường vụ Đảng ủy xã Đây.`)
  })

  it('is one paper however often the form is sent, and none for a plan of another office or a reviewed one', async () => {
    const wanted = { commandId: newId(), planId: plan.id, kind: 'report' as const, finishBy: null }
    const first = await createPaper(here.officer, wanted)
    expect(await createPaper(here.officer, wanted)).toEqual(first)
    for (const context of [there.officer, here.secretary])
      await expect(createPaper(context, { ...wanted, commandId: newId() })).rejects.toThrow(NotFound)
  })

  it('makes a Word file in the layout, with the very numbers of the page', async () => {
    const { findings, words } = await fileOf(await draft())
    expect(findings).toEqual([])
    expect(words).toContain('hoàn thành 02/06 phần việc, đạt 33,3%')
    expect(words).toContain('Nhà văn hóa đang sửa')
  })

  it('keeps the officer’s words, marks a typed number, and tells who typed over another’s words', async () => {
    const paper = await draft()
    const { id, version } = sectionAt(paper, 'Kết quả chung')
    const typed = {
      sectionId: id,
      version,
      heading: 'Kết quả chung',
      text: '- Hoàn thành 05/06 phần việc (33,3%).',
      typing: false,
    }
    expect(await saveSection(here.officer, paper.id, typed)).toEqual({
      ok: true,
      version: 1,
      sectionVersion: 1,
    })
    const kept = await read(paper.id)
    expect(sectionAt(kept, 'Kết quả chung').lines).toEqual([
      {
        bullet: true,
        parts: [
          { text: 'Hoàn thành ' },
          { figure: 'work-done', value: '05', counted: '02' },
          { text: '/' },
          { figure: 'work-total', value: '06', counted: '06' },
          { text: ' phần việc (' },
          { figure: 'work-share', value: '33,3%', counted: '33,3%' },
          { text: ').' },
        ],
      },
    ])
    // The same again is nothing new; other words on the old version are refused and nothing is lost.
    expect(await saveSection(here.officer, paper.id, typed)).toEqual({
      ok: true,
      version: 1,
      sectionVersion: 1,
    })
    expect(await saveSection(here.officer, paper.id, { ...typed, text: 'Khác' })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
    })
    // Another section may be written by another person at the same time.
    const strengths = sectionAt(paper, 'Ưu điểm')
    expect(
      await saveSection(here.officer, paper.id, {
        sectionId: strengths.id,
        version: strengths.version,
        heading: 'Ưu điểm',
        text: 'Các chi bộ chủ động.',
        typing: false,
      }),
    ).toEqual({ ok: true, version: 2, sectionVersion: 2 })
    expect((await fileOf(await read(paper.id))).words).toContain('Hoàn thành 05/06 phần việc')
    expect(await saveSection(here.officer, paper.id, { ...typed, text: 'a'.repeat(20_001) })).toEqual({
      ok: false,
      reason: 'too-long',
    })
  })

  it('knows a number as typed over though the page saved by itself while it was gone', async () => {
    const paper = await draft()
    const { id, heading, lines } = sectionAt(paper, 'Kết quả chung')
    const whole = textOf(lines)
    const save = async (text: string, typing: boolean): Promise<void> => {
      const { version } = sectionAt(await read(paper.id), 'Kết quả chung')
      const outcome = await saveSection(here.officer, paper.id, {
        sectionId: id,
        version,
        heading,
        text,
        typing,
      })
      expect(outcome.ok).toBe(true)
    }
    await save(whole.replace('02/06', '/06'), true)
    await save(whole.replace('02/06', '04/06'), true)
    await save(whole.replace('02/06', '04/06'), false)
    const kept = sectionAt(await read(paper.id), 'Kết quả chung')
    expect(kept.base).toBe(null)
    expect(kept.lines[0]?.parts[1]).toEqual({ figure: 'work-done', value: '04', counted: '02' })
  })

  it('counts again when asked, says what changed, and leaves a typed number', async () => {
    const paper = await draft()
    const section = sectionAt(paper, 'Kết quả chung')
    await saveSection(here.officer, paper.id, {
      sectionId: section.id,
      version: 0,
      heading: section.heading,
      text: textOf(section.lines).replace('02/06', '04/06'),
      typing: false,
    })
    await inTransaction(test.database, (tx) =>
      sql`update assignment set state = 'done', done_at = '2026-11-22T09:00:00+07:00'
        where id = ${plan.assignments[3]}`.execute(tx),
    )
    const { changes, tables } = await refreshPaper(here.officer, paper.id)
    expect({ changes, tables }).toEqual({
      changes: [
        { figure: 'work-done', before: '02', after: '03', typed: '04' },
        { figure: 'work-share', before: '33,3%', after: '50%', typed: null },
        { figure: 'work-on-time', before: '01', after: '02', typed: null },
        { figure: 'work-doing', before: '01', after: '0', typed: null },
      ],
      tables: ['tasks'],
    })
    expect(textOf(sectionAt(await read(paper.id), 'Kết quả chung').lines)).toContain(
      '04/06 phần việc, đạt 50%',
    )
    expect(await refreshPaper(here.officer, paper.id)).toEqual({ changes: [], tables: [] })
    await inTransaction(test.database, (tx) =>
      sql`update assignment set state = 'doing', done_at = null where id = ${plan.assignments[3]}`.execute(
        tx,
      ),
    )
  })

  it('can leave a section out, take it in again, and have one more', async () => {
    const paper = await draft()
    const { id } = sectionAt(paper, 'Đề xuất, kiến nghị')
    await omitSection(here.officer, paper.id, { sectionId: id, omitted: true })
    expect((await fileOf(await read(paper.id))).words).not.toContain('Đề xuất, kiến nghị')
    await omitSection(here.officer, paper.id, { sectionId: id, omitted: false })
    const wanted = { commandId: newId(), afterId: id, heading: 'Tổ chức thực hiện' }
    const added = await addSection(here.officer, paper.id, wanted)
    expect(await addSection(here.officer, paper.id, wanted)).toEqual(added)
    const { words, findings } = await fileOf(await read(paper.id))
    expect(words.split('Tổ chức thực hiện')).toHaveLength(2)
    expect(findings).toEqual([])
  })
})

describe('a reminder letter', () => {
  it('goes to the units that are late, and says what, since when and until when', async () => {
    const paper = await draft('reminder')
    expect(paper.content.head.addressees).toEqual({ names: ['Chi bộ thôn 3 Đây'], drafted: true })
    expect(
      wordsOf(paper),
    ).toBe(`Ngày 05/10/2026, Ban Thường vụ Đảng ủy xã Đây ban hành Kế hoạch số 12-KH/ĐU về tổ chức học tập chuyên đề năm 2026.
Qua theo dõi, đến ngày 23/11/2026 còn 01/03 đơn vị có 01 phần việc quá hạn; 01/03 báo cáo quá hạn chưa nộp, cụ thể như sau:
Để bảo đảm tiến độ, Ban Thường vụ Đảng ủy xã Đây đề nghị các đơn vị nêu trên tập trung hoàn thành phần việc còn lại, cập nhật kết quả, minh chứng và báo cáo về Đảng ủy chậm nhất ngày 30/11/2026; trường hợp có khó khăn, vướng mắc thì nêu rõ nguyên nhân và kiến nghị hướng giải quyết.
Đề nghị các đơn vị nghiêm túc thực hiện.`)
    expect(paper.content.sections[0]?.table?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['1', 'Chi bộ thôn 3 Đây', 'Tổ chức sinh hoạt chuyên đề quý IV', '10/11/2026', '13'],
      ['', '', 'Báo cáo kết quả sinh hoạt', '15/11/2026', '08'],
    ])
    expect((await fileOf(paper)).findings).toEqual([])
    expect(fileNameOf('reminder', { number: '12-KH/ĐU', subject: paper.planSubject })).toBe(
      'cong-van-don-doc-12-kh-du-to-chuc-hoc-tap-chuyen-de-nam-2026.docx',
    )
  })

  it('is refused for a day that has passed, and where nobody is late', async () => {
    const wanted = { planId: plan.id, kind: 'reminder' as const }
    expect(
      await createPaper(here.officer, { ...wanted, commandId: newId(), finishBy: '2026-11-22' }),
    ).toEqual({
      ok: false,
      reason: 'day-passed',
    })
    const early: Context = { ...here.officer, today: '2026-10-20' as CivilDate }
    expect(await createPaper(early, { ...wanted, commandId: newId(), finishBy: '2026-11-30' })).toEqual({
      ok: false,
      reason: 'nobody-late',
    })
  })

  it('takes its head, addressees and signature as typed, once', async () => {
    const { id, content, version } = await draft('reminder')
    const { superior, issuer, sign, place, subject } = content.head
    const typed = {
      version,
      superior,
      issuer,
      sign,
      place,
      subject,
      addressees: ['Các chi bộ thôn'],
      recipients: ['Như trên'],
      signature: { authority: 'T/M Ban Thường vụ', position: 'Phó Bí thư', name: 'Lê Thị Mai' },
    }
    expect(await saveFrame(here.officer, id, typed)).toEqual({ ok: true, version: 1 })
    expect(await saveFrame(here.officer, id, typed)).toEqual({ ok: true, version: 1 })
    expect(await saveFrame(here.officer, id, { ...typed, place: 'Kia' })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
    })
    expect(await saveFrame(here.officer, id, { ...typed, version: 1, issuer: [] })).toEqual({
      ok: false,
      reason: 'issuer-missing',
    })
    const { words, findings } = await fileOf(await read(id))
    expect([
      words.includes('PHÓ BÍ THƯ') || words.includes('Phó Bí thư'),
      words.includes('Các chi bộ thôn'),
    ]).toEqual([true, true])
    expect(findings).toEqual([])
  })
})

describe('papers of an office', () => {
  it('are listed with their plan in one query, and found without marks', async () => {
    const list = (search: string, context = here.officer) =>
      listPapers(context.reader, context.scope, { search, offset: 0, limit: 30 })
    const { papers, total } = await list('')
    expect(total).toBe(papers.length)
    expect(await test.countQueries(() => list(''))).toBe(1)
    expect((await list('don doc')).papers.every(({ kind }) => kind === 'reminder')).toBe(true)
    expect((await list('không có gì như thế')).total).toBe(0)
    expect([await list('', there.officer), await list('', here.secretary)]).toEqual([
      { papers: [], total: 0 },
      { papers: [], total: 0 },
    ])
  })

  it('are not there for anybody else, whatever is asked of them', async () => {
    const { id, content } = await draft()
    const sectionId = content.sections[0]?.id ?? ''
    for (const context of [there.officer, here.secretary]) {
      for (const ask of [
        () => getPaper(context.reader, context.scope, id),
        () => saveSection(context, id, { sectionId, version: 0, heading: null, text: 'x', typing: false }),
        () => omitSection(context, id, { sectionId, omitted: true }),
        () => addSection(context, id, { commandId: newId(), afterId: sectionId, heading: 'x' }),
        () => refreshPaper(context, id),
        () => discardPaper(context, id),
      ])
        await expect(ask()).rejects.toThrow(NotFound)
    }
    await expect(read('not-an-id')).rejects.toThrow(NotFound)
    expect((await read(id)).version).toBe(0)
  })

  it('can be thrown away, and are on record', async () => {
    const { id } = await draft()
    await discardPaper(here.officer, id)
    await expect(read(id)).rejects.toThrow(NotFound)
    const { rows } =
      await sql`select operation from record_entry where subject_id = ${id} order by id`.execute(
        test.database.reader,
      )
    expect(rows).toEqual([{ operation: 'paper.create' }, { operation: 'paper.discard' }])
  })
})
