import { describe, expect, it } from 'vitest'
import {
  addDays,
  civilDate,
  daysBetween,
  formatDate,
  formatLongDate,
  formatOfficialDate,
  formatWeekday,
  lastDayOfQuarter,
  parseIsoDate,
  parseVietnameseDate,
  vietnamDate,
  weekdayOf,
} from './civil-date.ts'
import { compareVietnamese, personSortKey } from './compare.ts'
import { findDocumentNumbers, tidyNumber } from './document-number.ts'
import { fold, foldInPlace, spellingKey } from './fold.ts'
import { formatNumber, formatShare, fromRoman, padNumber, toRoman } from './numbers.ts'

describe('folding', () => {
  it('drops case and marks, đ too, composed or not', () => {
    expect(fold('  ĐẢNG  UỶ\n')).toBe('dang uy')
    expect(fold('Đảng ủy'.normalize('NFD'))).toBe('dang uy')
  })

  it('keeps every offset when folding in place', () => {
    const text = 'Căn cứ Nghị quyết số 35-NQ/TW của Bộ Chính trị, Đảng ủy'
    expect(foldInPlace(text)).toHaveLength(text.length)
    expect(foldInPlace(text).indexOf('dang uy')).toBe(text.indexOf('Đảng ủy'))
  })

  it('counts both places of the tone as one spelling, but not its absence', () => {
    for (const [a, b] of [
      ['hòa', 'hoà'],
      ['Ủy ban', 'Uỷ ban'],
      ['khỏe', 'khoẻ'],
      ['thủy lợi', 'thuỷ lợi'],
    ] as const)
      expect(spellingKey(a)).toBe(spellingKey(b))
    expect(spellingKey('hoa')).not.toBe(spellingKey('hòa'))
    expect(spellingKey('quý')).toBe('quý')
    expect(spellingKey('Đoàn')).toBe('đoàn')
  })
})

describe('sorting', () => {
  it('orders as a Vietnamese dictionary does', () => {
    expect(['đa', 'ga', 'da', 'ăn', 'an', 'ân', 'e'].sort(compareVietnamese)).toEqual([
      'an',
      'ăn',
      'ân',
      'da',
      'đa',
      'e',
      'ga',
    ])
    expect(['Chi bộ 10', 'Chi bộ 2'].sort(compareVietnamese)).toEqual(['Chi bộ 2', 'Chi bộ 10'])
  })

  it('lists people by given name', () => {
    expect(personSortKey('Nguyễn Văn An')).toBe('An Nguyễn Văn')
  })
})

describe('civil dates', () => {
  const day = (text: string) => {
    const date = parseIsoDate(text)
    if (!date) throw new Error(text)
    return date
  }

  it('refuses days that do not exist', () => {
    expect(civilDate(2023, 2, 29)).toBeUndefined()
    expect(parseVietnameseDate('31/4/2024')).toBeUndefined()
    expect(parseIsoDate('2024-13-01')).toBeUndefined()
  })

  it('reads and writes Vietnamese forms', () => {
    expect(parseVietnameseDate(' 9/4/2024 ')).toBe('2024-04-09')
    expect(formatDate(day('2024-04-09'))).toBe('09/04/2024')
    expect(formatOfficialDate(day('2024-04-09'))).toBe('09/4/2024')
    expect(formatLongDate(day('2018-02-01'))).toBe('ngày 01 tháng 02 năm 2018')
    expect(formatLongDate(day('2024-04-09'))).toBe('ngày 09 tháng 4 năm 2024')
    expect(formatWeekday(day('2026-11-26'))).toBe('thứ Năm')
  })

  it('counts days, weekdays and quarters', () => {
    expect(weekdayOf(day('2026-11-22'))).toBe(7)
    expect(addDays(day('2024-02-28'), 2)).toBe('2024-03-01')
    expect(daysBetween(day('2024-12-31'), day('2025-01-01'))).toBe(1)
    expect(lastDayOfQuarter(2024, 1)).toBe('2024-03-31')
  })

  it('turns over at midnight in Vietnam', () => {
    expect(vietnamDate(new Date('2026-11-22T16:59:59Z'))).toBe('2026-11-22')
    expect(vietnamDate(new Date('2026-11-22T17:00:00Z'))).toBe('2026-11-23')
  })
})

describe('numbers', () => {
  it('writes dots and commas', () => {
    expect(formatNumber(1234567.89)).toBe('1.234.567,89')
    expect(formatNumber(-1234)).toBe('-1.234')
    expect(formatNumber(999)).toBe('999')
    expect(padNumber(7)).toBe('07')
    expect(padNumber(1200)).toBe('1.200')
  })

  it('never rounds a share to a whole that is not reached', () => {
    expect(formatShare(1874, 2012)).toBe('93,1%')
    expect(formatShare(2012, 2012)).toBe('100%')
    expect(formatShare(99_999, 100_000)).toBe('99,9%')
    expect(formatShare(1, 100_000)).toBe('0,1%')
    expect(formatShare(0, 0)).toBe('–')
  })

  it('reads and writes Roman numbers', () => {
    for (let value = 1; value < 90; value++) expect(fromRoman(toRoman(value))).toBe(value)
    expect(fromRoman('IIII')).toBeUndefined()
  })
})

describe('document numbers', () => {
  it('finds every form, and no years or dates', () => {
    const text =
      'Số 21 -KH/ĐU; 11-CTr/ĐU; 05-QC/BTCTU-BDVTU; 30/2020/NĐ-CP; 91/2025/QH15; 27/CT-TTg; 15/QĐ-UBND; ' +
      'QCVN 102:2016/BTTTT; giai đoạn 2021-2025; ngày 22/10/2018; 1/2 ngày; quý I/2023'
    expect(findDocumentNumbers(text).map((found) => found.number)).toEqual([
      '21-KH/ĐU',
      '11-CTr/ĐU',
      '05-QC/BTCTU-BDVTU',
      '30/2020/NĐ-CP',
      '91/2025/QH15',
      '27/CT-TTg',
      '15/QĐ-UBND',
      'QCVN 102:2016/BTTTT',
    ])
  })

  it('points at the printed form', () => {
    const text = 'Kế hoạch số 773 /QĐ-TTg ngày'
    const [found] = findDocumentNumbers(text)
    expect(text.slice(found?.start, found?.end)).toBe('773 /QĐ-TTg')
    expect(found?.number).toBe(tidyNumber('773 /QĐ-TTg'))
  })
})
