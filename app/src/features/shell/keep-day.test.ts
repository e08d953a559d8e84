import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { describe, expect, it } from 'vitest'
import { dayOf, keepDay, withDay } from './keep-day.ts'

const today = '2026-11-23' as CivilDate
const day = '2025-06-30' as CivilDate
const asked = (query: string) => dayOf(new URL(`http://x/plans${query}`), today)

describe('the day that an address asks for', () => {
  it('is read as addresses and as people write it', () => {
    expect(asked('?ngay=2025-06-30')).toBe(day)
    expect(asked('?q=a&ngay=30/6/2025')).toBe(day)
  })

  it('is today where there is none, where it is no day, and where it is yet to come', () => {
    for (const query of [
      '',
      '?ngay=',
      '?ngay=31/2/2025',
      '?ngay=hôm qua',
      '?ngay=2026-11-23',
      '?ngay=2027-01-01',
    ])
      expect(asked(query)).toBe(today)
  })
})

it('goes before the fragment of an address, and only once', () => {
  expect(withDay('/organisations', day)).toBe('/organisations?ngay=2025-06-30')
  expect(withDay('/organisations?q=a#body', day)).toBe('/organisations?q=a&amp;ngay=2025-06-30#body')
  expect(withDay('/organisations?ngay=2024-01-01', day)).toBe('/organisations?ngay=2024-01-01')
})

describe('a page of the past', () => {
  it('keeps the day in its links and searches, and none elsewhere', () => {
    expect(
      keepDay(
        '<a class="b" href="/plans/1">a</a><a href="https://x.vn/">b</a><a href="#c">c</a><a data-any-day href="/">d</a>' +
          '<form class="search" method="GET" action="/plans"><input name="q"></form>',
        day,
      ),
    ).toBe(
      '<a class="b" href="/plans/1?ngay=2025-06-30">a</a><a href="https://x.vn/">b</a><a href="#c">c</a>' +
        '<a data-any-day href="/">d</a><form class="search" method="GET" action="/plans">' +
        '<input type="hidden" name="ngay" value="2025-06-30"><input name="q"></form>',
    )
  })

  it('has forms that cannot be used, except those of no day, and no script of the framework', () => {
    expect(
      keepDay(
        '<form method="POST" action="?/save"></form><form method="POST" data-any-day action="/sign-out"></form>' +
          '<script>{ __sveltekit_1 = 1 }</script><script src="/key.js"></script>',
        day,
      ),
    ).toBe(
      '<form inert method="POST" action="?/save&amp;ngay=2025-06-30"></form>' +
        '<form method="POST" data-any-day action="/sign-out"></form><script src="/key.js"></script>',
    )
  })
})
