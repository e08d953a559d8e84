import {
  type Hierarchy,
  hierarchies,
  type OrganisationKind,
  organisationKindSchema,
} from '#features/organisations/schema.ts'
import type { Reader } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { type BodyState, type Step, stepSchema } from '../schema.ts'
import { listBodyStates } from './body-states.ts'

/** The kinds of forms: what people call a step, which may be two of the engine's. */
export const formKinds = ['rename', 'kind', 'move', 'child', 'merge', 'split', 'end'] as const
export type FormKind = (typeof formKinds)[number]

/** What stands in a form. */
export interface StepFields {
  kind: FormKind
  bodyIds: readonly string[]
  /** The other body: parent, successor or heir. */
  targetId: string | null
  name: string
  abbreviation: string
  bodyKind: string
  hierarchy: string
  unitCode: string
  postsEnd: boolean
  /** When split: the body itself goes on. */
  goesOn: boolean
}

export type FormProblem = 'name-missing' | 'choice-missing' | 'kind-missing'

const orNull = (text: string): string | null => text.trim() || null

/**
 * The steps that a form stands for. A new body that others are merged or split into is created beside the first of them,
 * of its kind, and in its hierarchy.
 */
export async function stepsOfForm(
  reader: Reader,
  fields: StepFields,
  topId: string,
): Promise<Step[] | FormProblem> {
  const [first] = fields.bodyIds
  if (first === undefined) return 'choice-missing'
  const steps = await draftSteps(reader, fields, first, topId)
  if (typeof steps === 'string') return steps
  const parsed = steps.map((step) => stepSchema.safeParse(step))
  return parsed.every(({ success }) => success)
    ? parsed.flatMap(({ data }) => (data ? [data] : []))
    : 'name-missing'
}

async function draftSteps(
  reader: Reader,
  fields: StepFields,
  first: string,
  topId: string,
): Promise<unknown[] | FormProblem> {
  const { kind, bodyIds, targetId } = fields
  const name = fields.name.trim()
  const bodyKind = organisationKindSchema.safeParse(fields.bodyKind).data
  const posts = fields.postsEnd ? 'end' : 'pass'
  switch (kind) {
    case 'rename':
      return name ? [{ kind: 'change', bodyId: first, name }] : 'name-missing'
    case 'kind':
      if (!bodyKind) return 'kind-missing'
      return [
        {
          kind: 'change',
          bodyId: first,
          bodyKind,
          abbreviation: orNull(fields.abbreviation),
          unitCode: orNull(fields.unitCode),
        },
      ]
    case 'move':
      if (targetId === null) return 'choice-missing'
      return bodyIds.map((bodyId) => ({ kind: 'move', bodyId, parentId: targetId }))
    case 'child':
      if (!name) return 'name-missing'
      if (!bodyKind) return 'kind-missing'
      return [
        {
          kind: 'create',
          bodyId: newId(),
          name,
          abbreviation: orNull(fields.abbreviation),
          bodyKind,
          hierarchy: hierarchies.find((one) => one === fields.hierarchy) ?? 'party',
          unitCode: orNull(fields.unitCode),
          parentId: first,
        },
      ]
    case 'merge': {
      if (targetId !== null) return [{ kind: 'merge', from: bodyIds, into: targetId, posts }]
      if (!name) return 'name-missing'
      const created = createBeside(await stateOf(reader, first, topId), name, orNull(fields.abbreviation))
      return [created, { kind: 'merge', from: bodyIds, into: created.bodyId, posts }]
    }
    case 'split': {
      const names = fields.name
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
      if (names.length === 0) return 'name-missing'
      const state = await stateOf(reader, first, topId)
      const created = names.map((one) => createBeside(state, one, null))
      const parts = [...(fields.goesOn ? [first] : []), ...created.map(({ bodyId }) => bodyId)]
      return [
        ...created,
        {
          kind: 'split',
          from: first,
          parts: parts.map((bodyId) => ({ bodyId, takes: [] })),
          people: {},
          posts,
        },
      ]
    }
    case 'end':
      return bodyIds.map((bodyId) => ({ kind: 'dissolve', bodyId, heirId: targetId }))
  }
}

async function stateOf(reader: Reader, id: string, topId: string): Promise<BodyState | undefined> {
  const states = await listBodyStates(reader, [{ kind: 'change', bodyId: id }], topId)
  return states.find((state) => state.id === id)
}

function createBeside(
  state: BodyState | undefined,
  name: string,
  abbreviation: string | null,
): Step & { kind: 'create' } {
  return {
    kind: 'create',
    bodyId: newId(),
    name,
    abbreviation: abbreviation ?? state?.abbreviation ?? null,
    bodyKind: (state?.kind ?? 'cell') as OrganisationKind,
    hierarchy: (state?.hierarchy ?? 'party') as Hierarchy,
    unitCode: null,
    parentId: state?.parentId ?? null,
  }
}
