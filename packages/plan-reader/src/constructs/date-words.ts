import { type CivilDate, civilDate } from '@trienkhai/vietnamese/civil-date.ts'

/** A day named in a text. */
export interface DateWords {
  start: number
  end: number
  day: number
  month: number
  /** Undefined where none is said: `trước ngày 15/11`. */
  year: number | undefined
  /** Undefined where there is no such day, or no year. */
  date: CivilDate | undefined
  /** Whether it says a day that no calendar has: `31/4/2024`. */
  impossible: boolean
}

const long =
  /(?:ngay\s*)?(\d\s?\d|\d)\s*thang\s*(\d\s?\d|\d)(?:\s*(?:[,/]|nam)\s*((?:19|2[01])\s?\d\s?\d)(?!\d))?/g
const short =
  /(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?((?:19|2[01])\d\s?\d)(?!\d)|(?<![\d/.,-])(\d{1,2})\/(\d{1,2})(?![\d/%]|-\p{L})/gu

/**
 * The days named in a key (folded text), in order: `ngày 16 tháng 3 năm 2023`, `22/10/2018`, `06-3-2024`,
 * `15/11`. Spaces that a scanner put into the figures (`0 6`) are seen through.
 */
export function findDates(key: string): DateWords[] {
  const found: DateWords[] = []
  if (key.includes('thang'))
    for (const match of key.matchAll(long)) {
      const [whole, day = '', month = '', year] = match
      add(found, match.index, whole.length, day, month, year)
    }
  if (/\d[/.-]/.test(key) || /\d\s[/.-]/.test(key))
    for (const match of key.matchAll(short)) {
      const [whole, day, , month, year, bareDay, bareMonth] = match
      if (day && month && year) add(found, match.index, whole.length, day, month, year)
      else if (bareDay && bareMonth) {
        const before = key.slice(Math.max(0, match.index - 8), match.index)
        const said = /(?:ngay|truoc|den|tu|hom|sang|chieu|h|gio|phut)\s*$/.test(before)
        if (said) add(found, match.index, whole.length, bareDay, bareMonth, undefined)
      }
    }
  return found.sort((a, b) => a.start - b.start)
}

function add(
  to: DateWords[],
  start: number,
  length: number,
  day: string,
  month: string,
  year: string | undefined,
): void {
  const [d, m] = [Number(day.replace(/\s/g, '')), Number(month.replace(/\s/g, ''))]
  const y = year === undefined ? undefined : Number(year.replace(/\s/g, ''))
  const date = y === undefined ? undefined : civilDate(y, m, d)
  const impossible = date === undefined && (y !== undefined || civilDate(2024, m, d) === undefined)
  to.push({ start, end: start + length, day: d, month: m, year: y, date, impossible })
}

const hourForms =
  /(?<![\d/])(\d{1,2})\s*(?:h|gio|g)\s*(\d{2})?(?:\s*(?:'|’|′|phut|p\b|ph\b))?(?![\p{L}\d])|(?<![\d/])(\d{1,2}):(\d{2})(?!\d)/gu

/** An hour named in a text: `13h30`, `08 giờ`, `8h30'`, `20 giờ 15 phút`, `14:00`. */
export interface HourWords {
  start: number
  end: number
  /** Minutes since midnight. */
  minutes: number
}

/** The hours named in a key, in order. */
export function findHours(key: string): HourWords[] {
  const found: HourWords[] = []
  for (const match of key.matchAll(hourForms)) {
    const hour = Number(match[1] ?? match[3])
    const minute = Number(match[2] ?? match[4] ?? 0)
    if (hour > 24 || minute > 59) continue
    let minutes = hour * 60 + minute
    // "2 giờ chiều" is fourteen hours.
    if (hour < 12 && /^\s*(?:chieu|toi)\b/.test(key.slice(match.index + match[0].length))) minutes += 720
    found.push({ start: match.index, end: match.index + match[0].length, minutes })
  }
  return found
}

/** `13:30`. */
export function formatMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const weekdayNames: Record<string, number> = {
  hai: 1,
  ba: 2,
  tu: 3,
  nam: 4,
  sau: 5,
  bay: 6,
  '2': 1,
  '3': 2,
  '4': 3,
  '5': 4,
  '6': 5,
  '7': 6,
}

/** The weekday said in a key, 1 (Monday) – 7, and where: `(thứ Sáu)`, `Chủ nhật`. */
export function findWeekday(key: string): { weekday: number; start: number; end: number } | undefined {
  const match = /\bthu\s+(hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b/.exec(key)
  if (!match) return undefined
  const weekday = match[1] ? weekdayNames[match[1]] : 7
  return weekday ? { weekday, start: match.index, end: match.index + match[0].length } : undefined
}
