import { type CivilDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { papers } from '#server/access/papers.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { Conflict } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import type { IssueOutcome } from '../schema.ts'
import { type HeldPaper, holdPaper, insertPaper, setIssue } from './writes.ts'

export interface IssueWanted {
  commandId: string
  paperId: string
  /** As the office's register gave it: `125`, `07`, `12a`. */
  number: string
  /** `2026-11-23`, the day on the paper. */
  issuedOn: string
  /** The version of the words that were signed: newer ones were not seen by who says that it went out. */
  version: number
}

/**
 * Says that a paper went out, under which number and on which day. From then on its words are fixed; number and day can
 * be put right by saying it again, and what stood before is on record. A number is given once.
 */
export async function issuePaper(context: Context, wanted: IssueWanted): Promise<IssueOutcome> {
  return asCommand(context, wanted.commandId, 'paper.issue', async (tx): Promise<IssueOutcome> => {
    const paper = await holdPaper(tx, context.scope, wanted.paperId)
    requireMay(papers.issue(context.scope, paper))
    const number = numberFrom(wanted.number)
    if (!number) return { ok: false, reason: 'number-wrong' }
    const issuedOn = parseIsoDate(wanted.issuedOn)
    if (!issuedOn || issuedOn > context.today || issuedOn < paper.figuresOn)
      return { ok: false, reason: 'day-wrong' }
    if (!paper.issuedAt && paper.version !== wanted.version) return { ok: false, reason: 'changed-meanwhile' }
    if (await isNumberTaken(tx, paper, number, issuedOn)) return { ok: false, reason: 'number-taken' }
    await setIssue(tx, context.scope, { id: paper.id, number, issuedOn, at: context.now })
    await record(tx, context, {
      operation: paper.issuedAt ? 'paper.correct-issue' : 'paper.issue',
      subjectKind: 'paper',
      subjectId: paper.id,
      officeId: paper.officeId,
      ...(paper.issuedAt ? { before: { number: paper.number, issuedOn: paper.issuedOn } } : {}),
      after: { number, issuedOn, version: paper.version },
    })
    return { ok: true }
  })
}

/** `07` and `7` are one number. */
function numberFrom(typed: string): string | undefined {
  const number = typed.trim().toLowerCase().replace(/^0+/, '')
  return /^[1-9][0-9]{0,5}[a-z]?$/.test(number) ? number : undefined
}

/** Whether another paper of the office bears this number with the same sign in this year. Who asks waits for others. */
async function isNumberTaken(
  tx: Tx,
  paper: HeldPaper,
  number: string,
  issuedOn: CivilDate,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('paper number ' || ${paper.officeId}, 0))`.execute(
    tx,
  )
  const { rows } = await sql<{ taken: boolean }>`
    select exists (
      select from paper
      where office_id = ${paper.officeId} and id <> ${paper.id} and number = ${number}
        and content #>> '{head,sign}' = ${paper.content.head.sign}
        and extract(year from issued_on) = extract(year from ${issuedOn}::date)
    ) as taken
  `.execute(tx)
  return rows[0]?.taken ?? false
}

/**
 * Begins the paper that follows an issued one, with its words and figures; a draft that follows it already is answered
 * instead. Sent twice, it is one paper.
 */
export async function writeNewVersion(
  context: Context,
  wanted: { commandId: string; paperId: string },
): Promise<{ ok: true; paperId: string }> {
  return asCommand(context, wanted.commandId, 'paper.follow', async (tx) => {
    const paper = await holdPaper(tx, context.scope, wanted.paperId)
    requireMay(papers.write(context.scope, paper))
    if (!paper.issuedAt) throw new Conflict('the paper')
    const draft = await tx
      .selectFrom('paper')
      .select('id')
      .where('follows_id', '=', paper.id)
      .where('issued_at', 'is', null)
      .executeTakeFirst()
    if (draft) return { ok: true as const, paperId: draft.id }
    const paperId = newId()
    await insertPaper(tx, context.scope, {
      id: paperId,
      officeId: paper.officeId,
      planId: paper.planId,
      kind: paper.kind,
      // Versions of sections are counted by the paper that they stand in.
      content: { ...paper.content, sections: paper.content.sections.map((one) => ({ ...one, version: 0 })) },
      figuresOn: paper.figuresOn,
      at: context.now,
      followsId: paper.id,
    })
    await record(tx, context, {
      operation: 'paper.follow',
      subjectKind: 'paper',
      subjectId: paperId,
      officeId: paper.officeId,
      after: { follows: paper.id },
    })
    return { ok: true as const, paperId }
  })
}
