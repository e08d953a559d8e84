import { fail, redirect } from '@sveltejs/kit'
import { readOwn } from '#features/personal-data/server/own-file.ts'
import { askErasure, findOwnRequest, withdrawErasure } from '#features/personal-data/server/requests.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const shown = { rows: 20, looks: 50 }

export const load: PageServerLoad = async ({ locals }) => {
  const context = signedIn(locals)
  const own = await readOwn(context, shown)
  return {
    ...own,
    request: await findOwnRequest(context.reader, context.scope),
    commands: { ask: newId(), withdraw: newId() },
  }
}

export const actions: Actions = {
  ask: async ({ request, locals }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), reason: textOf(form, 'reason') }
    const outcome = await askErasure(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, '/personal-data/mine#erasure')
  },
  withdraw: async ({ request, locals }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), requestId: textOf(form, 'request') }
    const outcome = await withdrawErasure(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, '/personal-data/mine#erasure')
  },
}
