import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#server/platform/ids.ts'
import { verifyRecord } from '#server/record-chain.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'

let test_: TestDatabase
const [officeId, accountId] = [newId(), newId()]
beforeAll(async () => {
  test_ = await createTestDatabase()
  await test_.askAsOwner(
    `insert into organisation (id, hierarchy, kind, name) values ($1, 'party', 'commune-committee', 'Đảng ủy xã Thử')`,
    [officeId],
  )
  await test_.askAsOwner(
    `insert into account (id, name, email, organisation_id) values ($1, 'Lò Văn Thử', 'thu@example.vn', $2)`,
    [accountId, officeId],
  )
})
afterAll(() => test_.drop())

async function make(purpose: 'invite' | 'reset', by: 'mail' | 'slip'): Promise<string> {
  const id = newId()
  await test_.askAsOwner(
    `insert into invitation (id, account_id, purpose, by, code_hash, expires_at)
     values ($1, $2, $3, $4, $5, now() + interval '1 day')`,
    [id, accountId, purpose, by, id],
  )
  return id
}
/** As the sign-in library's role does it. */
const change = (id: string, what: string) =>
  test_.askAsOwner(
    `begin; set local role trienkhai_sign_in; update invitation set ${what} where id = '${id}'; commit`,
  )
const entries = () =>
  test_.askAsOwner(
    `select account_id as who, office_id as office, operation, subject_kind as kind, subject_id as subject, after
     from record_entry order by id`,
  )

describe('a way into an account', () => {
  test('is on record once it was used, with whose it was and how it came', async () => {
    const [invitation, reset] = [await make('invite', 'slip'), await make('reset', 'mail')]
    expect(await entries()).toEqual([])
    await change(invitation, 'used_at = now()')
    await change(reset, 'used_at = now()')
    const common = { who: accountId, office: officeId, kind: 'account', subject: accountId }
    expect(await entries()).toEqual([
      { ...common, operation: 'account.accept-invitation', after: { by: 'slip' } },
      { ...common, operation: 'account.set-password', after: { by: 'mail' } },
    ])
    expect(await verifyRecord(test_.database)).toMatchObject({ entries: 2, broken: null })
  })

  test('that was taken back, or changed after its use, adds nothing', async () => {
    const before = await entries()
    const id = await make('invite', 'mail')
    await change(id, 'revoked_at = now()')
    expect(await entries()).toEqual(before)
    const used = await make('reset', 'slip')
    await change(used, 'used_at = now()')
    await change(used, "used_at = now() + interval '1 minute'")
    expect(await entries()).toHaveLength(before.length + 1)
  })

  test('cannot be written into the record by the sign-in role itself', async () => {
    await expect(
      test_.askAsOwner(
        `begin; set local role trienkhai_sign_in; insert into record_entry (operation, subject_kind) values ('x', 'x')`,
      ),
    ).rejects.toThrow('permission denied')
  })
})
