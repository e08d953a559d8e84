import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/helpers/database.ts'
import { newId } from '../platform/ids.ts'
import { type ActingFor, actingStatement, actOn, openReading } from './acting.ts'
import { asRole, programRole } from './addresses.ts'
import { connect } from './connect.ts'
import { type Database, inTransaction, type Reader } from './handles.ts'

const today = '2026-11-23' as CivilDate
const office = newId()
const accountId = newId()
const officer: ActingFor = { accountId, today }

let test_: TestDatabase
let database: Database
beforeAll(async () => {
  test_ = await createTestDatabase()
  await inTransaction(test_.database, async (tx) => {
    await tx
      .insertInto('organisation')
      .values({ id: office, hierarchy: 'party', kind: 'commune-committee', name: 'Đảng ủy xã' })
      .execute()
    await tx
      .insertInto('account')
      .values({ id: accountId, name: 'Cán bộ', email: 'can-bo@example.vn' })
      .execute()
    await tx
      .insertInto('role_grant')
      .values([
        {
          id: newId(),
          account_id: accountId,
          role: 'officer',
          organisation_id: office,
          from_on: '2026-01-01',
        },
        {
          id: newId(),
          account_id: accountId,
          role: 'approver',
          organisation_id: office,
          from_on: '2026-01-01',
          to_on: '2026-06-30',
        },
      ])
      .execute()
  })
})
afterAll(() => test_.drop())
beforeEach(() => {
  database = connect(asRole(test_.url, programRole), { mostSessions: 2 })
  return () => database.close()
})

interface Seen {
  account: string | null
  offices: string[]
  approves: string[]
  session: number
}

async function lookFrom(reader: Reader): Promise<Seen | undefined> {
  const { rows } = await sql<Seen>`
    select actor_account() as account, actor_offices()::text[] as offices, actor_approves()::text[] as approves,
      pg_backend_pid() as session`.execute(reader)
  return rows[0]
}

describe('an actor', () => {
  test('reads on one session, in one read-only transaction that says who acts', async () => {
    const acting = actOn(database, officer)
    const [first, second] = await Promise.all([lookFrom(acting.reader), lookFrom(acting.reader)])
    expect(first).toEqual({ account: accountId, offices: [office], approves: [], session: first?.session })
    expect(second).toEqual(first)
    expect(database.load().reading).toBe(1)
    await expect(sql`update organisation set name = 'x'`.execute(acting.reader)).rejects.toThrow('read-only')
    await acting.end()
    expect(database.load().reading).toBe(0)
  })

  test('holds the rights of the day alone', async () => {
    const spring = actOn(database, { accountId, today: '2026-03-01' as CivilDate })
    expect((await lookFrom(spring.reader))?.approves).toEqual([office])
    await spring.end()
  })

  test('writes as itself too', async () => {
    const seen = await actOn(database, officer).inTransaction((tx) => lookFrom(tx))
    expect(seen).toMatchObject({ account: accountId, offices: [office] })
  })

  test('goes on reading after a query that failed, and after the end', async () => {
    const acting = actOn(database, officer)
    await expect(sql`select 1 / 0`.execute(acting.reader)).rejects.toThrow('division by zero')
    expect((await lookFrom(acting.reader))?.account).toBe(accountId)
    await acting.end()
    expect((await lookFrom(acting.reader))?.account).toBe(accountId)
    await acting.end()
  })

  test('gives its session back when it asks nothing for a while', async () => {
    const acting = actOn(database, officer)
    await lookFrom(acting.reader)
    await expect.poll(() => database.load().reading, { timeout: 2_000 }).toBe(0)
  })

  test('leaves nothing of itself on the session', async () => {
    const acting = actOn(database, officer)
    const before = await lookFrom(acting.reader)
    await acting.end()
    expect(await lookFrom(database.reader)).toEqual({
      account: null,
      offices: [],
      approves: [],
      session: before?.session,
    })
  })
})

describe('a session on which nobody acts yet', () => {
  test('answers what it began with, and then reads on that behalf', async () => {
    const session = openReading(database)
    await session.begin(actingStatement(officer))
    const acting = actOn(database, officer, session)
    expect((await lookFrom(acting.reader))?.account).toBe(accountId)
    await acting.end()
  })
})

describe('the program', () => {
  test('reads no password and no session’s token', async () => {
    for (const query of [
      'select * from credential',
      'select token from session',
      'select * from session',
      'select * from verification',
    ])
      await expect(sql.raw(query).execute(test_.database.reader)).rejects.toThrow('permission denied')
  })

  test('owns nothing and changes no table', async () => {
    const owned = await test_.askAsOwner(
      `select from pg_class where pg_get_userbyid(relowner) in ('trienkhai_program', 'trienkhai_sign_in')`,
    )
    expect(owned).toEqual([])
    for (const statement of ['alter table plan add column x int', 'drop table plan', 'create table mine ()'])
      await expect(inTransaction(test_.database, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
        /must be owner|permission denied/,
      )
  })
})
