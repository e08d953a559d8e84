import type { SampleAccountDrawn } from '#features/accounts/server/seed.ts'
import type { SampleProvince } from '#features/organisations/server/seed.ts'
import type { SampleOrganisation } from '#features/organisations/server/seed-body.ts'
import type { SampleCommune } from '#features/organisations/server/seed-commune.ts'
import type { SamplePeople } from '#features/people/server/seed.ts'
import type { SeededRandom } from '#server/platform/seeded-random.ts'

type Grants = SampleAccountDrawn['grants']

/** In a small office the one officer enters and decides. */
const officerOf = (organisationId: string): Grants => [
  { role: 'officer', organisationId },
  { role: 'approver', organisationId },
]

/** Cells that one committee member looks after. */
const supervisedCells = 8

/** The bodies of the first commune whose own officers can sign in, so that whatever a plan gives them can be done. */
const officesByUsername: readonly [
  username: string,
  kind: SampleOrganisation['kind'],
  abbreviation: string | null,
  words: string,
][] = [
  ['vanphong', 'party-office', 'VPĐU', ''],
  ['xaydungdang', 'party-board', 'BXDĐ', ''],
  ['kiemtra', 'party-board', 'UBKTĐU', ''],
  ['chinhtri', 'service-unit', 'TTCT', ''],
  ['uyban', 'government', 'UBND', ''],
  ['vanhoa', 'department', null, 'Văn hóa'],
  ['kinhte', 'department', null, 'Kinh tế'],
  ['congan', 'police', 'CA', ''],
  ['quansu', 'military', 'BCHQS', ''],
  ['mattran', 'front', 'MTTQ', ''],
  ['doan', 'union', 'ĐTN', ''],
  ['phunu', 'union', 'HLHPN', ''],
  ['nongdan', 'union', 'HND', ''],
  ['ccb', 'union', 'HCCB', ''],
  ['yte', 'service-unit', 'TYT', ''],
]

/**
 * Who can sign in: in the first commune an officer, the secretary of each cell, a member, a supervisor, the officers
 * of its bodies; an officer and a secretary of the second commune; the province's officer and an administrator.
 */
export function drawAccounts(
  random: SeededRandom,
  province: SampleProvince,
  people: readonly SamplePeople[],
): SampleAccountDrawn[] {
  const accounts: SampleAccountDrawn[] = []
  const add = (
    username: string,
    person: { id: string; fullName: string } | undefined,
    grants: Grants,
  ): void => {
    accounts.push({
      id: random.id(),
      username,
      name: person?.fullName ?? username,
      personId: person?.id ?? null,
      grants,
    })
  }
  const [first, second] = province.communes
  const [peopleOfFirst, peopleOfSecond] = people
  if (first && peopleOfFirst) addFirstCommune(add, first, peopleOfFirst)
  if (second && peopleOfSecond) {
    const [cell] = second.cells
    const office = second.organisations.find(({ kind }) => kind === 'party-office')
    if (office)
      add('canbo2', holderOf(peopleOfSecond, office.id, 2), [
        ...officerOf(second.committee.id),
        { role: 'personnel', organisationId: second.committee.id },
      ])
    if (cell)
      add('bithu2', holderOf(peopleOfSecond, cell.id, 0), [{ role: 'secretary', organisationId: cell.id }])
  }
  add('canbotinh', { id: '', fullName: 'Nguyễn Thị Thanh Hà' }, [
    ...officerOf(province.committee.id),
    { role: 'personnel', organisationId: province.committee.id },
  ])
  add('quantri', { id: '', fullName: 'Trần Quang Minh' }, [
    { role: 'administrator', organisationId: province.committee.id },
  ])
  return accounts.map((account) => ({ ...account, personId: account.personId || null }))
}

function addFirstCommune(
  add: (username: string, person: { id: string; fullName: string } | undefined, grants: Grants) => void,
  commune: SampleCommune,
  people: SamplePeople,
): void {
  const [firstCell] = commune.cells
  const office = commune.organisations.find(({ kind }) => kind === 'party-office')
  if (office)
    add('canbo', holderOf(people, office.id, 2), [
      ...officerOf(commune.committee.id),
      { role: 'personnel', organisationId: commune.committee.id },
    ])
  for (const [index, cell] of commune.cells.entries()) {
    const username = index === 0 ? 'bithu' : `bithu${String(index + 1).padStart(2, '0')}`
    add(username, holderOf(people, cell.id, 0), [{ role: 'secretary', organisationId: cell.id }])
  }
  if (firstCell) {
    add('dangvien', lastMemberOf(people, firstCell.id), [{ role: 'member', organisationId: firstCell.id }])
  }
  const supervised = commune.cells.slice(0, supervisedCells)
  add(
    'giamsat',
    holderOf(people, commune.committee.id, 14),
    supervised.map(({ id }) => ({ role: 'supervisor', organisationId: id })),
  )
  for (const [username, kind, abbreviation, words] of officesByUsername) {
    const body = commune.organisations.find(
      (one) => one.kind === kind && one.abbreviation === abbreviation && one.name.includes(words),
    )
    if (body) add(username, holderOf(people, body.id, 0), officerOf(body.id))
  }
}

type Person = SamplePeople['people'][number]

/** Who holds the post of this rank (0 the first) in a body. */
function holderOf({ people, posts }: SamplePeople, organisationId: string, rank: number): Person | undefined {
  const held = posts.filter((post) => post.organisationId === organisationId)
  const post = held[rank] ?? held[0]
  return people.find(({ id }) => id === post?.personId)
}

function lastMemberOf({ people, memberships }: SamplePeople, organisationId: string): Person | undefined {
  const last = memberships
    .filter((one) => one.organisationId === organisationId && one.status === 'official')
    .at(-1)
  return people.find(({ id }) => id === last?.personId)
}
