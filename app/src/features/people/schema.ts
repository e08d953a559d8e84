/** A person as the list of an organisation shows them. */
export interface PersonRow {
  id: string
  fullName: string
  /** Posts held there now, the first first. */
  posts: string[]
  /** How they belong to it; null for somebody who only holds a post there. */
  status: MembershipStatus | null
}

export const membershipStatuses = ['official', 'probationary', 'union-member', 'association-member'] as const
export type MembershipStatus = (typeof membershipStatuses)[number]
