import type { Scope } from './scope.ts'

/** What decides about a reorganisation: whether the body in whose area it happens lies in what the actor administers. */
export interface ReorganisationFacts {
  administered: boolean
}

const administers = (_scope: Scope, { administered }: ReorganisationFacts): boolean => administered

/** Who may do what with organisations over time: who administers the area, and nobody else. */
export const reorganisations = {
  view: administers,
  prepare: administers,
  schedule: administers,
  correct: administers,
}
