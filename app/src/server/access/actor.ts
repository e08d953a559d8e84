/** Who acts: an account, the person behind it, and the rights that it holds on the day. */
export interface Actor {
  accountId: string
  personId: string | null
  name: string
  grants: readonly Grant[]
}

export const roles = [
  'officer',
  'approver',
  'viewer',
  'secretary',
  'member',
  'supervisor',
  'personnel',
  'administrator',
  'guest',
] as const
export type Role = (typeof roles)[number]

/**
 * A role in an organisation. A supervisor's, an administrator's and a personnel officer's reach goes down the tree below
 * it. A guest's is for one thing alone.
 */
export interface Grant {
  role: Role
  organisationId: string
  organisationName: string
  subjectKind?: string
  subjectId?: string
}
