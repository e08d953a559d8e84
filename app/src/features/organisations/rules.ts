import type { OrganisationKind } from './schema.ts'

/** Bodies of the Party that have members of their own or committees below them. */
const committees: ReadonlySet<OrganisationKind> = new Set([
  'province-committee',
  'commune-committee',
  'agency-committee',
  'grassroots-committee',
])

/** Whether it is led by a committee (đảng ủy), and so can sign plans of its own. */
export function isCommittee(kind: OrganisationKind): boolean {
  return committees.has(kind)
}

/** The level of administration that a body of this kind stands for, where it stands for one. */
export function levelOf(kind: OrganisationKind): 'province' | 'commune' | 'unit' {
  if (kind === 'province-committee') return 'province'
  return kind === 'commune-committee' ? 'commune' : 'unit'
}
