import type { Step } from './schema.ts'

/** The bodies that a step names, and those of them that it may end. */
export function namedBy(step: Step): { named: string[]; mayEnd: string[] } {
  switch (step.kind) {
    case 'create':
      return { named: [step.bodyId, ...(step.parentId === null ? [] : [step.parentId])], mayEnd: [] }
    case 'change':
      return { named: [step.bodyId], mayEnd: [] }
    case 'move':
      return { named: [step.bodyId, step.parentId], mayEnd: [] }
    case 'merge':
      return { named: [...step.from, step.into], mayEnd: step.from }
    case 'split':
      return { named: [step.from, ...step.parts.map(({ bodyId }) => bodyId)], mayEnd: [step.from] }
    case 'dissolve':
      return { named: [step.bodyId, ...(step.heirId === null ? [] : [step.heirId])], mayEnd: [step.bodyId] }
  }
}
