import { fold } from '@trienkhai/vietnamese/fold.ts'
import type { Hierarchy, OrganisationKind } from '#features/organisations/schema.ts'
import type { MembershipStatus } from '#features/people/schema.ts'
import type { Audience } from '../schema.ts'
import { namesPeople } from './audience-sql.ts'

// The meaning of an audience, reckoned one row after the other, as docs/algorithms/audiences.md tells it. Slow, and
// plain enough to be believed: the resolver in SQL is held against it.

export interface Period {
  fromOn: string
  toOn: string | null
}

export interface World {
  bodies: {
    id: string
    kind: OrganisationKind
    hierarchy: Hierarchy
    /** Folded, with the abbreviation. */
    key: string
    parentId: string | null
  }[]
  posts: (Period & {
    id: string
    personId: string
    organisationId: string
    /** Of the list of titles: its folded name, and as what its holder is meant. */
    title: { key: string; capacities: readonly string[] }
    standsInFor: string | null
  })[]
  memberships: (Period & { id: string; personId: string; organisationId: string; status: MembershipStatus })[]
  exemptions: (Period & { personId: string; organisationId: string })[]
  temporary: (Period & {
    id: string
    personId: string
    homeId: string | null
    hostId: string | null
    status: 'official' | 'probationary'
  })[]
}

export interface PlainWay {
  personId: string
  organisationId: string
}

type Body = World['bodies'][number]

/** The plain meaning of expressions in a world, spoken from an office on a day. */
export function reckonIn(world: World, officeId: string, on: string) {
  const bodyOf = new Map(world.bodies.map((body) => [body.id, body]))
  const stands = ({ fromOn, toOn }: Period): boolean => fromOn <= on && (toOn === null || toOn >= on)
  const parentOf = (body: Body): Body | undefined => (body.parentId ? bodyOf.get(body.parentId) : undefined)
  const lineOf = (body: Body): Body[] => {
    const parent = parentOf(body)
    return parent ? [body, ...lineOf(parent)] : [body]
  }
  const isBelow = (body: Body, top: string): boolean =>
    lineOf(body)
      .slice(1)
      .some(({ id }) => id === top)
  const isIn = (id: string): boolean => {
    const body = bodyOf.get(id)
    return body !== undefined && lineOf(body).some((above) => above.id === officeId)
  }
  const isOf = (body: Body, asked: { kinds?: string[]; hierarchies?: string[]; named?: string[] }): boolean =>
    (!asked.kinds || asked.kinds.includes(body.kind)) &&
    (!asked.hierarchies || asked.hierarchies.includes(body.hierarchy)) &&
    (!asked.named || asked.named.some((word) => ` ${body.key} `.includes(` ${word} `)))

  function around(base: Body, place: Extract<Audience, { type: 'around' }>['place']): Body[] {
    switch (place) {
      case 'itself':
        return [base]
      case 'children':
        return world.bodies.filter(({ parentId }) => parentId === base.id)
      case 'below':
        return world.bodies.filter((body) => isBelow(body, base.id))
      case 'itself-and-below':
        return world.bodies.filter((body) => body.id === base.id || isBelow(body, base.id))
      case 'siblings':
        return world.bodies.filter(
          ({ id, parentId }) => parentId !== null && parentId === base.parentId && id !== base.id,
        )
      case 'parent':
        return lineOf(base).slice(1, 2)
      case 'above':
        return lineOf(base).slice(1)
    }
  }

  /** What an expression names as bodies; undefined where it names only people. */
  function bodies(audience: Audience): Set<string> | undefined {
    switch (audience.type) {
      case 'self':
        return new Set([officeId])
      case 'organisations':
        return new Set(audience.ids)
      case 'every':
        return new Set(
          world.bodies
            .filter((body) => isBelow(body, officeId) && isOf(body, audience))
            .filter((body) => audience.reach === 'below' || body.parentId === officeId)
            .map(({ id }) => id),
        )
      case 'around':
        return new Set(
          [...acting(audience.of)]
            .flatMap((id) => bodyOf.get(id) ?? [])
            .flatMap((base) => around(base, audience.place))
            .filter((body) => isOf(body, audience))
            .map(({ id }) => id),
        )
      case 'union': {
        const parts = audience.parts.flatMap((part) => bodies(part) ?? [])
        return parts.length > 0 ? new Set(parts.flatMap((part) => [...part])) : undefined
      }
      case 'intersection': {
        const parts = audience.parts.map(bodies)
        const [first] = parts
        if (!first || parts.includes(undefined)) return undefined
        return new Set([...first].filter((id) => parts.every((part) => part?.has(id))))
      }
      case 'difference': {
        const [from, without] = [bodies(audience.from), bodies(audience.without)]
        return from && new Set([...from].filter((id) => !without?.has(id)))
      }
      default:
        return undefined
    }
  }

  /** The organisations of an expression: its bodies, and those for which its people act. */
  function acting(audience: Audience): Set<string> {
    switch (audience.type) {
      case 'holders':
      case 'titled':
      case 'members':
        return acting(audience.of)
      case 'persons':
        return new Set()
      case 'union':
        return new Set(audience.parts.flatMap((part) => [...acting(part)]))
      case 'intersection': {
        const people = audience.parts.filter(namesPeople)
        const rest = audience.parts.filter((part) => !namesPeople(part)).map(acting)
        const some = new Set(people.flatMap((part) => [...acting(part)]))
        const all = people.length > 0 ? [some, ...rest] : rest
        const [first] = all
        return new Set([...(first ?? [])].filter((id) => all.every((part) => part.has(id))))
      }
      case 'difference': {
        const without = acting(audience.without)
        return new Set([...acting(audience.from)].filter((id) => !without.has(id)))
      }
      default:
        return bodies(audience) ?? new Set()
    }
  }

  const isStoodInFor = (id: string): boolean =>
    world.posts.some((other) => other.standsInFor === id && stands(other))

  function members({
    statuses,
    meeting,
    of,
  }: Omit<Extract<Audience, { type: 'members' }>, 'type'>): PlainWay[] {
    const inside = acting(of)
    const isExempt = ({ personId, organisationId }: PlainWay): boolean =>
      world.exemptions.some(
        (one) => one.personId === personId && one.organisationId === organisationId && stands(one),
      )
    const isAway = ({ personId, organisationId }: PlainWay): boolean =>
      world.temporary.some((one) => one.personId === personId && one.homeId === organisationId && stands(one))
    const own = world.memberships.filter(
      (one) => inside.has(one.organisationId) && statuses.includes(one.status) && stands(one),
    )
    const guests = world.temporary.flatMap((one) =>
      one.hostId && inside.has(one.hostId) && statuses.includes(one.status) && stands(one)
        ? [{ personId: one.personId, organisationId: one.hostId }]
        : [],
    )
    switch (meeting) {
      case undefined:
        return own
      case 'exempt':
        return own.filter(isExempt)
      case 'away':
        return own.filter(isAway)
      case 'guests':
        return guests
      default:
        return [
          ...own.filter((one) => !isExempt(one) && !isAway(one)),
          ...guests.filter((one) => !isExempt(one)),
        ]
    }
  }

  function ways(audience: Audience): PlainWay[] {
    switch (audience.type) {
      case 'holders':
        if (audience.post === 'party-member')
          return members({ statuses: ['official', 'probationary'], of: audience.of })
        return holders(
          audience.of,
          ({ capacities }) => audience.post === 'staff' || capacities.includes(audience.post),
        )
      case 'titled':
        return holders(audience.of, ({ key }) => audience.titles.map(fold).includes(key))
      case 'members':
        return members(audience)
      case 'persons':
        return [...world.posts, ...world.memberships]
          .filter((one) => audience.ids.includes(one.personId) && stands(one))
          .map(({ personId, organisationId }) => ({ personId, organisationId }))
          .concat(
            world.temporary.flatMap(({ personId, hostId, ...period }) =>
              hostId && audience.ids.includes(personId) && stands(period)
                ? [{ personId, organisationId: hostId }]
                : [],
            ),
          )
      case 'union':
        return audience.parts.flatMap(ways)
      case 'intersection': {
        const parts = audience.parts.map((part) => ({ people: ways(part), bodies: bodies(part) }))
        return parts
          .flatMap(({ people }) => people)
          .filter((way) =>
            parts.every(
              (part) =>
                part.people.some(({ personId }) => personId === way.personId) ||
                part.bodies?.has(way.organisationId),
            ),
          )
      }
      case 'difference': {
        const gone = new Set(ways(audience.without).map(({ personId }) => personId))
        const without = bodies(audience.without)
        return ways(audience.from).filter(
          ({ personId, organisationId }) => !gone.has(personId) && !without?.has(organisationId),
        )
      }
      default:
        return []
    }
  }

  function holders(of: Audience, isMeant: (title: World['posts'][number]['title']) => boolean): PlainWay[] {
    const inside = acting(of)
    return world.posts.filter(
      (post) =>
        inside.has(post.organisationId) && stands(post) && isMeant(post.title) && !isStoodInFor(post.id),
    )
  }

  return {
    organisations: (audience: Audience): string[] => [...acting(audience)].filter(isIn).sort(),
    people: (audience: Audience): string[] => [
      ...new Set(
        ways(audience)
          .filter(({ organisationId }) => isIn(organisationId))
          .map(({ personId }) => personId),
      ),
    ],
    ways: (audience: Audience): string[] => [
      ...new Set(
        ways(audience)
          .filter(({ organisationId }) => isIn(organisationId))
          .map(({ personId, organisationId }) => `${personId} ${organisationId}`),
      ),
    ],
  }
}
