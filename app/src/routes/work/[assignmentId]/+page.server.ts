import { fail, redirect } from '@sveltejs/kit'
import { removeEvidence } from '#features/assignments/server/evidence.ts'
import { filesOf } from '#features/assignments/server/incoming-files.ts'
import { answerObstacle, raiseObstacle } from '#features/assignments/server/obstacles.ts'
import {
  attachFiles,
  attachLink,
  type FilesOutcome,
  finishAssignment,
  noteProgress,
  reopenAssignment,
  startAssignment,
} from '#features/assignments/server/operations.ts'
import { getAssignment } from '#features/assignments/server/reads.ts'
import { assignments } from '#server/access/assignments.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** Photos go up with the page in place. */
export const csr = true

const bytesPerMegabyte = 1_000_000

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const assignment = await getAssignment(reader, scope, params.assignmentId)
  return {
    assignment,
    today,
    may: {
      carryOut: assignments.carryOut(scope, assignment) && !assignment.isClosed,
      answer: assignments.answerObstacle(scope, assignment),
    },
    mostMegabytes: Math.floor(locals.mostUploadBytes / bytesPerMegabyte),
    saved: url.searchParams.has('saved'),
    commands: {
      start: newId(),
      note: newId(),
      attach: newId(),
      link: newId(),
      finish: newId(),
      reopen: newId(),
      obstacle: newId(),
      removals: assignment.evidence.map(() => newId()),
      answers: assignment.obstacles.map(() => newId()),
    },
  }
}

/** Back to the page, or the same page with what was typed and what is wrong with it. */
function answer(form: FormData, of: string, assignmentId: string, outcome: FilesOutcome) {
  if (outcome.ok) redirect(303, `/work/${assignmentId}?saved`)
  const typed = Object.fromEntries(
    ['note', 'reason', 'text', 'url', 'title'].map((name) => [name, textOf(form, name)]),
  )
  return fail(outcome.reason.startsWith('already') ? 409 : 400, {
    of,
    problem: outcome.reason,
    fileName: outcome.fileName ?? null,
    typed,
    withoutEvidence: form.has('without-evidence'),
  })
}

export const actions: Actions = {
  start: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId }
    return answer(form, 'start', assignmentId, await startAssignment(signedIn(locals), command))
  },
  note: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId, note: textOf(form, 'note') }
    return answer(form, 'note', assignmentId, await noteProgress(signedIn(locals), command))
  },
  attach: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId, files: filesOf(form, 'files') }
    const limits = { mostBytes: locals.mostUploadBytes }
    return answer(form, 'attach', assignmentId, await attachFiles(signedIn(locals), command, limits))
  },
  link: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId, url: textOf(form, 'url') }
    const outcome = await attachLink(signedIn(locals), { ...command, title: textOf(form, 'title') })
    return answer(form, 'link', assignmentId, outcome)
  },
  remove: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId, evidenceId: textOf(form, 'evidence') }
    return answer(form, 'remove', assignmentId, await removeEvidence(signedIn(locals), command))
  },
  finish: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = {
      commandId: commandOf(form),
      assignmentId,
      note: textOf(form, 'note'),
      withoutEvidence: form.has('without-evidence'),
      files: filesOf(form, 'files'),
    }
    const limits = { mostBytes: locals.mostUploadBytes }
    return answer(form, 'finish', assignmentId, await finishAssignment(signedIn(locals), command, limits))
  },
  reopen: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId, reason: textOf(form, 'reason') }
    return answer(form, 'reopen', assignmentId, await reopenAssignment(signedIn(locals), command))
  },
  obstacle: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), assignmentId, text: textOf(form, 'text') }
    return answer(form, 'obstacle', assignmentId, await raiseObstacle(signedIn(locals), command))
  },
  answer: async ({ request, locals, params: { assignmentId } }) => {
    const form = await readForm(request)
    const outcome = await answerObstacle(signedIn(locals), {
      commandId: commandOf(form),
      obstacleId: textOf(form, 'obstacle'),
      answer: textOf(form, 'answer'),
    })
    return answer(form, 'answer', assignmentId, outcome)
  },
}
