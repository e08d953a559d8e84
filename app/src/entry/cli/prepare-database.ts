import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { Database } from '#server/database/handles.ts'
import { inTransaction } from '#server/database/handles.ts'
import { migrate } from '#server/database/migrate.ts'
import { sendJob } from '#server/platform/jobs.ts'
import { sealRecord } from '#server/record-chain.ts'
import { tell } from './open-database.ts'
import { startWords } from './start-words.ts'

/** Brings the database up to the program, saying which files are applied. */
export async function migrateAloud(url: string, language: Language): Promise<number> {
  const applied = await migrate(url, { onFile: (file) => tell(startWords[language].migrating(file)) })
  return applied.length
}

/** Whether nothing has been put in yet: there is no organisation. */
export async function isEmpty(database: Database): Promise<boolean> {
  const found = await database.reader.selectFrom('organisation').select('id').limit(1).executeTakeFirst()
  return found === undefined
}

/** Adds the sample data. Interrupted, it leaves the database empty. */
export async function seedAloud(database: Database, cells: number, language: Language): Promise<void> {
  tell(startWords[language].seeding(cells))
  const { seed } = await import('#entry/seed.ts')
  await seed(database, { cells })
  await sealRecord(database)
}

/** Sends the chores of a start; the worker does them when it comes to it. */
export async function sendChores(database: Database): Promise<void> {
  await inTransaction(database, async (tx) => {
    await sendJob(tx, 'files.sweep', {}, { key: 'files.sweep' })
    await sendJob(tx, 'personal-data.retire', {}, { key: 'personal-data.retire' })
    // What was to take effect while the program was off does so now.
    await sendJob(tx, 'reorganisations.take-effect', {}, { key: 'reorganisations' })
  })
}
