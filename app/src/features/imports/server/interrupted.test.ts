import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { openLog } from '#server/platform/log.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { openSampleOffice, type SampleOffice } from '../../../../../tests/helpers/sample-office.ts'
import { applyImport } from './apply-import.ts'
import { workOrEnd } from './end-failed.ts'
import { actAsKeeper, bringIn, incoming, limits, makeWorkbook, rowsOf, toolsOf } from './imports.test-data.ts'
import { forgetImport } from './jobs.ts'
import { bringInList, readAgain, startApplying, startUndoing } from './operations.ts'
import { readImport } from './read-import.ts'
import { getImport } from './reads.ts'
import { undoImport } from './undo-import.ts'

let test: TestDatabase
let office: SampleOffice
let keeper: Context
const commune = 'Đảng ủy xã Bản Đôn'
const quiet = openLog('error', { write: () => {} })

beforeAll(async () => {
  test = await createTestDatabase()
  office = openSampleOffice(test)
  await office.plant(
    [commune, 'commune-committee', null],
    ['Chi bộ buôn Trên', 'cell', commune],
    ['Chi bộ buôn Dưới', 'cell', commune],
  )
  keeper = await actAsKeeper(test, office, commune)
})
afterAll(() => test.drop())

const list = (organisation: string, names: readonly string[]) =>
  makeWorkbook({
    people: names.map((name, at) => ({
      name,
      bornOn: `0${at + 1}/02/1990`,
      organisation,
      status: 'dự bị',
    })),
  })
const countPeople = async (): Promise<number> =>
  (await sql<{ count: number }>`select count(*)::int as count from person`.execute(test.database.reader))
    .rows[0]?.count ?? -1
const preview = (bytes: Uint8Array): Promise<string> => bringIn(test, keeper, office.idOf(commune), bytes)

async function start(importId: string, commandId = newId()): Promise<unknown> {
  const { version } = await getImport(keeper.reader, keeper.scope, importId)
  return startApplying(keeper, { commandId, importId, leaveWrong: false, version })
}

const standOf = async (importId: string): Promise<unknown> => {
  const { state, refusal } = await getImport(keeper.reader, keeper.scope, importId)
  return { state, refusal }
}

it('makes nobody twice where the same list was previewed twice and both are brought in', async () => {
  const bytes = await list('Chi bộ buôn Trên', ['Y Thức', 'Y Bình'])
  const [first, second] = [await preview(bytes), await preview(bytes)]
  expect((await rowsOf(keeper, second, 'people')).map(([, state]) => state)).toEqual(['new', 'new'])
  for (const importId of [first, second]) {
    expect(await start(importId)).toEqual({ ok: true })
    await applyImport(toolsOf(test, keeper), importId)
  }
  expect(await standOf(second)).toEqual({ state: 'done', refusal: null })
  expect((await rowsOf(keeper, second, 'people')).map(([, state]) => state)).toEqual([
    'unchanged',
    'unchanged',
  ])
  expect(await countPeople()).toBe(2)
})

it('brings in once, however often it is sent and however often its job runs', async () => {
  const before = await countPeople()
  const importId = await preview(await list('Chi bộ buôn Trên', ['H Lan', 'H Mai', 'H Nga']))
  const commandId = newId()
  const { version } = await getImport(keeper.reader, keeper.scope, importId)
  const command = { commandId, importId, leaveWrong: false, version }
  expect([await startApplying(keeper, command), await startApplying(keeper, command)]).toEqual([
    { ok: true },
    { ok: true },
  ])
  for (let runs = 0; runs < 3; runs++) await applyImport(toolsOf(test, keeper), importId)
  expect(await countPeople()).toBe(before + 3)
  expect(await start(importId)).toEqual({ ok: false, reason: 'not-now' })
})

it('takes three at once of an account, and the next when one of them is read', async () => {
  const other = await actAsKeeper(test, office, commune)
  const send = async (name: string) =>
    bringInList(
      other,
      { commandId: newId(), officeId: office.idOf(commune), kind: null },
      incoming(await list('Chi bộ buôn Trên', [name])),
      limits,
    )
  const sent = await Promise.all(['Y Một', 'Y Hai', 'Y Ba', 'Y Bốn', 'Y Năm'].map(send))
  expect(sent.map((each) => (each.ok ? 'taken' : each.reason)).sort()).toEqual([
    'busy',
    'busy',
    'taken',
    'taken',
    'taken',
  ])
  const taken = sent.flatMap((each) => (each.ok ? [each.importId] : []))
  for (const importId of taken.slice(1)) await readImport(toolsOf(test, other), importId)
  expect(await send('Y Sáu')).toMatchObject({ ok: true })
  // Another account does not wait for this one.
  expect(
    (await rowsOf(keeper, await preview(await list('Chi bộ buôn Trên', ['Y Bảy'])), 'people')).length,
  ).toBe(1)
})

it('is read again from the start where the program was stopped in the middle', async () => {
  const sent = await bringInList(
    keeper,
    { commandId: newId(), officeId: office.idOf(commune), kind: null },
    incoming(await list('Chi bộ buôn Trên', ['Y Dừng', 'Y Tiếp'])),
    limits,
  )
  if (!sent.ok) throw new Error(sent.reason)
  const tools = toolsOf(test, keeper)
  await expect(
    readImport({ ...tools, stopping: AbortSignal.abort(new Error('the program stops')) }, sent.importId),
  ).rejects.toThrow('the program stops')
  expect(await standOf(sent.importId)).toEqual({ state: 'reading', refusal: null })
  await readImport(tools, sent.importId)
  expect((await rowsOf(keeper, sent.importId, 'people')).map(([, state]) => state)).toEqual(['new', 'new'])
})

it('writes nothing where a row is wrong by now, or the right has ended, and says so', async () => {
  const before = await countPeople()
  const importId = await preview(await list('Chi bộ buôn Dưới', ['Y Muộn', 'Y Sớm']))
  expect(await start(importId)).toEqual({ ok: true })
  await inTransaction(test.database, async (tx) => {
    await sql`update organisation set ended_on = '2026-11-01' where name = 'Chi bộ buôn Dưới'`.execute(tx)
  })
  await applyImport(toolsOf(test, keeper), importId)
  expect(await standOf(importId)).toEqual({ state: 'preview', refusal: { reason: 'wrong-now', limit: 2 } })
  expect(await countPeople()).toBe(before)

  const second = await preview(await list('Chi bộ buôn Trên', ['Y Hết Quyền']))
  expect(await start(second)).toEqual({ ok: true })
  await inTransaction(test.database, async (tx) => {
    await sql`update role_grant set to_on = '2025-01-01' where account_id = ${keeper.actor.accountId}`.execute(
      tx,
    )
  })
  await applyImport(toolsOf(test, keeper), second)
  expect(await standOf(second)).toEqual({ state: 'preview', refusal: { reason: 'no-right' } })
  expect(await countPeople()).toBe(before)
})

describe('a list whose sender loses the right', () => {
  const rightOf = (account: Context, until: string | null) =>
    inTransaction(test.database, async (tx) => {
      await sql`update role_grant set to_on = ${until}::date where account_id = ${account.actor.accountId}`.execute(
        tx,
      )
    })
  const send = async (sender: Context, name: string): Promise<string> => {
    const sent = await bringInList(
      sender,
      { commandId: newId(), officeId: office.idOf(commune), kind: null },
      incoming(await list('Chi bộ buôn Trên', [name])),
      limits,
    )
    if (!sent.ok) throw new Error(sent.reason)
    return sent.importId
  }

  it('before it is read, is read of nothing: no row of it is compared with anybody', async () => {
    const sender = await actAsKeeper(test, office, commune)
    const importId = await send(sender, 'Y Chưa Đọc')
    await rightOf(sender, '2025-01-01')
    await readImport(toolsOf(test, sender), importId)
    await rightOf(sender, null)
    const { state, sheets } = await getImport(sender.reader, sender.scope, importId)
    expect([state, sheets.map(({ kind, skipped }) => [kind, skipped])]).toEqual([
      'preview',
      [['people', 'no-right']],
    ])
    expect(await rowsOf(sender, importId, 'people')).toEqual([])
  })

  it('before it is taken back, stays as it was brought in, and says so', async () => {
    const sender = await actAsKeeper(test, office, commune)
    const importId = await send(sender, 'Y Ở Lại')
    await readImport(toolsOf(test, sender), importId)
    const { version } = await getImport(sender.reader, sender.scope, importId)
    await startApplying(sender, { commandId: newId(), importId, leaveWrong: false, version })
    await applyImport(toolsOf(test, sender), importId)
    const before = await countPeople()
    expect(await startUndoing(sender, { commandId: newId(), importId })).toEqual({ ok: true })
    await rightOf(sender, '2025-01-01')
    await undoImport(toolsOf(test, sender), importId)
    await rightOf(sender, null)
    const { state, refusal } = await getImport(sender.reader, sender.scope, importId)
    expect({ state, refusal }).toEqual({ state: 'done', refusal: { reason: 'undo-no-right' } })
    expect(await countPeople()).toBe(before)
  })
})

describe('a failure that nobody foresaw', () => {
  beforeAll(async () => {
    keeper = await actAsKeeper(test, office, commune)
  })
  const failing = async () => {
    throw new Error('the disk is on fire')
  }
  const told = { reason: 'unforeseen' }
  const run = (importId: string, attempt: number, work: typeof readImport = failing) =>
    workOrEnd({ ...toolsOf(test, keeper), log: quiet, attempt }, importId, work)
  const send = async (name: string): Promise<string> => {
    const sent = await bringInList(
      keeper,
      { commandId: newId(), officeId: office.idOf(commune), kind: null },
      incoming(await list('Chi bộ buôn Trên', [name])),
      limits,
    )
    if (!sent.ok) throw new Error(sent.reason)
    return sent.importId
  }

  it('is tried three times; then the list is not read, says so, and can be sent on again', async () => {
    const importId = await send('Y Cháy')
    for (const attempt of [1, 2]) await expect(run(importId, attempt)).rejects.toThrow('on fire')
    expect(await readAgain(keeper, importId)).toEqual({ ok: false, reason: 'not-now' })
    await run(importId, 3)
    expect(await standOf(importId)).toEqual({ state: 'refused', refusal: told })
    expect(await readAgain(keeper, importId)).toEqual({ ok: true })
    expect(await standOf(importId)).toEqual({ state: 'waiting', refusal: null })
    await run(importId, 1, readImport)
    expect((await rowsOf(keeper, importId, 'people')).map(([, state]) => state)).toEqual(['new'])
  })

  it('brings nothing in halfway: the preview stays and can be brought in again', async () => {
    const importId = await preview(await list('Chi bộ buôn Trên', ['Y Khói']))
    expect(await start(importId)).toEqual({ ok: true })
    await run(importId, 3)
    expect(await standOf(importId)).toEqual({ state: 'preview', refusal: told })
    expect(await start(importId)).toEqual({ ok: true })
    await applyImport(toolsOf(test, keeper), importId)
    expect(await standOf(importId)).toEqual({ state: 'done', refusal: null })
  })

  it('that takes its process down each time is not begun for ever', async () => {
    const importId = await send('Y Nổ')
    await run(importId, 7, readImport)
    expect(await standOf(importId)).toEqual({ state: 'refused', refusal: told })
  })

  it('is not what stopping the program is', async () => {
    const importId = await send('Y Nghỉ')
    const stopping = AbortSignal.abort(new Error('the program stops'))
    const tools = { ...toolsOf(test, keeper), log: quiet, attempt: 3, stopping }
    await expect(workOrEnd(tools, importId, readImport)).rejects.toThrow('the program stops')
    expect((await getImport(keeper.reader, keeper.scope, importId)).state).toBe('reading')
    await readImport(toolsOf(test, keeper), importId)
  })
})

it('forgets the rows and the file when they have served', async () => {
  const { rows } = await sql<{ id: string }>`select id from data_import where state = 'done' limit 1`.execute(
    test.database.reader,
  )
  const importId = rows[0]?.id ?? ''
  await forgetImport(toolsOf(test, keeper), importId)
  const { rows: left } = await sql`
    select file_hash, (select count(*)::int from data_import_row where import_id = data_import.id) as rows
    from data_import where id = ${importId}`.execute(test.database.reader)
  expect(left).toEqual([{ file_hash: null, rows: 0 }])
})
