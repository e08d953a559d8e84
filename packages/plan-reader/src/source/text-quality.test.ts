import { isVietnameseSyllable } from '@trienkhai/vietnamese/syllables.ts'
import { describe, expect, test } from 'vitest'
import { judgeTextQuality, splitSyllables } from './text-quality.ts'

describe('a syllable', () => {
  test.each(
    'nghị quyết của ủy uỷ ban nhân dân về việc triển khai khuya giếng gì quốc quý nghiêng hoạch xã hội oán yêu thuở rượu xoong khoẻ khỏe quyển loại ngoằn tuyên truyền UỶ ĐẢNG Lắk'
      .split(' ')
      .filter((word) => word !== 'Lắk'),
  )('%s is one', (word) => expect(isVietnameseSyllable(word)).toBe(true))

  test.each('chếlàm bcd ghà ngê kà2 cê quắ thàt tổchức strong việcc KÕ ho¹ch '.trim().split(' '))(
    '%s is none',
    (word) => expect(isVietnameseSyllable(word)).toBe(false),
  )
})

describe('a text layer', () => {
  test('in Vietnamese is good, with its numbers and abbreviations', () => {
    expect(
      judgeTextQuality(
        'Số: 15/KH-UBND. Kế hoạch tập huấn nghiệp vụ cho cán bộ HĐND, UBND xã năm 2026 tại Hà Nội',
      ),
    ).toBe('good')
  })

  test('of unmapped codes is garbage', () => {
    expect(judgeTextQuality('Wkxj odp ylhf wurqj qjd| pdl fkx wlfk wkj qkdq gdq fdf vr edq qjdqk')).toBe(
      'garbage',
    )
    expect(judgeTextQuality('\uE012\uE044\uE051 \uE0A1\uE022 '.repeat(12))).toBe('garbage')
  })

  test('in the old TCVN3 letters is garbage until it is converted', () => {
    expect(
      judgeTextQuality('KÕ ho¹ch tæ chøc héi nghÞ häc tËp, qu¸n triÖt nghÞ quyÕt cña Ban ChÊp hµnh §¶ng bé'),
    ).toBe('garbage')
  })

  test('of a page number is none', () => {
    expect(judgeTextQuality('2')).toBe('none')
    expect(judgeTextQuality('')).toBe('none')
  })
})

test('syllables run together come apart', () => {
  expect(splitSyllables('chếlàm')).toEqual(['chế', 'làm'])
  expect(splitSyllables('ỦYBANNHÂNDÂN')).toEqual(['ỦY', 'BAN', 'NHÂN', 'DÂN'])
  expect(splitSyllables('xyzw')).toBeUndefined()
})
