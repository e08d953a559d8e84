import { type CivilDate, civilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { describe, expect, it } from 'vitest'
import { findHouseProblems, getProfile, layoutProfiles, profileFor } from './layout-profiles.ts'
import { settleTypesetting } from './typesetting.ts'

const on = (year: number, month: number, day: number): CivilDate => {
  const date = civilDate(year, month, day)
  if (!date) throw new Error('no such day')
  return date
}

describe('the profile of a day', () => {
  it('is the one that stood then', () => {
    expect(profileFor('party', on(2018, 4, 3)).id).toBe('HD36')
    expect(profileFor('party', on(2026, 5, 26)).id).toBe('HD36')
    expect(profileFor('party', on(2026, 5, 27)).id).toBe('HD05')
    expect(profileFor('state', on(2026, 11, 23)).id).toBe('ND30')
  })

  it('is the first known for older papers', () => {
    expect(profileFor('party', on(2010, 1, 1)).id).toBe('HD36')
  })

  it('passes over what was not compared with its original, if asked', () => {
    expect(profileFor('party', on(2026, 11, 23), { onlyConfirmed: true }).id).toBe('HD36')
  })
})

describe('profiles', () => {
  it('follow each other without a gap', () => {
    expect(getProfile('HD36').validTo).toBe('2026-05-26')
    expect(getProfile('HD05').validFrom).toBe('2026-05-27')
  })

  it('give a source for every rule', () => {
    for (const profile of layoutProfiles) {
      const rules = Object.values(profile).filter(
        (value): value is { source: string } =>
          typeof value === 'object' && value !== null && 'source' in value,
      )
      const sources = [...rules, ...Object.values(profile.parts)].map((rule) => rule.source)
      expect(sources.filter((source) => source.length < 10)).toEqual([])
      expect(sources.length).toBeGreaterThan(45)
    }
  })
})

describe('the options of an office', () => {
  it('are accepted inside the ranges of the profile', () => {
    expect(findHouseProblems(getProfile('HD36'), { bodySizePt: 15, kindSizePt: 15, line: 20 })).toEqual([])
  })

  it('are named with what would be allowed when they lie outside', () => {
    expect(findHouseProblems(getProfile('HD36'), { bodySizePt: 12, paragraphGapPt: 3 })).toEqual([
      { option: 'bodySizePt', given: 12, min: 14, max: 15 },
      { option: 'paragraphGapPt', given: 3, min: 6, max: null },
    ])
    expect(findHouseProblems(getProfile('HD05'), { line: 24 })).toEqual([
      { option: 'line', given: 24, min: 18, max: 22 },
    ])
    expect(findHouseProblems(getProfile('HD36'), { line: Number.NaN })).toHaveLength(1)
  })

  it('stop the typesetter when nobody checked them', () => {
    expect(() => settleTypesetting({ profile: 'HD36', house: { bodySizePt: 9 } })).toThrow(
      'bodySizePt 9 is not within 14–15 of HD36',
    )
  })
})
