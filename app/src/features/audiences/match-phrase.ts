import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { levelOf } from '#features/organisations/rules.ts'
import { collectives, usualNames, vague } from './collectives.ts'
import { findByName } from './match-name.ts'
import type { EndedBody } from './named-bodies.ts'
import { foldPhrase, type Level, type PhraseKey, placeOf, splitLevel } from './phrase-key.ts'
import { splitHolder } from './posts.ts'
import type { Audience, KnownBody, MatchReason, OfficeFacts, PhraseMatch } from './schema.ts'
import { successions } from './successions.ts'

const unknown: PhraseMatch = { audience: null, sure: 0, why: 'unknown', unmatched: [] }
const ownSelf: PhraseMatch = { audience: { type: 'self' }, sure: 0.95, why: 'self', unmatched: [] }

/**
 * Whom a phrase of a plan stands for, seen from the office whose plan it is. Never throws: what fits nobody comes
 * back as `unknown`, what nobody could fit as `vague`. What the office decided for the same words earlier wins.
 */
export function matchPhrase(phrase: string, facts: OfficeFacts): PhraseMatch {
  const remembered = facts.remembered[spellingKey(phrase)]
  if (remembered) return asRemembered(remembered, facts.ended?.[spellingKey(phrase)] ?? [])
  const match = matchFolded(foldPhrase(phrase), facts)
  if (match.why === 'unknown') return { ...match, unmatched: [phrase.trim()] }
  return match.unmatched.length > 0 ? { ...match, unmatched: asPrinted(match.unmatched, phrase) } : match
}

/** What the office decided, less sure where a body that it named has ended, the more so where nobody took it over. */
function asRemembered(audience: Audience, ended: EndedBody[]): PhraseMatch {
  if (ended.length === 0) return { audience, sure: 1, why: 'remembered', unmatched: [] }
  const lost = ended.filter(({ heirs }) => heirs.length === 0).map(({ name }) => name)
  return { audience, sure: lost.length > 0 ? 0.5 : 0.8, why: 'remembered', unmatched: lost, ended }
}

/** Folded parts of a phrase as they are printed in it. */
function asPrinted(folded: readonly string[], phrase: string): string[] {
  const pieces = phrase.split(/[,;/]|\s(?:và|cùng|với)\s/u).map((piece) => piece.trim())
  return folded.map((part) => pieces.find((piece) => foldPhrase(piece) === part) ?? part)
}

function matchFolded(folded: string, facts: OfficeFacts): PhraseMatch {
  if (folded === '') return unknown
  return (
    matchWhole(folded, facts) ??
    matchWithout(folded, facts) ??
    matchParts(folded, facts) ??
    matchLoosely(folded, facts)
  )
}

/** The phrase as one name or one way of speaking; undefined where it is neither. */
function matchWhole(folded: string, facts: OfficeFacts): PhraseMatch | undefined {
  const places = placesOf(facts)
  const key = splitLevel(folded, places)
  const outright = findByName(folded, facts.below, places)
  if (outright.length === 1) return named(outright, 'name', 1)
  if (vague.test(key.core)) return { audience: null, sure: 0, why: 'vague', unmatched: [] }
  const standing = standingOf(key, facts)
  if (standing === 'above') return matchAbove(key, facts)
  const weaker = standing === 'former' ? 0.75 : 1
  const match = matchOwn(key.core, facts)
  if (!match) return undefined
  if (standing !== 'former' || match.why === 'successor') return { ...match, sure: match.sure * weaker }
  return { ...match, sure: match.sure * weaker, why: 'former-level' }
}

function matchOwn(core: string, facts: OfficeFacts): PhraseMatch | undefined {
  if (core === '') return ownSelf
  const byName = findByName(core, facts.below, placesOf(facts))
  if (byName.length > 0) return named(byName, 'name', 1)
  for (const { test, audience, sure } of collectives) {
    if (test.test(core))
      return { audience, sure, why: speaksOfSelf(audience) ? 'self' : 'collective', unmatched: [] }
  }
  const usual = usualNames.find(({ test }) => test.test(core))
  const byKind = usual ? nearest(facts.below.filter((body) => isOf(body, usual.kinds, usual.named))) : []
  if (byKind.length > 0) return named(byKind, 'kind', 0.9)
  return matchSuccessor(core, facts) ?? matchHolder(core, facts)
}

/** "thủ trưởng các cơ quan": whoever leads what the rest of the phrase stands for. */
function matchHolder(core: string, facts: OfficeFacts): PhraseMatch | undefined {
  const split = splitHolder(core)
  if (!split) return undefined
  const of = split.rest === '' ? ownSelf : matchWhole(split.rest, facts)
  if (!of?.audience) return of
  if (of.audience.type === 'holders') return of
  return { ...of, audience: { type: 'holders', post: split.post, of: of.audience }, sure: of.sure * 0.95 }
}

function matchSuccessor(core: string, facts: OfficeFacts): PhraseMatch | undefined {
  const level = levelOf(facts.office.kind)
  const bare = core.replace(/\b(?:va|\|)\s/g, '')
  const succession = successions.find(
    (one) => one.former === bare && (one.level === level || level === 'unit'),
  )
  if (!succession) return undefined
  for (const name of succession.now) {
    const found = findByName(name, facts.below, placesOf(facts))
    if (found.length > 0) {
      const formerly = { name: succession.name, until: succession.until }
      return { ...named(found, 'successor', 0.8), formerly }
    }
  }
  return undefined
}

/** A body above: known by name where it is one of those around the office, else only known to be above. */
function matchAbove(key: PhraseKey, facts: OfficeFacts): PhraseMatch {
  const [nearestAbove] = facts.above
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => a.distance - b.distance)
  const places = [...new Set(facts.above.map(({ name }) => placeOf(name)).filter((place) => place !== ''))]
  const isCommittee =
    key.core === '' || /^(?:thuong truc|ban thuong vu|ban chap hanh|dang bo|.*cap tren.*)$/.test(key.core)
  const found = isCommittee && nearestAbove ? [nearestAbove] : findByName(key.core, facts.above, places)
  const [body] = found
  return {
    audience: body ? { type: 'organisations', ids: [body.id] } : null,
    sure: body ? 0.9 : 0.7,
    why: 'above',
    unmatched: [],
  }
}

/** "các chi bộ trừ chi bộ Công an": all of the first but those of the second. */
function matchWithout(folded: string, facts: OfficeFacts): PhraseMatch | undefined {
  const [kept, dropped, ...more] = folded.split(/\s(?:\| )?(?:tru|ngoai tru|khong ke|khong bao gom)\s/)
  if (!kept || !dropped || more.length > 0) return undefined
  const from = matchFolded(kept, facts)
  const without = matchFolded(dropped, facts)
  if (!from.audience || !without.audience) return undefined
  return {
    audience: { type: 'difference', from: from.audience, without: without.audience },
    sure: Math.min(from.sure, without.sure),
    why: from.why,
    unmatched: [],
  }
}

const mostSegments = 12

/** Several phrases joined by commas and "và": as few and as long ones as fit. */
function matchParts(folded: string, facts: OfficeFacts): PhraseMatch | undefined {
  const words = folded
    .replace(/\s\|\s(?:va|cung|va cac don vi)\s/g, ' | ')
    .split(/\s(?=(?:\||va|cung|voi)\s)/)
  if (words.length < 2 || words.length > mostSegments) return undefined
  const segments = words.map((word) => word.replace(/^(?:\||va|cung|voi)\s/, ''))
  const joiners = words.map((word) => /^(\||va|cung|voi)\s/.exec(word)?.[1] ?? '')
  const parts: PhraseMatch[] = []
  const unmatched: string[] = []
  let previous = ''
  for (let from = 0; from < segments.length; ) {
    const taken = longestFrom(segments, joiners, from, previous, facts)
    if (taken) {
      parts.push(taken.match)
      previous = taken.text
      from = taken.to
    } else {
      unmatched.push(segments[from] ?? '')
      from += 1
    }
  }
  const fitting = parts.filter(({ audience }) => audience !== null)
  if (fitting.length === 0) return parts.length > 0 && unmatched.length === 0 ? parts[0] : undefined
  const [only] = fitting
  const sure = Math.min(...fitting.map((part) => part.sure))
  const vagueParts = parts.filter((part) => part.why === 'vague')
  if (only && fitting.length === 1 && parts.length === 1 && unmatched.length === 0) return only
  const whole = unmatched.length === 0 && vagueParts.length === 0
  return {
    audience: joined(fitting.flatMap(({ audience }) => audience ?? [])),
    sure: whole ? sure : Math.min(sure, 0.5),
    why: whole ? 'several-phrases' : 'partly',
    unmatched,
  }
}

function longestFrom(
  segments: readonly string[],
  joiners: readonly string[],
  from: number,
  previous: string,
  facts: OfficeFacts,
): { match: PhraseMatch; text: string; to: number } | undefined {
  for (let to = segments.length; to > from; to--) {
    if (from === 0 && to === segments.length) continue
    const text = segments
      .slice(from, to)
      .map((segment, index) => (index === 0 ? segment : `${joiners[from + index]} ${segment}`))
      .join(' ')
    // "chi bộ khu 1, 2 và 3": a number alone takes the name before it.
    const full = /^\d+$/.test(text) && /\s\d+$/.test(previous) ? previous.replace(/\d+$/, text) : text
    const match = matchWhole(full, facts) ?? (to === from + 1 ? matchWithout(full, facts) : undefined)
    if (match) return { match, text: full, to }
  }
  return undefined
}

/** Some words of a name, where they fit one body best. */
function matchLoosely(folded: string, facts: OfficeFacts): PhraseMatch {
  const { core } = splitLevel(folded, placesOf(facts))
  const found = findByName(core, facts.below, placesOf(facts), 'loosely')
  if (found.length === 0) return unknown
  return found.length === 1 ? named(found, 'part-of-name', 0.7) : named(found, 'several-bodies', 0.4)
}

function joined(parts: Audience[]): Audience {
  const ids = parts.flatMap((part) => (part.type === 'organisations' ? part.ids : []))
  const rest = parts.filter((part) => part.type !== 'organisations')
  const all: Audience[] = ids.length > 0 ? [{ type: 'organisations', ids: [...new Set(ids)] }, ...rest] : rest
  const [only] = all
  return only && all.length === 1 ? only : { type: 'union', parts: all }
}

function named(bodies: readonly KnownBody[], why: MatchReason, sure: number): PhraseMatch {
  const near = nearest(bodies)
  return {
    audience: { type: 'organisations', ids: near.map(({ id }) => id) },
    sure: near.length > 1 ? Math.min(sure, 0.4) : sure,
    why: near.length > 1 ? 'several-bodies' : why,
    unmatched: [],
  }
}

function nearest(bodies: readonly KnownBody[]): KnownBody[] {
  const distance = Math.min(...bodies.map((body) => body.distance))
  return bodies.filter((body) => body.distance === distance)
}

function isOf(body: KnownBody, kinds: readonly string[], words: readonly string[] | undefined): boolean {
  if (!kinds.includes(body.kind)) return false
  const name = ` ${foldPhrase(body.name)} `
  return (
    !words ||
    words.some((word) => name.includes(` ${word} `) || name.includes(` ${word.replaceAll(' - ', ' ')} `))
  )
}

function speaksOfSelf(audience: Audience): boolean {
  return audience.type === 'self' || (audience.type === 'holders' && speaksOfSelf(audience.of))
}

function placesOf(facts: OfficeFacts): string[] {
  return [placeOf(facts.office.name), ...facts.above.map(({ name }) => placeOf(name))].filter(
    (place) => place !== '',
  )
}

/** How the level that a phrase names stands to the office's own. */
function standingOf({ level, core }: PhraseKey, facts: OfficeFacts): 'own' | 'former' | 'above' {
  if (level === null) return /^(?:cap uy |dang uy )?cap tren(?: truc tiep)?$/.test(core) ? 'above' : 'own'
  const rank: Record<Level, number> = { commune: 0, district: 1, province: 2, centre: 3 }
  const own = levelOf(facts.office.kind) === 'province' ? 2 : 0
  if (rank[level] === own) return 'own'
  if (level === 'district') return 'former'
  return rank[level] > own ? 'above' : 'own'
}
