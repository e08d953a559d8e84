import { namesIn } from '#features/reorganisations/say-step.ts'
import { readAsProgram } from '#features/reorganisations/server/acting-as-program.ts'
import { listBodyStates } from '#features/reorganisations/server/body-states.ts'
import { consequenceKinds, listConsequences } from '#features/reorganisations/server/consequences.ts'
import { getReorganisation, listKeptSteps } from '#features/reorganisations/server/reads.ts'
import { simulate } from '#features/reorganisations/simulate.ts'
import { listRequest, readPage } from '../../../../list-request.ts'
import { signedIn } from '../../../../signed-in.ts'
import type { PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope } = context
  const { id, title, officeId, onDay, state, outcome } = await getReorganisation(reader, scope, params.id)
  const steps = (await listKeptSteps(reader, id)).map(({ step }) => step)
  const bodies = await listBodyStates(reader, steps, officeId)
  const { effects, problems } = simulate(bodies, steps, { day: onDay, topId: officeId })
  const names = namesIn(steps, bodies)
  const list = await readAsProgram(context, (program) =>
    readPage(listRequest(url, pageSize), (asked) =>
      listConsequences(program, effects, { ...asked, day: onDay }),
    ),
  )
  return {
    reorganisation: { id, title, onDay, state, outcome },
    problems: problems.length,
    kinds: consequenceKinds,
    list: {
      total: list.total,
      rows: list.rows.map((row) => ({
        ...row,
        heirs: row.heirs.map(({ id: heirId, takes }) => ({
          id: heirId,
          name: names.get(heirId) ?? '',
          takes,
        })),
      })),
    },
    page: list.page,
    pageSize,
  }
}
