import { fail, redirect } from '@sveltejs/kit'
import { answerObstacle } from '#features/assignments/server/obstacles.ts'
import { listObstacles } from '#features/plans/server/plan-happenings.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const pageSize = 20

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const request = listRequest(url, pageSize)
  const obstacles = await readPage(request, (asked) => listObstacles(reader, scope, plan, asked))
  return { plan, obstacles, page: obstacles.page, pageSize, commandIds: obstacles.rows.map(() => newId()) }
}

export const actions: Actions = {
  answer: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await answerObstacle(signedIn(locals), {
      commandId: commandOf(form),
      obstacleId: textOf(form, 'obstacle'),
      answer: textOf(form, 'answer'),
    })
    if (!outcome.ok && (outcome.reason === 'already-answered' || outcome.reason === 'words-missing'))
      return fail(409, { problem: outcome.reason })
    redirect(303, `/plans/${params.id}/obstacles`)
  },
}
