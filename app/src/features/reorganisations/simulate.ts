import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import type {
  BodyState,
  Effects,
  Passing,
  ProblemReason,
  Simulation,
  Step,
  StepProblem,
  StepWarning,
  Taking,
} from './schema.ts'
import { takings } from './schema.ts'

/** The bodies as the steps done so far have left them. */
interface World {
  day: string
  topId: string
  steps: readonly Step[]
  before: ReadonlyMap<string, BodyState>
  bodies: Map<string, BodyState>
  /** Which step created a body, which ended one. */
  createdBy: Map<string, number>
  endedBy: Map<string, number>
  problems: StepProblem[]
  passings: Record<Taking, Passing[]>
  successions: Map<string, { fromId: string; toId: string; takes: Taking[] }>
  people: Map<string, { personId: string; fromId: string; toId: string }>
  postsEnd: Set<string>
}

type Field = StepProblem['field']

/**
 * Goes through the steps of a reorganisation one after the other, as they would take effect on a day, and says what is
 * wrong with each and what all of it comes to. A step with a problem changes nothing, so that one fault does not bring
 * about a hundred. `bodies` are those that the steps name, all above them, and all directly below those that may end.
 */
export function simulate(
  bodies: readonly BodyState[],
  steps: readonly Step[],
  { day, topId }: { day: string; topId: string },
): Simulation {
  const before = new Map(bodies.map((body) => [body.id, body]))
  const world: World = {
    day,
    topId,
    steps,
    before,
    bodies: new Map(bodies.map((body) => [body.id, { ...body }])),
    createdBy: new Map(),
    endedBy: new Map(),
    problems: [],
    passings: { bodies: [], members: [], posts: [], rights: [], work: [], documents: [] },
    successions: new Map(),
    people: new Map(),
    postsEnd: new Set(),
  }
  for (const [at, step] of steps.entries()) doStep(world, step, at)
  return { problems: world.problems, warnings: findSameNames(world), effects: effectsOf(world) }
}

function doStep(world: World, step: Step, at: number): undefined {
  switch (step.kind) {
    case 'create':
      return create(world, step, at)
    case 'change':
      return change(world, step, at)
    case 'move':
      return move(world, step, at)
    case 'merge':
      return merge(world, step, at)
    case 'split':
      return split(world, step, at)
    case 'dissolve':
      return dissolve(world, step, at)
  }
}

function complain(
  world: World,
  at: number,
  field: Field,
  reason: ProblemReason,
  bodyId: string | null = null,
  because: number | null = null,
): undefined {
  world.problems.push({ step: at, field, reason, bodyId, because })
  return undefined
}

/** A body that a step names, if it lives at this step; otherwise a problem. */
function living(world: World, at: number, field: Field, id: string): BodyState | undefined {
  const body = world.bodies.get(id)
  if (!body) {
    const later = world.steps.findIndex(
      (step, index) => index > at && step.kind === 'create' && step.bodyId === id,
    )
    return later < 0
      ? complain(world, at, field, 'no-such-body', id)
      : complain(world, at, field, 'created-later', id, later)
  }
  if (!body.inArea) return complain(world, at, field, 'outside-area', id)
  const endedBy = world.endedBy.get(id)
  if (endedBy !== undefined) return complain(world, at, field, 'ended-before', id, endedBy)
  if (body.endedOn !== null) return complain(world, at, field, 'ended-already', id)
  if (body.beganOn !== null && body.beganOn > world.day) return complain(world, at, field, 'not-begun', id)
  return body
}

/** The same for a body that the step changes: not before a change that is known already. */
function changeable(world: World, at: number, field: Field, id: string): BodyState | undefined {
  const body = living(world, at, field, id)
  if (body && body.changedOn !== null && body.changedOn > world.day)
    return complain(world, at, field, 'later-change', id)
  return body
}

/** The same for a body that the step ends: it has been there for a day, and is not the whole area. */
function endable(world: World, at: number, field: Field, id: string): BodyState | undefined {
  const body = changeable(world, at, field, id)
  if (!body) return undefined
  if (id === world.topId) return complain(world, at, field, 'top-of-area', id)
  if (world.createdBy.has(id) || (body.beganOn !== null && body.beganOn >= world.day))
    return complain(world, at, field, 'ends-on-first-day', id, world.createdBy.get(id) ?? null)
  return body
}

function create(world: World, step: Step & { kind: 'create' }, at: number): undefined {
  if (world.bodies.has(step.bodyId)) return complain(world, at, 'body', 'created-twice', step.bodyId)
  if (step.parentId === null) return complain(world, at, 'parent', 'parent-missing')
  if (!living(world, at, 'parent', step.parentId)) return
  world.createdBy.set(step.bodyId, at)
  world.bodies.set(step.bodyId, {
    id: step.bodyId,
    name: step.name,
    abbreviation: step.abbreviation,
    kind: step.bodyKind,
    hierarchy: step.hierarchy,
    unitCode: step.unitCode,
    parentId: step.parentId,
    beganOn: world.day,
    endedOn: null,
    changedOn: null,
    inArea: true,
  })
}

function change(world: World, step: Step & { kind: 'change' }, at: number): undefined {
  const body = changeable(world, at, 'body', step.bodyId)
  if (!body) return
  const changed = {
    ...body,
    name: step.name ?? body.name,
    abbreviation: step.abbreviation === undefined ? body.abbreviation : step.abbreviation,
    kind: step.bodyKind ?? body.kind,
    unitCode: step.unitCode === undefined ? body.unitCode : step.unitCode,
  }
  if (isCalledAlike(body, changed)) return complain(world, at, 'name', 'nothing-changes', body.id)
  world.bodies.set(body.id, changed)
}

function move(world: World, step: Step & { kind: 'move' }, at: number): undefined {
  const body = changeable(world, at, 'body', step.bodyId)
  const parent = living(world, at, 'parent', step.parentId)
  if (!body || !parent) return
  if (body.id === world.topId) return complain(world, at, 'body', 'top-of-area', body.id)
  if (body.parentId === parent.id) return complain(world, at, 'parent', 'nothing-changes', parent.id)
  if (standsBelow(world, parent.id, body.id)) return complain(world, at, 'parent', 'below-itself', parent.id)
  world.bodies.set(body.id, { ...body, parentId: parent.id })
}

function merge(world: World, step: Step & { kind: 'merge' }, at: number): undefined {
  const into = living(world, at, 'into', step.into)
  const ending = [...new Set(step.from)].filter((id) => id !== step.into)
  if (ending.length === 0) return complain(world, at, 'from', 'nothing-to-merge')
  const found = ending.map((id) => endable(world, at, 'from', id))
  if (!into || found.some((body) => body === undefined)) return
  // A successor that stands below one of those that end comes up to where that stood.
  for (const id of ending) if (!liftOut(world, at, step.into, id)) return
  for (const id of ending) {
    for (const taking of takings) pass(world, taking, id, step.into)
    end(world, at, id)
    if (step.posts === 'end') world.postsEnd.add(id)
  }
}

function split(world: World, step: Step & { kind: 'split' }, at: number): undefined {
  const goesOn = step.parts.some(({ bodyId }) => bodyId === step.from)
  const from = goesOn ? changeable(world, at, 'from', step.from) : endable(world, at, 'from', step.from)
  const parts = step.parts.map(({ bodyId }) => living(world, at, 'parts', bodyId))
  if (!from || parts.some((part) => part === undefined)) return
  if (from.id === world.topId) return complain(world, at, 'from', 'top-of-area', from.id)
  const takers = new Map<Taking, string>()
  for (const { bodyId, takes } of step.parts)
    for (const taking of takes) {
      if (takers.has(taking)) return complain(world, at, 'parts', 'taken-twice', bodyId)
      takers.set(taking, bodyId)
    }
  const first = goesOn ? step.from : (step.parts[0]?.bodyId ?? step.from)
  for (const { bodyId } of step.parts)
    if (bodyId !== step.from && !goesOn && !liftOut(world, at, bodyId, step.from)) return
  for (const { bodyId } of step.parts) if (bodyId !== step.from) note(world, step.from, bodyId)
  for (const taking of takings) pass(world, taking, step.from, takers.get(taking) ?? first)
  const isPart = new Set(step.parts.map(({ bodyId }) => bodyId))
  for (const [personId, toId] of Object.entries(step.people))
    if (isPart.has(toId)) world.people.set(`${personId} ${step.from}`, { personId, fromId: step.from, toId })
  if (step.posts === 'end') world.postsEnd.add(step.from)
  if (!goesOn) end(world, at, step.from)
}

function dissolve(world: World, step: Step & { kind: 'dissolve' }, at: number): undefined {
  const body = endable(world, at, 'body', step.bodyId)
  if (!body) return
  const heirId = step.heirId ?? body.parentId
  if (heirId === null || heirId === body.id) return complain(world, at, 'heir', 'no-heir', body.id)
  if (!living(world, at, 'heir', heirId)) return
  if (!liftOut(world, at, heirId, body.id)) return
  for (const taking of takings) pass(world, taking, body.id, heirId)
  end(world, at, body.id)
}

/** Leaves what a body holds at this step to another: its own, and what it was left by earlier steps. */
function pass(world: World, taking: Taking, fromId: string, toId: string): void {
  if (fromId === toId) return
  const passings = world.passings[taking]
  for (const passing of passings) if (passing.toId === fromId) passing.toId = toId
  if (!passings.some((passing) => passing.fromId === fromId)) passings.push({ fromId, toId })
  note(world, fromId, toId).takes.push(taking)
  if (taking !== 'bodies') return
  for (const child of [...world.bodies.values()])
    if (
      child.parentId === fromId &&
      child.id !== toId &&
      child.endedOn === null &&
      !world.endedBy.has(child.id)
    )
      world.bodies.set(child.id, { ...child, parentId: toId })
}

function note(world: World, fromId: string, toId: string): { takes: Taking[] } {
  const key = `${fromId} ${toId}`
  const known = world.successions.get(key) ?? { fromId, toId, takes: [] }
  world.successions.set(key, known)
  return known
}

function end(world: World, at: number, id: string): void {
  world.endedBy.set(id, at)
}

/** Sees that a successor does not stand below who ends: it comes up to the place where that one stood. */
function liftOut(world: World, at: number, successorId: string, endingId: string): boolean {
  const successor = world.bodies.get(successorId)
  const ending = world.bodies.get(endingId)
  if (!successor || !ending || !standsBelow(world, successorId, endingId)) return true
  if (ending.parentId === null) {
    complain(world, at, 'into', 'below-itself', successorId)
    return false
  }
  world.bodies.set(successorId, { ...successor, parentId: ending.parentId })
  return true
}

function standsBelow(world: World, id: string, aboveId: string): boolean {
  const seen = new Set<string>()
  for (
    let at: string | null = id;
    at !== null && !seen.has(at);
    at = world.bodies.get(at)?.parentId ?? null
  ) {
    if (at === aboveId) return true
    seen.add(at)
  }
  return false
}

function isCalledAlike(a: BodyState, b: BodyState): boolean {
  return (
    a.name === b.name && a.abbreviation === b.abbreviation && a.kind === b.kind && a.unitCode === b.unitCode
  )
}

/** The steps after which two living bodies side by side bear one name. */
function findSameNames(world: World): StepWarning[] {
  const named = new Map<string, BodyState[]>()
  for (const body of world.bodies.values()) {
    if (body.endedOn !== null || world.endedBy.has(body.id)) continue
    const key = `${body.parentId} ${body.hierarchy} ${spellingKey(body.name)}`
    named.set(key, [...(named.get(key) ?? []), body])
  }
  const warnings: StepWarning[] = []
  for (const [first, ...others] of named.values())
    for (const other of others) {
      if (!first) continue
      const step = Math.max(lastTouch(world, first.id), lastTouch(world, other.id))
      if (step >= 0) warnings.push({ step, reason: 'same-name', bodyId: other.id, otherId: first.id })
    }
  return warnings.sort((a, b) => a.step - b.step)
}

function lastTouch(world: World, id: string): number {
  const before = world.before.get(id)
  const after = world.bodies.get(id)
  if (before && after && before.parentId === after.parentId && before.name === after.name) return -1
  const named = world.steps.findLastIndex(
    (step) =>
      (step.kind === 'create' || step.kind === 'change' || step.kind === 'move') && step.bodyId === id,
  )
  return named >= 0 ? named : Math.max(0, world.steps.length - 1)
}

function effectsOf(world: World): Effects {
  const after = [...world.bodies.values()].filter((body) => !world.endedBy.has(body.id))
  return {
    created: after.filter((body) => world.createdBy.has(body.id)),
    changed: after.filter((body) => {
      const was = world.before.get(body.id)
      return was !== undefined && !isCalledAlike(was, body)
    }),
    moved: after
      .filter((body) => {
        const was = world.before.get(body.id)
        return was !== undefined && was.parentId !== body.parentId
      })
      .map(({ id, parentId }) => ({ id, parentId })),
    ended: [...world.endedBy.keys()],
    successions: [...world.successions.values()].filter(({ takes }) => takes.length > 0),
    passings: world.passings,
    people: [...world.people.values()],
    postsEnd: [...world.postsEnd],
  }
}
