import { z } from 'zod'
import { hierarchies, organisationKindSchema } from '#features/organisations/schema.ts'

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    /** Lets take effect what is scheduled up to today; sent for each day that something is scheduled for. */
    'reorganisations.take-effect': Record<string, never>
  }
}

export const reorganisationStates = ['draft', 'scheduled', 'done', 'dropped'] as const
export type ReorganisationState = (typeof reorganisationStates)[number]

/** What a successor takes over. Loans join them with the bookshelves. */
export const takings = ['bodies', 'members', 'posts', 'rights', 'work', 'documents'] as const
export type Taking = (typeof takings)[number]

const id = z.uuid()
const name = z.string().trim().min(1).max(300)
const short = z.string().trim().min(1).max(40).nullable()

/** One step of a reorganisation. New bodies bear their id from the draft on, so that later steps can name them. */
export const stepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    bodyId: id,
    name,
    abbreviation: short,
    bodyKind: organisationKindSchema,
    hierarchy: z.enum(hierarchies),
    unitCode: short,
    parentId: id.nullable(),
  }),
  z.object({
    kind: z.literal('change'),
    bodyId: id,
    name: name.optional(),
    abbreviation: short.optional(),
    bodyKind: organisationKindSchema.optional(),
    unitCode: short.optional(),
  }),
  z.object({ kind: z.literal('move'), bodyId: id, parentId: id }),
  /** A + B → C; where the successor is among them it goes on, and takes the others in. */
  z.object({
    kind: z.literal('merge'),
    from: z.array(id).min(1).max(200),
    into: id,
    posts: z.enum(['pass', 'end']).default('pass'),
  }),
  /** A → B + C, what goes where said for each part; A goes on where it is among the parts. */
  z.object({
    kind: z.literal('split'),
    from: id,
    parts: z
      .array(z.object({ bodyId: id, takes: z.array(z.enum(takings)) }))
      .min(1)
      .max(50),
    /** People who go elsewhere than the members of the body as a whole, by their ids. */
    people: z.record(id, id).default({}),
    posts: z.enum(['pass', 'end']).default('pass'),
  }),
  /** Ends without a successor of its own; what is left goes to the heir, the body above it unless told. */
  z.object({ kind: z.literal('dissolve'), bodyId: id, heirId: id.nullable() }),
])
export type Step = z.infer<typeof stepSchema>

/** A body as a reorganisation finds it on its day, before its first step. */
export interface BodyState {
  id: string
  name: string
  abbreviation: string | null
  kind: string
  hierarchy: string
  unitCode: string | null
  parentId: string | null
  beganOn: string | null
  endedOn: string | null
  /** The day of its latest known change of name or place. */
  changedOn: string | null
  /** It lies in the area of the reorganisation. */
  inArea: boolean
}

export const problemReasons = [
  'no-such-body',
  'created-later',
  'created-twice',
  'outside-area',
  'top-of-area',
  'ended-already',
  'ended-before',
  'not-begun',
  'later-change',
  'below-itself',
  'nothing-changes',
  'nothing-to-merge',
  'taken-twice',
  'ends-on-first-day',
  'no-heir',
  'parent-missing',
] as const
export type ProblemReason = (typeof problemReasons)[number]

/** What is wrong with a step, and in which of its parts. */
export interface StepProblem {
  /** Which step, from 0. */
  step: number
  field: 'body' | 'parent' | 'from' | 'into' | 'parts' | 'heir' | 'name'
  reason: ProblemReason
  /** The body that it is about, where there is one. */
  bodyId: string | null
  /** The step that stands against it, from 0. */
  because: number | null
}

/** Two living bodies of the same name side by side: allowed, and worth a look. */
export interface StepWarning {
  step: number
  reason: 'same-name'
  bodyId: string
  otherId: string
}

/** What a body leaves to whom, of one kind. */
export interface Passing {
  fromId: string
  toId: string
}

/** What a reorganisation comes to: the state after its last step, against that before its first. */
export interface Effects {
  created: BodyState[]
  /** Name, abbreviation, kind or code differ. */
  changed: BodyState[]
  moved: { id: string; parentId: string | null }[]
  ended: string[]
  successions: { fromId: string; toId: string; takes: Taking[] }[]
  passings: Record<Taking, Passing[]>
  /** People who go their own way when a body is split. */
  people: { personId: string; fromId: string; toId: string }[]
  /** Bodies of which posts end instead of passing. */
  postsEnd: string[]
}

export interface Simulation {
  problems: StepProblem[]
  warnings: StepWarning[]
  effects: Effects
}

export type ReorganisationOutcome =
  | { ok: true; id: string }
  | {
      ok: false
      reason:
        | 'not-a-draft'
        | 'not-scheduled'
        | 'has-problems'
        | 'no-steps'
        | 'title-missing'
        | 'day-missing'
        | 'changed-meanwhile'
        | 'step-wrong'
        | 'too-many-steps'
        | 'later-change'
      problems?: StepProblem[]
    }

/** More steps than any reorganisation of the country's has had at once in one province. */
export const mostSteps = 5_000
