import { addDays } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { createAccount } from '../../app/src/features/accounts/server/administration.ts'
import { askErasure } from '../../app/src/features/personal-data/server/requests.ts'
import { addSteps, draftReorganisation } from '../../app/src/features/reorganisations/server/operations.ts'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { actAs, connectToProduct } from '../helpers/product-database.ts'

/** Words of what only who administers the first commune may read: an account, a request, a letter, a draft. */
export const wordsOfTheAdministration = ['voi.ba.ta.9175', 'voi-ba-ta-9175', 'Chim Công Xám', 'Cầu Vồng Lam']

/** Of those, what the commune's own office reads in its record: that a reorganisation of it is prepared. */
export const wordsOfTheDraft = 'Cầu Vồng Lam'

/** Real rows that administrators keep for the first commune. */
export interface PlantedAdministration {
  /** An account of a member of the cell, with a right there, an open invitation, a session and keys of its own. */
  account: string
  right: string
  session: string
  passkey: string
  appPassword: string
  letter: string
  /** It has asked for its data to be erased. */
  request: string
  /** A draft in the commune's area; a step of it splits the cell. */
  reorganisation: string
  step: string
}

export async function plantAdministration(
  database: Database,
  dataDir: string,
  { office, cell, person }: { office: string; cell: string; person: string },
  owner?: Database,
): Promise<PlantedAdministration> {
  const administrator = await actAs(database, dataDir, 'quantri')
  const username = 'voi.ba.ta.9175'
  const made = await createAccount(administrator, {
    personId: person,
    username,
    email: 'voi-ba-ta-9175@example.vn',
    organisationId: cell,
    right: { role: 'member', organisationId: cell, fromOn: '2026-01-01', toOn: '' },
  })
  if (!made.ok) throw new Error(`the account was refused: ${made.reason}`)
  const member = await actAs(database, dataDir, username)
  const asked = await askErasure(member, { commandId: newId(), reason: 'Nơi ở cũ cạnh hồ Chim Công Xám' })
  if (!asked.ok) throw new Error(`the request was refused: ${asked.reason}`)
  const draft = await draftReorganisation(administrator, {
    commandId: newId(),
    officeId: office,
    title: 'Sắp xếp chi bộ ở Cầu Vồng Lam',
    decision: '',
    reason: '',
    onDay: addDays(administrator.today, 30),
  })
  if (!draft.ok) throw new Error(`the draft was refused: ${draft.reason}`)
  const half = newId()
  const steps = [
    {
      kind: 'create' as const,
      bodyId: half,
      name: 'Chi bộ Cầu Vồng Lam',
      abbreviation: null,
      bodyKind: 'cell' as const,
      hierarchy: 'party' as const,
      unitCode: null,
      parentId: office,
    },
    {
      kind: 'split' as const,
      from: cell,
      parts: [
        { bodyId: cell, takes: ['members' as const] },
        { bodyId: half, takes: [] },
      ],
      people: {},
      posts: 'pass' as const,
    },
  ]
  const added = await addSteps(administrator, {
    commandId: newId(),
    id: draft.id,
    steps: steps.map((step) => ({ step })),
  })
  if (!added.ok) throw new Error(`the steps were refused: ${added.reason}`)
  const asOwner = owner ?? connectToProduct(dataDir, 'owner')
  const own = await plantKeys(asOwner, made.id, cell)
  if (!owner) await asOwner.close()
  const idOf = async (table: string, condition: ReturnType<typeof sql>): Promise<string> => {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where ${condition} order by id limit 1`.execute(database.reader)
    const [row] = rows
    if (!row) throw new Error(`no row of ${table} was planted`)
    return row.id
  }
  return {
    account: made.id,
    ...own,
    right: await idOf('role_grant', sql`account_id = ${made.id}`),
    request: await idOf('erasure_request', sql`account_id = ${made.id}`),
    reorganisation: draft.id,
    step: await idOf(
      'reorganisation_step',
      sql`reorganisation_id = ${draft.id} and content ->> 'kind' = 'split'`,
    ),
  }
}

/** Keys and letters of an account, as the sign-in library and the mail room leave them; the program writes no keys. */
async function plantKeys(
  owner: Database,
  accountId: string,
  cell: string,
): Promise<Pick<PlantedAdministration, 'session' | 'passkey' | 'appPassword' | 'letter'>> {
  const [session, passkey, appPassword, letter] = [newId(), newId(), newId(), newId()]
  await inTransaction(owner, async (tx) => {
    await sql`insert into session (id, token, user_id, expires_at)
      values (${session}, ${newId()}, ${accountId}, now() + interval '2 days')`.execute(tx)
    await sql`insert into passkey (id, name, public_key, user_id, credential_id, counter, device_type, backed_up)
      values (${passkey}, 'Điện thoại', 'AA', ${accountId}, ${newId()}, 0, 'singleDevice', false)`.execute(tx)
    await sql`insert into app_password (id, account_id, name, secret_hash)
      values (${appPassword}, ${accountId}, 'Lịch', ${newId()})`.execute(tx)
    await sql`insert into invitation (id, account_id, purpose, by, code_hash, expires_at)
      values (${newId()}, ${accountId}, 'invite', 'mail', ${newId()}, now() + interval '2 days')`.execute(tx)
    await sql`insert into letter (id, kind, account_id, organisation_id, to_address, language, details)
      values (${letter}, 'invitation', ${accountId}, ${cell}, 'voi-ba-ta-9175@example.vn', 'vi', '{"name": "Quàng Thị Sao Biển"}')`.execute(
      tx,
    )
  })
  return { session, passkey, appPassword, letter }
}
