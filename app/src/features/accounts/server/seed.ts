import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Role } from '#server/access/actor.ts'
import type { Reader, Tx } from '#server/database/handles.ts'
import type { SeededRandom } from '#server/platform/seeded-random.ts'

/** The password that every sample account shares. It is printed at the start: sample data hold nothing secret. */
export const samplePassword = 'trienkhai-mau'

/** By this ending of its address a sample account is known; no mail ever goes to `.invalid`. */
const sampleAddress = '@mau.trienkhai.invalid'

/** An account to be made, with its rights. */
export interface SampleAccountDrawn {
  id: string
  username: string
  name: string
  personId: string | null
  grants: { role: Role; organisationId: string }[]
}

/** Adds sample accounts with their shared password, hashed once as the authentication library hashes. */
export async function insertSampleAccounts(
  tx: Tx,
  random: SeededRandom,
  accounts: readonly SampleAccountDrawn[],
  from: CivilDate,
): Promise<void> {
  const { hashPassword } = await import('better-auth/crypto')
  const password = await hashPassword(samplePassword)
  await tx
    .insertInto('account')
    .values(
      accounts.map(({ id, username, name, personId, grants: [first] }) => ({
        id,
        name,
        email: `${username}${sampleAddress}`,
        email_verified: true,
        username,
        person_id: personId,
        organisation_id: first?.organisationId ?? null,
      })),
    )
    .execute()
  await tx
    .insertInto('credential')
    .values(
      accounts.map(({ id }) => ({
        id: random.id(),
        account_id: id,
        provider_id: 'credential',
        user_id: id,
        password,
      })),
    )
    .execute()
  const grants = accounts.flatMap((account) =>
    account.grants.map((grant) => ({ accountId: account.id, ...grant })),
  )
  await tx
    .insertInto('role_grant')
    .values(
      grants.map(({ accountId, role, organisationId }) => ({
        id: random.id(),
        account_id: accountId,
        role,
        organisation_id: organisationId,
        from_on: from,
      })),
    )
    .execute()
}

/** A sample account as it is in the database. */
export interface SampleAccountFound {
  username: string
  name: string
  role: Role
  organisation: string
}

/** The sample accounts that can still be signed in to, each with its first right; none in an office's own data. */
export async function findSampleAccounts(reader: Reader): Promise<SampleAccountFound[]> {
  const { rows } = await sql<SampleAccountFound>`
    select distinct on (account.id) account.username, account.name, role_grant.role,
      case when organisation.kind = 'cell' then concat_ws(', ', organisation.name, parent.name) else organisation.name
      end as organisation
    from account
    join role_grant on role_grant.account_id = account.id
    join organisation on organisation.id = role_grant.organisation_id
    left join organisation parent on parent.id = organisation.parent_id
    where account.email like ${`%${sampleAddress}`}
    order by account.id, role_grant.id
  `.execute(reader)
  return rows
}
