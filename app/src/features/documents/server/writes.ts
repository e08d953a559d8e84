import type { Plan } from '@trienkhai/plan-reader/plan.ts'
import type { SourceDocument } from '@trienkhai/plan-reader/source-document.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Tx } from '#server/database/handles.ts'

/** Registers a document; answers the one that the office already has of the same content, if it has. */
export async function insertDocument(
  tx: Tx,
  scope: Scope,
  document: { id: string; officeId: string; fileHash: string; fileName: string },
): Promise<{ id: string; known: boolean }> {
  const { rows } = await sql<{ id: string }>`
    insert into document (id, office_id, direction, file_hash, file_name, created_by)
    values (${document.id}, ${document.officeId}, 'incoming', ${document.fileHash}, ${document.fileName}, ${scope.accountId})
    on conflict (office_id, file_hash) do update set file_hash = excluded.file_hash
    returning id
  `.execute(tx)
  const id = rows[0]?.id ?? document.id
  if (id !== document.id) return { id, known: true }
  await tx.insertInto('document_reading').values({ document_id: id }).execute()
  return { id, known: false }
}

/** Takes a document for reading; false when it is read, refused or gone already. */
export async function takeForReading(tx: Tx, documentId: string): Promise<boolean> {
  const { rows } = await sql`
    update document_reading set state = 'reading', updated_at = now()
    where document_id = ${documentId} and state in ('waiting', 'reading')
    returning document_id
  `.execute(tx)
  return rows.length > 0
}

export async function updateReadingProgress(
  tx: Tx,
  documentId: string,
  progress: { stage: 'pages' | 'ocr' | 'plan'; page: number | null; pages: number | null },
): Promise<void> {
  await sql`
    update document_reading set stage = ${progress.stage}, page = ${progress.page}, pages = ${progress.pages},
      updated_at = now()
    where document_id = ${documentId} and state = 'reading'
  `.execute(tx)
}

/** Keeps what was read, and puts the head of it into the register. */
export async function keepWhatWasRead(
  tx: Tx,
  documentId: string,
  read: { source: SourceDocument; plan: Plan },
): Promise<void> {
  await sql`
    update document_reading set state = 'read', stage = null, page = null, pages = null, refusal = null,
      source = ${storable(read.source)}::jsonb, plan = ${storable(read.plan)}::jsonb, updated_at = now()
    where document_id = ${documentId}
  `.execute(tx)
  const { kind, number, issuer, date, subject } = read.plan
  await tx
    .updateTable('document')
    .set({ kind, number, issuer, issued_on: date, subject })
    .where('id', '=', documentId)
    .execute()
}

/** JSON for PostgreSQL, whose text has no place for the character U+0000. */
function storable(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '\ufffd')
}

export async function refuseReading(tx: Tx, documentId: string, refusal: string): Promise<void> {
  await sql`
    update document_reading set state = 'refused', stage = null, page = null, pages = null, refusal = ${refusal},
      source = null, plan = null, updated_at = now()
    where document_id = ${documentId}
  `.execute(tx)
}

/** Sends a refused document back to be read again. */
export async function reopenReading(tx: Tx, documentId: string): Promise<boolean> {
  const { rows } = await sql`
    update document_reading set state = 'waiting', refusal = null, updated_at = now()
    where document_id = ${documentId} and state = 'refused' and refusal not like 'secret:%'
    returning document_id
  `.execute(tx)
  return rows.length > 0
}

/** Takes every trace of a file's content out of a document's row; the row stays to say that it was refused. */
export async function emptyDocument(tx: Tx, documentId: string): Promise<void> {
  await sql`
    update document set file_hash = null, file_name = '', kind = null, number = null, issuer = null,
      issued_on = null, subject = null
    where id = ${documentId}
  `.execute(tx)
}

/** Keeps the picture of a page; nothing happens where the document is gone or has it. */
export async function insertPage(
  tx: Tx,
  page: { documentId: string; page: number; fileHash: string },
): Promise<void> {
  await sql`
    insert into document_page (document_id, page, file_hash)
    select id, ${page.page}, ${page.fileHash} from document where id = ${page.documentId}
    on conflict do nothing
  `.execute(tx)
}

/** Takes a document's pictures away; answers their hashes. */
export async function deletePages(tx: Tx, documentId: string): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    delete from document_page where document_id = ${documentId} returning file_hash as hash
  `.execute(tx)
  return rows.map(({ hash }) => hash)
}

export async function deleteDocument(tx: Tx, documentId: string): Promise<void> {
  await tx.deleteFrom('document').where('id', '=', documentId).execute()
}
