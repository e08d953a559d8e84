import { sql } from 'kysely'
import type { Database, Tx } from './database/handles.ts'
import { inTransaction } from './database/handles.ts'
import { Conflict } from './platform/errors.ts'
import type { FileStore, KeptFile } from './platform/files.ts'
import { sendJob } from './platform/jobs.ts'

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    /** Forgets a file's content once no row names it. */
    'files.forget': { hash: string }
  }
}

// Registering a content and forgetting it wait for each other, or a file could be forgotten while it is registered.
const lockContent = (tx: Tx, hash: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`file ${hash}`}, 0))`.execute(tx)

/** Notes in the transaction that a kept file is used from now on; the same content twice is one row. */
export async function registerFile(
  tx: Tx,
  files: FileStore,
  file: KeptFile & { mediaType: string },
): Promise<void> {
  await lockContent(tx, file.hash)
  await tx
    .insertInto('file')
    .values({ hash: file.hash, size: file.size, media_type: file.mediaType })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
  // It was forgotten between being kept and this moment: whoever sent it has to send it again.
  if (!(await files.openFile(file.hash))) throw new Conflict('the file')
}

/** Sees to it that a file's content goes, in the transaction that took away the last row that named it. */
export async function releaseFile(tx: Tx, hash: string): Promise<void> {
  await sendJob(tx, 'files.forget', { hash }, { key: `files.forget:${hash}` })
}

const namesAtOnce = 500

/**
 * Forgets contents that were kept for rows that never came: the program was killed between the two, so what was sent
 * was not acknowledged, and nothing of it may stay. Answers how many there were.
 */
export async function forgetUnnamedFiles(tools: { database: Database; files: FileStore }): Promise<number> {
  let [forgotten, names]: [number, string[]] = [0, []]
  const look = async (): Promise<void> => {
    const known = await tools.database.reader
      .selectFrom('file')
      .select('hash')
      .where('hash', 'in', names)
      .execute()
    const named = new Set(known.map(({ hash }) => hash))
    const unnamed = names.filter((name) => !named.has(name))
    for (const hash of unnamed) await forgetReleasedFile(tools, hash)
    forgotten += unnamed.length
    names = []
  }
  for await (const name of tools.files.listSettled()) {
    names.push(name)
    if (names.length === namesAtOnce) await look()
  }
  if (names.length > 0) await look()
  return forgotten
}

/** The job: forgets the content unless a row names it (again). Safe to run twice. */
export async function forgetReleasedFile(
  tools: { database: Database; files: FileStore },
  hash: string,
): Promise<void> {
  await inTransaction(tools.database, async (tx) => {
    await lockContent(tx, hash)
    const { rows } = await sql`
      delete from file where hash = ${hash}
        and not exists (select from document where file_hash = file.hash)
        and not exists (select from document_page where file_hash = file.hash)
        and not exists (select from evidence where file_hash = file.hash)
        and not exists (select from report_duty where file_hash = file.hash)
        and not exists (select from data_import where file.hash in (file_hash, mend_hash))
      returning hash
    `.execute(tx)
    const kept = await tx.selectFrom('file').select('hash').where('hash', '=', hash).executeTakeFirst()
    if (rows.length > 0 || !kept) await tools.files.forgetFile(hash)
  })
}
