import { type CivilDate, civilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type Line, type Words, wordsOf } from '../lines/line.ts'
import type { DeadlineRule } from '../plan.ts'
import { findDates, findHours, formatMinutes } from './date-words.ts'
import { type Candidate, type DeadlineContext, findPeriod, unclear } from './deadline-period.ts'

export interface DeadlineRead {
  rule: DeadlineRule
  words: Words
}

const lead =
  '(?:(?:xong|hoan thanh|gui|nop|ket thuc|bao cao)\\s+)?(?:truoc|cham nhat(?: la)?(?: den| vao| trong| truoc)?|muon nhat(?: la)?(?: den| vao)?|den het|het|den|han cuoi(?: la)?(?: den)?|han(?: chot| nop| gui| dang ky| bao cao| hoan thanh)*|khong qua|thoi han(?: den| truoc)?|(?:hoan thanh|xong)(?: xong| va [a-z ]{3,24}?)?(?: vao| trong)?(?=,? ngay))'
const dayLead = new RegExp(
  `\\b${lead}\\s*[:,]?\\s*(?:\\d{1,2}\\s*(?:h|gio|:)\\s*\\d{0,2}\\s*(?:phut|')?,?\\s*)?(?:(?:sang|chieu|toi),?\\s*)?(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),?\\s*)?(?:\\(thu [a-z0-9]+\\),?\\s*)?(?:het\\s)?(?:vao\\s)?(?:ngay\\s*)?$`,
)

// "vào ngày 15/6/2026", "lúc 8h30 ngày 05/8/2026": work that is done on a day is due on it.
const heldOn =
  /\b(?:vao|luc|trong)\s+(?:luc\s+)?(?:\d{1,2}\s*(?:h|gio|:)\s*\d{0,2}\s*(?:phut|['’])?,?\s*)?(?:(?:sang|chieu|toi),?\s*)?(?:(?:thu [a-z0-9]+|chu nhat),?\s*)?(?:ngay\s*)?$/

const recurringEvery =
  /\b(?:hang|moi|dinh ky(?: hang| moi)?|theo(?= quy\b(?! (?:dinh|che|trinh|mo|hoach|luat))))\s+(tuan|thang|quy|6 thang|sau thang|nua nam|nam)(?! hoc)\b|\b(?:dinh ky)\s+(?:\d\s*(?:thang|nam)|01 nam|01 thang|06 thang|3 thang|03 thang)|\b(0?1|hai|0?2)\s*lan\s*\/\s*(tuan|thang|quy|nam)\b|\b(?:cuoi|dau)\s+(?:moi|hang)\s+(tuan|thang|quy|nam)\b/
const continuous = /\b(?:thuong xuyen|lien tuc|trong suot|ca nam|quanh nam|suot qua trinh|hang ngay)\b/
const relative =
  /\b(?:cham nhat|muon nhat|trong vong|trong thoi (?:han|gian)|khong qua|truoc|sau)?\s*(?:la\s+)?(\d{1,3})\s*(?:\([^)]{1,12}\)\s*)?(?:ngay(?: lam viec)?|thang|tuan),?\s*(?:ke tu khi|ke tu ngay|ke tu|sau khi|sau|truoc khi|truoc|tinh tu)\s+([^,;.()]{3,90})|\b(ngay sau khi|ngay sau|sau khi ket thuc|sau khi|ngay truoc|sau dot|sau hoi nghi|sau buoi)\s+([^,;.()]{3,80})/
const anniversary =
  /\b(?:nhan dip|vao dip|dip|nhan|chao mung|huong toi)\s+(?:ky niem|cac ngay|ngay|mung)?\s*[^,;.]{0,90}?(?:\d{1,3} nam|ngay thanh lap|sinh nhat|quoc khanh|\b\d{1,2}\/\d{1,2}\b|le|tet|dai hoi)[^,;.]{0,60}/

/**
 * The words about time in a cell of a table or after "Thời gian:", where all of them are about the deadline.
 */
export function readDeadlineCell(line: Line, context: DeadlineContext): DeadlineRead | undefined {
  if (
    !/\d|nam|thang|quy|tuan|thuong xuyen|lien tuc|sau|truoc|theo|ngay|dinh ky|dot xuat|hoc ky|suot|khi/.test(
      line.key,
    )
  )
    return undefined
  const words = wordsOf(line, 0, line.text.replace(/[\s;.]+$/u, '').length)
  const found = bestRule(line.key, line.text, context, true)
  return { rule: { ...(found?.rule ?? unclear(words.text)), words: words.text }, words }
}

/** The deadline said in a sentence: `… báo cáo kết quả về Đảng ủy trước ngày 15/11/2024.` */
export function readDeadline(line: Line, context: DeadlineContext): DeadlineRead | undefined {
  const found = bestRule(line.key, line.text, context, false)
  if (!found) return undefined
  const words = wordsOf(line, found.start, found.end)
  return { rule: { ...found.rule, words: words.text }, words }
}

// "Theo Kế hoạch rà soát năm 2026 của tỉnh": another paper says when; its year is no deadline.
const elsewhere =
  /^theo (?:(?:cac )?(?:moc thoi gian|tien do|thoi gian|lo trinh)(?: [a-z]+){0,4} )?(?:tai |cua )?(?:ke hoach|quyet dinh|huong dan|phuong an|nghi quyet|chi thi|ket luan|cong van|quy dinh|luat|nghi dinh|thong tu|dieu \d|chuong trinh|de an|yeu cau|chi dao|van ban)/

function bestRule(
  key: string,
  text: string,
  context: DeadlineContext,
  whole: boolean,
): Candidate | undefined {
  if (whole && elsewhere.test(key)) return undefined
  if (
    !whole &&
    !/truoc|cham nhat|muon nhat|trong|den|han|hang|dinh ky|sau|thang|quy|cuoi|thuong xuyen|dip|moi|vao|luc/.test(
      key,
    )
  )
    return undefined
  const recurring = findNextPeriod(key) ?? findRecurring(key, whole)
  const day = findDay(key, context, whole)
  // "định kỳ hằng năm (trước ngày 10/12)": the day of each round, not one day.
  if (recurring && day && !day.said && Math.abs(day.start - recurring.start) < 60) {
    return {
      rule: { ...recurring.rule, onDay: recurring.rule.onDay, before: day.rule.before, hour: day.rule.hour },
      start: Math.min(day.start, recurring.start),
      end: Math.max(day.end, recurring.end),
    }
  }
  if (recurring?.rule.every && /\b(?:lien ke|truoc|sau)\b/.test(key.slice(recurring.start, recurring.end)))
    return recurring
  if (day) return day
  if (recurring) return recurring
  if (whole && /^(?:thuc hien |trien khai )?(?:thuong xuyen|lien tuc)/.test(key)) return findLoose(key, whole)
  return findRelative(key, text, whole) ?? findPeriod(key, context, whole) ?? findLoose(key, whole)
}

/** `trước ngày 15/11/2024`, `chậm nhất 16 giờ ngày 05/3/2026`, `từ ngày … đến ngày …`: the last such day. */
function findDay(
  key: string,
  context: DeadlineContext,
  whole: boolean,
): (Candidate & { said: boolean }) | undefined {
  let best: (Candidate & { said: boolean }) | undefined
  for (const found of findDates(key)) {
    const before = key.slice(Math.max(0, found.start - 60), found.start)
    const led = dayLead.exec(before) ?? (whole ? null : heldOn.exec(before))
    const range = /(?:\btu\b.{0,50}(?:den|-|–)\s*(?:het\s)?(?:ngay\s*)?|[-–]\s*)$/.test(before)
    if (!whole && !led) continue
    if (
      !whole &&
      led &&
      /\bden\s*(?:ngay\s*)?$/.test(before) &&
      !/(?:het|nhat|han|truoc|hoan thanh|tu)\b.{0,40}den\s*(?:ngay\s*)?$/.test(before) &&
      !range
    )
      continue
    if (
      /\b(?:so [^ ]+|[\w/-]+\/[\w-]+|ban hanh|ky)\s*,?\s*(?:ngay\s*)?$/.test(before) &&
      /\d/.test(before.slice(-25)) &&
      !led
    )
      continue
    const year = found.year ?? context.year
    const date = year === undefined ? undefined : civilDate(year, found.month, found.day)
    const start = led ? found.start - led[0].length : found.start
    const [hour] = findHours(key.slice(Math.max(0, found.start - 30), found.start))
    const said = found.year !== undefined
    const candidate = {
      rule: {
        ...unclear(''),
        kind: 'day' as const,
        day: date ?? null,
        before: led !== null && /truoc/.test(led[0]),
        hour: hour ? formatMinutes(hour.minutes) : null,
      },
      start,
      end: found.end,
      said,
    }
    if (!best || range || (led && !whole))
      best = best && !whole && best.rule.day && date && best.rule.day > date ? best : candidate
  }
  return best
}

const everyWord: Record<string, DeadlineRule['every']> = {
  tuan: 'week',
  thang: 'month',
  quy: 'quarter',
  '6 thang': 'half-year',
  'sau thang': 'half-year',
  'nua nam': 'half-year',
  nam: 'year',
}

/** `hằng tháng`, `trước ngày 20 hằng tháng`, `trước 16 giờ ngày thứ Sáu hằng tuần`, `định kỳ 6 tháng`. */
function findRecurring(key: string, whole: boolean): Candidate | undefined {
  const match = recurringEvery.exec(key)
  if (!match) return undefined
  // In running text "chương trình hằng năm" names a thing; a duty is periodic where it reports or is led so.
  if (
    !whole &&
    !/bao cao|dinh ky|truoc|cham nhat|ngay|to chuc|tong hop/.test(
      key.slice(Math.max(0, match.index - 80), match.index + 60),
    )
  )
    return undefined
  const unit = match[1] ?? match[3] ?? match[4] ?? unitOf(match[0])
  let every = everyWord[unit ?? ''] ?? null
  if (/6 thang|06 thang|sau thang/.test(match[0])) every = 'half-year'
  const near = key.slice(Math.max(0, match.index - 60), match.index + match[0].length + 30)
  const weekday = /\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b/.exec(near)
  const day = /\bngay (\d{1,2})(?!\s*[/\d]| thang \d)/.exec(near)
  const [hour] = findHours(near)
  const led = /\b(?:truoc|cham nhat|vao)\b[^.;]{0,50}$/.exec(
    key.slice(Math.max(0, match.index - 60), match.index),
  )
  const start = led ? match.index - led[0].length : match.index
  return {
    rule: {
      ...unclear(''),
      kind: 'recurring',
      before: led?.[0].startsWith('truoc') ?? false,
      every,
      onDay: every !== 'week' && day ? Number(day[1]) : null,
      onWeekday: weekday ? weekdayNumber(weekday[1] ?? '') : null,
      hour: hour ? formatMinutes(hour.minutes) : null,
    },
    start,
    end: match.index + match[0].length,
  }
}

const unitOf = (words: string): string | undefined => /tuan|thang|quy|nam/.exec(words)?.[0]

function weekdayNumber(word: string): number {
  const at = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay'].indexOf(word)
  return at >= 0 ? at + 1 : Number(word) - 1
}

/** `trước ngày 31/01 năm liền kề`, `trước ngày 05 của tháng liền kề`, `ngày 31/12 năm trước`: each round's own day. */
function findNextPeriod(key: string): Candidate | undefined {
  const match =
    /\b(?:(truoc|cham nhat(?: la)?|muon nhat)\s+)?ngay\s+(\d{1,2})(?:\/\d{1,2})?\s*(?:cua\s+)?(nam|thang|quy)\s+(?:lien ke|sau|truoc|tiep theo|ke tiep|lien truoc|lien sau)(?:\s+lien ke)?/.exec(
      key,
    )
  if (!match) return undefined
  const every = everyWord[match[3] ?? ''] ?? null
  return {
    rule: {
      ...unclear(''),
      kind: 'recurring',
      before: match[1] === 'truoc',
      every,
      onDay: every === 'month' ? Number(match[2]) : null,
    },
    start: match.index,
    end: match.index + match[0].length,
  }
}

/** `chậm nhất 5 ngày sau hội nghị`, `ngay sau khi Kế hoạch được ban hành`. */
function findRelative(key: string, text: string, whole: boolean): Candidate | undefined {
  const match = relative.exec(key)
  if (!match) return undefined
  const counted = match[1] !== undefined
  if (
    !counted &&
    !whole &&
    !/(?:bao cao|gui|hoan thanh|ngay sau)/.test(key.slice(Math.max(0, match.index - 60), match.index + 140))
  )
    return undefined
  const event = counted ? (match[2] ?? '') : (match[4] ?? '')
  const eventAt = match.index + match[0].lastIndexOf(event)
  const backward =
    /truoc(?: khi)? [^ ]*$|truoc khi/.test(match[0].slice(0, match[0].length - event.length)) &&
    !/sau|ke tu/.test(match[0].slice(0, match[0].length - event.length))
  return {
    rule: {
      ...unclear(''),
      kind: 'relative',
      after: {
        event: text.slice(eventAt, eventAt + event.length).trim(),
        days:
          counted && /\d\s*(?:\([^)]{1,12}\)\s*)?ngay/.test(match[0])
            ? (backward ? -1 : 1) * Number(match[1])
            : null,
      },
    },
    start: match.index,
    end: match.index + match[0].length,
  }
}

/** Words of time that no day follows from: `thường xuyên`, `nhân dịp 19/5`, `theo quy định`. */
function findLoose(key: string, whole: boolean): Candidate | undefined {
  const festive = anniversary.exec(key)
  if (festive && (whole || /cao diem|tap trung/.test(key)))
    return {
      rule: { ...unclear(''), kind: 'anniversary' },
      start: festive.index,
      end: festive.index + festive[0].length,
    }
  const steady = continuous.exec(key)
  if (steady && whole)
    return {
      rule: { ...unclear(''), kind: 'continuous' },
      start: steady.index,
      end: steady.index + steady[0].length,
    }
  return undefined
}

/** The last day that a rule gives, days "before" counted in: the office decides whether the day itself counts. */
export function dueOf(rule: DeadlineRule | null): CivilDate | null {
  return rule?.day ?? null
}
