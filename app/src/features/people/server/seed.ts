import { addDays, type CivilDate, civilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { personSortKey } from '@trienkhai/vietnamese/compare.ts'
import type { SampleOrganisation } from '#features/organisations/server/seed-body.ts'
import type { SeededRandom } from '#server/platform/seeded-random.ts'
import { drawFullName } from './seed-names.ts'
import type { NewMembership, NewPerson, NewPost } from './writes.ts'

/** Sample people with what they are and hold; each organisation's own first member leads it. */
export interface SamplePeople {
  people: NewPerson[]
  memberships: NewMembership[]
  posts: NewPost[]
}

const shareOnProbation = 0.04
const termBegan = '2025-07-10' as CivilDate
const nonMembersOfUnion = 18

/**
 * The people of a tree of organisations: members of each cell, the cell's committee among them, and who holds the
 * posts of the other bodies, drawn from the cell that those belong to. `withUnions`: also members of unions and
 * associations who are in no cell.
 */
export function drawPeople(
  random: SeededRandom,
  organisations: readonly SampleOrganisation[],
  today: CivilDate,
  withUnions: boolean,
): SamplePeople {
  const drawn: SamplePeople = { people: [], memberships: [], posts: [] }
  const membersOf = new Map<string, NewPerson[]>()
  for (const cell of organisations) {
    if (cell.kind === 'cell') membersOf.set(cell.id, drawCellMembers(random, cell, today, drawn))
  }
  // Posts of other bodies go to members of their cell in turn, so that not one person holds them all.
  const turn = new Map<string, number>()
  for (const body of organisations) {
    if (body.kind === 'cell' || body.titles.length === 0 || !body.hostId) continue
    const candidates = (membersOf.get(body.hostId) ?? []).filter(({ fullName }) => suits(body, fullName))
    for (const title of body.titles) {
      const next = turn.get(body.hostId) ?? 0
      turn.set(body.hostId, next + 1)
      const person = candidates[next % Math.max(1, candidates.length)]
      if (person) drawn.posts.push(drawPost(random, person.id, body.id, title))
    }
  }
  if (withUnions) drawUnionMembers(random, organisations, today, drawn)
  return drawn
}

/** Women lead the Women's Union, and men the garrison, nearly everywhere. */
function suits(body: SampleOrganisation, fullName: string): boolean {
  if (body.abbreviation === 'HLHPN') return fullName.includes(' Thị ')
  return body.kind !== 'military' || !fullName.includes(' Thị ')
}

function drawPerson(random: SeededRandom): NewPerson {
  const fullName = drawFullName(random)
  return { id: random.id(), fullName, sortKey: personSortKey(fullName) }
}

function drawPost(random: SeededRandom, personId: string, organisationId: string, title: string): NewPost {
  return { id: random.id(), personId, organisationId, title, fromOn: termBegan, toOn: null }
}

function drawCellMembers(
  random: SeededRandom,
  cell: SampleOrganisation,
  today: CivilDate,
  drawn: SamplePeople,
): NewPerson[] {
  const members: NewPerson[] = []
  for (let index = 0; index < cell.members; index++) {
    const person = drawPerson(random)
    members.push(person)
    // Whoever leads the cell has been a full member for years.
    const isLeading = index < cell.titles.length
    const onProbation = !isLeading && random.chance(shareOnProbation)
    drawn.people.push(person)
    drawn.memberships.push({
      id: random.id(),
      personId: person.id,
      organisationId: cell.id,
      status: onProbation ? 'probationary' : 'official',
      fromOn: onProbation
        ? addDays(today, -random.between(10, 350))
        : drawJoining(random, isLeading ? 2015 : 2024),
      toOn: null,
    })
    const title = cell.titles[index]
    if (title) drawn.posts.push(drawPost(random, person.id, cell.id, title))
  }
  return members
}

/** Parties take people in on memorable days more than on others; any day of the month will do here. */
function drawJoining(random: SeededRandom, latestYear: number): CivilDate {
  return (
    civilDate(random.between(1982, latestYear), random.between(1, 12), random.between(1, 28)) ?? termBegan
  )
}

function drawUnionMembers(
  random: SeededRandom,
  organisations: readonly SampleOrganisation[],
  today: CivilDate,
  drawn: SamplePeople,
): void {
  for (const body of organisations) {
    if (body.kind !== 'union' && body.kind !== 'association') continue
    for (let index = 0; index < nonMembersOfUnion; index++) {
      const person = drawPerson(random)
      drawn.people.push(person)
      drawn.memberships.push({
        id: random.id(),
        personId: person.id,
        organisationId: body.id,
        status: body.abbreviation === 'ĐTN' ? 'union-member' : 'association-member',
        fromOn: addDays(today, -random.between(200, 4_000)),
        toOn: null,
      })
    }
  }
}
