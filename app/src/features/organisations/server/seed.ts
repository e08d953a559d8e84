import type { SeededRandom } from '#server/platform/seeded-random.ts'
import type { OrganisationKind } from '../schema.ts'
import { type AdministrativeUnit, readAdministrativeUnits } from './administrative-units.ts'
import { drawBody, type SampleOrganisation } from './seed-body.ts'
import { drawCommuneBodies, type SampleCommune } from './seed-commune.ts'

export interface SampleProvince {
  unit: AdministrativeUnit
  committee: SampleOrganisation
  /** Bodies of the province itself, the committee first. */
  organisations: SampleOrganisation[]
  communes: SampleCommune[]
}

const provinceCode = '25'
const firstCommune = 'Lâm Thao'
const secondCommune = 'Phùng Nguyên'
const firstCommuneCells = 50
const secondCommuneCells = 12
const usualCommuneCells = 60

/**
 * A sample province on the real units of Phú Thọ, with this many cells: the first commune has fifty of them, the
 * others forty to eighty each. Up to sixty-two there is one more commune, with twelve of its own, so that there are
 * always two offices to try scopes with.
 */
export function drawProvince(random: SeededRandom, cells: number): SampleProvince {
  const units = readAdministrativeUnits()
  const unit = units.find(({ code }) => code === provinceCode)
  if (!unit) throw new Error(`data: there is no province ${provinceCode}`)
  const committee = drawBody(random, {
    kind: 'province-committee',
    name: `Tỉnh ủy ${unit.name}`,
    abbreviation: 'TU',
    parentId: null,
    unitCode: unit.code,
  })
  const organisations = [committee, ...drawProvinceBodies(random, unit, committee.id)]
  const sizes = communeSizes(random, cells)
  const communes = communesInOrder(units).slice(0, sizes.length)
  return {
    unit,
    committee,
    organisations,
    communes: communes.map((commune, index) =>
      drawCommuneBodies(random, commune, committee.id, sizes[index] ?? usualCommuneCells),
    ),
  }
}

function communesInOrder(units: readonly AdministrativeUnit[]): AdministrativeUnit[] {
  const rank = ({ name }: AdministrativeUnit): number => [firstCommune, secondCommune].indexOf(name)
  const own = units.filter((unit) => unit.provinceCode === provinceCode)
  const leading = own.filter((unit) => rank(unit) >= 0).sort((a, b) => rank(a) - rank(b))
  return [...leading, ...own.filter((unit) => rank(unit) < 0)]
}

const mostCommunes = 148

/** How many cells each commune has. */
function communeSizes(random: SeededRandom, cells: number): number[] {
  const first = Math.min(cells, firstCommuneCells)
  const rest = cells - first
  if (rest <= secondCommuneCells) return [first, secondCommuneCells]
  const count = Math.min(mostCommunes - 1, Math.max(1, Math.round(rest / usualCommuneCells)))
  const sizes = Array.from(
    { length: count },
    (_, index) => Math.floor(rest / count) + (index < rest % count ? 1 : 0),
  )
  // Cells move between neighbours: no two communes are alike, and the sum stays.
  for (let index = 0; index + 1 < count; index += 2) {
    const moved = random.between(0, Math.floor((sizes[index] ?? 0) / 3))
    sizes[index] = (sizes[index] ?? 0) - moved
    sizes[index + 1] = (sizes[index + 1] ?? 0) + moved
  }
  return [first, ...sizes]
}

const departments = [
  'Sở Nội vụ',
  'Sở Tài chính',
  'Sở Tư pháp',
  'Sở Công Thương',
  'Sở Nông nghiệp và Môi trường',
  'Sở Xây dựng',
  'Sở Khoa học và Công nghệ',
  'Sở Văn hóa, Thể thao và Du lịch',
  'Sở Giáo dục và Đào tạo',
  'Sở Y tế',
  'Thanh tra tỉnh',
  'Văn phòng UBND tỉnh',
]

function drawProvinceBodies(
  random: SeededRandom,
  unit: AdministrativeUnit,
  committeeId: string,
): SampleOrganisation[] {
  const place = { parentId: committeeId, unitCode: unit.code }
  const boards: [name: string, abbreviation: string, kind: OrganisationKind][] = [
    ['Văn phòng Tỉnh ủy', 'VPTU', 'party-office'],
    ['Ban Tổ chức Tỉnh ủy', 'BTCTU', 'party-board'],
    ['Ban Tuyên giáo và Dân vận Tỉnh ủy', 'BTGDVTU', 'party-board'],
    ['Ban Nội chính Tỉnh ủy', 'BNCTU', 'party-board'],
    ['Ủy ban Kiểm tra Tỉnh ủy', 'UBKTTU', 'party-board'],
  ]
  const government = drawBody(random, {
    ...place,
    kind: 'government',
    name: `Ủy ban nhân dân tỉnh ${unit.name}`,
    abbreviation: 'UBND',
  })
  const front = drawBody(random, {
    ...place,
    kind: 'front',
    name: `Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh ${unit.name}`,
    abbreviation: 'MTTQ',
  })
  const unions: [name: string, abbreviation: string][] = [
    [`Tỉnh đoàn ${unit.name}`, 'ĐTN'],
    [`Hội Liên hiệp Phụ nữ tỉnh ${unit.name}`, 'HLHPN'],
    [`Hội Nông dân tỉnh ${unit.name}`, 'HND'],
    [`Hội Cựu chiến binh tỉnh ${unit.name}`, 'HCCB'],
    [`Liên đoàn Lao động tỉnh ${unit.name}`, 'LĐLĐ'],
  ]
  return [
    ...boards.map(([name, abbreviation, kind]) => drawBody(random, { ...place, kind, name, abbreviation })),
    drawBody(random, {
      ...place,
      kind: 'agency-committee',
      name: `Đảng ủy các cơ quan Đảng tỉnh ${unit.name}`,
    }),
    drawBody(random, {
      ...place,
      kind: 'agency-committee',
      name: `Đảng ủy Ủy ban nhân dân tỉnh ${unit.name}`,
    }),
    drawBody(random, {
      ...place,
      kind: 'government',
      name: `Hội đồng nhân dân tỉnh ${unit.name}`,
      abbreviation: 'HĐND',
    }),
    government,
    ...departments.map((name) =>
      drawBody(random, { kind: 'department', name, parentId: government.id, unitCode: unit.code }),
    ),
    drawBody(random, { ...place, kind: 'police', name: `Công an tỉnh ${unit.name}`, abbreviation: 'CA' }),
    drawBody(random, {
      ...place,
      kind: 'military',
      name: `Bộ Chỉ huy Quân sự tỉnh ${unit.name}`,
      abbreviation: 'BCHQS',
    }),
    front,
    ...unions.map(([name, abbreviation]) =>
      drawBody(random, { kind: 'union', name, abbreviation, parentId: front.id, unitCode: unit.code }),
    ),
  ]
}
