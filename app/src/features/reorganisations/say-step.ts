import type { Language } from '@trienkhai/vietnamese/language.ts'
import { organisationWords } from '#features/organisations/words.ts'
import type { Step } from './schema.ts'
import { reorganisationWords } from './words.ts'

/** The names of all bodies that steps speak of: those that are there, and those that the steps create. */
export function namesIn(
  steps: readonly Step[],
  bodies: readonly { id: string; name: string }[],
): Map<string, string> {
  const names = new Map(bodies.map(({ id, name }) => [id, name]))
  for (const step of steps) if (step.kind === 'create') names.set(step.bodyId, step.name)
  return names
}

/** A step as a sentence. */
export function sayStep(step: Step, names: ReadonlyMap<string, string>, language: Language): string {
  const words = reorganisationWords[language]
  const name = (id: string | null): string => (id === null ? words.unknown : (names.get(id) ?? words.unknown))
  const list = (ids: readonly string[]): string => {
    const all = ids.map(name)
    const last = all.pop() ?? ''
    return all.length === 0 ? last : `${all.join(', ')} ${words.and} ${last}`
  }
  switch (step.kind) {
    case 'create':
      return words.says.create(step.name, name(step.parentId))
    case 'change': {
      const to = [
        step.name,
        step.bodyKind && organisationWords[language].kind[step.bodyKind],
        step.abbreviation,
        step.unitCode,
      ]
      return words.says.change(name(step.bodyId), to.filter(Boolean).join(', '))
    }
    case 'move':
      return words.says.move(name(step.bodyId), name(step.parentId))
    case 'merge': {
      const from = step.from.filter((id) => id !== step.into)
      const says = step.from.includes(step.into) || from.length === 1 ? words.says.absorb : words.says.merge
      return says(list(from), name(step.into)) + (step.posts === 'end' ? ` (${words.says.postsEnd})` : '')
    }
    case 'split':
      return words.says.split(name(step.from), list(step.parts.map(({ bodyId }) => bodyId)))
    case 'dissolve':
      return words.says.dissolve(
        name(step.bodyId),
        step.heirId === null ? words.directlyAbove : name(step.heirId),
      )
  }
}
