import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type Line, type Words, wordsOf } from '../lines/line.ts'
import { findDates } from './date-words.ts'

export interface PlaceAndDate {
  place: Words | undefined
  date: CivilDate | undefined
  /** The words of the date, also where it is blank. */
  dateWords: Words
  impossible: boolean
}

// A day or month left to be written in by hand: "ngày      tháng 5 năm 2026", "ngày … tháng … năm".
const blank = /ngay[\s\d_.…-]*thang[\s\d_.…-]*nam|^ngay[^,;:]{0,10}thang[^,;:]{0,8}nam \d{4}\W*$/
const place = /^[\p{Lu}][\p{L}\s.'-]{1,40}$/u

/**
 * The line of place and date: `Hậu Giang, ngày 16 tháng 3 năm 2023`. What is blank stays blank: a draft
 * without a day has no date, however much of the rest is there.
 */
export function readPlaceAndDate(line: Line): PlaceAndDate | undefined {
  if (line.text.length > 200) return undefined
  const comma = /,\s*(?=ngay\b)/.exec(line.key)
  const from = comma ? comma.index + comma[0].length : line.key.startsWith('ngay') ? 0 : undefined
  if (from === undefined) return undefined
  const rest = line.key.slice(from)
  const [first] = findDates(rest)
  const whole = first !== undefined && first.start === 0 && first.year !== undefined
  if (!whole && !blank.test(rest)) return undefined
  if (whole && rest.slice(first.end).replace(/[\s.,;()\-–]+/g, '').length > 12) return undefined
  const named = comma ? wordsOf(line, placeStart(line, comma.index), comma.index) : undefined
  return {
    place: named && place.test(named.text) ? named : undefined,
    date: whole ? first.date : undefined,
    dateWords: wordsOf(line, from, whole ? from + first.end : line.text.length),
    impossible: whole && first.impossible,
  }
}

/** A slogan may have run into the line: the place is what follows the last sign or rule. */
function placeStart(line: Line, end: number): number {
  const before = line.text.slice(0, end)
  const sign = Math.max(before.lastIndexOf('-'), before.lastIndexOf('_'), before.lastIndexOf(')'))
  const dashed = /^[\p{Lu}]\p{L}+ - \p{Lu}/u.test(before)
  return sign >= 0 && !dashed ? sign + 1 : 0
}
