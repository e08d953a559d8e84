import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeOf } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { verifyRecord } from '#server/record-chain.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import {
  openTestFiles,
  plantActor,
  plantOffice,
  type TestOffice,
} from '../../../../../tests/helpers/office.ts'
import { namedOperations } from '../operation-words.ts'
import type { RecordFilters, RecordLine } from '../schema.ts'
import { exportRecord } from './export.ts'
import { findChainState, listRecord } from './reads.ts'
import { tellEntries } from './tell.ts'

let test_: TestDatabase
let files: ReturnType<typeof openTestFiles>
let office: TestOffice
let other: TestOffice
let administrator: Context

beforeAll(async () => {
  test_ = await createTestDatabase()
  files = openTestFiles()
  office = await plantOffice(test_.database, files.files, { place: 'Sao Khuê' })
  other = await plantOffice(test_.database, files.files, { place: 'Gió Nồm' })
  administrator = await plantActor(test_.database, files.files, {
    role: 'administrator',
    organisation: office,
  })
  await put(office.officer, 'organisation.change', office.cells[0]?.id ?? '', {
    officeId: office.id,
    before: { name: 'Chi bộ thôn cũ' },
    after: { name: 'Chi bộ thôn 1 Sao Khuê', parentId: office.id },
  })
  await put(office.officer, 'plan.amend', newId(), {
    officeId: office.id,
    subjectKind: 'plan',
    after: { reason: 'Hạc Trắng' },
  })
  await put(other.officer, 'organisation.change', other.cells[0]?.id ?? '', { officeId: other.id })
})
afterAll(async () => {
  await test_.drop()
  files.remove()
})

async function put(
  context: Context,
  operation: string,
  subjectId: string,
  rest: { officeId: string; subjectKind?: string; before?: unknown; after?: unknown },
): Promise<void> {
  await context.inTransaction((tx) =>
    record(tx, context, { operation, subjectKind: 'organisation', subjectId, ...rest }),
  )
}

const anything: RecordFilters = {
  search: '',
  who: '',
  operation: '',
  subjectKind: '',
  subject: null,
  office: '',
  from: null,
  to: null,
}
const read = async (context: Context, filters: Partial<RecordFilters> = {}): Promise<RecordLine[]> => {
  const { rows } = await listRecord(
    context.reader,
    context.scope,
    { ...anything, ...filters },
    { place: null, limit: 50 },
  )
  return await tellEntries(context.reader, context.scope, rows, { language: 'vi', mostChanges: 20 })
}
const operationsOf = async (context: Context, filters: Partial<RecordFilters> = {}): Promise<string[]> =>
  (await read(context, filters)).map(({ operation }) => operation)

describe('the record', () => {
  test('tells an office what was done for it, the newest first, in words and names', async () => {
    const [amended, changed] = await read(office.officer)
    expect(amended).toMatchObject({
      operation: 'plan.amend',
      office: office.name,
      changes: [{ label: 'lý do', before: null, after: 'Hạc Trắng' }],
    })
    expect(changed).toMatchObject({
      who: office.officer.actor.name,
      subject: office.cells[0]?.name,
      opens: `/organisations/${office.cells[0]?.id}`,
      changes: [
        { label: 'tên', before: 'Chi bộ thôn cũ', after: 'Chi bộ thôn 1 Sao Khuê' },
        { label: 'cấp trên', before: null, after: office.name },
      ],
    })
  })

  test('tells another office and a secretary nothing of it', async () => {
    expect(await operationsOf(other.officer)).toEqual(['organisation.change'])
    expect(await operationsOf(office.secretary)).toEqual([])
    await expect(exportRecord(office.secretary, anything, 'csv')).rejects.toThrow(NotFound)
  })

  test('tells an administrator that work of an office went on, and not what it says', async () => {
    const [amended] = await read(administrator)
    expect(amended).toMatchObject({ operation: 'plan.amend', changes: [], isHidden: true })
    expect(JSON.stringify(await read(administrator))).not.toContain('Hạc Trắng')
  })

  test('tells what was changed of a person to who keeps people alone', async () => {
    const keeper = { role: 'personnel', organisation: office } as const
    const keeping = await plantActor(test_.database, files.files, keeper)
    const subjectId = newId()
    await put(office.officer, 'person.details', subjectId, {
      officeId: office.id,
      subjectKind: 'person',
      after: { phone: '0912 345 678' },
    })
    const grants = [...administrator.actor.grants, ...keeping.actor.grants]
    const both = { ...administrator, scope: scopeOf({ ...administrator.actor, grants }) }
    const about = { subject: { kind: 'person', id: subjectId } }
    for (const context of [office.officer, administrator])
      expect(await read(context, about)).toMatchObject([{ isHidden: true, changes: [] }])
    expect(await read(both, about)).toMatchObject([
      { isHidden: false, changes: [{ label: 'điện thoại', before: null, after: '0912 345 678' }] },
    ])
    await test_.askAsOwner('alter table record_entry disable trigger record_entry_stays')
    await test_.askAsOwner('delete from record_entry where subject_id = $1', [subjectId])
    await test_.askAsOwner('alter table record_entry enable trigger record_entry_stays')
  })

  test('is narrowed by who, what, subject, office and day, and by words', async () => {
    expect(await operationsOf(office.officer, { operation: 'plan.amend' })).toEqual(['plan.amend'])
    expect(await operationsOf(office.officer, { subjectKind: 'organisation' })).toEqual([
      'organisation.change',
    ])
    expect(await operationsOf(office.officer, { who: 'officer dang uy xa sao khue' })).toHaveLength(2)
    expect(await operationsOf(office.officer, { who: 'không có ai' })).toEqual([])
    expect(await operationsOf(office.officer, { who: office.officer.actor.accountId })).toHaveLength(2)
    expect(await operationsOf(office.officer, { office: office.id })).toHaveLength(2)
    expect(await operationsOf(office.officer, { office: other.id })).toEqual([])
    expect(await operationsOf(office.officer, { search: 'thon 1 sao khue' })).toEqual(['organisation.change'])
    expect(await operationsOf(office.officer, { search: 'thôn 1 gió nồm' })).toEqual([])
    const cell = office.cells[0]?.id ?? ''
    expect(await operationsOf(office.officer, { subject: { kind: 'organisation', id: cell } })).toEqual([
      'organisation.change',
    ])
    const day = '2026-11-23' as CivilDate
    expect(await operationsOf(office.officer, { from: day, to: day })).toHaveLength(2)
    expect(await operationsOf(office.officer, { from: '2026-11-24' as CivilDate })).toEqual([])
    expect(await operationsOf(office.officer, { to: '2026-11-22' as CivilDate })).toEqual([])
  })

  test('is paged by the entry’s number, so that what comes in meanwhile shifts nothing', async () => {
    for (let at = 0; at < 5; at++)
      await put(other.officer, 'organisation.move', other.id, { officeId: other.id, after: { number: at } })
    const page = (place: Parameters<typeof listRecord>[3]['place']) =>
      listRecord(other.officer.reader, other.officer.scope, anything, { place, limit: 2 })
    const first = await page(null)
    expect([first.rows.length, first.hasNewer, first.hasOlder]).toEqual([2, false, true])
    await put(other.officer, 'organisation.end', other.id, { officeId: other.id })
    const second = await page({ olderThan: first.rows[1]?.id ?? 0 })
    expect(second.rows.map(({ after }) => after)).toEqual([{ number: 2 }, { number: 1 }])
    const back = await page({ newerThan: second.rows[0]?.id ?? 0 })
    expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id))
    expect([back.hasNewer, back.hasOlder]).toEqual([true, true])
    const last = await page({ olderThan: second.rows[1]?.id ?? 0 })
    expect(last.hasOlder).toBe(false)
  })

  test('asks as much for many entries as for one', async () => {
    const count = (limit: number) =>
      test_.countQueries(async () => {
        const { rows } = await listRecord(test_.database.reader, other.officer.scope, anything, {
          place: null,
          limit,
        })
        await tellEntries(test_.database.reader, other.officer.scope, rows, {
          language: 'vi',
          mostChanges: 9,
        })
      })
    expect([await count(1), await count(5)]).toEqual([2, 2])
  })
})

describe('an export of the record', () => {
  const bytesOf = async (portions: AsyncIterable<Uint8Array>): Promise<Buffer> => {
    const parts: Uint8Array[] = []
    for await (const portion of portions) parts.push(portion)
    return Buffer.concat(parts)
  }

  test('holds what the page shows, runs no formula, and goes on record', async () => {
    await put(office.officer, 'organisation.change', office.id, {
      officeId: office.id,
      after: { name: '=HYPERLINK("http://example.vn")' },
    })
    const csv = (await bytesOf(await exportRecord(office.officer, anything, 'csv'))).toString()
    expect(csv).toContain('"lý do: Hạc Trắng"')
    expect(csv).not.toContain('Gió Nồm')
    expect(csv).not.toMatch(/(^|,)"?=/m)
    const [exported] = await read(office.officer)
    expect(exported).toMatchObject({
      operation: 'record.export',
      changes: [{ label: 'dạng tệp', before: null, after: 'csv' }],
    })
    const xlsx = await bytesOf(await exportRecord(office.officer, anything, 'xlsx'))
    expect(xlsx.subarray(0, 2).toString()).toBe('PK')
  })
})

test('the page says how the chain was found when it was last verified', async () => {
  expect(await findChainState(office.officer.reader)).toBeNull()
  await verifyRecord(test_.database)
  expect(await findChainState(office.officer.reader)).toMatchObject({ brokenEntry: null })
  await test_.askAsOwner('alter table record_entry disable trigger record_entry_stays')
  const [first] = await test_.askAsOwner<{ id: string }>('select min(id)::text as id from record_entry')
  await test_.askAsOwner(`update record_entry set operation = 'plan.close' where id = $1`, [first?.id])
  await verifyRecord(test_.database)
  expect(await findChainState(office.officer.reader)).toMatchObject({ brokenEntry: Number(first?.id) })
})

test('every operation that the program puts on record has its words', async () => {
  const source = resolve(import.meta.dirname, '..', '..', '..')
  const columns = new Set(
    (
      await test_.askAsOwner<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
      )
    ).map(({ name }) => name),
  )
  const operations = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test(-data)?\.ts$/.test(file))
    .map((file) => readFileSync(join(source, file), 'utf8'))
    .flatMap((text) =>
      /from '[^']*\/record\.ts'/.test(text) && /\brecord(Look)?\(/.test(text)
        ? [text]
        : (text.match(/\brecordOwn\([^)]*\)/g) ?? []),
    )
    .concat(
      readdirSync(join(source, 'server/database/migrations')).flatMap(
        (file) =>
          readFileSync(join(source, 'server/database/migrations', file), 'utf8').match(
            /\brecord_way_in\('[^)]*\)/g,
          ) ?? [],
      ),
    )
    .flatMap((text) => [
      ...[...text.matchAll(/(?<!sendJob\(\s*tx,\s*)'([a-z][a-z-]*(?:\.[a-z][a-z-]*)+)'/g)].map(
        ([, name = '']) => name,
      ),
      ...(text.includes('`plan.review.$') ? reviewOperations(source) : []),
    ])
    .filter((name) => !name.endsWith('.ts') && !columns.has(name))
  const unnamed = [...new Set(operations)].filter((name) => !namedOperations.includes(name))
  expect(unnamed, 'give it words in features/record/operation-words.ts').toEqual([])
  expect(operations.length).toBeGreaterThan(40)
})

function reviewOperations(source: string): string[] {
  const changes = readFileSync(join(source, 'features/plans/review-changes.ts'), 'utf8')
  return [...changes.matchAll(/^ {2}\| \{ type: '([a-z-]+)'/gm)].map(([, type]) => `plan.review.${type}`)
}
