import { fail, redirect } from '@sveltejs/kit'
import { grantErasure, listRequests, refuseErasure } from '#features/personal-data/server/requests.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  if (scope.administers.length === 0) throw new NotFound('page')
  const list = await readPage(listRequest(url, pageSize), (asked) => listRequests(reader, scope, asked))
  return {
    ...list,
    rows: list.rows.map((row) => ({ ...row, commands: { grant: newId(), refuse: newId() } })),
    pageSize,
    own: scope.accountId,
  }
}

export const actions: Actions = {
  grant: async ({ request, locals }) => {
    const form = await readForm(request)
    const command = { commandId: commandOf(form), requestId: textOf(form, 'request') }
    if (textOf(form, 'sure') !== 'on') redirect(303, '/personal-data/requests')
    const outcome = await grantErasure(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, '/personal-data/requests')
  },
  refuse: async ({ request, locals }) => {
    const form = await readForm(request)
    const command = {
      commandId: commandOf(form),
      requestId: textOf(form, 'request'),
      answer: textOf(form, 'answer'),
    }
    const outcome = await refuseErasure(signedIn(locals), command)
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, '/personal-data/requests')
  },
}
