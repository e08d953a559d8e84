import { z } from 'zod'
import {
  type Hierarchy,
  type OrganisationKind,
  organisationKindSchema,
} from '#features/organisations/schema.ts'

/**
 * Whom a phrase stands for, as data: kept with the phrase, resolved to organisations on a day. It always speaks from
 * one office (whose plan it is) and reaches no further than that office itself and the bodies below it.
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
  /** Whoever holds a post there: "bí thư chi bộ". It resolves to the bodies; the post says who acts for them. */
  | { type: 'holders'; post: Post; of: Audience }
  | { type: 'union'; parts: Audience[] }
  | { type: 'difference'; from: Audience; without: Audience }

export type Reach = 'direct' | 'below'

/** Who in a body is meant. */
export const posts = [
  'secretary',
  'deputy-secretary',
  'committee-member',
  'party-member',
  'head',
  'chair',
  'principal',
  'staff',
] as const
export type Post = (typeof posts)[number]

/** Deeper than this nobody writes; a stored or posted audience that is deeper is refused. */
const deepest = 6
const mostParts = 60

export const audienceSchema: z.ZodType<Audience> = audienceOfDepth(deepest)

function audienceOfDepth(depth: number): z.ZodType<Audience> {
  const flat = z.discriminatedUnion('type', [
    z.object({ type: z.literal('self') }),
    z.object({ type: z.literal('organisations'), ids: z.array(z.uuid()).max(20_000) }),
    z.object({
      type: z.literal('every'),
      kinds: z.array(organisationKindSchema).min(1),
      reach: z.enum(['direct', 'below']),
      named: z.array(z.string().min(1).max(80)).max(20).exactOptional(),
    }),
  ])
  if (depth === 0) return flat
  const inner = z.lazy(() => audienceOfDepth(depth - 1))
  return z.union([
    flat,
    z.object({ type: z.literal('holders'), post: z.enum(posts), of: inner }),
    z.object({ type: z.literal('union'), parts: z.array(inner).max(mostParts) }),
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
