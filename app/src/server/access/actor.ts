/** Who acts: an account, the person behind it, and the rights that it holds on the day. */
export interface Actor {
  accountId: string
  personId: string | null
  name: string
  grants: readonly Grant[]
}

export const roles = ['officer', 'secretary', 'member', 'supervisor', 'personnel', 'administrator'] as const
export type Role = (typeof roles)[number]

/** A role in an organisation. A supervisor's and an administrator's reach goes down the tree below it. */
export interface Grant {
  role: Role
  organisationId: string
  organisationName: string
}
