import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '#server/platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { answerPasswordRequest } from './password-requests.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await createTestDatabase()
  vi.stubEnv('AUTH_SECRET', 'khóa của phép thử, dài hơn ba mươi hai ký tự')
  vi.stubEnv('BASE_URL', 'https://trienkhai.example.vn')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await test_.drop()
})

async function ask(username: string): Promise<string> {
  const [accountId, requestId] = [newId(), newId()]
  await test_.askAsOwner(
    `insert into account (id, name, email, username) values ($1, 'Lò Văn Thử', $2, $3)`,
    [accountId, `${username}@coquan.example.vn`, username],
  )
  await test_.askAsOwner(`insert into password_request (id, asked) values ($1, $2)`, [requestId, username])
  return requestId
}
type Tools = Parameters<typeof answerPasswordRequest>[0]
const run = (requestId: string): Promise<void> =>
  answerPasswordRequest({ database: test_.database } as Tools, requestId)

test('a forgotten password is answered by one letter, however often the job runs', async () => {
  const requestId = await ask('con.mo')
  await run(requestId)
  await run(requestId)
  expect(await test_.askAsOwner('select kind, to_address as "to" from letter')).toEqual([
    { kind: 'reset', to: 'con.mo@coquan.example.vn' },
  ])
})

test('an account that was switched off between the request and the job gets no letter and no way in', async () => {
  const requestId = await ask('da.khoa')
  await test_.askAsOwner(`update account set off_at = now() where username = 'da.khoa'`)
  await run(requestId)
  expect(
    await test_.askAsOwner(
      `select from letter where to_address like 'da.khoa@%' union all
       select from invitation join account on account.id = account_id where username = 'da.khoa'`,
    ),
  ).toEqual([])
})
