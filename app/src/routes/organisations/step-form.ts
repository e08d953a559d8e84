import { type FormKind, formKinds, type StepFields } from '#features/reorganisations/server/form-steps.ts'
import { isId } from '#server/platform/ids.ts'

/** What was typed and ticked in a form of a change, whether it came by GET (while searching) or by POST. */
export interface TypedStep {
  bodyIds: string[]
  targetId: string | null
  name: string
  abbreviation: string
  bodyKind: string
  hierarchy: string
  unitCode: string
  q: string
  q2: string
  postsEnd: boolean
  goesOn: boolean
  day: string
  decision: string
  reason: string
}

/** The fields of a form, from what was sent or from an address; `fallback` stands where an address says nothing. */
export function typedStep(sent: FormData | URLSearchParams, fallback: Partial<TypedStep> = {}): TypedStep {
  const text = (name: string, otherwise = ''): string => {
    const value = sent.get(name)
    return typeof value === 'string' ? value.replaceAll('\0', '').slice(0, 4_000) : otherwise
  }
  const target = text('target')
  return {
    bodyIds: sent.getAll('body').filter((id): id is string => typeof id === 'string' && isId(id)),
    targetId: isId(target) ? target : null,
    name: text('name', fallback.name),
    abbreviation: text('abbreviation', fallback.abbreviation),
    bodyKind: text('kind-of-body', fallback.bodyKind),
    hierarchy: text('hierarchy', fallback.hierarchy),
    unitCode: text('unit-code', fallback.unitCode),
    q: text('q').trim().slice(0, 200),
    q2: text('q2').trim().slice(0, 200),
    postsEnd: sent.get('posts-end') !== null,
    goesOn: sent.get('goes-on') !== null,
    day: text('day', fallback.day),
    decision: text('decision', fallback.decision),
    reason: text('reason', fallback.reason),
  }
}

export const formKindOf = (text: string | null): FormKind | undefined =>
  formKinds.find((kind) => kind === text)

/** The fields that a step is made of; `bodyId` where the page gives the body. */
export function fieldsOf(kind: FormKind, typed: TypedStep, bodyId?: string): StepFields {
  return { ...typed, kind, bodyIds: bodyId === undefined ? typed.bodyIds : [bodyId] }
}
