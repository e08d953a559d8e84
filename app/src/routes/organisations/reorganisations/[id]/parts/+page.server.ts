import { error, fail, redirect } from '@sveltejs/kit'
import { namesIn } from '#features/reorganisations/say-step.ts'
import { type Step, takings } from '#features/reorganisations/schema.ts'
import { readAsProgram } from '#features/reorganisations/server/acting-as-program.ts'
import { listBodyStates } from '#features/reorganisations/server/body-states.ts'
import { replaceStep } from '#features/reorganisations/server/operations.ts'
import { listPeopleInBody } from '#features/reorganisations/server/people-in-body.ts'
import { getReorganisation, listKeptSteps } from '#features/reorganisations/server/reads.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../../command-of.ts'
import { readForm } from '../../../../form-text.ts'
import { signedIn } from '../../../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** The split that the page is about, in a draft of the actor's. */
async function getSplit(context: Context, id: string, stepId: string | null) {
  const reorganisation = await getReorganisation(context.reader, context.scope, id)
  const kept = await listKeptSteps(context.reader, reorganisation.id)
  const asked = kept.find((one) => one.id === stepId)
  if (asked?.step.kind !== 'split' || reorganisation.state !== 'draft') error(404, 'no such step')
  return { reorganisation, kept, stepId: asked.id, split: asked.step }
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reorganisation, kept, stepId, split } = await getSplit(
    context,
    params.id,
    url.searchParams.get('step'),
  )
  const steps = kept.map(({ step }) => step)
  const names = namesIn(steps, await listBodyStates(context.reader, steps, reorganisation.officeId))
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  const first = split.parts.some(({ bodyId }) => bodyId === split.from) ? split.from : split.parts[0]?.bodyId
  return {
    reorganisation: { id: reorganisation.id, title: reorganisation.title },
    stepId,
    from: named(split.from),
    parts: split.parts.map(({ bodyId }) => named(bodyId)),
    takes: takings.map((taking) => ({
      taking,
      partId: split.parts.find(({ takes }) => takes.includes(taking))?.bodyId ?? first ?? '',
    })),
    people: await readAsProgram(context, (program) =>
      listPeopleInBody(program, split.from, reorganisation.onDay),
    ),
    apart: split.people,
    commandId: newId(),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const { split, stepId } = await getSplit(context, params.id, textOf(form, 'step'))
    const isPart = new Set(split.parts.map(({ bodyId }) => bodyId))
    const people = Object.fromEntries(
      [...form].flatMap(([name, value]) =>
        name.startsWith('person-') && typeof value === 'string' && isPart.has(value)
          ? [[name.slice('person-'.length), value]]
          : [],
      ),
    )
    const step: Step = {
      ...split,
      parts: split.parts.map(({ bodyId }) => ({
        bodyId,
        takes: takings.filter((taking) => textOf(form, taking) === bodyId),
      })),
      people,
    }
    const outcome = await replaceStep(context, { commandId: commandOf(form), id: params.id, stepId, step })
    if (!outcome.ok) return fail(400, { problem: outcome.reason })
    redirect(303, `/organisations/reorganisations/${params.id}`)
  },
}
