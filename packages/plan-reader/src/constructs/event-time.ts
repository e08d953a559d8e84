import { type CivilDate, civilDate, daysBetween } from '@trienkhai/vietnamese/civil-date.ts'
import { type Line, type Words, wordsOf } from '../lines/line.ts'
import { type DateWords, findDates, findHours, formatMinutes, type HourWords } from './date-words.ts'

/** When something happens, as its line says. */
export interface Moment {
  /** `2023-03-24T13:30`, or the day alone. */
  start: string
  end: string | null
  hour: boolean
  /** How many days it takes beyond the first. */
  days: number
  words: Words
  /** Where the words begin and end, in the line. */
  from: number
  to: number
}

const betweenHourAndDay =
  /^[\s,.’'-]*(?:(?:phut|sang|chieu|toi)\b[\s,]*)?(?:[-–]|den)?\s*(?:\d{1,2}\s*(?:h|gio)\s*\d{0,2}[’'\s]*)?[\s,(]*(?:(?:sang|chieu|toi)\b[\s,]*)?(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)?[\s,)]*(?:cung )?(?:ngay)?\s*$/
const betweenDayAndHour =
  /^[\s,;:.-]*(?:\((?:(?:sang|chieu|toi) )?(?:thu [a-z0-9]+|chu nhat)\))?[\s,;:(]*(?:bat dau|khai mac|vao|luc|tu|vao luc|bat dau tu|bat dau luc|sang|chieu|toi)*[\s,:]*(?:tu|luc)?\s*$/
const deadline = /(?:truoc|cham nhat|muon nhat|den het|het|han|khong qua)\s*(?:la\s*)?(?:ngay\s*)?$/

/** The moments of a line that have both hour and day: `13h30, ngày 24 tháng 3 năm 2023`; deadlines are none. */
export function findMoments(line: Line, year: number | undefined): Moment[] {
  const hours = findHours(line.key)
  if (hours.length === 0) return []
  const moments: Moment[] = []
  for (const date of findDates(line.key)) {
    const day = dayOf(date, year)
    if (!day) continue
    const ahead = hours.filter(
      (hour) => hour.end <= date.start && betweenHourAndDay.test(line.key.slice(hour.end, date.start)),
    )
    const after = hours.filter(
      (hour) => hour.start >= date.end && betweenDayAndHour.test(line.key.slice(date.end, hour.start)),
    )
    const first = ahead[0] ?? after[0]
    if (!first) continue
    const from = Math.min(first.start, date.start)
    if (deadline.test(line.key.slice(Math.max(0, from - 24), from))) continue
    const before = moments.at(-1)
    // "từ 9 giờ ngày 02/10 đến 17 giờ ngày 05/11": the second moment ends what the first began.
    if (
      before &&
      from - before.to < 30 &&
      /^[\s,]*(?:\([^)]*\)\s*)?(?:den|[-–])\s*(?:het\s*)?$/.test(line.key.slice(before.to, from))
    ) {
      before.end = `${day}T${formatMinutes(first.minutes)}`
      before.days = Math.max(0, daysBetween(civilDayOf(before.start), day))
      continue
    }
    moments.push(makeMoment(line, day, date, first, hours))
  }
  return moments.filter((moment) => moment.days <= 12)
}

function makeMoment(
  line: Line,
  day: CivilDate,
  date: DateWords,
  first: HourWords,
  hours: readonly HourWords[],
): Moment {
  const next = hours.find(
    (hour) =>
      hour.start > first.end &&
      hour.start - first.end < 14 &&
      hour.minutes > first.minutes &&
      /den|[-–]/.test(line.key.slice(first.end, hour.start)),
  )
  const from = Math.min(first.start, date.start)
  const to = Math.max(first.end, next?.end ?? 0, date.end)
  return {
    start: `${day}T${formatMinutes(first.minutes)}`,
    end: next ? `${day}T${formatMinutes(next.minutes)}` : null,
    hour: true,
    days: 0,
    words: wordsOf(line, from, to),
    from,
    to,
  }
}

/** The day, or first and last day, of a line that names no hour: `ngày 10 - 12/5/2024`. */
export function findDays(line: Line, year: number | undefined): Moment | undefined {
  const span =
    /(?:\bngay,?\s+|^\W*)(\d{1,2})\s*(?:den|-|–|va)\s*(?:het )?(?:ngay )?(?=\d{1,2}(?:\/|\s*thang))/.exec(
      line.key,
    )
  const dates = findDates(line.key)
  const closing =
    span && dates.find((date) => date.start - (span.index + span[0].length) < 6 && date.end > span.index)
  const from = closing?.year ?? year
  const opening = closing && from !== undefined ? civilDate(from, closing.month, Number(span[1])) : undefined
  const closed = closing && dayOf(closing, year)
  // "từ ngày 18 đến ngày 24/4/2026": the month is said once, at the end.
  if (opening && closing && closed && closed > opening)
    return {
      start: opening,
      end: closed,
      hour: false,
      days: daysBetween(opening, closed),
      words: wordsOf(line, span.index, closing.end),
      from: span.index,
      to: closing.end,
    }
  const first = dates.find((date) => dayOf(date, year))
  const start = first && dayOf(first, year)
  if (!first || !start) return undefined
  const before = line.key.slice(Math.max(0, first.start - 24), first.start)
  if (deadline.test(before) || /\d\s*[-/]\s*\p{L}[\p{L}-]*,?\s*(?:ngay\s*)?$/u.test(before)) return undefined
  const second = dates.find(
    (date) =>
      date.start > first.end &&
      date.start - first.end < 60 &&
      /den|[-–]/.test(line.key.slice(first.end, date.start)),
  )
  const last = second && dayOf(second, year)
  const days = last && last > start ? daysBetween(start, last) : 0
  const to = days > 0 && second ? second.end : first.end
  return {
    start,
    end: days > 0 && last ? last : null,
    hour: false,
    days,
    words: wordsOf(line, first.start, to),
    from: first.start,
    to,
  }
}

function dayOf(date: DateWords, year: number | undefined): CivilDate | undefined {
  if (date.date) return date.date
  return date.year === undefined && year !== undefined ? civilDate(year, date.month, date.day) : undefined
}

/** The day of a moment's start. */
function civilDayOf(start: string): CivilDate {
  return start.slice(0, 10) as CivilDate
}
