import type { Plan } from '@trienkhai/plan-reader/plan.ts'
import type { SourceDocument } from '@trienkhai/plan-reader/source-document.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { DocumentLine, Reading } from '../schema.ts'

interface Row extends Omit<DocumentLine, 'reading'>, Reading {
  total: number
}

const columns = sql`
  document.id, document.file_name as "fileName", document.kind, document.number, document.issuer,
  document.issued_on as "issuedOn", document.subject, document.created_at as "createdAt",
  document_reading.state, document_reading.stage, document_reading.page, document_reading.pages,
  document_reading.refusal, plan.id as "planId", plan.state as "planState"`

const lineOf = ({ state, stage, page, pages, refusal, total: _total, ...line }: Row): DocumentLine => ({
  ...line,
  reading: { state, stage, page, pages, refusal },
})

/** The offices' documents, newest first; `search` is compared without marks. One query. */
export async function listDocuments(
  reader: Reader,
  scope: Scope,
  page: { search: string; offset: number; limit: number },
): Promise<{ lines: DocumentLine[]; total: number }> {
  const wanted = fold(page.search)
  const { rows } = await sql<Row>`
    select ${columns}, count(*) over () as total
    from document
    join document_reading on document_reading.document_id = document.id
    left join plan on plan.document_id = document.id
    where document.office_id = any(${scope.offices})
      ${wanted ? sql`and document.search_key like ${`%${wanted.replace(/[\\%_]/g, '\\$&')}%`}` : sql``}
    order by document.created_at desc, document.id desc
    ${cutPage(page)}
  `.execute(reader)
  return { lines: rows.map(lineOf), total: rows[0]?.total ?? 0 }
}

/** One document of the offices', or NotFound. */
export async function getDocument(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<DocumentLine & { officeId: string; fileHash: string | null; mediaType: string | null }> {
  if (!isId(id)) throw new NotFound('document')
  const { rows } = await sql<Row & { officeId: string; fileHash: string | null; mediaType: string | null }>`
    select ${columns}, document.office_id as "officeId", document.file_hash as "fileHash",
      file.media_type as "mediaType", 1 as total
    from document
    join document_reading on document_reading.document_id = document.id
    left join plan on plan.document_id = document.id
    left join file on file.hash = document.file_hash
    where document.id = ${id} and document.office_id = any(${scope.offices})
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('document')
  return { ...lineOf(row), officeId: row.officeId, fileHash: row.fileHash, mediaType: row.mediaType }
}

/** What was read of a document: its source and the plan in it; undefined while it is not read. */
export async function findWhatWasRead(
  reader: Reader,
  scope: Scope,
  documentId: string,
): Promise<{ source: SourceDocument; plan: Plan } | undefined> {
  const { rows } = await sql<{ source: SourceDocument; plan: Plan }>`
    select document_reading.source, document_reading.plan
    from document_reading join document on document.id = document_reading.document_id
    where document.id = ${documentId} and document_reading.state = 'read'
      and document.office_id = any(${scope.offices})
  `.execute(reader)
  return rows[0]
}

/** The names of the living offices that one may bring documents in for, in order. */
export async function listOffices(reader: Reader, scope: Scope): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation where id = any(${scope.enters}) and ended_on is null order by name
  `.execute(reader)
  return rows
}

/** The picture of a page, for the offices that keep the document; undefined while it is not drawn. */
export async function findPage(
  reader: Reader,
  scope: Scope,
  documentId: string,
  page: number,
): Promise<{ hash: string; mediaType: string } | undefined> {
  if (!isId(documentId)) return undefined
  const { rows } = await sql<{ hash: string; mediaType: string }>`
    select file.hash, file.media_type as "mediaType"
    from document_page
    join document on document.id = document_page.document_id
    join file on file.hash = document_page.file_hash
    where document.id = ${documentId} and document_page.page = ${page} and document.office_id = any(${scope.offices})
  `.execute(reader)
  return rows[0]
}
