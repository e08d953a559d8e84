import { error } from '@sveltejs/kit'
import { parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { readAsProgram } from '#features/reorganisations/server/acting-as-program.ts'
import { listBodyStates } from '#features/reorganisations/server/body-states.ts'
import {
  consequenceKinds,
  listConsequenceRows,
  nameConsequenceRows,
} from '#features/reorganisations/server/consequences.ts'
import { getReorganisation, listKeptSteps } from '#features/reorganisations/server/reads.ts'
import { listRequest, readPage } from '../../../../../list-request.ts'
import { signedIn } from '../../../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, today } = context
  const { id, title, officeId, onDay } = await getReorganisation(reader, scope, params.id)
  const steps = (await listKeptSteps(reader, id)).map(({ step }) => step)
  const body = (await listBodyStates(reader, steps, officeId)).find(
    (one) => one.id === params.bodyId && one.inArea,
  )
  if (!body) error(404, 'no such organisation')
  const kind = consequenceKinds.find((one) => one === url.searchParams.get('what')) ?? 'assignments'
  const question = { bodyId: body.id, kind, day: parseIsoDate(onDay) ?? today }
  const list = await readAsProgram(context, (program) =>
    readPage(listRequest(url, pageSize), (asked) => listConsequenceRows(program, { ...question, ...asked })),
  )
  return {
    reorganisation: { id, title },
    body: { id: body.id, name: body.name },
    kind,
    list: { ...list, rows: await nameConsequenceRows(reader, scope, kind, list.rows) },
    page: list.page,
    pageSize,
  }
}
