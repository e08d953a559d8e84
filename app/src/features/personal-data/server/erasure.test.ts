import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/database/handles.ts'
import { Conflict, NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import {
  openTestFiles,
  plantActor,
  plantOffice,
  type TestOffice,
} from '../../../../../tests/helpers/office.ts'
import { erasedName } from '../schema.ts'
import { findSubject, listLooks, readAsProgram, readHeldAbout } from './held-about.ts'
import { askErasure, grantErasure, listRequests, refuseErasure, withdrawErasure } from './requests.ts'

let test_: TestDatabase
let files: ReturnType<typeof openTestFiles>
let office: TestOffice
let administrator: Context
let administratorElsewhere: Context
const personId = newId()
const mergedId = newId()
const secrets = ['Hạc Trắng Mai', '0912 345 678', 'mai.hac@example.vn', '99.123456', '1960-02-03']

beforeAll(async () => {
  test_ = await createTestDatabase()
  files = openTestFiles()
  office = await plantOffice(test_.database, files.files, { place: 'Sao Khuê' })
  const other = await plantOffice(test_.database, files.files, { place: 'Gió Nồm' })
  administrator = await plantActor(test_.database, files.files, {
    role: 'administrator',
    organisation: office,
  })
  administratorElsewhere = await plantActor(test_.database, files.files, {
    role: 'administrator',
    organisation: other,
  })
  const { accountId } = office.secretary.actor
  const cell = office.cells[0]?.id ?? ''
  await inTransaction(test_.database, async (tx) => {
    for (const [id, mergedInto] of [
      [personId, null],
      [mergedId, personId],
    ])
      await sql`insert into person (id, full_name, sort_key, merged_into)
        values (${id}, 'Hạc Trắng Mai', 'Mai', ${mergedInto})`.execute(tx)
    await sql`insert into person_detail (person_id, born_on, phone, email, party_card)
      values (${personId}, '1960-02-03', '0912 345 678', 'mai.hac@example.vn', '99.123456')`.execute(tx)
    await sql`insert into membership (id, person_id, organisation_id, status, from_on, to_on)
      values (${newId()}, ${personId}, ${cell}, 'official', '2020-01-01', null)`.execute(tx)
    await sql`update account set person_id = ${personId}, name = 'Hạc Trắng Mai', username = 'hactrangmai',
      email = 'mai.hac@example.vn', organisation_id = ${office.id} where id = ${accountId}`.execute(tx)
    await sql`insert into notice (id, account_id, kind) values (${newId()}, ${accountId}, 'plan-launched')`.execute(
      tx,
    )
    await sql`insert into letter (id, kind, account_id, to_address, language, state, closed_at)
      values (${newId()}, 'invite', ${accountId}, 'mai.hac@example.vn', 'vi', 'sent', now())`.execute(tx)
  })
  await test_.askAsOwner(
    `insert into session (id, token, user_id, expires_at, ip_address) values ($1, 'bi-mat', $2, now() + interval '1 day', '198.51.100.7')`,
    [newId(), accountId],
  )
  await recordLook(administrator, { operation: 'person.look', subjectKind: 'person', subjectIds: [personId] })
  await recordLook(administrator, {
    operation: 'people.look',
    subjectKind: 'person',
    subjectIds: [newId(), mergedId],
  })
})
afterAll(async () => {
  await test_.drop()
  files.remove()
})

const heldAbout = (context: Context) =>
  readAsProgram(context, async (tx) => {
    const subject = await findSubject(tx, context.actor.accountId)
    return {
      subject,
      sections: await readHeldAbout(tx, subject, { mostRows: 100, language: 'vi' }),
      looks: await listLooks(tx, subject, 20),
    }
  })

describe('what is held about somebody', () => {
  test('is read from every table of the register, with names instead of ids', async () => {
    const { subject, sections } = await heldAbout(office.secretary)
    expect([...subject.personIds].sort()).toEqual([personId, mergedId].sort())
    const tables = Object.fromEntries(sections.map((section) => [section.table, section]))
    expect(tables['person_detail']?.rows).toEqual([
      {
        born_on: '03/02/1960',
        born_known_to: 'ngày',
        sex: '',
        phone: '0912 345 678',
        email: 'mai.hac@example.vn',
        party_card: '99.123456',
        joined_on: '',
        official_on: '',
      },
    ])
    expect(tables['membership']?.rows[0]).toMatchObject({
      organisation_id: office.cells[0]?.name,
      from_on: '01/01/2020',
    })
    expect(tables['session']?.rows[0]).toMatchObject({ ip_address: '198.51.100.7' })
    expect(tables['credential']).toEqual({ table: 'credential', kind: 'keys', total: null, rows: [] })
    expect(JSON.stringify(sections)).not.toContain('bi-mat')
  })

  test('tells who looked at it, alone or in a list, and not of others', async () => {
    const { looks } = await heldAbout(office.secretary)
    expect(looks.map(({ operation, who }) => [operation, who])).toEqual([
      ['people.look', administrator.actor.name],
      ['person.look', administrator.actor.name],
    ])
    expect((await heldAbout(office.officer)).looks).toEqual([])
  })

  test('is nobody else’s, and nothing can be written while it is read', async () => {
    const { sections } = await heldAbout(office.officer)
    for (const secret of secrets) expect(JSON.stringify(sections)).not.toContain(secret)
    await expect(readAsProgram(office.officer, (tx) => sql`delete from notice`.execute(tx))).rejects.toThrow(
      /read-only/,
    )
  })
})

/** Evidence that two took away again, with the name of one of them in its title. */
async function plantGoneEvidence(): Promise<{ plan: string }> {
  const [document, plan] = [newId(), newId()]
  const { accountId } = office.secretary.actor
  await test_.askAsOwner(
    `insert into document (id, office_id, direction, file_name, created_by) values ($1, $2, 'draft', 'a.docx', $3)`,
    [document, office.id, office.officer.actor.accountId],
  )
  await test_.askAsOwner(`insert into plan (id, office_id, document_id, subject) values ($1, $2, $3, 'x')`, [
    plan,
    office.id,
    document,
  ])
  for (const [title, by] of [
    ['Hạc Trắng Mai.jpg', accountId],
    ['Biên bản.pdf', office.officer.actor.accountId],
  ])
    await test_.askAsOwner(
      `insert into bygone (kind, row_id, plan_id, office_id, launched_at, gone_at, content)
       values ('evidence', $1, $2, $3, '2026-10-01', '2026-10-02',
         jsonb_build_object('title', $4::text, 'url', null, 'added_by', $5::text))`,
      [newId(), plan, office.id, title, by],
    )
  return { plan }
}

describe('a request for erasure', () => {
  const command = () => ({ commandId: newId() })
  const own = async (): Promise<string> =>
    (await listRequests(administrator.reader, administrator.scope, { offset: 0, limit: 10 })).rows[0]?.id ??
    ''

  test('is asked once, taken back, and asked again', async () => {
    const ask = () => askErasure(office.secretary, { ...command(), reason: 'Đã chuyển công tác' })
    expect(await ask()).toEqual({ ok: true })
    expect(await ask()).toEqual({ ok: false, reason: 'already-asked' })
    const requestId = await own()
    await expect(withdrawErasure(administrator, { ...command(), requestId })).rejects.toThrow()
    expect(await withdrawErasure(office.secretary, { ...command(), requestId })).toEqual({ ok: true })
    expect(await ask()).toEqual({ ok: true })
  })

  test('that bears the id of somebody else’s command is refused, and nothing of it is done', async () => {
    const commandId = newId()
    expect(await askErasure(office.officer, { commandId, reason: '' })).toEqual({ ok: true })
    await expect(askErasure(administrator, { commandId, reason: '' })).rejects.toThrow(Conflict)
    const asked = await test_.askAsOwner('select from erasure_request where account_id = $1', [
      administrator.actor.accountId,
    ])
    expect(asked).toEqual([])
    await test_.askAsOwner('delete from erasure_request where account_id = $1', [
      office.officer.actor.accountId,
    ])
  })

  test('is decided by who administers the body, with a reason where it is refused', async () => {
    const requestId = await own()
    for (const stranger of [administratorElsewhere, office.officer])
      await expect(grantErasure(stranger, { ...command(), requestId })).rejects.toThrow(NotFound)
    await expect(grantErasure(office.secretary, { ...command(), requestId })).rejects.toThrow()
    expect(
      (
        await listRequests(administratorElsewhere.reader, administratorElsewhere.scope, {
          offset: 0,
          limit: 9,
        })
      ).rows,
    ).toEqual([])
    expect(await refuseErasure(administrator, { ...command(), requestId, answer: ' ' })).toEqual({
      ok: false,
      reason: 'answer-missing',
    })
  })

  test('waits until the person belongs nowhere', async () => {
    expect(await grantErasure(administrator, { ...command(), requestId: await own() })).toEqual({
      ok: false,
      reason: 'still-belongs',
    })
    for (const secret of secrets)
      expect(JSON.stringify(await test_.askAsOwner('select * from person_detail, person'))).toContain(
        secret === '1960-02-03' ? '1960' : secret,
      )
  })

  test('takes away what is personal and leaves what was counted', async () => {
    const { plan } = await plantGoneEvidence()
    const held = (await heldAbout(office.secretary)).sections.find(({ table }) => table === 'bygone')
    expect(held?.total).toBe(1)
    await test_.askAsOwner(`update membership set to_on = '2026-11-01'`)
    const before = await test_.askAsOwner('select count(*)::int as count from membership')
    expect(await grantErasure(administrator, { ...command(), requestId: await own() })).toEqual({ ok: true })
    expect(await test_.askAsOwner('select count(*)::int as count from membership')).toEqual(before)
    expect(await test_.askAsOwner('select distinct full_name from person')).toEqual([
      { full_name: erasedName },
    ])
    const { accountId } = office.secretary.actor
    const [account] = await test_.askAsOwner(
      'select name, username, off_at is not null as off, email from account where id = $1',
      [accountId],
    )
    expect(account).toEqual({
      name: erasedName,
      username: null,
      off: true,
      email: `${accountId}@khong-co-thu.invalid`,
    })
    for (const table of ['session', 'notice', 'letter', 'credential', 'person_detail'])
      expect([table, await test_.askAsOwner(`select * from ${table}`)]).toEqual([table, []])
    const tables = await test_.askAsOwner<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    for (const { name } of tables) {
      const said = JSON.stringify(await test_.askAsOwner(`select * from ${name}`))
      for (const secret of secrets)
        expect([name, secret, said.includes(secret)]).toEqual([name, secret, false])
    }
    // Of the piece that was taken away it stays that there was one; a colleague's keeps its words.
    expect(
      await test_.askAsOwner(
        `select content ->> 'title' as title from bygone where plan_id = $1 order by id`,
        [plan],
      ),
    ).toEqual([{ title: '…' }, { title: 'Biên bản.pdf' }])
    const [entry] = await test_.askAsOwner(
      `select operation, account_id from record_entry where operation = 'personal-data.erase'`,
    )
    expect(entry).toEqual({ operation: 'personal-data.erase', account_id: administrator.actor.accountId })
  })
})
