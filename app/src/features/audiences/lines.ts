import { z } from 'zod'
import { type OrganisationKind, organisationKindSchema } from '#features/organisations/schema.ts'
import { type MembershipStatus, membershipStatuses } from '#features/people/schema.ts'
import { type Audience, type Meeting, meetings, type Place, type Post, places, posts } from './schema.ts'

/** How a line of the form is joined to what stands above it. */
export const joins = ['and', 'without', 'also'] as const
export type Join = (typeof joins)[number]

/**
 * Who is meant in the bodies of a line: the bodies themselves, holders of posts, of a title, or
 * members; or else persons who are chosen one by one.
 */
export const whos = ['bodies', 'holders', 'titled', 'members', 'persons'] as const
export type Who = (typeof whos)[number]

/** Which bodies: those that stand so to the office, or those that are chosen one by one. */
export const linePlaces = [...places, 'chosen'] as const
export type LinePlace = (typeof linePlaces)[number]

/** A line of the form in which audiences are written by choosing. */
export interface AudienceLine {
  join: Join
  who: Who
  post: Post
  title: string
  statuses: MembershipStatus[]
  meeting: Meeting | null
  /** Seen from the office. */
  place: LinePlace
  /** Chosen one by one, for the place `chosen`. */
  bodies: string[]
  persons: string[]
  /** Words of the name of whatever is to be chosen next; no part of the audience. */
  find: string
  kinds: OrganisationKind[]
  /** A word of the body's name, folded when it is compared; empty: any name. */
  named: string
}

export const emptyLine: AudienceLine = {
  join: 'and',
  who: 'holders',
  post: 'secretary',
  title: '',
  statuses: ['official', 'probationary'],
  meeting: null,
  place: 'below',
  bodies: [],
  persons: [],
  find: '',
  kinds: ['cell'],
  named: '',
}

const mostLines = 8
/** As many as an address holds; a longer list is a saved audience that is not changed by lines. */
const mostChosen = 40

/** The lines that an address holds: `who0=holders&post0=secretary&kinds0=cell …`; none where it says nothing. */
export function linesFrom(query: URLSearchParams): AudienceLine[] {
  const lines: AudienceLine[] = []
  for (let at = 0; at < mostLines && query.has(`who${at}`); at++) {
    const one = (name: string): string => query.get(`${name}${at}`) ?? ''
    if (one('gone') === 'on') continue
    const chosen = <Value extends string>(name: string, values: readonly Value[], otherwise: Value): Value =>
      values.find((value) => value === one(name)) ?? otherwise
    lines.push({
      join: chosen('join', joins, 'and'),
      who: chosen('who', whos, 'bodies'),
      post: chosen('post', posts, 'secretary'),
      title: one('title').trim().slice(0, 120),
      statuses: z
        .array(z.enum(membershipStatuses))
        .catch([])
        .parse(query.getAll(`statuses${at}`)),
      meeting: meetings.find((value) => value === one('meeting')) ?? null,
      place: chosen('place', linePlaces, 'below'),
      bodies: idsOf(query.getAll(`bodies${at}`)),
      persons: idsOf(query.getAll(`persons${at}`)),
      find: one('find').trim().slice(0, 80),
      kinds: z
        .array(organisationKindSchema)
        .catch([])
        .parse(query.getAll(`kinds${at}`)),
      named: one('named').trim().slice(0, 80),
    })
  }
  return lines
}

const idsOf = (typed: readonly string[]): string[] =>
  [...new Set(typed)].filter((id) => z.uuid().safeParse(id).success).slice(0, mostChosen)

/** The address part for lines, as {@link linesFrom} reads it. */
export function linesAsQuery(lines: readonly AudienceLine[]): URLSearchParams {
  const query = new URLSearchParams()
  for (const [at, line] of lines.entries()) {
    const { statuses, kinds, meeting, bodies, persons, find: _, ...rest } = line
    for (const [name, value] of Object.entries(rest)) query.set(`${name}${at}`, value)
    if (meeting) query.set(`meeting${at}`, meeting)
    for (const status of statuses) query.append(`statuses${at}`, status)
    for (const kind of kinds) query.append(`kinds${at}`, kind)
    for (const id of bodies) query.append(`bodies${at}`, id)
    for (const id of persons) query.append(`persons${at}`, id)
  }
  return query
}

/** The expression that the lines come to, each joined to all above it; undefined where there is no line. */
export function audienceOfLines(lines: readonly AudienceLine[]): Audience | undefined {
  return lines.reduce<Audience | undefined>((above, line) => {
    const own = audienceOfLine(line)
    if (!above) return own
    if (line.join === 'without') return { type: 'difference', from: above, without: own }
    if (line.join === 'also') return { type: 'intersection', parts: [above, own] }
    return above.type === 'union'
      ? { type: 'union', parts: [...above.parts, own] }
      : { type: 'union', parts: [above, own] }
  }, undefined)
}

function audienceOfLine({
  who,
  post,
  title,
  statuses,
  meeting,
  place,
  kinds,
  named,
  bodies,
  persons,
}: AudienceLine): Audience {
  if (who === 'persons') return { type: 'persons', ids: persons }
  const of: Audience =
    place === 'chosen' ? { type: 'organisations', ids: bodies } : bodiesOfLine(place, kinds, named)
  switch (who) {
    case 'bodies':
      return of
    case 'holders':
      return { type: 'holders', post, of }
    case 'titled':
      return title ? { type: 'titled', titles: [title], of } : { type: 'holders', post: 'staff', of }
    case 'members':
      return {
        type: 'members',
        statuses: statuses.length > 0 ? statuses : ['official', 'probationary'],
        ...(meeting ? { meeting } : {}),
        of,
      }
  }
}

function bodiesOfLine(place: Place, kinds: readonly OrganisationKind[], named: string): Audience {
  if (place === 'itself' && kinds.length === 0 && named === '') return { type: 'self' }
  const names = named === '' ? {} : { named: [named] }
  if ((place === 'children' || place === 'below') && kinds.length > 0)
    return { type: 'every', kinds: [...kinds], reach: place === 'children' ? 'direct' : 'below', ...names }
  return {
    type: 'around',
    of: { type: 'self' },
    place,
    ...(kinds.length > 0 ? { kinds: [...kinds] } : {}),
    ...names,
  }
}

/** The lines of an expression that the form could have written; undefined for any other. */
export function linesOf(audience: Audience): AudienceLine[] | undefined {
  switch (audience.type) {
    case 'union': {
      const lines = audience.parts.map(linesOf)
      const [first, ...rest] = lines
      if (!first || rest.some((line) => line?.length !== 1)) return undefined
      return [...first, ...rest.flatMap((line) => line ?? [])]
    }
    case 'difference':
      return joined(audience.from, audience.without, 'without')
    case 'intersection': {
      const [above, own, ...more] = audience.parts
      return above && own && more.length === 0 ? joined(above, own, 'also') : undefined
    }
    default:
      return lineOf(audience)
  }
}

function joined(above: Audience, own: Audience, join: Join): AudienceLine[] | undefined {
  const [lines, last] = [linesOf(above), linesOf(own)]
  const [line, ...more] = last ?? []
  return lines && line && more.length === 0 ? [...lines, { ...line, join }] : undefined
}

function lineOf(audience: Audience): AudienceLine[] | undefined {
  switch (audience.type) {
    case 'holders':
    case 'titled':
    case 'members': {
      const [bodies] = lineOf(audience.of) ?? []
      if (bodies?.who !== 'bodies') return undefined
      if (audience.type === 'holders') return [{ ...bodies, who: 'holders', post: audience.post }]
      if (audience.type === 'titled') {
        const [title, ...more] = audience.titles
        return title && more.length === 0 ? [{ ...bodies, who: 'titled', title }] : undefined
      }
      return [{ ...bodies, who: 'members', statuses: audience.statuses, meeting: audience.meeting ?? null }]
    }
    case 'organisations':
      return audience.ids.length <= mostChosen
        ? [{ ...emptyLine, who: 'bodies', place: 'chosen', bodies: audience.ids, kinds: [] }]
        : undefined
    case 'persons':
      return audience.ids.length <= mostChosen
        ? [{ ...emptyLine, who: 'persons', persons: audience.ids }]
        : undefined
    case 'self':
      return [{ ...emptyLine, who: 'bodies', place: 'itself', kinds: [] }]
    case 'every':
    case 'around': {
      const { named = [], kinds = [] } = audience
      if (named.length > 1) return undefined
      if (audience.type === 'around' && (audience.of.type !== 'self' || audience.hierarchies))
        return undefined
      const place =
        audience.type === 'around' ? audience.place : audience.reach === 'direct' ? 'children' : 'below'
      return [{ ...emptyLine, who: 'bodies', place, kinds, named: named[0] ?? '' }]
    }
    default:
      return undefined
  }
}
