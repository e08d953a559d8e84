import type { ThingKind } from '#features/guests/schema.ts'

export interface Page<Row> {
  rows: Row[]
  total: number
}

/** Roles that are given for an organisation; a guest's right is for one thing. */
export const givenRoles = [
  'officer',
  'approver',
  'viewer',
  'secretary',
  'member',
  'supervisor',
  'personnel',
  'administrator',
] as const satisfies readonly string[]
export type GivenRole = (typeof givenRoles)[number]

export const accountFilters = ['all', 'never', 'locked', 'off'] as const
export type AccountFilter = (typeof accountFilters)[number]

/** How the last invitation of an account stands. */
export type InvitationState = 'open' | 'over'

export interface AccountLine {
  id: string
  name: string
  username: string
  organisationName: string | null
  roles: string[]
  hasMail: boolean
  lastSignedInAt: Date | null
  isOff: boolean
  isLocked: boolean
  invitation: InvitationState | null
}

/** A right that an account holds or held. */
export interface RightLine {
  id: string
  role: string
  organisationId: string
  organisationName: string
  /** A guest's one thing; its title where the reader sees it, too. */
  thing: { kind: ThingKind; title: string | null } | null
  fromOn: string
  toOn: string | null
  /** It holds today, or will. */
  isOpen: boolean
}

export interface InvitationLine {
  id: string
  purpose: 'invite' | 'reset'
  by: 'mail' | 'slip'
  madeAt: Date
  expiresAt: Date
  usedAt: Date | null
  revokedAt: Date | null
  isOpen: boolean
}

export interface AccountDetails extends AccountLine {
  personId: string | null
  organisationId: string | null
  email: string | null
  hasTwoStep: boolean
  rights: RightLine[]
  invitations: InvitationLine[]
}

/** A slip that was just made: its code is shown this once. */
export interface Slip {
  name: string
  username: string
  organisationName: string
  purpose: 'invite' | 'reset'
  code: string
  address: string
  expiresAt: Date
}

/** A person for whom an account can be made. */
export interface PersonWithout {
  id: string
  fullName: string
  places: { id: string; name: string }[]
}
