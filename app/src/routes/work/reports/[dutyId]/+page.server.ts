import { fail, redirect } from '@sveltejs/kit'
import { filesOf } from '#features/assignments/server/incoming-files.ts'
import { submitReport } from '#features/report-duties/server/operations.ts'
import { getDuty } from '#features/report-duties/server/reads.ts'
import { reportDuties } from '#server/access/reports.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** A report goes up with the page in place. */
export const csr = true

const bytesPerMegabyte = 1_000_000

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const duty = await getDuty(reader, scope, params.dutyId)
  return {
    duty,
    today,
    may: { submit: reportDuties.submit(scope, duty) && duty.planState !== 'closed' },
    mostMegabytes: Math.floor(locals.mostUploadBytes / bytesPerMegabyte),
    saved: url.searchParams.has('saved'),
    commandId: newId(),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const body = textOf(form, 'body')
    const [file] = filesOf(form, 'file')
    const outcome = await submitReport(
      signedIn(locals),
      { commandId: commandOf(form), dutyId: params.dutyId, body, file },
      { mostBytes: locals.mostUploadBytes },
    )
    if (!outcome.ok) return fail(400, { problem: outcome.reason, fileName: outcome.fileName ?? null, body })
    redirect(303, `/work/reports/${params.dutyId}?saved`)
  },
}
