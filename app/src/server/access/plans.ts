import type { Scope } from './scope.ts'

/** What decides about a plan: whose it is, and whether it was launched to a unit of the actor's. */
export interface PlanFacts {
  officeId: string
  /** The plan is launched, and one of the actor's organisations (or one in the supervised area) has to answer. */
  reachesActor: boolean
}

const keeps = (scope: Scope, plan: PlanFacts): boolean => scope.offices.includes(plan.officeId)

/** Who may do what with a plan. */
export const plans = {
  view: (scope: Scope, plan: PlanFacts): boolean => keeps(scope, plan) || plan.reachesActor,
  review: keeps,
  launch: keeps,
  withdraw: keeps,
  amend: keeps,
  close: keeps,
  seeAllUnits: keeps,
  writePapers: keeps,
}
