import { sql } from 'kysely'
import { assignments } from '#server/access/assignments.ts'
import { requireMay } from '#server/access/require.ts'
import { isWorkInScope } from '#server/access/rows.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { releaseFile } from '#server/kept-files.ts'
import { sayMoment } from '#server/moment.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import type { AssignmentOutcome } from '../schema.ts'
import type { AssignmentCommand } from './operations.ts'
import { lockAssignment, recount } from './writes.ts'

/** A file of evidence, for whoever may see the assignment that it belongs to. */
export async function getEvidenceFile(
  { reader, scope }: Context,
  evidenceId: string,
): Promise<{ hash: string; title: string; mediaType: string }> {
  if (!isId(evidenceId)) throw new NotFound('evidence')
  const { rows } = await sql<{ hash: string; title: string; mediaType: string }>`
    select file.hash, evidence.title, file.media_type as "mediaType"
    from evidence
    join assignment on assignment.id = evidence.assignment_id
    join file on file.hash = evidence.file_hash
    where evidence.id = ${evidenceId} and ${isWorkInScope(scope, {
      officeId: sql.ref('assignment.office_id'),
      organisationId: sql.ref('assignment.organisation_id'),
    })}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('evidence')
  return row
}

/** Takes evidence away that was attached by mistake, while its assignment is not done. What it was is on record. */
export function removeEvidence(
  context: Context,
  command: AssignmentCommand & { evidenceId: string },
): Promise<AssignmentOutcome> {
  return asCommand(
    context,
    command.commandId,
    'assignment.detach',
    async (tx): Promise<AssignmentOutcome> => {
      const assignment = await lockAssignment(tx, context.scope, command.assignmentId)
      requireMay(assignments.attachEvidence(context.scope, assignment))
      if (assignment.planState === 'closed') return { ok: false, reason: 'plan-closed' }
      if (assignment.state === 'done') return { ok: false, reason: 'already-done' }
      if (!isId(command.evidenceId)) throw new NotFound('evidence')
      await sayMoment(tx, context)
      const gone = await tx
        .deleteFrom('evidence')
        .where('id', '=', command.evidenceId)
        .where('assignment_id', '=', assignment.id)
        .returning(['kind', 'title', 'url', 'file_hash'])
        .executeTakeFirst()
      // Somebody else was faster: it is gone, as was wanted.
      if (!gone) return { ok: true }
      await recount(tx, assignment.id)
      if (gone.file_hash) await releaseFile(tx, gone.file_hash)
      await record(tx, context, {
        operation: 'assignment.detach',
        subjectKind: 'assignment',
        subjectId: assignment.id,
        officeId: assignment.officeId,
        before: gone,
      })
      return { ok: true }
    },
  )
}
