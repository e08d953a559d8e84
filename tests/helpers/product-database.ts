import { vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { findActor } from '../../app/src/features/accounts/server/reads.ts'
import { scopeOf } from '../../app/src/server/access/scope.ts'
import type { Context } from '../../app/src/server/context.ts'
import { actOn } from '../../app/src/server/database/acting.ts'
import { addressesOf } from '../../app/src/server/database/addresses.ts'
import { connect } from '../../app/src/server/database/connect.ts'
import { findRunningEmbedded } from '../../app/src/server/database/embedded.ts'
import type { Database } from '../../app/src/server/database/handles.ts'
import { openLookBook } from '../../app/src/server/look-book.ts'
import { openFileStore } from '../../app/src/server/platform/files.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { databaseBeside } from './database-address.ts'

/**
 * The database of a product that runs on its own, for looking at what it wrote: as its jobs see it, or as the owner of
 * the tables does, passwords and sessions too.
 */
export function connectToProduct(dataDir: string, role: 'program' | 'owner' = 'program'): Database {
  const beside = databaseBeside(dataDir)
  const addresses = beside
    ? addressesOf({ databaseUrl: beside.url, databaseOwnerUrl: undefined, databaseSignInUrl: undefined })
    : findRunningEmbedded(dataDir)
  if (!addresses) throw new Error(`no database runs on ${dataDir}`)
  return connect(addresses[role], { mostSessions: 6, actor: 'program' })
}

/** Acts for a sample account by the product's own operations, beside the running product. */
export async function actAs(database: Database, dataDir: string, username: string): Promise<Context> {
  const account = await database.reader
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
  const today = vietnamDate(new Date())
  const actor = await findActor(database.reader, account.id, today)
  if (!actor) throw new Error(`${username} has no rights`)
  return {
    actor,
    scope: scopeOf(actor),
    ...actOn(database, { accountId: account.id, today }),
    putLook: openLookBook(database).put,
    files: openFileStore(dataDir),
    now: new Date(),
    today,
    on: today,
    requestId: newId(),
    language: 'vi',
  }
}
