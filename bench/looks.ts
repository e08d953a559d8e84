import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { actOn } from '../app/src/server/database/acting.ts'
import { asRole, programRole } from '../app/src/server/database/addresses.ts'
import { connect } from '../app/src/server/database/connect.ts'
import { startEmbedded } from '../app/src/server/database/embedded.ts'
import { inTransaction } from '../app/src/server/database/handles.ts'
import { migrate } from '../app/src/server/database/migrate.ts'
import { type LookEntry, openLookBook } from '../app/src/server/look-book.ts'
import { newId } from '../app/src/server/platform/ids.ts'
import { sealRecord, verifyRecord } from '../app/src/server/record-chain.ts'
import { makeOpenFolder } from '../tests/helpers/open-folder.ts'
import { type Figure, milliseconds, percentile, printCircumstances, printTable } from './measured.ts'

const today = '2026-11-23' as CivilDate
const rounds = 2_000
const atOnceCases = [1, 8, 32]

/**
 * What a page waits until a look is kept: each by a transaction of its own, as other entries are, and gathered by the look
 * book; while entries are sealed all the time. The database writes through to the disk.
 */
export async function run(): Promise<void> {
  printCircumstances()
  const folder = makeOpenFolder('bench-looks')
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: true })
  await migrate(server.addresses.owner)
  const jobs = connect(server.addresses.program, { mostSessions: 2, actor: 'program' })
  const pages = connect(asRole(server.addresses.owner, programRole), { mostSessions: 8 })
  const accountId = await plantAccount(server.addresses.owner)
  const look = (): LookEntry => ({
    done_at: new Date(),
    account_id: accountId,
    office_id: null,
    operation: 'people.look',
    subject_kind: 'person',
    subject_id: newId(),
    after: { subjects: Array.from({ length: 50 }, newId) },
    request_id: newId(),
  })
  const book = openLookBook(pages)
  const ways: Record<string, (entry: LookEntry) => Promise<unknown>> = {
    'a transaction each': (entry) =>
      actOn(pages, { accountId, today }).inTransaction((tx) =>
        tx
          .insertInto('record_entry')
          .values({ ...entry, after: JSON.stringify(entry.after) })
          .execute(),
      ),
    gathered: book.put,
  }
  const figures: Figure[] = []
  for (const atOnce of atOnceCases)
    for (const [name, put] of Object.entries(ways)) {
      await Promise.all(Array.from({ length: 50 }, () => put(look())))
      let isDone = false
      const sealing = (async () => {
        while (!isDone) await sealRecord(jobs)
      })()
      const { waited, seconds } = await measure(() => put(look()), atOnce)
      isDone = true
      await sealing
      figures.push({
        what: `${atOnce} at once, ${name}`,
        values: [
          milliseconds(percentile(waited, 0.5)),
          milliseconds(percentile(waited, 0.95)),
          Math.round(rounds / seconds).toString(),
        ],
      })
    }
  printTable(
    'Until a look of 50 people is kept, while the record is being sealed',
    ['pages', 'median', '95th percentile', 'looks a second'],
    figures,
  )
  const startedAt = performance.now()
  const { entries, broken } = await verifyRecord(jobs)
  console.log(
    `\n${entries} entries were verified in ${milliseconds(performance.now() - startedAt)}: ${broken ? 'broken' : 'whole'}`,
  )
  await pages.close()
  await jobs.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(
  put: () => Promise<unknown>,
  atOnce: number,
): Promise<{ waited: number[]; seconds: number }> {
  const waited: number[] = []
  let left = rounds
  const begun = performance.now()
  const page = async (): Promise<void> => {
    while (left-- > 0) {
      const startedAt = performance.now()
      await put()
      waited.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, page))
  return { waited, seconds: (performance.now() - begun) / 1000 }
}

async function plantAccount(url: string): Promise<string> {
  const owner = connect(url, { mostSessions: 1, actor: 'program' })
  const id = newId()
  await inTransaction(owner, (tx) =>
    tx
      .insertInto('account')
      .values({ id, name: 'Người đo', email: `${id}@example.vn` })
      .execute(),
  )
  await owner.close()
  return id
}
