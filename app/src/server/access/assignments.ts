import type { Scope } from './scope.ts'

/** What decides about an assignment: whose plan it is, whose work it is, and whether it is in the supervised area. */
export interface AssignmentFacts {
  officeId: string
  organisationId: string
  inArea: boolean
}

const mine = (scope: Scope, assignment: AssignmentFacts): boolean =>
  scope.units.includes(assignment.organisationId)
const ofMyOffice = (scope: Scope, assignment: AssignmentFacts): boolean =>
  scope.offices.includes(assignment.officeId)
const forMyOffice = (scope: Scope, assignment: AssignmentFacts): boolean =>
  scope.enters.includes(assignment.officeId)

/** Who may do what with an assignment. */
export const assignments = {
  view: (scope: Scope, assignment: AssignmentFacts): boolean =>
    mine(scope, assignment) ||
    ofMyOffice(scope, assignment) ||
    assignment.inArea ||
    scope.memberships.includes(assignment.organisationId),
  carryOut: mine,
  attachEvidence: mine,
  raiseObstacle: mine,
  answerObstacle: forMyOffice,
  remind: forMyOffice,
}
