import { addDays, type CivilDate, civilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { personSortKey } from '@trienkhai/vietnamese/compare.ts'
import type { SampleOrganisation } from '#features/organisations/server/seed-body.ts'
import type { SeededRandom } from '#server/platform/seeded-random.ts'
import type { SamplePeople } from './seed.ts'
import type { NewDetail, NewExemption, NewPost, NewTemporaryMembership } from './writes.ts'

/** What sample people went through: earlier posts, stand-ins, exemptions, cells elsewhere for a time; their details. */
export interface SampleLives {
  posts: NewPost[]
  exemptions: NewExemption[]
  temporary: NewTemporaryMembership[]
  details: NewDetail[]
}

const termBefore = { from: '2020-05-20' as CivilDate, to: '2025-07-09' as CivilDate }
const shareExempt = 0.03
const shareAway = 0.02
const exemptFor = ['Tuổi cao, sức khỏe yếu', 'Điều trị bệnh dài ngày', 'Đi làm ăn xa'] as const
const placesElsewhere = ['Bình Dương', 'Bắc Ninh', 'Hà Nội', 'Thành phố Hồ Chí Minh'] as const

/** Gives the people of one commune their lives; two of them, in different cells, are called the same. */
export function drawLives(
  random: SeededRandom,
  organisations: readonly SampleOrganisation[],
  drawn: SamplePeople,
  today: CivilDate,
): SampleLives {
  const lives: SampleLives = { posts: [], exemptions: [], temporary: [], details: [] }
  const cells = organisations.filter(({ kind }) => kind === 'cell')
  callTwoTheSame(cells, drawn)
  const posts = new Map<string, NewPost[]>()
  for (const post of drawn.posts)
    posts.set(post.organisationId, [...(posts.get(post.organisationId) ?? []), post])
  const memberships = new Map<string, SamplePeople['memberships']>()
  for (const one of drawn.memberships)
    memberships.set(one.organisationId, [...(memberships.get(one.organisationId) ?? []), one])

  for (const [index, cell] of cells.entries()) {
    const held = posts.get(cell.id) ?? []
    const members = (memberships.get(cell.id) ?? []).filter(
      ({ personId, status }) => status === 'official' && !held.some((post) => post.personId === personId),
    )
    addEarlierSecretary(random, held, members, lives)
    if (index === 2) addStandIn(random, held, today, lives)
    for (const { personId, fromOn } of members) {
      if (random.chance(shareExempt)) {
        const since = addDays(today, -random.between(60, 900))
        lives.exemptions.push({
          id: random.id(),
          personId,
          organisationId: cell.id,
          reason: random.pick(exemptFor),
          fromOn: [since, fromOn].sort().at(-1) ?? since,
          toOn: null,
        })
      } else if (random.chance(shareAway)) {
        const host = random.chance(0.4) ? cells[(index + 1) % cells.length] : undefined
        const isAtHost = host !== undefined && host.id !== cell.id
        lives.temporary.push({
          id: random.id(),
          personId,
          homeId: cell.id,
          hostId: isAtHost ? host.id : null,
          place: isAtHost ? null : random.pick(placesElsewhere),
          fromOn: addDays(today, -random.between(20, 200)),
          toOn: addDays(today, random.between(30, 300)),
        })
      }
    }
  }
  const joined = new Map(
    drawn.memberships
      .filter(({ status }) => status === 'official' || status === 'probationary')
      .map((one) => [one.personId, one]),
  )
  lives.details = drawn.people.map((person) => drawDetail(random, person, joined.get(person.id)))
  return lives
}

/** A name that two bear is common: lists must tell them apart by their cells. */
function callTwoTheSame(cells: readonly SampleOrganisation[], drawn: SamplePeople): void {
  const lastOf = (cell: SampleOrganisation | undefined): string | undefined =>
    drawn.memberships.filter(({ organisationId }) => organisationId === cell?.id).at(-2)?.personId
  for (const id of [lastOf(cells[1]), lastOf(cells[4])]) {
    const person = drawn.people.find((one) => one.id === id)
    if (!person) continue
    person.fullName = 'Nguyễn Văn Hùng'
    person.sortKey = personSortKey(person.fullName)
  }
}

function addEarlierSecretary(
  random: SeededRandom,
  held: readonly NewPost[],
  members: SamplePeople['memberships'],
  lives: SampleLives,
): void {
  const [secretary] = held
  const elder = members.find(({ fromOn }) => fromOn < termBefore.from)
  if (!secretary || !elder) return
  lives.posts.push({
    id: random.id(),
    personId: elder.personId,
    organisationId: secretary.organisationId,
    title: secretary.title,
    fromOn: termBefore.from,
    toOn: termBefore.to,
  })
}

/** The secretary is ill for some months, and the deputy acts. */
function addStandIn(
  random: SeededRandom,
  held: readonly NewPost[],
  today: CivilDate,
  lives: SampleLives,
): void {
  const [secretary, deputy] = held
  if (!secretary || !deputy) return
  lives.posts.push({
    id: random.id(),
    personId: deputy.personId,
    organisationId: secretary.organisationId,
    title: secretary.title,
    fromOn: addDays(today, -40),
    toOn: addDays(today, 50),
    standsInFor: secretary.id,
    decision: '52-QĐ/ĐU',
  })
}

function drawDetail(
  random: SeededRandom,
  person: { id: string; fullName: string },
  membership: { fromOn: string; status: string } | undefined,
): NewDetail {
  const joinedYear = membership ? Number(membership.fromOn.slice(0, 4)) : 2020
  const bornOn = civilDate(joinedYear - random.between(19, 34), random.between(1, 12), random.between(1, 28))
  const isFull = membership?.status === 'official'
  return {
    personId: person.id,
    bornOn: bornOn ?? null,
    bornKnownTo: random.chance(0.1) ? 'year' : 'day',
    sex: person.fullName.includes(' Thị ') ? 'female' : 'male',
    phone: random.chance(0.8) ? `09${String(random.between(0, 99_999_999)).padStart(8, '0')}` : null,
    email: null,
    partyCard: isFull ? `25.${String(random.between(0, 999_999)).padStart(6, '0')}` : null,
    joinedOn: membership?.fromOn ?? null,
    officialOn: isFull ? addDays(membership.fromOn as CivilDate, 365) : null,
  }
}
