import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPaper } from '#features/papers/server/operations.ts'
import { plantLaunchedPlan } from '#features/papers/server/papers.test-data.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { openTestFiles, plantOffice, type TestOffice } from '../../../../tests/helpers/office.ts'
import { load as loadList } from './+page.server.ts'
import { load as loadPaper } from './[id]/+page.server.ts'
import { GET as getDocx } from './[id]/docx/+server.ts'
import { load as loadNew } from './new/+page.server.ts'

let test: TestDatabase
let store: ReturnType<typeof openTestFiles>
let here: TestOffice
let there: TestOffice
let planId: string
let paperId: string

beforeAll(async () => {
  test = await createTestDatabase()
  store = openTestFiles()
  here = await plantOffice(test.database, store.files, { place: 'Đây' })
  there = await plantOffice(test.database, store.files, { place: 'Kia' })
  planId = (await plantLaunchedPlan(test, here)).id
  const paper = await createPaper(here.officer, {
    commandId: newId(),
    planId,
    kind: 'report',
    finishBy: null,
  })
  if (!paper.ok) throw new Error(paper.reason)
  paperId = paper.paperId
})
afterAll(async () => {
  await test.drop()
  store.remove()
})

/** What a page is given of a request of somebody's, as far as these pages look at it. */
const asked = (context: Context, path: string) =>
  ({
    locals: { context, language: 'vi' },
    params: { id: paperId },
    url: new URL(path, 'http://x'),
  }) as never

describe('the pages of papers', () => {
  it('are the officer’s of the office', async () => {
    const { officer } = here
    expect(await loadList(asked(officer, '/papers'))).toMatchObject({ total: 1, papers: [{ id: paperId }] })
    expect(await loadPaper(asked(officer, `/papers/${paperId}`))).toMatchObject({ paper: { id: paperId } })
    expect(await loadNew(asked(officer, `/papers/new?plan=${planId}&kind=reminder`))).toMatchObject({
      kind: 'reminder',
      draft: {
        planId,
        lateUnits: 1,
        late: [{ unit: 'Chi bộ thôn 3 Đây', count: 2 }],
        finishBy: '2026-11-30',
      },
    })
    const file = await getDocx(asked(officer, `/papers/${paperId}/docx`))
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringContaining('bao-cao-ket-qua-12-kh-du-to-chuc-hoc-tap-chuyen-de-nam-2026.docx'),
    ])
    expect(new Uint8Array(await file.arrayBuffer()).slice(0, 2)).toEqual(new TextEncoder().encode('PK'))
  })

  it('are not there for another office, nor for a secretary of a unit', async () => {
    for (const context of [there.officer, here.secretary]) {
      expect(await loadList(asked(context, '/papers'))).toMatchObject({ total: 0, papers: [] })
      await expect(loadPaper(asked(context, `/papers/${paperId}`))).rejects.toThrow(NotFound)
      await expect(loadNew(asked(context, `/papers/new?plan=${planId}`))).rejects.toThrow(NotFound)
      await expect(getDocx(asked(context, `/papers/${paperId}/docx`))).rejects.toThrow(NotFound)
    }
  })
})
