import type { SeededRandom } from '#server/platform/seeded-random.ts'
import type { AdministrativeUnit } from './administrative-units.ts'
import { type BodyDrawn, drawBody, type SampleOrganisation } from './seed-body.ts'

export interface SampleCommune {
  unit: AdministrativeUnit
  committee: SampleOrganisation
  /** The committee's whole tree, itself first, each after the body above it. */
  organisations: SampleOrganisation[]
  /** Cells in the order that people number them: of the hamlets first. */
  cells: SampleOrganisation[]
}

const leastMembers = 14
const mostMembers = 34

/** What the smallest places of a commune are called, by where it lies: three former provinces, three customs. */
function hamletWord(unit: AdministrativeUnit): string {
  if (unit.kind === 'Phường') return 'Tổ dân phố'
  const code = Number(unit.code)
  if (code < 7_000) return 'Xóm'
  return code < 8_700 ? 'Khu' : 'Thôn'
}

/** A commune's committee with its boards, the State's bodies, the Front and the unions, and this many cells. */
export function drawCommuneBodies(
  random: SeededRandom,
  unit: AdministrativeUnit,
  provinceId: string,
  cellCount: number,
): SampleCommune {
  const where = `${unit.kind.toLowerCase()} ${unit.name}`
  const committee = drawBody(random, {
    kind: 'commune-committee',
    name: `Đảng ủy ${where}`,
    abbreviation: 'ĐU',
    parentId: provinceId,
    unitCode: unit.code,
    titles: [
      'Bí thư Đảng ủy',
      'Phó Bí thư Thường trực Đảng ủy',
      'Phó Bí thư Đảng ủy',
      ...Array.from({ length: 6 }, () => 'Ủy viên Ban Thường vụ Đảng ủy'),
      ...Array.from({ length: 12 }, () => 'Đảng ủy viên'),
    ],
  })
  const draw: Draw = (body) => drawBody(random, { parentId: committee.id, ...body, unitCode: unit.code })

  const cells = drawCells(random, unit, committee.id, cellCount)
  committee.hostId = cells.hostOf('party')
  const { government, bodies: stateBodies } = drawStateBodies(draw, where, unit, cells)
  const front = draw({
    kind: 'front',
    name: `Ủy ban Mặt trận Tổ quốc Việt Nam ${where}`,
    abbreviation: 'MTTQ',
    titles: ['Chủ tịch', 'Phó Chủ tịch'],
    hostId: cells.hostOf('front'),
  })
  const organisations = [
    committee,
    ...drawPartyBodies(draw, where, cells),
    government,
    ...stateBodies,
    front,
    ...drawUnions(draw, where, front.id, cells),
    ...(cells.grassroots ? [cells.grassroots] : []),
    ...cells.inOrder,
  ]
  return { unit, committee, organisations, cells: cells.inOrder }
}

/** Draws a body of the commune, below its committee unless another parent is named. */
type Draw = (body: Omit<BodyDrawn, 'unitCode' | 'parentId'> & { parentId?: string }) => SampleOrganisation

type Host = 'party' | 'front' | 'police' | 'military' | 'health' | 'government' | `school ${number}`

interface DrawnCells {
  inOrder: SampleOrganisation[]
  grassroots: SampleOrganisation | undefined
  /** The cell that the people of an agency belong to; of the first hamlet where the agency has none. */
  hostOf: (host: Host) => string | null
}

const schoolKinds = ['Mầm non', 'Tiểu học', 'THCS', 'Mầm non', 'Tiểu học', 'THCS'] as const
const quarters = ['', '', '', ' Số 2', ' Số 2', ' Số 2'] as const

function schoolName(index: number, unit: AdministrativeUnit): string {
  return `Trường ${schoolKinds[index % schoolKinds.length]}${quarters[index % quarters.length]} ${unit.name}`
}

const schoolsOf = (cellCount: number): number => (cellCount >= 40 ? 6 : 3)

function drawCells(
  random: SeededRandom,
  unit: AdministrativeUnit,
  committeeId: string,
  count: number,
): DrawnCells {
  const where = `${unit.kind.toLowerCase()} ${unit.name}`
  const place = { parentId: committeeId, unitCode: unit.code }
  const hosted: { host?: Host; name: string; inGrassroots?: true }[] = [
    { host: 'party', name: `Chi bộ các cơ quan Đảng ${where}` },
    { host: 'police', name: `Chi bộ Công an ${where}` },
    { host: 'military', name: `Chi bộ Quân sự ${where}` },
    { host: 'front', name: `Chi bộ Mặt trận Tổ quốc và các đoàn thể ${where}` },
    ...Array.from({ length: schoolsOf(count) }, (_, index) => ({
      host: `school ${index}` as const,
      name: `Chi bộ ${schoolName(index, unit)}`,
    })),
    { host: 'government', name: `Chi bộ Văn phòng HĐND và UBND ${where}`, inGrassroots: true },
    { name: `Chi bộ Phòng Kinh tế ${where}`, inGrassroots: true },
    { name: `Chi bộ Phòng Văn hóa - Xã hội ${where}`, inGrassroots: true },
    { host: 'health', name: `Chi bộ Trạm Y tế ${where}` },
    { name: `Chi bộ Hợp tác xã Nông nghiệp ${unit.name}` },
  ]
  // A small commune has few agencies with cells of their own: the hamlets always have the greater part.
  const agencies = hosted.slice(0, Math.min(hosted.length, Math.floor(count / 3)))
  const hamlets = Array.from({ length: count - agencies.length }, (_, index) =>
    drawCell(random, { ...place, name: `Chi bộ ${hamletWord(unit)} ${index + 1}` }),
  )
  const grassroots = agencies.some(({ inGrassroots }) => inGrassroots)
    ? drawBody(random, {
        ...place,
        kind: 'grassroots-committee',
        name: `Đảng bộ Ủy ban nhân dân ${where}`,
        titles: ['Bí thư Đảng ủy', 'Phó Bí thư Đảng ủy'],
      })
    : undefined
  const hosts = new Map<Host, string>()
  const own = agencies.map(({ host, name, inGrassroots }) => {
    const parentId = inGrassroots && grassroots ? grassroots.id : committeeId
    const cell = drawCell(random, { parentId, unitCode: unit.code, name })
    if (host) hosts.set(host, cell.id)
    return cell
  })
  const hostOf = (host: Host): string | null =>
    hosts.get(host) ?? hosts.get('party') ?? hamlets[0]?.id ?? null
  if (grassroots) grassroots.hostId = hostOf('government')
  return { inOrder: [...hamlets, ...own], grassroots, hostOf }
}

function drawCell(
  random: SeededRandom,
  cell: { parentId: string; unitCode: string; name: string },
): SampleOrganisation {
  const members = random.between(leastMembers, mostMembers)
  const committee = [
    'Bí thư',
    'Phó Bí thư',
    ...(members >= 20 ? ['Chi ủy viên'] : []),
    ...(members >= 28 ? ['Chi ủy viên'] : []),
  ]
  return drawBody(random, { ...cell, kind: 'cell', titles: committee, members })
}

function drawPartyBodies(draw: Draw, where: string, cells: DrawnCells): SampleOrganisation[] {
  const hostId = cells.hostOf('party')
  return [
    draw({
      kind: 'party-office',
      name: `Văn phòng Đảng ủy ${where}`,
      abbreviation: 'VPĐU',
      titles: ['Chánh Văn phòng', 'Phó Chánh Văn phòng', 'Chuyên viên'],
      hostId,
    }),
    draw({
      kind: 'party-board',
      name: `Ban Xây dựng Đảng Đảng ủy ${where}`,
      abbreviation: 'BXDĐ',
      titles: ['Trưởng ban', 'Phó Trưởng ban', 'Chuyên viên'],
      hostId,
    }),
    draw({
      kind: 'party-board',
      name: `Ủy ban Kiểm tra Đảng ủy ${where}`,
      abbreviation: 'UBKTĐU',
      titles: ['Chủ nhiệm', 'Phó Chủ nhiệm'],
      hostId,
    }),
    draw({
      kind: 'service-unit',
      hierarchy: 'party',
      name: `Trung tâm Chính trị ${where}`,
      abbreviation: 'TTCT',
      titles: ['Giám đốc'],
      hostId,
    }),
  ]
}

function drawStateBodies(
  draw: Draw,
  where: string,
  unit: AdministrativeUnit,
  cells: DrawnCells,
): { government: SampleOrganisation; bodies: SampleOrganisation[] } {
  const hostId = cells.hostOf('government')
  const government = draw({
    kind: 'government',
    name: `Ủy ban nhân dân ${where}`,
    abbreviation: 'UBND',
    titles: ['Chủ tịch', 'Phó Chủ tịch', 'Phó Chủ tịch'],
    hostId,
  })
  const room = (name: string): SampleOrganisation =>
    draw({
      kind: 'department',
      name: `${name} ${where}`,
      parentId: government.id,
      titles: [name.startsWith('Văn phòng') ? 'Chánh Văn phòng' : 'Trưởng phòng'],
      hostId,
    })
  const economy = unit.kind === 'Phường' ? 'Phòng Kinh tế, Hạ tầng và Đô thị' : 'Phòng Kinh tế'
  const bodies = [
    draw({
      kind: 'government',
      name: `Hội đồng nhân dân ${where}`,
      abbreviation: 'HĐND',
      titles: ['Chủ tịch'],
      hostId,
    }),
    room('Văn phòng HĐND và UBND'),
    room(economy),
    room('Phòng Văn hóa - Xã hội'),
    draw({
      kind: 'service-unit',
      name: `Trung tâm Phục vụ hành chính công ${where}`,
      parentId: government.id,
      titles: ['Giám đốc'],
      hostId,
    }),
    draw({
      kind: 'service-unit',
      name: `Trạm Y tế ${where}`,
      abbreviation: 'TYT',
      parentId: government.id,
      titles: ['Trưởng trạm'],
      hostId: cells.hostOf('health'),
    }),
    ...Array.from({ length: schoolsOf(cells.inOrder.length) }, (_, index) =>
      draw({
        kind: 'school',
        name: schoolName(index, unit),
        parentId: government.id,
        titles: ['Hiệu trưởng', 'Phó Hiệu trưởng'],
        hostId: cells.hostOf(`school ${index}`),
      }),
    ),
    draw({
      kind: 'police',
      name: `Công an ${where}`,
      abbreviation: 'CA',
      titles: ['Trưởng Công an', 'Phó Trưởng Công an'],
      hostId: cells.hostOf('police'),
    }),
    draw({
      kind: 'military',
      name: `Ban Chỉ huy Quân sự ${where}`,
      abbreviation: 'BCHQS',
      titles: ['Chỉ huy trưởng', 'Chính trị viên'],
      hostId: cells.hostOf('military'),
    }),
  ]
  return { government, bodies }
}

function drawUnions(draw: Draw, where: string, frontId: string, cells: DrawnCells): SampleOrganisation[] {
  const under = { parentId: frontId, hostId: cells.hostOf('front') }
  const unions: [name: string, abbreviation: string, titles: string[]][] = [
    ['Đoàn Thanh niên Cộng sản Hồ Chí Minh', 'ĐTN', ['Bí thư', 'Phó Bí thư']],
    ['Hội Liên hiệp Phụ nữ', 'HLHPN', ['Chủ tịch', 'Phó Chủ tịch']],
    ['Hội Nông dân', 'HND', ['Chủ tịch', 'Phó Chủ tịch']],
    ['Hội Cựu chiến binh', 'HCCB', ['Chủ tịch', 'Phó Chủ tịch']],
  ]
  return [
    ...unions.map(([name, abbreviation, titles]) =>
      draw({ ...under, kind: 'union', name: `${name} ${where}`, abbreviation, titles }),
    ),
    ...['Hội Người cao tuổi', 'Hội Chữ thập đỏ', 'Hội Khuyến học'].map((name) =>
      draw({ ...under, kind: 'association', name: `${name} ${where}`, titles: ['Chủ tịch'] }),
    ),
  ]
}
