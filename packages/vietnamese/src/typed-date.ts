import { type CivilDate, civilDate } from './civil-date.ts'
import { fold } from './fold.ts'

/** How much of a date was said: a day, only a month of a year, or only a year. */
export type DatePrecision = 'day' | 'month' | 'year'

/** A date as somebody typed it, or why it is none. */
export type TypedDate =
  /** `date` is the first day of what was said. */
  | { readonly ok: true; readonly date: CivilDate; readonly precision: DatePrecision }
  | {
      readonly ok: false
      /** `month-first` is a day written as Americans do (02/15/2024). */
      readonly reason: 'no-date' | 'no-such-day' | 'two-digit-year' | 'month-first'
      /** What was probably meant. */
      readonly meant?: CivilDate
    }

// Folded words of months as they are said; "giêng" and "chạp" are months of the lunar year and so are left out.
const monthWords: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  tu: 4,
  bon: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
  'muoi mot': 11,
  'muoi hai': 12,
}
const monthSaid = `(\\d{1,2}|${Object.keys(monthWords)
  .toSorted((a, b) => b.length - a.length)
  .join('|')})`

const dayMonthYear = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/
const yearMonthDay = /^(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})$/
const shortYear = /^\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}$/
const longForm = new RegExp(
  `^(?:ngay )?(?:mung |mong )?(\\d{1,2}) thang ${monthSaid}(?: nam|,|/)? ?(\\d{4})$`,
)
const monthYear = /^(?:thang )?(\d{1,2})\s*[/.-]\s*(\d{4})$/
const longMonth = new RegExp(`^thang ${monthSaid}(?: nam|,)? ?(\\d{4})$`)
const yearMonth = /^(\d{4})\s*-\s*(\d{1,2})$/
const yearAlone = /^(?:nam )?(\d{4})$/
const eightDigits = /^(\d{2})(\d{2})(\d{4})$/
const timeOfDay = /[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$/

/**
 * The date that somebody typed: `1/2/2024`, `01-02-2024`, `1.2.2024`, `2024-02-01`, `01022024`,
 * `ngày 1 tháng 2 năm 2024`, `tháng 2/2024`, `02/2024`, `năm 2024`. The day comes first, as in Vietnam; a time of day
 * behind it is left out. A year of two digits is never guessed.
 */
export function parseTypedDate(typed: string): TypedDate {
  const text = fold(typed)
    .replace(timeOfDay, '')
    .replace(/[.,;]+$/, '')
    .trim()
  const said = dayMonthYear.exec(text) ?? longForm.exec(text)
  if (said) return dayOf(Number(said[3]), monthOf(said[2]), Number(said[1]))
  const iso = yearMonthDay.exec(text)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  if (shortYear.test(text)) return { ok: false, reason: 'two-digit-year' }
  const month = monthYear.exec(text) ?? longMonth.exec(text)
  if (month) return startOf(Number(month[2]), monthOf(month[1]), 'month')
  const isoMonth = yearMonth.exec(text)
  if (isoMonth) return startOf(Number(isoMonth[1]), Number(isoMonth[2]), 'month')
  const year = yearAlone.exec(text)
  if (year) return startOf(Number(year[1]), 1, 'year')
  return readDigits(text)
}

function monthOf(said: string | undefined): number {
  return said === undefined ? 0 : (monthWords[said] ?? Number(said))
}

function dayOf(year: number, month: number, day: number): TypedDate {
  const date = civilDate(year, month, day)
  if (date) return { ok: true, date, precision: 'day' }
  const meant = month > 12 && day <= 12 ? civilDate(year, day, month) : undefined
  return meant ? { ok: false, reason: 'month-first', meant } : { ok: false, reason: 'no-such-day' }
}

function startOf(year: number, month: number, precision: 'month' | 'year'): TypedDate {
  const date = civilDate(year, month, 1)
  return date ? { ok: true, date, precision } : { ok: false, reason: 'no-such-day' }
}

/** `01022024`, where it can be read in one way only. */
function readDigits(text: string): TypedDate {
  const parts = eightDigits.exec(text)
  if (!parts) return { ok: false, reason: 'no-date' }
  const dayFirst = civilDate(Number(parts[3]), Number(parts[2]), Number(parts[1]))
  const yearFirst = civilDate(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)))
  const only = dayFirst && yearFirst ? undefined : (dayFirst ?? yearFirst)
  return only ? { ok: true, date: only, precision: 'day' } : { ok: false, reason: 'no-date' }
}
