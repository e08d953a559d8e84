import { fail, redirect } from '@sveltejs/kit'
import { importColumns } from '#features/imports/columns.ts'
import { type ImportKind, type ImportRowLine, importKinds, rowStates } from '#features/imports/schema.ts'
import {
  correctRow,
  decideRow,
  discardImport,
  mendByFile,
  readAgain,
  startApplying,
  startUndoing,
} from '#features/imports/server/operations.ts'
import { countRows, getImport, listRows } from '#features/imports/server/reads.ts'
import { InvalidInput } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { type Look, recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import { refuseSheet } from '../refuse-sheet.ts'
import type { Actions, PageServerLoad } from './$types'

/** The reading is watched while it lasts. */
export const csr = true

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope } = context
  const line = await getImport(reader, scope, params.id)
  const counts = await countRows(reader, line.id)
  const kinds = importKinds.filter((kind) => counts.some((each) => each.kind === kind))
  const kind = kinds.find((each) => each === url.searchParams.get('kind')) ?? firstWrong(counts) ?? kinds[0]
  const state = rowStates.find((each) => each === url.searchParams.get('state')) ?? null
  const request = listRequest(url, pageSize)
  const list = kind
    ? await readPage(request, (asked) => listRows(reader, line.id, { ...asked, kind, state }))
    : { rows: [], total: 0, page: 1 }
  if (kind !== 'organisations') await recordLook(context, lookOf(line.officeId, list.rows))
  const found = line.sheets.find((sheet) => sheet.kind === kind && !sheet.skipped)?.columns ?? []
  const wrong = new Set(list.rows.flatMap((row) => row.problems.map(({ column }) => column)))
  return {
    line,
    counts,
    kinds,
    kind: kind ?? null,
    state,
    search: request.search,
    list,
    page: list.page,
    pageSize,
    // The columns of the sheet, and those that it lacks where a row needs them.
    columns: kind
      ? importColumns[kind]
          .filter(({ key }) => wrong.has(key) || found.some((column) => column.key === key))
          .map(({ key }) => key)
      : [],
    command: newId(),
    mostMegabytes: Math.floor(locals.mostUploadBytes / 1_000_000),
  }
}

/** Who is known and whose data the rows show: as they were before a change, or to be told from somebody else. */
function lookOf(officeId: string, rows: readonly ImportRowLine[]): Look {
  const shown = rows.flatMap((row) => [
    ...(Object.keys(row.changes).length > 0 && row.kind === 'people' ? [row.targetId] : []),
    ...row.problems.flatMap(({ people = [] }) => people.map(({ id }) => id)),
  ])
  return { operation: 'people.look', subjectKind: 'person', subjectIds: [...new Set(shown)], officeId }
}

function firstWrong(counts: readonly { kind: ImportKind; state: string }[]): ImportKind | undefined {
  return importKinds.find((kind) => counts.some((each) => each.kind === kind && each.state === 'wrong'))
}

function rowOf(form: FormData): { kind: ImportKind; number: number } {
  const kind = importKinds.find((each) => each === textOf(form, 'kind'))
  const number = Number(textOf(form, 'number'))
  if (!kind || !Number.isInteger(number) || number < 1 || number > 2_000_000) throw new InvalidInput(['row'])
  return { kind, number }
}

/** Back to the same part of the preview. */
function here(form: FormData, id: string): string {
  const view = new URLSearchParams(textOf(form, 'view'))
  const kept = new URLSearchParams()
  for (const name of ['kind', 'state', 'q', 'page']) {
    const value = view.get(name)
    if (value) kept.set(name, value)
  }
  return kept.size > 0 ? `/imports/${id}?${kept}` : `/imports/${id}`
}

export const actions: Actions = {
  correct: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const cells = { [textOf(form, 'column')]: textOf(form, 'value') }
    const outcome = await correctRow(signedIn(locals), params.id, { ...rowOf(form), cells })
    if (!outcome.ok) return fail(409, { problem: 'notNow' as const })
    redirect(303, here(form, params.id))
  },
  decide: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const decision = textOf(form, 'decision') || null
    const outcome = await decideRow(signedIn(locals), params.id, { ...rowOf(form), decision })
    if (!outcome.ok) return fail(409, { problem: 'notNow' as const })
    redirect(303, here(form, params.id))
  },
  mend: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const file = form.get('file')
    const context = signedIn(locals)
    const outcome = await mendByFile(
      context,
      params.id,
      file instanceof File
        ? { name: file.name, size: file.size, stream: () => file.stream() }
        : { name: '', size: 0, stream: () => new Blob().stream() },
      { mostBytes: locals.mostUploadBytes },
    )
    if (!outcome.ok) return refuseSheet(outcome.reason)
    redirect(303, `/imports/${params.id}`)
  },
  apply: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await startApplying(signedIn(locals), {
      commandId: commandOf(form),
      importId: params.id,
      leaveWrong: textOf(form, 'leaveWrong') === 'yes',
      version: Number(textOf(form, 'version')) || 0,
    })
    if (!outcome.ok) {
      const problem = { 'not-now': 'notNow', 'wrong-rows': 'wrongRows', nothing: 'nothing' } as const
      return fail(409, { problem: problem[outcome.reason] })
    }
    redirect(303, `/imports/${params.id}`)
  },
  undo: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await startUndoing(signedIn(locals), {
      commandId: commandOf(form),
      importId: params.id,
    })
    if (!outcome.ok)
      return fail(409, {
        problem: outcome.reason === 'organisations' ? ('organisations' as const) : ('notNow' as const),
      })
    redirect(303, `/imports/${params.id}`)
  },
  again: async ({ locals, params }) => {
    const outcome = await readAgain(signedIn(locals), params.id)
    if (!outcome.ok) return fail(409, { problem: outcome.reason === 'busy' ? 'busy' : 'notNow' } as const)
    redirect(303, `/imports/${params.id}`)
  },
  discard: async ({ locals, params }) => {
    const outcome = await discardImport(signedIn(locals), params.id)
    if (!outcome.ok) return fail(409, { problem: 'notNow' as const })
    redirect(303, '/imports')
  },
}
