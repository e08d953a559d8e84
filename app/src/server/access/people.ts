import type { Scope } from './scope.ts'

/** What decides about a person: how the bodies where they belong or hold posts stand to the actor's. */
export interface PersonFacts {
  /** It is the actor. */
  self: boolean
  /** They hold a post in a body of the actor's line, or belong to one that the actor looks after or belongs to. */
  inSight: boolean
  /** They belong to, or hold a post in, a body whose people the actor keeps. */
  inCare: boolean
}

/** What decides about the people of a body: whether the actor keeps them, there or above. */
export interface PersonnelFacts {
  inCare: boolean
}

/** Who may do what with a person. Names and posts are no secret within one's line; all else is for who keeps people. */
export const people = {
  view: (_scope: Scope, person: PersonFacts): boolean => person.self || person.inSight || person.inCare,
  viewDetails: (_scope: Scope, person: PersonFacts): boolean => person.self || person.inCare,
  change: (_scope: Scope, person: PersonFacts): boolean => person.inCare,
}

/** Who may do what with the posts and memberships of a body. */
export const personnel = {
  enter: (_scope: Scope, body: PersonnelFacts): boolean => body.inCare,
}
