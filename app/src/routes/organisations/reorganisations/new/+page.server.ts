import { fail, redirect } from '@sveltejs/kit'
import { formatDate, parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'
import { listAdministered } from '#features/reorganisations/server/choosable.ts'
import { draftReorganisation } from '#features/reorganisations/server/operations.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope, today } = signedIn(locals)
  const offices = await listAdministered(reader, scope)
  if (offices.length === 0) throw new NotFound('reorganisations')
  return {
    offices,
    typed: { title: '', decision: '', reason: '', onDay: formatDate(today), officeId: offices[0]?.id ?? '' },
    commandId: newId(),
  }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await readForm(request)
    const typed = {
      title: textOf(form, 'title'),
      decision: textOf(form, 'decision'),
      reason: textOf(form, 'reason'),
      onDay: textOf(form, 'day'),
      officeId: textOf(form, 'office'),
    }
    const onDay = parseVietnameseDate(typed.onDay) ?? ''
    const outcome = await draftReorganisation(signedIn(locals), {
      ...typed,
      onDay,
      commandId: commandOf(form),
    })
    if (!outcome.ok) return fail(400, { problem: outcome.reason, typed })
    redirect(303, `/organisations/reorganisations/${outcome.id}`)
  },
}
