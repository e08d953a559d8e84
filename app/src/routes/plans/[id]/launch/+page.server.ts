import { fail, redirect } from '@sveltejs/kit'
import { beforeDaySchema } from '#features/plans/command-schema.ts'
import type { BeforeDay } from '#features/plans/deadlines.ts'
import { launchPlan } from '#features/plans/server/launch.ts'
import { listReceivers, previewLaunch } from '#features/plans/server/launch-preview.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { listRequest, readPage } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

function beforeDayFrom(text: string | null): { beforeDay?: BeforeDay } {
  const beforeDay = beforeDaySchema.safeParse(text)
  return beforeDay.success ? { beforeDay: beforeDay.data } : {}
}

const pageSize = 60

/** `task-3`: the part of the plan whose receivers are listed whole. */
function partFrom(text: string | null): { kind: 'task' | 'event' | 'report'; item: number } | null {
  const [, kind, item] = /^(task|event|report)-(\d{1,4})$/.exec(text ?? '') ?? []
  return kind === 'task' || kind === 'event' || kind === 'report' ? { kind, item: Number(item) } : null
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const preview = await previewLaunch(context, params.id, beforeDayFrom(url.searchParams.get('before')))
  const part = partFrom(url.searchParams.get('list'))
  const request = listRequest(url, pageSize)
  const list = part ? await readPage(request, (asked) => listReceivers(context, preview, part, asked)) : null
  return {
    preview,
    list: list && part ? { ...list, part: `${part.kind}-${part.item}`, pageSize } : null,
    command: newId(),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await launchPlan(signedIn(locals), {
      commandId: commandOf(form),
      planId: params.id,
      version: Number(textOf(form, 'version')),
      ...beforeDayFrom(textOf(form, 'before')),
    })
    if (!outcome.ok) return fail(409, { problem: outcome.reason })
    redirect(303, `/plans/${outcome.planId}`)
  },
}
