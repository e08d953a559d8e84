import type { Scope } from './scope.ts'

/** What decides about lists that are brought in or taken out: which rights one holds at or above the office. */
export interface ImportFacts {
  /** The actor administers the office, or a body above it. */
  administers: boolean
  /** The actor keeps the personal data of the office's people, or of those of a body above it. */
  keepsPeople: boolean
}

/** Who may bring in and take out lists. An import is seen by whoever brought it in, and by nobody else. */
export const imports = {
  bringInOrganisations: (_scope: Scope, office: ImportFacts): boolean => office.administers,
  bringInPeople: (_scope: Scope, office: ImportFacts): boolean => office.keepsPeople,
  exportOrganisations: (_scope: Scope, office: ImportFacts): boolean =>
    office.administers || office.keepsPeople,
  exportPeople: (_scope: Scope, office: ImportFacts): boolean => office.keepsPeople,
}
