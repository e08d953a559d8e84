import { fail, redirect } from '@sveltejs/kit'
import { importKinds } from '#features/imports/schema.ts'
import { bringInList } from '#features/imports/server/operations.ts'
import { listImports } from '#features/imports/server/reads.ts'
import { listImportOffices } from '#features/imports/server/rights.ts'
import { InvalidInput, NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../command-of.ts'
import { readForm } from '../form-text.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'
import { refuseSheet } from './refuse-sheet.ts'

const pageSize = 20

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope, today } = signedIn(locals)
  const list = await readPage(listRequest(url, pageSize), (asked) => listImports(reader, scope, asked))
  return {
    command: newId(),
    offices: await listImportOffices(reader, scope.accountId, today),
    list,
    page: list.page,
    pageSize,
    today,
    mostMegabytes: Math.floor(locals.mostUploadBytes / 1_000_000),
  }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const offices = await listImportOffices(context.reader, context.scope.accountId, context.today)
    const chosen = textOf(form, 'office')
    const office =
      chosen === '' && offices.length === 1 ? offices[0] : offices.find(({ id }) => id === chosen)
    if (!office) throw new NotFound('office')
    const asked = textOf(form, 'kind')
    const kind = importKinds.find((each) => each === asked) ?? null
    if (asked !== '' && !kind) throw new InvalidInput(['kind'])
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0) return fail(400, { problem: 'empty' as const })
    const outcome = await bringInList(
      context,
      { commandId: commandOf(form), officeId: office.id, kind },
      { name: file.name, size: file.size, stream: () => file.stream() },
      { mostBytes: locals.mostUploadBytes },
    )
    if (!outcome.ok) return refuseSheet(outcome.reason)
    redirect(303, `/imports/${outcome.importId}`)
  },
}
