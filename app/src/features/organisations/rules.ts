import type { OrganisationKind } from './schema.ts'

/** The level of administration that a body of this kind stands for, where it stands for one. */
export function levelOf(kind: OrganisationKind): 'province' | 'commune' | 'unit' {
  if (kind === 'province-committee') return 'province'
  return kind === 'commune-committee' ? 'commune' : 'unit'
}

/** Of more bodies found by words than these nobody looks at the rest: a longer name would have been typed. */
export const mostRanked = 200
