import type { Scope } from './scope.ts'

/** What decides about a paper (report of results, reminder letter): the office that writes it. */
export interface PaperFacts {
  officeId: string
}

const sees = (scope: Scope, paper: PaperFacts): boolean => scope.offices.includes(paper.officeId)

/** Who may do what with a paper: it is written by who enters for the office, and goes out by who approves. */
export const papers = {
  view: sees,
  write: (scope: Scope, paper: PaperFacts): boolean => scope.enters.includes(paper.officeId),
  issue: (scope: Scope, paper: PaperFacts): boolean => scope.approves.includes(paper.officeId),
  download: sees,
}
