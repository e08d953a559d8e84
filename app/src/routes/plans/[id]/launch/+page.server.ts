import { fail, redirect } from '@sveltejs/kit'
import type { BeforeDay } from '#features/plans/deadlines.ts'
import { beforeDaySchema } from '#features/plans/schema.ts'
import { launchPlan } from '#features/plans/server/launch.ts'
import { previewLaunch } from '#features/plans/server/launch-preview.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { signedIn } from '../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

function beforeDayFrom(text: string | null): { beforeDay?: BeforeDay } {
  const beforeDay = beforeDaySchema.safeParse(text)
  return beforeDay.success ? { beforeDay: beforeDay.data } : {}
}

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  preview: await previewLaunch(signedIn(locals), params.id, beforeDayFrom(url.searchParams.get('before'))),
  command: crypto.randomUUID(),
})

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData()
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
