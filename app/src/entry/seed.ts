import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { settingsFromEnvironment } from '#env.ts'
import { findSampleAccounts, insertSampleAccounts, samplePassword } from '#features/accounts/server/seed.ts'
import { accountWords } from '#features/accounts/words.ts'
import { drawProvince, type SampleProvince } from '#features/organisations/server/seed.ts'
import { insertOrganisations } from '#features/organisations/server/writes.ts'
import { drawPeople, type SamplePeople } from '#features/people/server/seed.ts'
import { drawLives } from '#features/people/server/seed-lives.ts'
import {
  insertExemptions,
  insertMemberships,
  insertPeople,
  insertPosts,
  insertTemporaryMemberships,
  keepDetails,
} from '#features/people/server/writes.ts'
import type { Role } from '#server/access/actor.ts'
import { type Database, inTransaction, type Reader, type Tx } from '#server/database/handles.ts'
import { today } from '#server/platform/clock.ts'
import { type FileStore, openFileStore } from '#server/platform/files.ts'
import { type SeededRandom, seededRandom } from '#server/platform/seeded-random.ts'
import { drawAccounts } from './seed/accounts.ts'
import { plantPlans } from './seed/sample-plans.ts'

export interface SeedOptions {
  /** Party cells; 50 unless told. */
  cells?: number
  today: CivilDate
  /** Where the sample documents are kept. */
  files: FileStore
  /** Told after each batch: how many of the cells' people are in. */
  onProgress?: (done: number, of: number) => void
}

/** What the sample data came to, and how to sign in. */
export interface Seeded {
  accounts: { username: string; role: Role; name: string; organisation: string }[]
  password: string
  /** False where the database held data already, and nothing was done. */
  isNew: boolean
}

/** Any fixed number of our own: two seeds at once wait for each other. */
const lockNumber = 7_203_402

/**
 * Puts the sample data into an empty database: the same data each time for the same day and size. In one transaction,
 * so that an interrupted seed leaves nothing and can be sent again; a second one finds the data there and does nothing.
 */
export async function seedSampleData(database: Database, options: SeedOptions): Promise<Seeded> {
  const isNew = await inTransaction(database, async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(tx)
    const known = await tx.selectFrom('organisation').select('id').limit(1).executeTakeFirst()
    if (known) return false
    await plantAll(tx, options)
    // The first pages must not wait for the statistics to come by themselves.
    await sql`select refresh_statistics()`.execute(tx)
    return true
  })
  const accounts = await findSampleAccounts(database.reader)
  return { accounts, password: samplePassword, isNew }
}

async function plantAll(tx: Tx, { cells = 50, today, files, onProgress }: SeedOptions): Promise<void> {
  const random = seededRandom(2026)
  const province = drawProvince(random, cells)
  await insertOrganisations(tx, [
    ...province.organisations,
    ...province.communes.flatMap(({ organisations }) => organisations),
  ])
  const leading = await plantPeople(tx, random, province, today, onProgress)
  const accounts = drawAccounts(random, province, leading)
  await insertSampleAccounts(tx, random, accounts, firstDay)
  // The plans resolve phrases by the new rows: without statistics the planner would take them for empty tables.
  await sql`select refresh_statistics()`.execute(tx)
  await plantPlans({ tx, random, files, today }, province, leading, accounts)
}

/** Since when the sample rights hold. */
const firstDay = '2026-01-01' as CivilDate

/** Communes whose people are looked up again for accounts: the first and the second. */
const leadingCommunes = 2

const seedOfLives = 20_260

async function plantPeople(
  tx: Tx,
  random: SeededRandom,
  province: SampleProvince,
  today: CivilDate,
  onProgress: SeedOptions['onProgress'],
): Promise<SamplePeople[]> {
  const leading: SamplePeople[] = []
  for (const [index, commune] of province.communes.entries()) {
    const drawn = drawPeople(random, commune.organisations, today, index < leadingCommunes)
    const isLeading = index < leadingCommunes
    // Drawn by chance of their own: what is drawn after them stays as it was.
    const lives = isLeading
      ? drawLives(seededRandom(seedOfLives + index), commune.organisations, drawn, today)
      : undefined
    await insertPeople(tx, drawn.people)
    await insertMemberships(tx, drawn.memberships)
    await insertPosts(tx, [...drawn.posts, ...(lives?.posts ?? [])])
    if (lives) {
      await insertExemptions(tx, lives.exemptions)
      await insertTemporaryMemberships(tx, lives.temporary)
      await keepDetails(tx, lives.details)
    }
    if (isLeading) leading.push(drawn)
    onProgress?.(index + 1, province.communes.length)
  }
  return leading
}

/** As the commands call it: today, and the files of this installation. */
export async function seed(database: Database, options: { cells: number }): Promise<void> {
  const files = openFileStore(settingsFromEnvironment().dataDir)
  await seedSampleData(database, { ...options, files, today: today() })
}

/** An account of the sample data, as it is shown to who starts the product. */
export interface SampleAccount {
  username: string
  password: string
  role: { vi: string; en: string }
}

/** Those that are shown; the others are secretaries of further cells and officers of further bodies. */
const shown = ['canbo', 'bithu', 'dangvien', 'giamsat', 'quantri', 'canbo2', 'bithu2', 'canbotinh']

/** The sample accounts that are in the database: none once the data are an office's own. */
export async function listSampleAccounts(reader: Reader): Promise<SampleAccount[]> {
  const found = await findSampleAccounts(reader)
  const words = (role: Role, organisation: string) => ({
    vi: `${accountWords.vi.role[role]}, ${organisation}`,
    en: `${accountWords.en.role[role]}, ${organisation}`,
  })
  return shown.flatMap((username) =>
    found
      .filter((account) => account.username === username)
      .map(({ role, organisation }) => ({
        username,
        password: samplePassword,
        role: words(role, organisation),
      })),
  )
}
