import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Role } from '../../app/src/server/access/actor.ts'
import { scopeOf } from '../../app/src/server/access/scope.ts'
import type { Context } from '../../app/src/server/context.ts'
import { actOn } from '../../app/src/server/database/acting.ts'
import { type Database, inTransaction } from '../../app/src/server/database/handles.ts'
import { openLookBook } from '../../app/src/server/look-book.ts'
import { type FileStore, openFileStore } from '../../app/src/server/platform/files.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { rolesMeant } from './sample-office.ts'

/** An office with cells below it, and the people who act there. */
export interface TestOffice {
  id: string
  name: string
  cells: { id: string; name: string }[]
  officer: Context
  /** The secretary of the first cell. */
  secretary: Context
}

/** The moment at which everything in tests happens, unless a test says otherwise. */
const testNow = new Date('2026-11-23T02:00:00Z')

/** A file store in a folder of its own. */
export function openTestFiles(): { files: FileStore; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'trienkhai-files-'))
  return { files: openFileStore(folder), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Makes a commune committee with cells, an officer and the secretary of the first cell. */
export async function plantOffice(
  database: Database,
  files: FileStore,
  { place, cells = 3 }: { place: string; cells?: number },
): Promise<TestOffice> {
  const office = { id: newId(), name: `Đảng ủy xã ${place}` }
  const below = Array.from({ length: cells }, (_, at) => ({
    id: newId(),
    name: `Chi bộ thôn ${at + 1} ${place}`,
  }))
  await inTransaction(database, async (tx) => {
    await tx
      .insertInto('organisation')
      .values({ id: office.id, hierarchy: 'party', kind: 'commune-committee', name: office.name })
      .execute()
    await tx
      .insertInto('organisation_line')
      .values({ organisation_id: office.id, ancestor_id: office.id, distance: 0 })
      .execute()
    for (const cell of below) {
      await tx
        .insertInto('organisation')
        .values({ id: cell.id, hierarchy: 'party', kind: 'cell', name: cell.name, parent_id: office.id })
        .execute()
      await tx
        .insertInto('organisation_line')
        .values([
          { organisation_id: cell.id, ancestor_id: cell.id, distance: 0 },
          { organisation_id: cell.id, ancestor_id: office.id, distance: 1 },
        ])
        .execute()
    }
  })
  const [first] = below
  return {
    ...office,
    cells: below,
    officer: await plantActor(database, files, { role: 'officer', organisation: office }),
    secretary: await plantActor(database, files, { role: 'secretary', organisation: first ?? office }),
  }
}

/** Makes an account with one right (an officer decides, too), and the context in which it acts. */
export async function plantActor(
  database: Database,
  files: FileStore,
  { role, organisation }: { role: Role; organisation: { id: string; name: string } },
): Promise<Context> {
  const accountId = newId()
  const name = `${role} ${organisation.name}`
  await inTransaction(database, async (tx) => {
    await sql`insert into account (id, name, email) values (${accountId}, ${name}, ${`${accountId}@example.vn`})`.execute(
      tx,
    )
    for (const each of rolesMeant(role))
      await sql`
        insert into role_grant (id, account_id, role, organisation_id, from_on)
        values (${newId()}, ${accountId}, ${each}, ${organisation.id}, '2026-01-01')
      `.execute(tx)
  })
  const actor = {
    accountId,
    personId: null,
    name,
    grants: rolesMeant(role).map((each) => ({
      role: each,
      organisationId: organisation.id,
      organisationName: organisation.name,
    })),
  }
  return {
    actor,
    scope: scopeOf(actor),
    ...actOn(database, { accountId, today: vietnamDate(testNow) }),
    putLook: openLookBook(database).put,
    files,
    now: testNow,
    today: vietnamDate(testNow),
    on: vietnamDate(testNow),
    requestId: 'test',
    language: 'vi',
  }
}
