import type { Scope } from './scope.ts'

/** What decides about a document: the office that keeps it. */
export interface DocumentFacts {
  officeId: string
}

/** Who may do what with a document of an office. */
export const documents = {
  view: (scope: Scope, document: DocumentFacts): boolean => scope.offices.includes(document.officeId),
  bringIn: (scope: Scope, document: DocumentFacts): boolean => scope.enters.includes(document.officeId),
  discard: (scope: Scope, document: DocumentFacts): boolean => scope.enters.includes(document.officeId),
}
