import { fail, redirect } from '@sveltejs/kit'
import { answerObstacle } from '#features/assignments/server/obstacles.ts'
import { listPlanEvents } from '#features/events/server/reads.ts'
import { mostSquares, mostUnitsAsSquares, standingOn } from '#features/plans/rules.ts'
import { reopenPlan } from '#features/plans/server/close.ts'
import { listAmendments, listOpenObstacles } from '#features/plans/server/plan-happenings.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { countUnits, listGroups, listSquares, listTasks } from '#features/plans/server/roll-up.ts'
import { reviewAgain, withdrawPlan } from '#features/plans/server/withdraw.ts'
import { countDuties } from '#features/report-duties/server/reads.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { listRequest, readPage } from '../../list-request.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const groupsShown = 20
const happeningsShown = 5

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  if (plan.state === 'review') redirect(303, `/plans/${plan.id}/review`)
  const [tasks, units, duties, events, obstacles, amendments] = await Promise.all([
    listTasks(reader, scope, plan, today),
    countUnits(reader, scope, plan, today),
    countDuties(reader, scope, plan.id, today),
    listPlanEvents(reader, scope, plan.id),
    listOpenObstacles(reader, scope, plan, happeningsShown),
    listAmendments(reader, plan, { offset: 0, limit: 1 }),
  ])
  const total = tasks.reduce((sum, task) => sum + task.total, 0)
  const asSquares = units.units <= mostUnitsAsSquares && total <= mostSquares
  const squares = asSquares ? await listSquares(reader, scope, plan) : []
  const groups = asSquares
    ? { rows: [], total: 0, page: 1 }
    : await readPage(listRequest(url, groupsShown, 'groups'), (asked) =>
        listGroups(reader, scope, plan, { ...asked, today }),
      )
  return {
    plan,
    tasks,
    units,
    duties,
    events,
    obstacles,
    amendments: amendments.total,
    today,
    squares: Object.fromEntries(
      tasks.map((task) => [
        task.id,
        squares
          .filter((square) => square.taskId === task.id)
          .map(({ id, name, state, dueOn }) => ({ id, name, standing: standingOn({ state, dueOn }, today) })),
      ]),
    ),
    asSquares,
    groups,
    groupPage: groups.page,
    groupsShown,
    commands: {
      withdraw: newId(),
      reviewAgain: newId(),
      reopen: newId(),
      answers: obstacles.rows.map(() => newId()),
    },
  }
}

export const actions: Actions = {
  withdraw: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await withdrawPlan(signedIn(locals), {
      commandId: commandOf(form),
      planId: params.id,
      reason: textOf(form, 'reason'),
    })
    if (!outcome.ok) return fail(409, { problem: outcome.reason, reason: textOf(form, 'reason') })
    redirect(303, `/plans/${params.id}`)
  },
  reviewAgain: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await reviewAgain(signedIn(locals), {
      commandId: commandOf(form),
      planId: params.id,
    })
    if (!outcome.ok) return fail(409, { problem: outcome.reason, reason: '' })
    redirect(303, `/plans/${params.id}/review`)
  },
  reopen: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const reason = textOf(form, 'reason')
    const outcome = await reopenPlan(signedIn(locals), {
      commandId: commandOf(form),
      planId: params.id,
      reason,
    })
    if (!outcome.ok) return fail(409, { notReopened: outcome.reason, reason })
    redirect(303, `/plans/${params.id}`)
  },
  answer: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await answerObstacle(signedIn(locals), {
      commandId: commandOf(form),
      obstacleId: textOf(form, 'obstacle'),
      answer: textOf(form, 'answer'),
    })
    if (!outcome.ok && (outcome.reason === 'already-answered' || outcome.reason === 'words-missing'))
      return fail(409, { problem: outcome.reason, obstacleId: textOf(form, 'obstacle'), reason: '' })
    redirect(303, `/plans/${params.id}#obstacles`)
  },
}
