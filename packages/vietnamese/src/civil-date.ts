/**
 * A civil date: a day in the calendar, of no time zone, as `2026-11-23`. Strings of this form sort by day.
 */
export type CivilDate = string & { readonly __brand: 'CivilDate' }

const millisecondsPerDay = 86_400_000
const isoForm = /^(\d{4})-(\d{2})-(\d{2})$/

/** The date of these parts, or undefined where there is no such day (31/02). Years 1900–2199. */
export function civilDate(year: number, month: number, day: number): CivilDate | undefined {
  if (year < 1900 || year > 2199) return undefined
  const instant = new Date(Date.UTC(year, month - 1, day))
  if (instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== day) return undefined
  return instant.toISOString().slice(0, 10) as CivilDate
}

/** `2026-11-23` as a civil date; undefined for anything else. */
export function parseIsoDate(text: string): CivilDate | undefined {
  const parts = isoForm.exec(text)
  return parts ? civilDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined
}

/** `23/11/2026`, `09/4/2024`, `23-11-2026`, `23.11.2026` as people type it; undefined where it is no day. */
export function parseVietnameseDate(text: string): CivilDate | undefined {
  const parts = /^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*$/.exec(text)
  return parts ? civilDate(Number(parts[3]), Number(parts[2]), Number(parts[1])) : undefined
}

/** Year, month (1–12) and day of a civil date. */
export function partsOf(date: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

const timeOf = (date: CivilDate): number => Date.parse(`${date}T00:00:00Z`)

/** The date so many days later (earlier, if negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(timeOf(date) + days * millisecondsPerDay).toISOString().slice(0, 10) as CivilDate
}

/** Days from `from` to `to`: positive when `to` is later. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((timeOf(to) - timeOf(from)) / millisecondsPerDay)
}

/** 1 (Monday) … 7 (Sunday), as ISO 8601 counts. */
export function weekdayOf(date: CivilDate): number {
  return new Date(timeOf(date)).getUTCDay() || 7
}

/** The last day of a month (1–12). */
export function lastDayOfMonth(year: number, month: number): CivilDate {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) as CivilDate
}

/** The last day of a quarter (1–4). */
export function lastDayOfQuarter(year: number, quarter: number): CivilDate {
  return lastDayOfMonth(year, quarter * 3)
}

const padded = (value: number): string => String(value).padStart(2, '0')

/** `23/11/2026`; the short form for screens and tables. */
export function formatDate(date: CivilDate): string {
  const { year, month, day } = partsOf(date)
  return `${padded(day)}/${padded(month)}/${year}`
}

/**
 * `ngày 09 tháng 4 năm 2024`, as a date line is written: days under 10 and months 1 and 2 take a leading
 * zero, months 3 to 9 don't (Hướng dẫn 36-HD/VPTW; Nghị định 30/2020/NĐ-CP, phụ lục I).
 */
export function formatLongDate(date: CivilDate): string {
  const { year, month, day } = partsOf(date)
  return `ngày ${padded(day)} tháng ${month < 3 ? padded(month) : month} năm ${year}`
}

/** `09/4/2024`: the date inside official text, zeros as in {@link formatLongDate}. */
export function formatOfficialDate(date: CivilDate): string {
  const { year, month, day } = partsOf(date)
  return `${padded(day)}/${month < 3 ? padded(month) : month}/${year}`
}

const weekdays = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']

/** `thứ Hai` … `Chủ nhật`. */
export function formatWeekday(date: CivilDate): string {
  return weekdays[weekdayOf(date) - 1] ?? ''
}

/** The civil date of an instant where Vietnam's clocks stand (UTC+7, no summer time). */
export function vietnamDate(instant: Date): CivilDate {
  return new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 10) as CivilDate
}
