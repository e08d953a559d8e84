import type { SampleAccountDrawn } from '#features/accounts/server/seed.ts'
import type { SampleProvince } from '#features/organisations/server/seed.ts'
import type { SampleCommune } from '#features/organisations/server/seed-commune.ts'
import type { SamplePeople } from '#features/people/server/seed.ts'
import { communePlans, provincePlan } from './plan-texts.ts'
import { type PlanningOffice, plantPlan } from './plant-plan.ts'
import type { Planting } from './planting.ts'

/** Plans of the second commune: enough to see that the one office sees nothing of the other's. */
const plansOfSecond = 2

/** The sample plans: the province's one to every cell, the first commune's, and some of the second's. */
export async function plantPlans(
  planting: Planting,
  province: SampleProvince,
  people: readonly SamplePeople[],
  accounts: readonly SampleAccountDrawn[],
): Promise<void> {
  const accountOf = (username: string): SampleAccountDrawn => {
    const account = accounts.find((one) => one.username === username)
    if (!account) throw new Error(`there is no sample account ${username}`)
    return account
  }
  await plantPlan(
    planting,
    {
      id: province.committee.id,
      name: province.committee.name,
      account: accountOf('canbotinh'),
      setting: {
        issuer: province.committee.name.toUpperCase(),
        superior: '',
        place: province.unit.name,
        where: `tỉnh ${province.unit.name}`,
        signer: 'Phạm Quang Hưng',
      },
    },
    provincePlan,
  )
  const offices: [username: string, plans: number][] = [
    ['canbo', communePlans.length],
    ['canbo2', plansOfSecond],
  ]
  for (const [index, [username, count]] of offices.entries()) {
    const commune = province.communes[index]
    const members = people[index]
    if (!commune || !members) continue
    const office = officeOf(province, commune, members, accountOf(username))
    for (const plan of communePlans.slice(0, count)) await plantPlan(planting, office, plan)
  }
}

function officeOf(
  province: SampleProvince,
  commune: SampleCommune,
  { people, posts }: SamplePeople,
  account: SampleAccountDrawn,
): PlanningOffice {
  const deputy = posts.find(
    ({ organisationId, title }) => organisationId === commune.committee.id && title.startsWith('Phó Bí thư'),
  )
  const signer = people.find(({ id }) => id === deputy?.personId)
  return {
    id: commune.committee.id,
    name: commune.committee.name,
    account,
    setting: {
      issuer: commune.committee.name.toUpperCase(),
      superior: province.committee.name.toUpperCase(),
      place: commune.unit.name,
      where: `${commune.unit.kind.toLowerCase()} ${commune.unit.name}`,
      signer: signer?.fullName ?? '',
    },
  }
}
