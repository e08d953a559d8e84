import { sql } from 'kysely'
import {
  type IncomingFile,
  keepIncoming,
  letGo,
  registerFiles,
} from '#features/assignments/server/incoming-files.ts'
import { reportDuties } from '#server/access/reports.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { releaseFile } from '#server/kept-files.ts'
import { record } from '#server/record.ts'
import { reportBodySchema, type SubmitOutcome } from '../schema.ts'
import { getDuty } from './reads.ts'

/**
 * Submits a unit's report on a duty: words, a file, or both. Sent again later it is corrected: the moment of the first
 * submission stays, since that is what was in time or not; what stood before is on record.
 */
export async function submitReport(
  context: Context,
  command: { commandId: string; dutyId: string; body: string; file: IncomingFile | undefined },
  limits: { mostBytes: number },
): Promise<SubmitOutcome> {
  const facts = await getDuty(context.reader, context.scope, command.dutyId)
  requireMay(reportDuties.submit(context.scope, facts))
  const body = reportBodySchema.safeParse(command.body)
  if (!body.success) return { ok: false, reason: 'words-missing' }
  const kept = await keepIncoming(context, command.file ? [command.file] : [], limits)
  if (!kept.ok) return kept
  const [file] = kept.files
  const outcome = await asCommand(
    context,
    command.commandId,
    'report.submit',
    async (tx): Promise<SubmitOutcome> => {
      const before = await tx
        .selectFrom('report_duty')
        .select(['body', 'file_hash', 'file_name', 'submitted_at', 'office_id', 'plan_id'])
        .where('id', '=', command.dutyId)
        .forUpdate()
        .executeTakeFirstOrThrow()
      const plan = await tx
        .selectFrom('plan')
        .select('state')
        .where('id', '=', before.plan_id)
        .executeTakeFirstOrThrow()
      if (plan.state === 'closed') return { ok: false, reason: 'plan-closed' }
      if (!body.data && !file && !before.file_hash) return { ok: false, reason: 'words-missing' }
      await registerFiles(tx, context, kept.files)
      await sql`
        update report_duty set body = ${body.data || null}, submitted_by = ${context.actor.accountId},
          submitted_at = coalesce(submitted_at, ${context.now}),
          file_hash = coalesce(${file?.hash ?? null}, file_hash), file_name = coalesce(${file?.title ?? null}, file_name)
        where id = ${command.dutyId}
      `.execute(tx)
      if (file && before.file_hash && before.file_hash !== file.hash) await releaseFile(tx, before.file_hash)
      await record(tx, context, {
        operation: 'report.submit',
        subjectKind: 'report_duty',
        subjectId: command.dutyId,
        officeId: before.office_id,
        ...(before.submitted_at ? { before: { body: before.body, fileName: before.file_name } } : {}),
      })
      return { ok: true }
    },
  )
  if (!outcome.ok) await letGo(context, kept.files)
  return outcome
}
