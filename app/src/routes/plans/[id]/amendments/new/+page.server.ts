import { fail, redirect } from '@sveltejs/kit'
import { parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'
import {
  type AmendmentChange,
  amendmentChangeSchema,
  amendmentReasonSchema,
} from '#features/plans/command-schema.ts'
import { amendPlan } from '#features/plans/server/amend.ts'
import { listAmendableUnits } from '#features/plans/server/amendable-units.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { listTasks } from '#features/plans/server/roll-up.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import { InvalidInput } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../../command-of.ts'
import { readForm } from '../../../../form-text.ts'
import { searchOf } from '../../../../list-request.ts'
import { signedIn } from '../../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const kinds = ['due', 'text', 'add-units', 'remove-units', 'add-task'] as const
type Kind = (typeof kinds)[number]
const kindOf = (text: string | null): Kind => kinds.find((kind) => kind === text) ?? 'due'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  requireMay(plans.amend(scope, { officeId: plan.officeId, reachesActor: false }))
  if (plan.state !== 'launched') redirect(303, `/plans/${plan.id}`)
  const kind = kindOf(url.searchParams.get('kind'))
  const tasks = await listTasks(reader, scope, plan, today)
  const task = tasks.find(({ id }) => id === url.searchParams.get('task')) ?? tasks[0]
  const search = searchOf(url)
  const chosen = url.searchParams.getAll('unit').filter(isId)
  const withUnits = kind === 'add-units' || kind === 'remove-units' || kind === 'add-task'
  const units = withUnits
    ? await listAmendableUnits(reader, scope, plan, {
        search,
        chosen,
        taskId: kind === 'add-task' ? null : (task?.id ?? null),
        having: kind === 'remove-units',
      })
    : []
  return {
    plan,
    kind,
    tasks: tasks.map(({ id, text, dueOn }) => ({ id, text, dueOn })),
    taskId: task?.id ?? null,
    search,
    chosen,
    units,
    withUnits,
    // What was typed before looking for units comes back with the search.
    typed: {
      reason: url.searchParams.get('reason') ?? '',
      due: url.searchParams.get('due'),
      text: url.searchParams.get('text'),
    },
    commandId: newId(),
  }
}

type Problem =
  | 'reason-missing'
  | 'no-such-day'
  | 'text-missing'
  | 'units-missing'
  | 'not-launched'
  | 'changes-nothing'
  | 'all-have-acted'

/** What the form asks to change, or what is missing in it. */
function changeOf(form: FormData, kind: Kind): AmendmentChange | Problem {
  const typedDay = textOf(form, 'due').trim()
  const dueOn = typedDay ? parseVietnameseDate(typedDay) : null
  if (dueOn === undefined) return 'no-such-day'
  const text = textOf(form, 'text').trim()
  const organisationIds = form.getAll('unit').filter((id) => typeof id === 'string' && isId(id))
  if ((kind === 'text' || kind === 'add-task') && !text) return 'text-missing'
  if (kind !== 'due' && kind !== 'text' && organisationIds.length === 0) return 'units-missing'
  const role = textOf(form, 'role') === 'with' ? 'with' : 'lead'
  const parsed = amendmentChangeSchema.safeParse({
    kind,
    taskId: textOf(form, 'task'),
    dueOn,
    text,
    organisationIds,
    role,
  })
  if (!parsed.success) throw new InvalidInput(['change'])
  return parsed.data
}

export const actions: Actions = {
  default: async ({ request, locals, params, url }) => {
    const form = await readForm(request)
    const commandId = commandOf(form)
    const typed = {
      reason: textOf(form, 'reason'),
      due: textOf(form, 'due'),
      text: textOf(form, 'text'),
      task: textOf(form, 'task'),
    }
    const refuse = (problem: Problem) => fail(400, { problem, typed })
    const change = changeOf(form, kindOf(url.searchParams.get('kind')))
    if (typeof change === 'string') return refuse(change)
    const reason = amendmentReasonSchema.safeParse(typed.reason)
    if (!reason.success) return refuse('reason-missing')
    const outcome = await amendPlan(signedIn(locals), {
      commandId,
      planId: params.id,
      reason: reason.data,
      change,
    })
    if (!outcome.ok) return refuse(outcome.reason)
    redirect(303, `/plans/${params.id}/amendments`)
  },
}
