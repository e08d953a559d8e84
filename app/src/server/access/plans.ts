import type { Scope } from './scope.ts'

/** What decides about a plan: whose it is, and whether it was launched to a unit of the actor's. */
export interface PlanFacts {
  officeId: string
  /** The plan is launched, and one of the actor's organisations (or one in the supervised area) has to answer. */
  reachesActor: boolean
}

const sees = (scope: Scope, plan: PlanFacts): boolean => scope.offices.includes(plan.officeId)
const enters = (scope: Scope, plan: PlanFacts): boolean => scope.enters.includes(plan.officeId)
const approves = (scope: Scope, plan: PlanFacts): boolean => scope.approves.includes(plan.officeId)

/** Who may do what with a plan: who enters for the office prepares it, who approves lets it take effect. */
export const plans = {
  view: (scope: Scope, plan: PlanFacts): boolean => sees(scope, plan) || plan.reachesActor,
  review: enters,
  launch: approves,
  withdraw: approves,
  amend: approves,
  close: approves,
  seeAllUnits: sees,
  writePapers: enters,
}
