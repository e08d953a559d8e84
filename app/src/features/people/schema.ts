import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'

/** A person as the list of an organisation shows them. */
export interface PersonRow {
  id: string
  fullName: string
  /** Posts held there now, the first first. */
  posts: string[]
  /** How they belong to it; null for somebody who only holds a post there, or where that is not for the actor. */
  status: MembershipStatus | null
}

export const membershipStatuses = ['official', 'probationary', 'union-member', 'association-member'] as const
export type MembershipStatus = (typeof membershipStatuses)[number]

/** Members of the Party, as against those of unions and associations. */
export const partyStatuses: readonly MembershipStatus[] = ['official', 'probationary']

/** Why a membership ended. */
export const membershipEndings = ['became-official', 'transferred', 'left', 'removed', 'died'] as const
export type MembershipEnding = (typeof membershipEndings)[number]

export interface NamedBody {
  id: string
  name: string
}

/** A person in the list of all that the actor may see. */
export interface PersonListed {
  id: string
  fullName: string
  posts: { title: string; body: NamedBody; standsIn: boolean }[]
  /** Where they belong; the status only where the actor keeps that body's people. */
  bodies: (NamedBody & { status: MembershipStatus | null })[]
}

/** A page of people. Where counting all of them would take long, `total` is only the least that there are. */
export interface PeopleFound {
  rows: PersonListed[]
  total: number
  isAtLeast: boolean
}

/** What a list of people is narrowed to. */
export interface PeopleFilter {
  words: string
  organisationId: string | null
  titleId: string | null
  status: MembershipStatus | null
}

/** From a day to a day, both of them in it; null: still. */
export interface Period {
  fromOn: CivilDate
  toOn: CivilDate | null
}

export interface PostHeld extends Period {
  id: string
  title: string
  body: NamedBody
  decision: string | null
  standsInFor: { personId: string; fullName: string } | null
  /** Who acts in it on the day that is looked at. */
  stoodInBy: { personId: string; fullName: string; toOn: CivilDate | null } | null
  /** Whether the actor keeps that body's people. */
  mayChange: boolean
}

export interface MembershipHeld extends Period {
  id: string
  status: MembershipStatus
  body: NamedBody
  endedAs: MembershipEnding | null
  mayChange: boolean
}

export interface Exemption extends Period {
  id: string
  body: NamedBody
  reason: string
  mayChange: boolean
}

export interface TemporaryMembership extends Period {
  id: string
  home: NamedBody | null
  host: NamedBody | null
  place: string | null
  mayChange: boolean
}

export interface PersonDetails {
  bornOn: CivilDate | null
  bornKnownTo: 'day' | 'month' | 'year'
  sex: 'female' | 'male' | null
  phone: string | null
  email: string | null
  partyCard: string | null
  joinedOn: CivilDate | null
  officialOn: CivilDate | null
}

/** A person through time, as far as the actor may see. */
export interface PersonPage {
  id: string
  fullName: string
  may: { viewDetails: boolean; change: boolean }
  posts: PostHeld[]
  /** Where they belong, without saying how, for who may see only that. */
  bodies: NamedBody[]
  hasAccount: boolean
  /** Null for who may not see it. */
  personal: {
    details: PersonDetails | null
    memberships: MembershipHeld[]
    exemptions: Exemption[]
    temporary: TemporaryMembership[]
    /** Entries that were merged into this one. */
    merged: { mergeId: string; fullName: string; mergedOn: string; reason: string }[]
  } | null
}

/** Why somebody may be the same person; `words.ts` says each. */
export type DoubleReason =
  | 'same-name'
  | 'same-name-without-marks'
  | 'same-birth-day'
  | 'same-birth-year'
  | 'same-phone'
  | 'same-card'
  | 'same-body'
  | 'other-birth-day'

/** Somebody who may be the same person. */
export interface LikelyDouble {
  id: string
  fullName: string
  posts: string[]
  bodies: string[]
  bornYear: string | null
  /** 0–100; `rules.ts` says how it is reckoned. */
  score: number
  reasons: DoubleReason[]
}

/** A title of the list from which posts are given. */
export interface PostTitle {
  id: string
  name: string
  english: string | null
  /** Null: of the common list. */
  officeId: string | null
  kinds: string[]
  rank: number
  seats: number | null
}

/** Why an operation on people was refused. */
export type PeopleRefusal =
  /** Somebody who may be the same person is there: look at them first. */
  | 'likely-doubles'
  | 'no-name'
  | 'ends-before-it-begins'
  /** The same post, or the membership of a cell, is held at the time already. */
  | 'overlaps'
  /** The post has as many holders as it may have. */
  | 'seat-taken'
  | 'title-not-here'
  /** The body is no more at a time of what should be entered. */
  | 'body-ended'
  | 'not-a-member'
  | 'is-themselves'
  | 'memberships-differ'
  | 'already-merged'
  | 'title-known'
  | 'no-reason'
  | 'no-place'

export type PeopleOutcome = { ok: true; personId: string } | { ok: false; reason: PeopleRefusal }
