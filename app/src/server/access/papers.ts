import type { Scope } from './scope.ts'

/** What decides about a paper (report of results, reminder letter): the office that writes it. */
export interface PaperFacts {
  officeId: string
}

const keeps = (scope: Scope, paper: PaperFacts): boolean => scope.offices.includes(paper.officeId)

/** Who may do what with a paper. */
export const papers = { view: keeps, write: keeps, issue: keeps, download: keeps }
