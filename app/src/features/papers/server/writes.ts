import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Scope } from '#server/access/scope.ts'
import type { Tx } from '#server/database/handles.ts'
import { Conflict, NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { titleOf } from '../official-paper.ts'
import type { PaperContent, PaperKind } from '../schema.ts'

export async function insertPaper(
  tx: Tx,
  scope: Scope,
  paper: {
    id: string
    officeId: string
    planId: string
    kind: PaperKind
    content: PaperContent
    figuresOn: CivilDate
    at: Date
    followsId?: string
  },
): Promise<void> {
  await tx
    .insertInto('paper')
    .values({
      id: paper.id,
      office_id: paper.officeId,
      plan_id: paper.planId,
      kind: paper.kind,
      title: titleOf(paper.content),
      content: storable(paper.content),
      figures_on: paper.figuresOn,
      created_by: scope.accountId,
      created_at: paper.at,
      follows_id: paper.followsId ?? null,
      updated_at: paper.at,
    })
    .execute()
}

/** JSON for PostgreSQL, whose text has no place for the character U+0000. */
const storable = (content: PaperContent): string => JSON.stringify(content).replaceAll('\\u0000', '')

export interface HeldPaper {
  id: string
  officeId: string
  planId: string
  content: PaperContent
  figuresOn: CivilDate
  version: number
  kind: PaperKind
  number: string | null
  issuedOn: CivilDate | null
  issuedAt: Date | null
}

/** Takes a paper of the offices' for changing: whoever else changes it waits. NotFound for another office's. */
export async function holdPaper(tx: Tx, scope: Scope, id: string): Promise<HeldPaper> {
  if (!isId(id)) throw new NotFound('paper')
  const { rows } = await sql<HeldPaper>`
    select id, office_id as "officeId", plan_id as "planId", content, figures_on as "figuresOn", version,
      kind, number, issued_on as "issuedOn", issued_at as "issuedAt"
    from paper where id = ${id} and office_id = any(${scope.offices}::uuid[]) for update
  `.execute(tx)
  const [paper] = rows
  if (!paper) throw new NotFound('paper')
  return paper
}

/** The same of a draft. Conflict where it was issued while somebody still looked at it as a draft. */
export async function holdDraft(tx: Tx, scope: Scope, id: string): Promise<HeldPaper> {
  const paper = await holdPaper(tx, scope, id)
  if (paper.issuedAt) throw new Conflict('the paper')
  return paper
}

export async function updatePaper(
  tx: Tx,
  scope: Scope,
  paper: { id: string; content: PaperContent; figuresOn: CivilDate; version: number; at: Date },
): Promise<void> {
  await sql`
    update paper set content = ${storable(paper.content)}::jsonb, title = ${titleOf(paper.content)},
      figures_on = ${paper.figuresOn}, version = ${paper.version}, updated_at = ${paper.at}
    where id = ${paper.id} and office_id = any(${scope.offices}::uuid[])
  `.execute(tx)
}

export async function deletePaper(tx: Tx, scope: Scope, id: string): Promise<void> {
  await sql`delete from paper where id = ${id} and office_id = any(${scope.offices}::uuid[])`.execute(tx)
}

/** Says how a paper went out; the moment and the account of the first saying stay. */
export async function setIssue(
  tx: Tx,
  scope: Scope,
  issue: { id: string; number: string; issuedOn: CivilDate; at: Date },
): Promise<void> {
  await sql`
    update paper set number = ${issue.number}, issued_on = ${issue.issuedOn},
      issued_at = coalesce(issued_at, ${issue.at}), issued_by = coalesce(issued_by, ${scope.accountId}::uuid)
    where id = ${issue.id} and office_id = any(${scope.offices}::uuid[])
  `.execute(tx)
}
