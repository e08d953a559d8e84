import { expect, it } from 'vitest'
import { parseTypedDate } from './typed-date.ts'

const day = (date: string) => ({ ok: true, date, precision: 'day' })

it('reads days in every form that people type', () => {
  for (const typed of [
    '1/2/2024',
    '01-02-2024',
    ' 01.02.2024. ',
    '1 / 2 / 2024',
    '01 02 2024',
    '2024-02-01',
    '2024/2/1',
    '2024-02-01T00:00:00.000Z',
    '1/2/2024 08:30',
    '01022024',
    '20240201',
    'ngày 1 tháng 2 năm 2024',
    'Ngày 01 tháng 02 năm 2024',
    'NGAY 1 THANG 2 NAM 2024',
    'nga\u0300y 1 tha\u0301ng 2 na\u0306m 2024',
    '1 tháng 2, 2024',
    '1 tháng Hai năm 2024',
    'mùng 1 tháng 2 năm 2024',
  ])
    expect([typed, parseTypedDate(typed)]).toEqual([typed, day('2024-02-01')])
})

it('takes the words of months, the longest first', () => {
  expect(parseTypedDate('3 tháng mười hai năm 2025')).toEqual(day('2025-12-03'))
  expect(parseTypedDate('3 tháng mười năm 2025')).toEqual(day('2025-10-03'))
  expect(parseTypedDate('3 tháng năm năm 2025')).toEqual(day('2025-05-03'))
})

it('says where only a month or a year was said', () => {
  for (const typed of ['02/2024', '2-2024', 'tháng 2/2024', 'tháng 2 năm 2024', '2024-02'])
    expect([typed, parseTypedDate(typed)]).toEqual([
      typed,
      { ok: true, date: '2024-02-01', precision: 'month' },
    ])
  for (const typed of ['1965', 'năm 1965'])
    expect(parseTypedDate(typed)).toEqual({ ok: true, date: '1965-01-01', precision: 'year' })
})

it('says why something is no date, and what was probably meant', () => {
  expect(parseTypedDate('31/02/2024')).toEqual({ ok: false, reason: 'no-such-day' })
  expect(parseTypedDate('02/15/2024')).toEqual({ ok: false, reason: 'month-first', meant: '2024-02-15' })
  expect(parseTypedDate('1/2/24')).toEqual({ ok: false, reason: 'two-digit-year' })
  expect(parseTypedDate('10111012')).toEqual({ ok: false, reason: 'no-date' })
  expect(parseTypedDate('chưa rõ')).toEqual({ ok: false, reason: 'no-date' })
  expect(parseTypedDate('')).toEqual({ ok: false, reason: 'no-date' })
  expect(parseTypedDate('13/2024')).toEqual({ ok: false, reason: 'no-such-day' })
  expect(parseTypedDate('1/1/1024')).toEqual({ ok: false, reason: 'no-such-day' })
})
