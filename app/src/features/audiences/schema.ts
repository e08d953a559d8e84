import { z } from 'zod'
import {
  type Hierarchy,
  hierarchies,
  type OrganisationKind,
  organisationKindSchema,
} from '#features/organisations/schema.ts'
import { type MembershipStatus, membershipStatuses } from '#features/people/schema.ts'
import type { EndedBody } from './named-bodies.ts'

/**
 * The version of the language that expressions are written in. Version 2 added people, places in the tree and
 * intersections; every expression of version 1 is one of version 2 and means the same.
 */
export const audienceVersion = 2

/**
 * Whom a phrase stands for, as data: kept with the phrase, resolved on a day. It always speaks from one office (whose
 * plan it is) and reaches no further than that office itself and the bodies below it.
 *
 * An expression has two readings. As **organisations** it is the bodies that it names; a part that names people is then
 * the bodies for which they act. As **people** it is the persons that it names; a part that names bodies is then nobody,
 * and only confines what it is joined to: "bí thư các chi bộ, trừ Chi bộ Công an". See docs/algorithms/audiences.md.
 */
export type Audience =
  /** The office itself. */
  | { type: 'self' }
  /** Bodies by their ids. */
  | { type: 'organisations'; ids: string[] }
  /**
   * Every body of these kinds, directly below the office or at any depth. With `named`, only those whose name or
   * abbreviation holds one of these words (folded, whole words).
   */
  | { type: 'every'; kinds: OrganisationKind[]; reach: Reach; named?: string[] }
  /** Bodies that stand in this way to those of another expression; all that is left out is any. */
  | {
      type: 'around'
      of: Audience
      place: Place
      kinds?: OrganisationKind[]
      hierarchies?: Hierarchy[]
      named?: string[]
    }
  /** Whoever is meant by this in the bodies: "bí thư chi bộ". Who stands in for them acts in their place. */
  | { type: 'holders'; post: Post; of: Audience }
  /** Whoever holds one of these titles there, as the list of titles names them. */
  | { type: 'titled'; titles: string[]; of: Audience }
  /** Whoever belongs to the bodies in one of these ways. */
  | { type: 'members'; statuses: MembershipStatus[]; meeting?: Meeting; of: Audience }
  /** Persons by their ids. */
  | { type: 'persons'; ids: string[] }
  | { type: 'union'; parts: Audience[] }
  | { type: 'intersection'; parts: Audience[] }
  | { type: 'difference'; from: Audience; without: Audience }

export type Reach = 'direct' | 'below'

/** How a body stands to another in the tree of its hierarchy. */
export const places = [
  'itself',
  'children',
  'below',
  'itself-and-below',
  'siblings',
  'parent',
  'above',
] as const
export type Place = (typeof places)[number]

/**
 * Members by where and whether they meet: `expected` are those who should come to the body's meetings (neither exempt
 * nor away, with those who are here for a time); `exempt`, `away` and `guests` are these alone. All of the body's own
 * members where nothing is said.
 */
export const meetings = ['expected', 'exempt', 'away', 'guests'] as const
export type Meeting = (typeof meetings)[number]

/** Who in a body is meant. */
export const posts = [
  'secretary',
  'deputy-secretary',
  'permanent',
  'standing-committee',
  'committee-member',
  'party-member',
  'head',
  'deputy-head',
  'chair',
  'deputy-chair',
  'principal',
  'deputy-principal',
  'staff',
] as const
export type Post = (typeof posts)[number]

/** Deeper than this nobody writes; a stored or posted audience that is deeper is refused. */
const deepest = 6
const mostParts = 60
const mostIds = 20_000
const mostWords = 20

export const audienceSchema: z.ZodType<Audience> = audienceOfDepth(deepest)

function audienceOfDepth(depth: number): z.ZodType<Audience> {
  const kinds = z.array(organisationKindSchema).min(1)
  const named = z.array(z.string().min(1).max(80)).max(mostWords)
  const flat = z.discriminatedUnion('type', [
    z.object({ type: z.literal('self') }),
    z.object({ type: z.literal('organisations'), ids: z.array(z.uuid()).max(mostIds) }),
    z.object({ type: z.literal('persons'), ids: z.array(z.uuid()).max(mostIds) }),
    z.object({
      type: z.literal('every'),
      kinds,
      reach: z.enum(['direct', 'below']),
      named: named.exactOptional(),
    }),
  ])
  if (depth === 0) return flat
  const inner = z.lazy(() => audienceOfDepth(depth - 1))
  return z.union([
    flat,
    z.object({
      type: z.literal('around'),
      of: inner,
      place: z.enum(places),
      kinds: kinds.exactOptional(),
      hierarchies: z.array(z.enum(hierarchies)).min(1).exactOptional(),
      named: named.exactOptional(),
    }),
    z.object({ type: z.literal('holders'), post: z.enum(posts), of: inner }),
    z.object({
      type: z.literal('titled'),
      titles: z.array(z.string().min(1).max(120)).min(1).max(mostWords),
      of: inner,
    }),
    z.object({
      type: z.literal('members'),
      statuses: z.array(z.enum(membershipStatuses)).min(1),
      meeting: z.enum(meetings).exactOptional(),
      of: inner,
    }),
    z.object({ type: z.literal('union'), parts: z.array(inner).max(mostParts) }),
    z.object({ type: z.literal('intersection'), parts: z.array(inner).min(1).max(mostParts) }),
    z.object({ type: z.literal('difference'), from: inner, without: inner }),
  ])
}

/** A body that the office may speak of by name. */
export interface KnownBody {
  id: string
  kind: OrganisationKind
  hierarchy: Hierarchy
  name: string
  abbreviation: string | null
  /** Steps below the office, or above it. */
  distance: number
}

/** What is known of an office when its phrases are matched. */
export interface OfficeFacts {
  office: Omit<KnownBody, 'distance'>
  /** Bodies below, nearest first: those within two steps, and deeper ones that a phrase may name. */
  below: KnownBody[]
  /** The bodies above, and the boards of the nearest one. */
  above: KnownBody[]
  /** What this office has decided earlier, by the phrase's spelling key. */
  remembered: Record<string, Audience>
  /** What has ended of what was decided, by the same keys; what is decided stands for those who took over. */
  ended?: Record<string, EndedBody[]>
}

/** How a phrase came to its audience; `words.ts` has a sentence for each. */
export type MatchReason =
  /** The office decided it for an earlier plan. */
  | 'remembered'
  /** The very name of the body, or its abbreviation written out. */
  | 'name'
  /** "các chi bộ", "các đoàn thể": every body of a kind. */
  | 'collective'
  /** Its usual name by its kind ("Công an xã"). */
  | 'kind'
  /** Part of a name that fits one body. */
  | 'part-of-name'
  /** The body of that name has ended; this one took its work over. */
  | 'successor'
  /** The district level has ended; taken for the office's own level. */
  | 'former-level'
  /** The office itself. */
  | 'self'
  /** A body above: it can be reported to, but given no work. */
  | 'above'
  /** Several phrases in one. */
  | 'several-phrases'
  /** Some of the phrases in it fit, others do not. */
  | 'partly'
  /** More than one body fits equally well. */
  | 'several-bodies'
  /** "các cơ quan liên quan": nobody can be named by it. */
  | 'vague'
  | 'unknown'

export interface PhraseMatch {
  /** Null where nobody in the office's tree is meant, or where it can't be said who. */
  audience: Audience | null
  /** 0–1: 1 said outright; under 0.6 a person should look. */
  sure: number
  why: MatchReason
  /** Parts of the phrase that fit nobody. */
  unmatched: string[]
  /** For `successor`: the old body's name, and the day on which it ended. */
  formerly?: { name: string; until: string }
  /** Bodies that the office's decision names and that are no more. */
  ended?: EndedBody[]
}

/** An organisation that an audience resolved to. */
export interface ResolvedOrganisation {
  id: string
  name: string
  kind: OrganisationKind
  parentId: string | null
  parentName: string | null
  /** Party members there now. */
  members: number
}

/** One of the ways in which a person fits an audience. */
export interface Way {
  organisationId: string
  organisationName: string
  /** The title as printed, how they belong there, or null for who is named. */
  title: string | null
  status: MembershipStatus | null
  /** Acts in this person's place. */
  standsInFor: string | null
}

/** A person that an audience resolved to. */
export interface ResolvedPerson {
  id: string
  fullName: string
  ways: Way[]
}

/** An audience that an office keeps under a name. */
export interface SavedAudience {
  id: string
  name: string
  /** As it was written. */
  audience: Audience
  /** As it holds today: whoever took over stands in the place of what has ended. */
  current: Audience
  ended: EndedBody[]
}

export type SaveOutcome = { ok: true; id: string } | { ok: false; reason: 'no-name' }

/** Whether an expression names people by how they belong: who they are is for whoever keeps them alone. */
export function speaksOfMembership(audience: Audience): boolean {
  switch (audience.type) {
    case 'members':
      return true
    case 'holders':
      return audience.post === 'party-member'
    case 'union':
    case 'intersection':
      return audience.parts.some(speaksOfMembership)
    case 'difference':
      return speaksOfMembership(audience.from) || speaksOfMembership(audience.without)
    default:
      return false
  }
}
