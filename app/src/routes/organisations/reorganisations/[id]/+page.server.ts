import { fail, redirect } from '@sveltejs/kit'
import { formatDate, parseIsoDate, parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'
import { namesIn, sayStep } from '#features/reorganisations/say-step.ts'
import type { ReorganisationOutcome } from '#features/reorganisations/schema.ts'
import { listBodyStates } from '#features/reorganisations/server/body-states.ts'
import { listChoosable } from '#features/reorganisations/server/choosable.ts'
import { formKinds, stepsOfForm } from '#features/reorganisations/server/form-steps.ts'
import {
  addSteps,
  dropReorganisation,
  editHeading,
  removeSteps,
  scheduleReorganisation,
  unscheduleReorganisation,
} from '#features/reorganisations/server/operations.ts'
import { judgeStepRows, readStepRows } from '#features/reorganisations/server/read-sheet.ts'
import { getReorganisation, listKeptSteps } from '#features/reorganisations/server/reads.ts'
import { simulate } from '#features/reorganisations/simulate.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { listRequest } from '../../../list-request.ts'
import { signedIn } from '../../../signed-in.ts'
import { fieldsOf, formKindOf, typedStep } from '../../step-form.ts'
import type { Actions, PageServerLoad } from './$types'

const stepsShown = 100

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, today, language } = signedIn(locals)
  const reorganisation = await getReorganisation(reader, scope, params.id)
  const { officeId, onDay, state } = reorganisation
  const kept = await listKeptSteps(reader, reorganisation.id)
  const steps = kept.map(({ step }) => step)
  const bodies = await listBodyStates(reader, steps, officeId)
  const names = namesIn(steps, bodies)
  const judged = state === 'done' ? null : simulate(bodies, steps, { day: onDay, topId: officeId })
  const { page } = listRequest(url, stepsShown)
  const faulty = new Set(judged?.problems.map(({ step }) => step))
  // What has to be mended is shown first; a thousand good steps are paged.
  const order = [...kept.keys()].sort((a, b) => Number(faulty.has(b)) - Number(faulty.has(a)) || a - b)
  const from = (page - 1) * stepsShown
  const kind = formKindOf(url.searchParams.get('kind')) ?? 'merge'
  const typed = typedStep(url.searchParams)
  const choose = (search: string, chosen: readonly string[]) =>
    listChoosable(reader, scope, { officeId, search, chosen })
  const withTarget = kind === 'move' || kind === 'merge' || kind === 'end'
  return {
    reorganisation,
    heading: {
      title: reorganisation.title,
      decision: reorganisation.decision ?? '',
      reason: reorganisation.reason ?? '',
      onDay: formatDate(parseIsoDate(onDay) ?? today),
    },
    isDue: onDay <= today,
    steps: order.slice(from, from + stepsShown).map((at) => {
      const { id = '', step, source = null } = kept[at] ?? {}
      return {
        id,
        number: at + 1,
        source,
        kind: step?.kind ?? 'change',
        words: step ? sayStep(step, names, language) : '',
        problems: (judged?.problems ?? [])
          .filter((problem) => problem.step === at)
          .map(({ reason, bodyId, because }) => ({
            reason,
            because,
            body: bodyId === null ? null : (names.get(bodyId) ?? null),
          })),
      }
    }),
    stepCount: kept.length,
    page,
    stepsShown,
    problems: judged?.problems.length ?? 0,
    warnings: (judged?.warnings ?? []).slice(0, 50).map(({ step, bodyId }) => ({
      number: step + 1,
      name: names.get(bodyId) ?? '',
    })),
    form:
      state === 'draft'
        ? {
            kind,
            kinds: formKinds,
            typed,
            bodies: await choose(typed.q, typed.bodyIds),
            targets: withTarget
              ? await choose(typed.q2, typed.targetId === null ? [] : [typed.targetId])
              : [],
          }
        : null,
    commands: { heading: newId(), add: newId(), upload: newId(), remove: newId(), act: newId() },
  }
}

const told = (outcome: ReorganisationOutcome, id: string) => {
  if (!outcome.ok) return fail(400, { problem: outcome.reason, file: null })
  redirect(303, `/organisations/reorganisations/${id}`)
}

export const actions: Actions = {
  heading: async ({ request, locals, params: { id } }) => {
    const form = await readForm(request)
    const onDay = parseVietnameseDate(textOf(form, 'day')) ?? ''
    const heading = {
      title: textOf(form, 'title'),
      decision: textOf(form, 'decision'),
      reason: textOf(form, 'reason'),
      onDay,
    }
    return told(await editHeading(signedIn(locals), { commandId: commandOf(form), id, ...heading }), id)
  },
  add: async ({ request, locals, params: { id } }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const kind = formKindOf(textOf(form, 'kind'))
    const { officeId } = await getReorganisation(context.reader, context.scope, id)
    const steps = kind
      ? await stepsOfForm(context.reader, fieldsOf(kind, typedStep(form)), officeId)
      : 'choice-missing'
    if (typeof steps === 'string') return fail(400, { problem: 'step-wrong' as const, file: null })
    const added = { commandId: commandOf(form), id, steps: steps.map((step) => ({ step })) }
    return told(await addSteps(context, added), id)
  },
  upload: async ({ request, locals, params: { id } }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const { officeId } = await getReorganisation(context.reader, context.scope, id)
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0 || file.size > locals.mostUploadBytes)
      return fail(400, { problem: null, file: { words: '', wrong: [], more: 0 } })
    const read = await readStepRows(new Uint8Array(await file.arrayBuffer()), context.language)
    if (!read.ok) return fail(400, { problem: null, file: { words: read.words, wrong: [], more: 0 } })
    const { steps, wrong } = await judgeStepRows(context.reader, read.rows, officeId)
    if (wrong.length > 0)
      return fail(400, {
        problem: null,
        file: { words: '', wrong: wrong.slice(0, 200), more: wrong.length },
      })
    return told(await addSteps(context, { commandId: commandOf(form), id, steps, replaceSources: true }), id)
  },
  remove: async ({ request, locals, params: { id } }) => {
    const form = await readForm(request)
    const asked = textOf(form, 'step')
    const stepIds = asked === 'all' ? ('all' as const) : [asked]
    return told(await removeSteps(signedIn(locals), { commandId: newId(), id, stepIds }), id)
  },
  schedule: async ({ request, locals, params: { id } }) => {
    const commandId = commandOf(await readForm(request))
    return told(await scheduleReorganisation(signedIn(locals), { commandId, id }), id)
  },
  unschedule: async ({ request, locals, params: { id } }) => {
    const commandId = commandOf(await readForm(request))
    return told(await unscheduleReorganisation(signedIn(locals), { commandId, id }), id)
  },
  drop: async ({ request, locals, params: { id } }) => {
    const commandId = commandOf(await readForm(request))
    return told(await dropReorganisation(signedIn(locals), { commandId, id }), id)
  },
}
