import type { Scope } from './scope.ts'

/** What decides about an organisation: how it stands to the actor's own. */
export interface OrganisationFacts {
  /** It, or a body above it, is one that the actor administers, keeps an office for, or supervises. */
  belowActor: boolean
  /** The actor belongs to it, or to a body below it. */
  aboveActor: boolean
}

/** Who may do what with an organisation. The names of the bodies around one's own are no secret; people are. */
export const organisations = {
  view: (_scope: Scope, organisation: OrganisationFacts): boolean =>
    organisation.belowActor || organisation.aboveActor,
  listPeople: (_scope: Scope, organisation: OrganisationFacts): boolean => organisation.belowActor,
}
