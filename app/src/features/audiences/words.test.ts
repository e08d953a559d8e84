import { describe, expect, it } from 'vitest'
import type { Audience } from './schema.ts'
import { type AudienceNames, describeAudience, describeMatch } from './words.ts'

const office = 'Đảng ủy xã Lâm Thao'
const names = (count?: number): AudienceNames => ({
  office,
  byId: new Map([
    ['a', 'Chi bộ Khu 1'],
    ['b', 'Chi bộ Khu 2'],
  ]),
  ...(count === undefined ? {} : { count }),
})
const cells: Audience = { type: 'every', kinds: ['cell'], reach: 'direct' }

describe('an audience read back', () => {
  it.each<[audience: Audience, count: number | undefined, vietnamese: string, english: string]>([
    [cells, 44, '44 chi bộ trực thuộc Đảng ủy xã Lâm Thao', '44 cells directly below Đảng ủy xã Lâm Thao'],
    [
      { ...cells, reach: 'below' },
      8000,
      '8.000 chi bộ trong toàn Đảng bộ xã Lâm Thao',
      '8,000 cells at all levels below Đảng ủy xã Lâm Thao',
    ],
    [{ type: 'self' }, 1, office, office],
    [
      { type: 'organisations', ids: ['a', 'b'] },
      2,
      'Chi bộ Khu 1, Chi bộ Khu 2',
      'Chi bộ Khu 1, Chi bộ Khu 2',
    ],
    [{ type: 'organisations', ids: ['a', 'gone'] }, undefined, '2 tổ chức đã chọn', '2 chosen organisations'],
    [
      { type: 'holders', post: 'secretary', of: cells },
      44,
      'bí thư của chi bộ trực thuộc Đảng ủy xã Lâm Thao (44)',
      'secretaries of cells directly below Đảng ủy xã Lâm Thao (44)',
    ],
    [
      { type: 'difference', from: cells, without: { type: 'organisations', ids: ['a'] } },
      43,
      'chi bộ trực thuộc Đảng ủy xã Lâm Thao, trừ Chi bộ Khu 1 (43)',
      'cells directly below Đảng ủy xã Lâm Thao, except Chi bộ Khu 1 (43)',
    ],
    [{ type: 'union', parts: [] }, 0, 'không có ai', 'nobody'],
    [cells, 0, 'không có ai', 'nobody'],
  ])('%j × %s', (audience, count, vietnamese, english) => {
    expect(describeAudience(audience, names(count), 'vi')).toBe(vietnamese)
    expect(describeAudience(audience, names(count), 'en')).toBe(english)
  })
})

describe('why a phrase was matched so', () => {
  it('names the body that ended and the day', () => {
    const match = {
      audience: { type: 'self' as const },
      sure: 0.8,
      why: 'successor' as const,
      unmatched: [],
      formerly: { name: 'Ban Tuyên giáo', until: '2025-07-01' },
    }
    expect(describeMatch(match, 'vi')).toBe(
      'Ban Tuyên giáo không còn từ 01/7/2025; khớp theo cơ quan kế thừa.',
    )
  })

  it('names the parts that fit nobody', () => {
    const match = {
      audience: { type: 'self' as const },
      sure: 0.5,
      why: 'partly' as const,
      unmatched: ['Điện lực'],
    }
    expect(describeMatch(match, 'vi')).toBe('Mới khớp một phần; phần còn lại cần chọn. Chưa khớp: Điện lực.')
    expect(describeMatch(match, 'en')).toBe('Only part of it fits; choose the rest. Not matched: Điện lực.')
  })
})
