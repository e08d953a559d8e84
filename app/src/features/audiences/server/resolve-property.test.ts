import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hierarchies, type OrganisationKind } from '#features/organisations/schema.ts'
import { insertOrganisations } from '#features/organisations/server/writes.ts'
import { membershipStatuses } from '#features/people/schema.ts'
import {
  insertExemptions,
  insertMemberships,
  insertPeople,
  insertPosts,
  insertTemporaryMemberships,
} from '#features/people/server/writes.ts'
import { scopeOf } from '#server/access/scope.ts'
import { inTransaction } from '#server/database/handles.ts'
import { type SeededRandom, seededRandom } from '#server/platform/seeded-random.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { type Audience, audienceSchema, meetings, places, posts } from '../schema.ts'
import { type Period, reckonIn, type World } from './plain-reckoning.test-data.ts'
import { resolveAudience } from './resolve-audience.ts'
import { countPeople, resolvePeople } from './resolve-people.ts'

const worlds = 5
const expressionsEach = 50
const firstDay = '2026-01-01' as CivilDate
const days = 40

// A name of each kind, and titles that the common list knows for it.
const kinds: [OrganisationKind, string, string[]][] = [
  ['cell', 'Chi bộ Khu', ['Bí thư', 'Phó Bí thư', 'Chi ủy viên']],
  ['grassroots-committee', 'Đảng bộ cơ sở', ['Bí thư', 'Phó Bí thư Thường trực', 'Ủy viên Ban Chấp hành']],
  ['school', 'Trường Tiểu học', ['Hiệu trưởng', 'Phó Hiệu trưởng', 'Giáo viên']],
  ['union', 'Hội Nông dân', ['Chủ tịch', 'Phó Chủ tịch']],
  ['party-board', 'Ban Xây dựng Đảng', ['Trưởng ban', 'Thường trực khối']],
]
let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

function drawPeriod(random: SeededRandom): Period {
  const from = random.between(-30, days)
  return {
    fromOn: addDays(firstDay, from),
    toOn: random.chance(0.5) ? null : addDays(firstDay, from + random.between(0, 40)),
  }
}

const overlaps = (one: Period, other: Period): boolean =>
  one.fromOn <= (other.toOn ?? '9999') && other.fromOn <= (one.toOn ?? '9999')

interface Drawn extends World {
  titles: string[]
  people: string[]
}

function pickFrom<Item>(random: SeededRandom, items: readonly Item[]): Item {
  const item = items[random.between(0, items.length - 1)]
  if (item === undefined) throw new RangeError('there is nothing to pick from')
  return item
}

/** Bodies under two tops, people with posts and memberships in them, at chance times. */
function drawWorld(random: SeededRandom): Drawn & { names: Map<string, string> } {
  const names = new Map<string, string>()
  const bodies: World['bodies'] = []
  for (let index = 0; index < 14; index++) {
    const [kind, words] = pickFrom(random, kinds)
    const id = random.id()
    const name = `${index < 2 ? 'Đảng ủy xã' : words} ${index}`
    names.set(id, name)
    bodies.push({
      id,
      kind: index < 2 ? 'commune-committee' : kind,
      hierarchy: pickFrom(random, hierarchies),
      key: fold(name),
      parentId:
        index < 2 && !random.chance(0.7 * index) ? null : (bodies[random.between(0, index - 1)]?.id ?? null),
    })
  }
  const people = Array.from({ length: 18 }, () => random.id())
  const drawn: Drawn = {
    bodies,
    people,
    posts: [],
    memberships: [],
    exemptions: [],
    temporary: [],
    titles: [],
  }
  for (let index = 0; index < 70; index++) {
    const body = pickFrom(random, bodies)
    const titles = kinds.find(([kind]) => kind === body.kind)?.[2] ?? [
      'Bí thư',
      'Phó Bí thư',
      'Ủy viên Ban Thường vụ',
    ]
    const key = pickFrom(random, titles)
    const post = {
      id: random.id(),
      personId: pickFrom(random, people),
      organisationId: body.id,
      ...drawPeriod(random),
    }
    const isTwice = drawn.posts.some(
      (other, at) =>
        other.personId === post.personId &&
        other.organisationId === post.organisationId &&
        drawn.titles[at] === key &&
        overlaps(other, post),
    )
    if (isTwice) continue
    drawn.posts.push({ ...post, title: { key: '', capacities: [] }, standsInFor: null })
    drawn.titles.push(key)
  }
  // Some stand in for others of the same body, each with the other's title.
  for (const [at, post] of drawn.posts.entries()) {
    if (!random.chance(0.3)) continue
    const other = drawn.posts.findIndex(
      (one) =>
        one.id !== post.id && one.organisationId === post.organisationId && one.personId !== post.personId,
    )
    const replaced = drawn.posts[other]
    const isTaken = drawn.posts.some((one) => one.standsInFor === replaced?.id && overlaps(one, post))
    const isTwice = drawn.posts.some(
      (one, place) =>
        one.id !== post.id &&
        one.personId === post.personId &&
        one.organisationId === post.organisationId &&
        drawn.titles[place] === drawn.titles[other] &&
        overlaps(one, post),
    )
    if (!replaced || replaced.standsInFor || isTaken || isTwice) continue
    post.standsInFor = replaced.id
    drawn.titles[at] = drawn.titles[other] ?? ''
  }
  for (let index = 0; index < 45; index++) {
    const one = {
      id: random.id(),
      personId: pickFrom(random, people),
      organisationId: pickFrom(random, bodies).id,
      status: pickFrom(random, membershipStatuses),
      ...drawPeriod(random),
    }
    const isParty = (status: string): boolean => status === 'official' || status === 'probationary'
    const isTwice = drawn.memberships.some(
      (other) =>
        other.personId === one.personId &&
        overlaps(other, one) &&
        (isParty(other.status) && isParty(one.status)
          ? true
          : !isParty(other.status) && !isParty(one.status) && other.organisationId === one.organisationId),
    )
    if (isTwice) continue
    drawn.memberships.push(one)
    const rest = { personId: one.personId, organisationId: one.organisationId }
    if (random.chance(0.3)) {
      const exemption = { ...rest, ...drawPeriod(random) }
      const isDouble = drawn.exemptions.some(
        (other) =>
          other.personId === exemption.personId &&
          other.organisationId === exemption.organisationId &&
          overlaps(other, exemption),
      )
      if (!isDouble) drawn.exemptions.push(exemption)
    }
    if (random.chance(0.4)) {
      const host = pickFrom(random, bodies).id
      const stay = {
        id: random.id(),
        personId: one.personId,
        homeId: one.organisationId,
        hostId: host === one.organisationId ? null : host,
        status: pickFrom(random, ['official', 'probationary'] as const),
        ...drawPeriod(random),
      }
      if (!drawn.temporary.some((other) => other.personId === stay.personId && overlaps(other, stay)))
        drawn.temporary.push(stay)
    }
  }
  return { ...drawn, names }
}

async function plant(world: ReturnType<typeof drawWorld>): Promise<void> {
  await inTransaction(test.database, async (tx) => {
    await insertOrganisations(
      tx,
      world.bodies.map(({ id, kind, hierarchy, parentId }) => ({
        id,
        kind,
        hierarchy,
        parentId,
        name: world.names.get(id) ?? '',
        abbreviation: null,
        unitCode: null,
      })),
    )
    await insertPeople(
      tx,
      world.people.map((id, at) => ({ id, fullName: `Người ${at}`, sortKey: `${at} Người` })),
    )
    await insertPosts(
      tx,
      world.posts.map((post, at) => ({ ...post, title: world.titles[at] ?? '' })),
    )
    await insertMemberships(tx, world.memberships)
    let made = 0
    await insertExemptions(
      tx,
      world.exemptions
        .map((one) => ({ ...one, id: world.people[made++ % 18] ?? '', reason: 'Sức khỏe' }))
        .map((one, at) => ({ ...one, id: `${one.id.slice(0, -4)}${at.toString(16).padStart(4, '0')}` })),
    )
    await insertTemporaryMemberships(
      tx,
      world.temporary.map((one) => ({ ...one, place: one.hostId ? null : 'Hà Nội' })),
    )
    for (const { id, status } of world.temporary)
      await tx.updateTable('temporary_membership').set({ status }).where('id', '=', id).execute()
  })
  // What the database took the printed titles for.
  const { rows } = await sql<{ id: string; key: string; capacities: string[] }>`
    select post.id, coalesce(title.key, folded(post.title)) as key, coalesce(title.capacities, '{}') as capacities
    from post left join post_title title on title.id = post.title_id
  `.execute(test.database.reader)
  const titles = new Map(rows.map(({ id, key, capacities }) => [id, { key, capacities }]))
  for (const post of world.posts) post.title = titles.get(post.id) ?? post.title
}

function drawAudience(random: SeededRandom, world: Drawn, depth: number): Audience {
  const some = <Item>(items: readonly Item[], most: number): Item[] => [
    ...new Set(Array.from({ length: random.between(1, most) }, () => pickFrom(random, items))),
  ]
  const ofKinds = (): OrganisationKind[] =>
    some(
      kinds.map(([kind]) => kind),
      3,
    )
  const inner = (): Audience => drawAudience(random, world, depth - 1)
  // Posts are mostly asked for in bodies, and mostly in many.
  const of = (): Audience => {
    if (random.chance(0.3)) return inner()
    const around = random.chance(0.8) ? ('itself-and-below' as const) : pickFrom(random, places)
    return {
      type: 'around',
      of: { type: 'self' },
      place: around,
      ...(random.chance(0.4) ? { kinds: ofKinds() } : {}),
    }
  }
  const flat: (() => Audience)[] = [
    () => ({ type: 'self' }),
    () => ({ type: 'organisations', ids: some(world.bodies, 4).map(({ id }) => id) }),
    () => ({ type: 'every', kinds: ofKinds(), reach: pickFrom(random, ['direct', 'below']) }),
    () => ({
      type: 'every',
      kinds: ofKinds(),
      reach: 'below',
      named: some(['khu', 'truong', 'hoi', '7'], 2),
    }),
    () => ({ type: 'persons', ids: some(world.people, 5) }),
  ]
  const deep: (() => Audience)[] = [
    () => ({
      type: 'around',
      of: inner(),
      place: pickFrom(random, places),
      ...(random.chance(0.4) ? { kinds: ofKinds() } : {}),
      ...(random.chance(0.2) ? { hierarchies: some(hierarchies, 2) } : {}),
    }),
    () => ({ type: 'holders', post: pickFrom(random, posts), of: of() }),
    () => ({
      type: 'titled',
      titles: some(
        world.posts.map(({ title }) => title.key),
        3,
      ),
      of: of(),
    }),
    () => ({
      type: 'members',
      statuses: some(membershipStatuses, 3),
      of: of(),
      ...(random.chance(0.6) ? { meeting: pickFrom(random, meetings) } : {}),
    }),
    () => ({ type: 'union', parts: Array.from({ length: random.between(0, 3) }, inner) }),
    () => ({ type: 'intersection', parts: Array.from({ length: random.between(1, 3) }, inner) }),
    () => ({ type: 'difference', from: inner(), without: inner() }),
  ]
  return pickFrom(random, depth === 0 || random.chance(0.1) ? flat : deep)()
}

it('resolves chance expressions in chance worlds as the plain reckoning does', {
  timeout: 120_000,
}, async () => {
  let fitting = 0
  for (let seed = 1; seed <= worlds; seed++) {
    const random = seededRandom(seed)
    const world = drawWorld(random)
    await plant(world)
    for (let turn = 0; turn < expressionsEach; turn++) {
      const office = pickFrom(random, random.chance(0.6) ? world.bodies.slice(0, 1) : world.bodies).id
      const on = addDays(firstDay, random.between(0, days))
      const audience = drawAudience(random, world, random.between(1, 4))
      expect(audienceSchema.parse(audience)).toEqual(audience)
      const scope = scopeOf({
        accountId: random.id(),
        personId: null,
        name: 'Người thử',
        grants: [{ role: 'officer', organisationId: office, organisationName: '' }],
      })
      const { reader } = test.database
      const plain = reckonIn(world, office, on)
      const { organisations } = await resolveAudience(reader, scope, {
        officeId: office,
        audience,
        today: on,
      })
      const { people, total } = await resolvePeople(reader, scope, {
        officeId: office,
        audience,
        on,
        limit: 500,
      })
      const told = JSON.stringify({ seed, turn, on, audience })
      expect(organisations.map(({ id }) => id).sort(), told).toEqual(plain.organisations(audience))
      expect(people.map(({ id }) => id).sort(), told).toEqual(plain.people(audience).sort())
      const ways = people.flatMap(({ id, ways }) => ways.map((way) => `${id} ${way.organisationId}`))
      expect([...new Set(ways)].sort(), told).toEqual(plain.ways(audience).sort())
      expect(await countPeople(reader, scope, { officeId: office, audiences: [audience], on }), told).toEqual(
        [total],
      )
      // The world has always stood as it stands: read as history, it is the same.
      const then = { officeId: office, audience, on, past: true, limit: 500 }
      expect(await resolvePeople(reader, scope, then), told).toEqual({ people, total })
      const bodiesThen = await resolveAudience(reader, scope, { ...then, today: on })
      expect(
        bodiesThen.organisations.map(({ id }) => id),
        told,
      ).toEqual(organisations.map(({ id }) => id))
      fitting += people.length
    }
  }
  // The worlds hold what could be missed.
  expect(fitting).toBeGreaterThan(150)
})
