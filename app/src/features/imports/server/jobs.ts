import { sql } from 'kysely'
import { inTransaction } from '#server/database/handles.ts'
import { releaseFile } from '#server/kept-files.ts'
import type { ImportTools } from './read-import.ts'
import { deleteRows } from './writes.ts'

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    'imports.read': { importId: string }
    'imports.apply': { importId: string }
    'imports.undo': { importId: string }
    'imports.forget': { importId: string }
  }
}

/** Forgets the rows and the file of an import: they hold personal data and have served their purpose. */
export async function forgetImport(tools: Pick<ImportTools, 'database'>, importId: string): Promise<void> {
  await inTransaction(tools.database, async (tx) => {
    const { rows } = await sql<{ hash: string }>`
      with old as (select id, file_hash from data_import where id = ${importId} for update)
      update data_import set file_hash = null from old where data_import.id = old.id
      returning old.file_hash as hash
    `.execute(tx)
    await deleteRows(tx, importId)
    for (const { hash } of rows) if (hash) await releaseFile(tx, hash)
  })
}
