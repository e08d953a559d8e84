import { error, fail, redirect } from '@sveltejs/kit'
import { formatDate, parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'
import { historyWords } from '#features/organisations/history-words.ts'
import { hierarchies, organisationKindSchema } from '#features/organisations/schema.ts'
import { correctOrganisation, placeBeside } from '#features/organisations/server/operations.ts'
import { getOrganisation } from '#features/organisations/server/organisation-reads.ts'
import { listAdministered, listChoosable } from '#features/reorganisations/server/choosable.ts'
import { stepsOfForm } from '#features/reorganisations/server/form-steps.ts'
import { changeNow } from '#features/reorganisations/server/operations.ts'
import { isInAdministration } from '#features/reorganisations/server/reads.ts'
import { reorganisations } from '#server/access/reorganisations.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { commandOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import { fieldsOf, formKindOf, type TypedStep, typedStep } from '../../step-form.ts'
import type { Actions, PageServerLoad } from './$types'

const kinds = ['rename', 'kind', 'move', 'child', 'merge', 'end', 'beside', 'correct'] as const
type Kind = (typeof kinds)[number]
type Problem = keyof (typeof historyWords)['vi']['problem']
const kindOf = (text: string | null): Kind => kinds.find((kind) => kind === text) ?? 'rename'

async function getChanging(context: Context, id: string) {
  const { reader, scope, today } = context
  if (!isId(id)) error(404, 'no such organisation')
  const organisation = await getOrganisation(reader, scope, id, { today })
  requireMay(reorganisations.prepare(scope, { administered: await isInAdministration(reader, scope, id) }))
  if (organisation.endedOn !== null) redirect(303, `/organisations/${id}`)
  return organisation
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope } = context
  const body = await getChanging(context, params.id)
  const kind = kindOf(url.searchParams.get('kind'))
  const isNew = kind === 'child'
  const typed = typedStep(url.searchParams, {
    name: isNew ? '' : body.name,
    abbreviation: isNew ? '' : (body.abbreviation ?? ''),
    bodyKind: isNew ? '' : body.kind,
    unitCode: isNew ? '' : (body.unitCode ?? ''),
    hierarchy: body.hierarchy,
    day: formatDate(context.today),
  })
  const withTarget = kind === 'move' || kind === 'merge' || kind === 'end' || kind === 'beside'
  const chosen = typed.targetId === null ? [] : [typed.targetId]
  const area = withTarget ? await topOf(context, body) : body.id
  return {
    organisation: { id: body.id, name: body.name },
    kind,
    typed,
    targets: withTarget
      ? (await listChoosable(reader, scope, { officeId: area, search: typed.q2, chosen })).filter(
          ({ id }) => id !== body.id,
        )
      : [],
    commandId: newId(),
  }
}

/** The highest body above this one that the actor administers: the area in which it is changed. */
async function topOf(
  { reader, scope }: Context,
  body: { id: string; line: { id: string }[] },
): Promise<string> {
  const administered = new Set((await listAdministered(reader, scope)).map(({ id }) => id))
  return body.line.find(({ id }) => administered.has(id))?.id ?? body.id
}

const ofReasons: Record<string, Problem> = {
  'nothing-changes': 'nothing-changes',
  'title-missing': 'title-missing',
  'day-missing': 'day-missing',
  'name-missing': 'name-missing',
  'choice-missing': 'choice-missing',
  'later-change': 'later-change',
}

export const actions: Actions = {
  default: async ({ request, locals, params, url }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const kind = kindOf(url.searchParams.get('kind'))
    const typed = typedStep(form)
    const body = await getChanging(context, params.id)
    const refuse = (problem: Problem) => fail(400, { problem, typed })
    const outcome =
      kind === 'correct'
        ? await correct(context, commandOf(form), body.id, typed)
        : kind === 'beside'
          ? await beside(context, commandOf(form), body.id, typed)
          : await change(context, commandOf(form), kind, body, typed)
    if (outcome === 'done') redirect(303, `/organisations/${params.id}#history`)
    if (outcome.startsWith('/')) redirect(303, outcome)
    return refuse(outcome as Problem)
  },
}

async function correct(
  context: Context,
  commandId: string,
  id: string,
  typed: TypedStep,
): Promise<Problem | 'done'> {
  const kind = organisationKindSchema.safeParse(typed.bodyKind).data
  if (!kind) return 'kind-missing'
  const to = {
    name: typed.name,
    abbreviation: typed.abbreviation.trim() || null,
    kind,
    unitCode: typed.unitCode.trim() || null,
  }
  const outcome = await correctOrganisation(context, { commandId, id, reason: typed.reason, to })
  return outcome.ok ? 'done' : outcome.reason
}

async function beside(
  context: Context,
  commandId: string,
  id: string,
  typed: TypedStep,
): Promise<Problem | 'done'> {
  const onDay = parseVietnameseDate(typed.day)
  if (!onDay) return 'day-missing'
  const hierarchy = hierarchies.find((one) => one === typed.hierarchy)
  if (!hierarchy) return 'choice-missing'
  const { targetId: parentId, reason } = typed
  const outcome = await placeBeside(context, { commandId, id, hierarchy, parentId, onDay, reason })
  return outcome.ok ? 'done' : outcome.reason
}

async function change(
  context: Context,
  commandId: string,
  kind: Kind,
  body: { id: string; name: string; line: { id: string }[] },
  typed: TypedStep,
): Promise<Problem | 'done' | `/${string}`> {
  const onDay = parseVietnameseDate(typed.day)
  if (!onDay) return 'day-missing'
  if (!typed.reason.trim()) return 'title-missing'
  const formKind = formKindOf(kind)
  if (!formKind) return 'failed'
  const officeId = await topOf(context, body)
  if (formKind === 'merge' && typed.targetId === null) return 'choice-missing'
  const steps = await stepsOfForm(context.reader, fieldsOf(formKind, typed, body.id), officeId)
  if (typeof steps === 'string') return steps
  const outcome = await changeNow(context, {
    commandId,
    officeId,
    steps,
    title: `${historyWords.vi.changes[kind]}: ${body.name}`,
    decision: typed.decision,
    reason: typed.reason,
    onDay,
  })
  if (outcome.ok) return onDay > context.today ? `/organisations/reorganisations/${outcome.id}` : 'done'
  const [problem] = outcome.problems ?? []
  return ofReasons[problem?.reason ?? outcome.reason] ?? 'failed'
}
