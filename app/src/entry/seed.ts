import type { Database, Reader } from '#server/database/handles.ts'

export interface SeedOptions {
  /** Party cells. */
  cells: number
}

/** An account of the sample data, as it is shown to who starts the product. */
export interface SampleAccount {
  username: string
  password: string
  role: { vi: string; en: string }
}

/** Puts the sample data into an empty database, in one transaction: interrupted, it leaves nothing. */
export async function seed(_database: Database, _options: SeedOptions): Promise<void> {}

/** The sample accounts that are in the database: none once the data are an office's own. */
export async function listSampleAccounts(_reader: Reader): Promise<SampleAccount[]> {
  return []
}
