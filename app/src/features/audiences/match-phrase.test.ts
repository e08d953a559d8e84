import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { describe, expect, it } from 'vitest'
import type { OrganisationKind } from '#features/organisations/schema.ts'
import { matchPhrase } from './match-phrase.ts'
import type { Audience, KnownBody, OfficeFacts } from './schema.ts'

type Body = [kind: OrganisationKind, name: string, abbreviation?: string | null, distance?: number]

const body = ([kind, name, abbreviation = null, distance = 1]: Body): KnownBody => ({
  id: name,
  kind,
  hierarchy: 'party',
  name,
  abbreviation,
  distance,
})

const commune: OfficeFacts = {
  office: {
    id: 'office',
    kind: 'commune-committee',
    hierarchy: 'party',
    name: 'Đảng ủy xã Lâm Thao',
    abbreviation: 'ĐU',
  },
  above: [
    body(['province-committee', 'Tỉnh ủy Phú Thọ', 'TU', 1]),
    body(['party-board', 'Ban Tuyên giáo và Dân vận Tỉnh ủy', 'BTGDVTU', 2]),
    body(['party-office', 'Văn phòng Tỉnh ủy', 'VPTU', 2]),
  ],
  below: (
    [
      ['party-office', 'Văn phòng Đảng ủy xã Lâm Thao', 'VPĐU'],
      ['party-board', 'Ban Xây dựng Đảng Đảng ủy xã Lâm Thao', 'BXDĐ'],
      ['party-board', 'Ủy ban Kiểm tra Đảng ủy xã Lâm Thao', 'UBKTĐU'],
      ['service-unit', 'Trung tâm Chính trị xã Lâm Thao', 'TTCT'],
      ['government', 'Ủy ban nhân dân xã Lâm Thao', 'UBND'],
      ['government', 'Hội đồng nhân dân xã Lâm Thao', 'HĐND'],
      ['department', 'Văn phòng HĐND và UBND xã Lâm Thao', null, 2],
      ['department', 'Phòng Kinh tế xã Lâm Thao', null, 2],
      ['department', 'Phòng Văn hóa - Xã hội xã Lâm Thao', null, 2],
      ['service-unit', 'Trung tâm Phục vụ hành chính công xã Lâm Thao', null, 2],
      ['service-unit', 'Trạm Y tế xã Lâm Thao', 'TYT', 2],
      ['police', 'Công an xã Lâm Thao', 'CA'],
      ['military', 'Ban Chỉ huy Quân sự xã Lâm Thao', 'BCHQS'],
      ['front', 'Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Thao', 'MTTQ'],
      ['union', 'Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Lâm Thao', 'ĐTN', 2],
      ['union', 'Hội Liên hiệp Phụ nữ xã Lâm Thao', 'HLHPN', 2],
      ['union', 'Hội Nông dân xã Lâm Thao', 'HND', 2],
      ['union', 'Hội Cựu chiến binh xã Lâm Thao', 'HCCB', 2],
      ['association', 'Hội Người cao tuổi xã Lâm Thao', null, 2],
      ['school', 'Trường Mầm non Lâm Thao', null, 2],
      ['school', 'Trường Tiểu học Tiên Kiên', null, 2],
      ['school', 'Trường THCS Lâm Thao', null, 2],
      ['grassroots-committee', 'Đảng bộ Ủy ban nhân dân xã Lâm Thao'],
      ['cell', 'Chi bộ Khu 1'],
      ['cell', 'Chi bộ Khu 2'],
      ['cell', 'Chi bộ Khu 3'],
      ['cell', 'Chi bộ Khu 12'],
      ['cell', 'Chi bộ Công an xã Lâm Thao'],
      ['cell', 'Chi bộ Quân sự xã Lâm Thao'],
      ['cell', 'Chi bộ Trạm Y tế xã Lâm Thao'],
      ['cell', 'Chi bộ Trường THCS Lâm Thao'],
      ['cell', 'Chi bộ Phòng Kinh tế', null, 2],
    ] satisfies Body[]
  ).map(body),
  remembered: {},
}

const province: OfficeFacts = {
  office: {
    id: 'province',
    kind: 'province-committee',
    hierarchy: 'party',
    name: 'Tỉnh ủy Phú Thọ',
    abbreviation: 'TU',
  },
  above: [],
  below: (
    [
      ['party-board', 'Ban Tuyên giáo và Dân vận Tỉnh ủy', 'BTGDVTU'],
      ['party-board', 'Ban Tổ chức Tỉnh ủy', 'BTCTU'],
      ['party-office', 'Văn phòng Tỉnh ủy', 'VPTU'],
      ['commune-committee', 'Đảng ủy xã Lâm Thao'],
      ['commune-committee', 'Đảng ủy phường Việt Trì'],
      ['front', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Thọ', 'MTTQ'],
      ['union', 'Tỉnh đoàn Phú Thọ', 'TĐ', 2],
      ['party-office', 'Văn phòng Đảng ủy xã Lâm Thao', 'VPĐU', 2],
      ['front', 'Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Thao', 'MTTQ', 2],
    ] satisfies Body[]
  ).map(body),
  remembered: {},
}

const every = (kinds: OrganisationKind[], reach: 'direct' | 'below', ...named: string[]): Audience =>
  named.length > 0 ? { type: 'every', kinds, reach, named } : { type: 'every', kinds, reach }
const these = (...ids: string[]): Audience => ({ type: 'organisations', ids })
const self: Audience = { type: 'self' }
const agencies: OrganisationKind[] = [
  'party-board',
  'party-office',
  'government',
  'department',
  'police',
  'military',
  'service-unit',
]
const parties: OrganisationKind[] = ['commune-committee', 'agency-committee', 'grassroots-committee', 'cell']
const unions: Audience = { type: 'union', parts: [every(['front'], 'below'), every(['union'], 'below')] }

const office = 'Văn phòng Đảng ủy xã Lâm Thao'
const board = 'Ban Xây dựng Đảng Đảng ủy xã Lâm Thao'
const front = 'Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Thao'
const youth = 'Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Lâm Thao'
const women = 'Hội Liên hiệp Phụ nữ xã Lâm Thao'

describe('phrases of a commune committee', () => {
  it.each<[phrase: string, audience: Audience | null, why: string]>([
    // Cells, all ways.
    ['các chi bộ trực thuộc', every(['cell'], 'direct'), 'collective'],
    ['Các chi bộ trực thuộc Đảng ủy', every(['cell'], 'direct'), 'collective'],
    ['các chi bộ trực thuộc Đảng uỷ xã Lâm Thao', every(['cell'], 'direct'), 'collective'],
    ['các chi bộ', every(['cell'], 'below'), 'collective'],
    ['Chi bộ', every(['cell'], 'below'), 'collective'],
    ['100% chi bộ', every(['cell'], 'below'), 'collective'],
    ['CÁC CHI BỘ TRONG TOÀN ĐẢNG BỘ XÃ', every(['cell'], 'below'), 'collective'],
    ['các chi ủy chi bộ', every(['cell'], 'below'), 'collective'],
    ['các chi, đảng bộ trực thuộc', every(parties, 'direct'), 'collective'],
    ['Các chi bộ, đảng bộ cơ sở', every(parties, 'direct'), 'collective'],
    ['các cấp ủy, tổ chức đảng', every(parties, 'direct'), 'collective'],
    ['các tổ chức cơ sở đảng trực thuộc Đảng ủy', every(parties, 'direct'), 'collective'],
    ['các TCCSĐ', every(parties, 'direct'), 'collective'],
    [
      'các chi bộ khu dân cư',
      every(['cell'], 'below', 'thon', 'khu', 'to dan pho', 'xom', 'ap', 'ban'),
      'collective',
    ],
    ['chi bộ các trường học', every(['cell'], 'below', 'truong'), 'collective'],
    ['Chi bộ Khu 2', these('Chi bộ Khu 2'), 'name'],
    ['chi bộ khu 1, 2 và 3', these('Chi bộ Khu 1', 'Chi bộ Khu 2', 'Chi bộ Khu 3'), 'several-phrases'],
    ['Chi bộ Công an', these('Chi bộ Công an xã Lâm Thao'), 'name'],
    ['chi bộ Trạm y tế xã', these('Chi bộ Trạm Y tế xã Lâm Thao'), 'name'],
    ['Đảng bộ UBND xã', these('Đảng bộ Ủy ban nhân dân xã Lâm Thao'), 'name'],
    [
      'các chi bộ trực thuộc (trừ Chi bộ Quân sự)',
      { type: 'difference', from: every(['cell'], 'direct'), without: these('Chi bộ Quân sự xã Lâm Thao') },
      'collective',
    ],
    // People stand for their bodies.
    ['bí thư chi bộ', { type: 'holders', post: 'secretary', of: every(['cell'], 'below') }, 'collective'],
    [
      'Đồng chí bí thư các chi bộ',
      { type: 'holders', post: 'secretary', of: every(['cell'], 'below') },
      'collective',
    ],
    [
      'Hiệu trưởng các trường tiểu học trên địa bàn',
      { type: 'holders', post: 'principal', of: every(['school'], 'below', 'tieu hoc') },
      'collective',
    ],
    [
      'Trưởng các đoàn thể xã',
      { type: 'holders', post: 'head', of: every(['union'], 'below') },
      'collective',
    ],
    ['Ủy viên Ban Chấp hành', { type: 'holders', post: 'committee-member', of: self }, 'self'],
    ['Thường trực Huyện ủy', { type: 'holders', post: 'permanent', of: self }, 'former-level'],
    [
      'đảng viên dự bị',
      { type: 'members', statuses: ['probationary'], of: every(['cell'], 'below') },
      'collective',
    ],
    [
      'bí thư, phó bí thư các chi bộ',
      {
        type: 'union',
        parts: [
          { type: 'holders', post: 'secretary', of: every(['cell'], 'below') },
          { type: 'holders', post: 'deputy-secretary', of: every(['cell'], 'below') },
        ],
      },
      'collective',
    ],
    ['các đồng chí đảng ủy viên', { type: 'holders', post: 'committee-member', of: self }, 'self'],
    ['Các đ/c Đảng uỷ viên', { type: 'holders', post: 'committee-member', of: self }, 'self'],
    [
      'cán bộ, đảng viên',
      { type: 'holders', post: 'party-member', of: every(['cell'], 'below') },
      'collective',
    ],
    [
      'hiệu trưởng các trường học',
      { type: 'holders', post: 'principal', of: every(['school'], 'below') },
      'collective',
    ],
    [
      'Thủ trưởng các cơ quan, đơn vị',
      { type: 'holders', post: 'head', of: every(agencies, 'below') },
      'collective',
    ],
    [
      'Chủ tịch UBND xã',
      { type: 'holders', post: 'chair', of: these('Ủy ban nhân dân xã Lâm Thao') },
      'name',
    ],
    ['đồng chí Bí thư Đảng ủy', { type: 'holders', post: 'secretary', of: self }, 'self'],
    // The office itself.
    ['Đảng ủy xã', self, 'self'],
    ['Ban Thường vụ Đảng ủy', { type: 'holders', post: 'standing-committee', of: self }, 'self'],
    ['Thường trực Đảng uỷ', { type: 'holders', post: 'permanent', of: self }, 'self'],
    ['BCH Đảng bộ xã', { type: 'holders', post: 'committee-member', of: self }, 'self'],
    // Boards and offices, names in all spellings.
    ['Văn phòng Đảng ủy', these(office), 'name'],
    ['VPĐU', these(office), 'name'],
    ['VĂN PHÒNG ĐẢNG UỶ', these(office), 'name'],
    ['van phong dang uy', these(office), 'name'],
    ['Ban Xây dựng Đảng', these(board), 'name'],
    ['BXDĐ', these(board), 'name'],
    ['UBKT Đảng ủy', these('Ủy ban Kiểm tra Đảng ủy xã Lâm Thao'), 'name'],
    ['TTCT xã', these('Trung tâm Chính trị xã Lâm Thao'), 'name'],
    ['Ban Tuyên giáo Huyện ủy', these(board), 'successor'],
    ['BTG', these(board), 'successor'],
    ['BTG Đảng ủy', these(board), 'successor'],
    ['bộ phận Tuyên giáo của Đảng ủy', these(board), 'successor'],
    ['Ban Tổ chức Đảng ủy', these(board), 'successor'],
    ['Phòng Giáo dục và Đào tạo huyện', these('Phòng Văn hóa - Xã hội xã Lâm Thao'), 'successor'],
    ['Trung tâm bồi dưỡng chính trị huyện', these('Trung tâm Chính trị xã Lâm Thao'), 'successor'],
    ['Văn phòng Huyện ủy', these(office), 'former-level'],
    ['Công an huyện', these('Công an xã Lâm Thao'), 'former-level'],
    ['các ban Đảng', every(['party-board'], 'below'), 'collective'],
    ['các ban, văn phòng Đảng ủy', every(['party-board', 'party-office'], 'below'), 'collective'],
    [
      'các cơ quan tham mưu, giúp việc Đảng ủy',
      every(['party-board', 'party-office'], 'below'),
      'collective',
    ],
    // The Front and the unions.
    ['các đoàn thể', every(['union'], 'below'), 'collective'],
    ['Các tổ chức chính trị-xã hội xã', every(['union'], 'below'), 'collective'],
    ['các tổ chức CT-XH', every(['union'], 'below'), 'collective'],
    ['Mặt trận Tổ quốc và các đoàn thể xã', unions, 'collective'],
    ['MTTQ và các tổ chức chính trị - xã hội', unions, 'collective'],
    ['Mặt trận Tổ quốc, các đoàn thể', unions, 'collective'],
    ['MTTQ', these(front), 'name'],
    ['Ủy ban MTTQ Việt Nam xã', these(front), 'name'],
    ['UBMTTQVN xã Lâm Thao', these(front), 'name'],
    ['Mặt trận Tổ quốc xã', these(front), 'name'],
    ['Đoàn Thanh niên xã', these(youth), 'name'],
    ['ĐTN', these(youth), 'name'],
    ['Đoàn TNCS Hồ Chí Minh xã', these(youth), 'name'],
    ['Hội LHPN xã', these(women), 'name'],
    ['Hội Phụ nữ', these(women), 'kind'],
    ['Hội CCB', these('Hội Cựu chiến binh xã Lâm Thao'), 'name'],
    ['ĐTN, HLHPN, CCB xã', these(youth, women, 'Hội Cựu chiến binh xã Lâm Thao'), 'several-phrases'],
    // The State's side.
    ['UBND xã', these('Ủy ban nhân dân xã Lâm Thao'), 'name'],
    ['Ủy ban Nhân dân xã Lâm Thao', these('Ủy ban nhân dân xã Lâm Thao'), 'name'],
    ['UBND', these('Ủy ban nhân dân xã Lâm Thao'), 'name'],
    ['Công an xã', these('Công an xã Lâm Thao'), 'name'],
    ['Ban CHQS xã', these('Ban Chỉ huy Quân sự xã Lâm Thao'), 'name'],
    ['Quân sự xã', these('Ban Chỉ huy Quân sự xã Lâm Thao'), 'kind'],
    ['Phòng Văn hoá và Xã hội', these('Phòng Văn hóa - Xã hội xã Lâm Thao'), 'name'],
    ['Văn phòng HĐND và UBND xã', these('Văn phòng HĐND và UBND xã Lâm Thao'), 'name'],
    ['Trạm Y tế', these('Trạm Y tế xã Lâm Thao'), 'name'],
    ['các trường học trên địa bàn', every(['school'], 'below'), 'collective'],
    ['các trường học trên địa bàn xã', every(['school'], 'below'), 'collective'],
    ['Trường Trung học cơ sở Lâm Thao', these('Trường THCS Lâm Thao'), 'name'],
    ['các trường Mầm non, Tiểu học, THCS', every(['school'], 'below'), 'collective'],
    ['các phòng chuyên môn', every(['department', 'service-unit'], 'below'), 'collective'],
    ['các cơ quan, đơn vị', every(agencies, 'below'), 'collective'],
    ['các ban, ngành, đoàn thể xã', every([...agencies, 'front', 'union'], 'below'), 'collective'],
    ['các cơ quan liên quan', null, 'vague'],
    ['các cơ quan, đơn vị có liên quan', null, 'vague'],
    // Several in one.
    ['Văn phòng Đảng ủy, Ban Xây dựng Đảng', these(office, board), 'several-phrases'],
    [
      'Ban Xây dựng Đảng và các chi bộ trực thuộc',
      { type: 'union', parts: [these(board), every(['cell'], 'direct')] },
      'several-phrases',
    ],
    ['Văn phòng Đảng ủy và các cơ quan liên quan', these(office), 'partly'],
    ['Văn phòng Đảng ủy; Điện lực Lâm Thao', these(office), 'partly'],
    // Above, and nobody.
    ['Tỉnh ủy', these('Tỉnh ủy Phú Thọ'), 'above'],
    ['Ban Thường vụ Tỉnh ủy', these('Tỉnh ủy Phú Thọ'), 'above'],
    ['Ban Tuyên giáo và Dân vận Tỉnh ủy', these('Ban Tuyên giáo và Dân vận Tỉnh ủy'), 'above'],
    ['VPTU', these('Văn phòng Tỉnh ủy'), 'above'],
    ['Công an tỉnh', null, 'above'],
    ['Chi nhánh Điện lực', null, 'unknown'],
    ['các lực lượng chức năng', null, 'vague'],
    ['Nhân dân', null, 'vague'],
    ['Ban Tuyên giáo Trung ương', null, 'above'],
    ['cấp ủy cấp trên trực tiếp', these('Tỉnh ủy Phú Thọ'), 'above'],
    ['Nhà xuất bản', null, 'unknown'],
    ['', null, 'unknown'],
    ['..., ;', null, 'unknown'],
  ])('%s', (phrase, audience, why) => {
    const match = matchPhrase(phrase, commune)
    expect({ audience: match.audience, why: match.why }).toEqual({ audience, why })
  })

  it('says how sure it is: outright names are certain, guesses are not', () => {
    const sureOf = (phrase: string) => matchPhrase(phrase, commune).sure
    expect(sureOf('Văn phòng Đảng ủy')).toBe(1)
    expect(sureOf('các cơ quan, đơn vị')).toBeLessThanOrEqual(0.6)
    expect(sureOf('Ban Tuyên giáo Huyện ủy')).toBeLessThan(0.8)
    expect(sureOf('Văn phòng Đảng ủy và các cơ quan liên quan')).toBeLessThan(0.6)
  })

  it('names the body that has ended and the day', () => {
    expect(matchPhrase('Ban Tuyên giáo', commune)).toMatchObject({
      why: 'successor',
      formerly: { name: 'Ban Tuyên giáo', until: '2025-07-01' },
    })
  })

  it('names what fits nobody', () => {
    expect(matchPhrase('Văn phòng Đảng ủy; Điện lực Lâm Thao', commune).unmatched).toEqual([
      'Điện lực Lâm Thao',
    ])
    expect(matchPhrase('Chi nhánh Điện lực', commune).unmatched).toEqual(['Chi nhánh Điện lực'])
  })

  it('lets the office have the last word, however the phrase is spelt', () => {
    const decided = { ...commune, remembered: { [spellingKey('Các đoàn thể')]: these(youth) } }
    expect(matchPhrase('các đoàn thể', decided)).toEqual({
      audience: these(youth),
      sure: 1,
      why: 'remembered',
      unmatched: [],
    })
  })

  it('does not choose between two bodies of one name', () => {
    const twice = {
      ...commune,
      below: [...commune.below, { ...body(['cell', 'Chi bộ Khu 2']), id: 'other' }],
    }
    expect(matchPhrase('Chi bộ Khu 2', twice)).toMatchObject({
      audience: these('Chi bộ Khu 2', 'other'),
      why: 'several-bodies',
      sure: 0.4,
    })
  })
})

describe('phrases of a provincial committee', () => {
  it.each<[phrase: string, audience: Audience | null, why: string]>([
    ['các đảng ủy xã, phường', every(['commune-committee'], 'direct'), 'collective'],
    ['Đảng ủy các xã, phường', every(['commune-committee'], 'direct'), 'collective'],
    [
      'các đảng bộ trực thuộc Tỉnh ủy',
      every(['commune-committee', 'agency-committee', 'grassroots-committee'], 'direct'),
      'collective',
    ],
    ['các chi bộ trong toàn Đảng bộ tỉnh', every(['cell'], 'below'), 'collective'],
    ['UBND các xã, phường', every(['government'], 'below', 'xa', 'phuong', 'dac khu'), 'collective'],
    ['Ban Tuyên giáo Tỉnh ủy', these('Ban Tuyên giáo và Dân vận Tỉnh ủy'), 'successor'],
    ['BTGDVTU', these('Ban Tuyên giáo và Dân vận Tỉnh ủy'), 'name'],
    ['BTCTU', these('Ban Tổ chức Tỉnh ủy'), 'name'],
    ['Văn phòng Tỉnh ủy', these('Văn phòng Tỉnh ủy'), 'name'],
    ['MTTQ tỉnh', these('Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Thọ'), 'name'],
    ['Đảng ủy phường Việt Trì', these('Đảng ủy phường Việt Trì'), 'name'],
    ['Thường trực Tỉnh ủy', { type: 'holders', post: 'permanent', of: self }, 'self'],
  ])('%s', (phrase, audience, why) => {
    const match = matchPhrase(phrase, province)
    expect({ audience: match.audience, why: match.why }).toEqual({ audience, why })
  })
})
