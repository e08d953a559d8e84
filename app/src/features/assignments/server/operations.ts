import { assignments } from '#server/access/assignments.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { record } from '#server/record.ts'
import { type AssignmentOutcome, linkSchema, noteSchema, reasonSchema } from '../schema.ts'
import { type IncomingFile, type KeptIncoming, keepIncoming, letGo, registerFiles } from './incoming-files.ts'
import { findAssignmentFacts } from './reads.ts'
import {
  insertEvidence,
  insertProgress,
  type LockedAssignment,
  lockAssignment,
  recount,
  setState,
} from './writes.ts'

export interface AssignmentCommand {
  commandId: string
  assignmentId: string
}

/** An outcome of files names the one that was refused. */
export type FilesOutcome = AssignmentOutcome & { fileName?: string }

type Work = (tx: Tx, assignment: LockedAssignment) => Promise<AssignmentOutcome>

/** Locks the assignment, asks whether one may, and does the work once. */
async function carryOut(
  context: Context,
  command: AssignmentCommand,
  operation: string,
  work: Work,
): Promise<AssignmentOutcome> {
  return asCommand(context, command.commandId, operation, async (tx) => {
    const assignment = await lockAssignment(tx, context.scope, command.assignmentId)
    requireMay(assignments.carryOut(context.scope, assignment))
    if (assignment.planState === 'closed') return { ok: false, reason: 'plan-closed' }
    const outcome = await work(tx, assignment)
    if (outcome.ok)
      await record(tx, context, {
        operation,
        subjectKind: 'assignment',
        subjectId: assignment.id,
        officeId: assignment.officeId,
        before: { state: assignment.state, evidence: assignment.evidenceCount },
      })
    return outcome
  })
}

async function step(
  tx: Tx,
  context: Context,
  assignment: LockedAssignment,
  taken: { step: 'started' | 'noted' | 'done' | 'reopened'; note: string | null },
): Promise<void> {
  await insertProgress(tx, context.scope, { assignmentId: assignment.id, at: context.now, ...taken })
}

/** Says that work has begun. */
export function startAssignment(context: Context, command: AssignmentCommand): Promise<AssignmentOutcome> {
  return carryOut(context, command, 'assignment.start', async (tx, assignment) => {
    if (assignment.state === 'done') return { ok: false, reason: 'already-done' }
    if (assignment.state === 'doing') return { ok: true }
    await setState(tx, context.scope, { assignmentId: assignment.id, state: 'doing', at: context.now })
    await step(tx, context, assignment, { step: 'started', note: null })
    return { ok: true }
  })
}

/** Notes how far it has come; what was owed is under way from then on. */
export async function noteProgress(
  context: Context,
  command: AssignmentCommand & { note: string },
): Promise<AssignmentOutcome> {
  const note = noteSchema.safeParse(command.note)
  if (!note.success) return { ok: false, reason: 'words-missing' }
  return carryOut(context, command, 'assignment.note', async (tx, assignment) => {
    if (assignment.state === 'owed')
      await setState(tx, context.scope, { assignmentId: assignment.id, state: 'doing', at: context.now })
    await step(tx, context, assignment, { step: 'noted', note: note.data })
    return { ok: true }
  })
}

/** Attaches files to an assignment. Once this answers `ok` they are on disk and in the database. */
export function attachFiles(
  context: Context,
  command: AssignmentCommand & { files: readonly IncomingFile[] },
  limits: { mostBytes: number },
): Promise<FilesOutcome> {
  if (command.files.length === 0) return Promise.resolve({ ok: false, reason: 'nothing-chosen' })
  return withFiles(context, command, limits, (files) =>
    carryOut(context, command, 'assignment.attach', async (tx, assignment) => {
      await attach(tx, context, assignment, files)
      return { ok: true }
    }),
  )
}

/** Attaches a link to something that lies elsewhere. */
export async function attachLink(
  context: Context,
  command: AssignmentCommand & { url: string; title: string },
): Promise<AssignmentOutcome> {
  const link = linkSchema.safeParse({ url: command.url.trim(), title: command.title })
  if (!link.success) return { ok: false, reason: 'link-wrong' }
  return carryOut(context, command, 'assignment.attach', async (tx, assignment) => {
    await insertEvidence(tx, context.scope, {
      assignmentId: assignment.id,
      url: link.data.url,
      title: link.data.title || link.data.url,
      at: context.now,
    })
    await recount(tx, assignment.id)
    return { ok: true }
  })
}

/**
 * Marks an assignment as done, with the files that come along. Nothing is completed by a click alone: without any
 * evidence it has to be said that there is none.
 */
export function finishAssignment(
  context: Context,
  command: AssignmentCommand & { note: string; withoutEvidence: boolean; files: readonly IncomingFile[] },
  limits: { mostBytes: number },
): Promise<FilesOutcome> {
  return withFiles(context, command, limits, (files) =>
    carryOut(context, command, 'assignment.done', async (tx, assignment) => {
      if (assignment.state === 'done') return { ok: false, reason: 'already-done' }
      if (assignment.evidenceCount + files.length === 0 && !command.withoutEvidence)
        return { ok: false, reason: 'evidence-missing' }
      await attach(tx, context, assignment, files)
      await setState(tx, context.scope, { assignmentId: assignment.id, state: 'done', at: context.now })
      await step(tx, context, assignment, { step: 'done', note: command.note.trim() || null })
      return { ok: true }
    }),
  )
}

/** Takes "done" back, with a reason. */
export async function reopenAssignment(
  context: Context,
  command: AssignmentCommand & { reason: string },
): Promise<AssignmentOutcome> {
  const reason = reasonSchema.safeParse(command.reason)
  if (!reason.success) return { ok: false, reason: 'words-missing' }
  return carryOut(context, command, 'assignment.reopen', async (tx, assignment) => {
    if (assignment.state !== 'done') return { ok: false, reason: 'not-done' }
    if (assignment.unitEnded) return { ok: false, reason: 'unit-ended' }
    await setState(tx, context.scope, { assignmentId: assignment.id, state: 'doing', at: context.now })
    await step(tx, context, assignment, { step: 'reopened', note: reason.data })
    return { ok: true }
  })
}

async function attach(
  tx: Tx,
  context: Context,
  assignment: LockedAssignment,
  files: readonly KeptIncoming[],
): Promise<void> {
  if (files.length === 0) return
  await registerFiles(tx, context, files)
  for (const file of files)
    await insertEvidence(tx, context.scope, {
      assignmentId: assignment.id,
      fileHash: file.hash,
      title: file.title,
      at: context.now,
    })
  await recount(tx, assignment.id)
}

/** Keeps the files first, for who may attach them, and lets them go where the work is refused. */
async function withFiles(
  context: Context,
  command: AssignmentCommand & { files: readonly IncomingFile[] },
  limits: { mostBytes: number },
  work: (files: readonly KeptIncoming[]) => Promise<AssignmentOutcome>,
): Promise<FilesOutcome> {
  const facts = await findAssignmentFacts(context, command.assignmentId)
  requireMay(assignments.attachEvidence(context.scope, facts))
  const kept = await keepIncoming(context, command.files, limits)
  if (!kept.ok) return kept
  const outcome = await work(kept.files)
  if (!outcome.ok) await letGo(context, kept.files)
  return outcome
}
