import {
  type CivilDate,
  formatDate,
  formatWeekday,
  parseIsoDate,
  weekdayOf,
} from '@trienkhai/vietnamese/civil-date.ts'
import { findDates, findWeekday } from '../constructs/date-words.ts'
import { spansOf } from '../lines/line.ts'
import type { Finding } from '../plan.ts'
import { type Evidence, makeFinding, outsideMend, quoted } from './evidence.ts'

const englishWeekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Days that no calendar has, weekdays that don't fit, days before the plan's own. */
export function findInDates(evidence: Evidence): Finding[] {
  return [...findInLines(evidence), ...findBeforePlan(evidence)]
}

function findInLines({ lines, plan, head }: Evidence): Finding[] {
  const found: Finding[] = []
  for (const line of lines) {
    if (!/\d/.test(line.key)) continue
    for (const date of findDates(line.key)) {
      const spans = spansOf(line, date.start, date.end)
      const inHead = head.dateLine?.spans[0]?.[0] === spans[0]?.[0]
      if (date.impossible && !inHead)
        found.push(
          makeFinding('impossible-date', '', spans, {
            title: { vi: 'Ngày không có thật', en: 'A day that does not exist' },
            message: {
              vi: `Lịch không có ngày ${quoted(line.text.slice(date.start, date.end))}.`,
              en: `No calendar has the day ${quoted(line.text.slice(date.start, date.end))}.`,
            },
            mends: [outsideMend('Sửa lại ngày', 'Correct the day')],
          }),
        )
      if (!date.date) continue
      const said = weekdayNear(line.key, date.start, date.end)
      if (!said || said.weekday === weekdayOf(date.date)) continue
      const event = plan.events.findIndex((one) => one.start.startsWith(date.date ?? ''))
      const at = event >= 0 ? `/events/${event}/start` : ''
      const right = formatWeekday(date.date)
      found.push(
        makeFinding('weekday-mismatch', at, [...spans, ...spansOf(line, said.start, said.end)], {
          title: { vi: 'Thứ không khớp với ngày', en: 'The weekday does not fit the date' },
          message: {
            vi: `Ngày ${formatDate(date.date)} là ${right}, không phải ${quoted(line.text.slice(said.start, said.end))}.`,
            en: `${formatDate(date.date)} is a ${englishWeekdays[weekdayOf(date.date) - 1] ?? ''}, not ${quoted(line.text.slice(said.start, said.end))}.`,
          },
          mends: [
            outsideMend(
              `Giữ ngày, sửa thành ${right}`,
              `Keep the date, write ${englishWeekdays[weekdayOf(date.date) - 1] ?? ''}`,
            ),
            outsideMend('Hỏi lại nơi soạn thảo ngày đúng', 'Ask the drafters for the right day'),
          ],
        }),
      )
    }
  }
  return found
}

/** The weekday that a date is said with: right behind it, or right before it. */
function weekdayNear(
  key: string,
  start: number,
  end: number,
): { weekday: number; start: number; end: number } | undefined {
  const after = key.slice(end, end + 26)
  const behind = /^[\s,(–-]*(?:(?:sang|chieu|toi)\s+)?(?=thu\s|chu nhat)/.exec(after)
  if (behind) {
    const found = findWeekday(after.slice(behind[0].length))
    if (found && found.start === 0)
      return { ...found, start: end + behind[0].length, end: end + behind[0].length + found.end }
  }
  const from = Math.max(0, start - 24)
  const before = /(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)[\s,(]*(?:ngay\s*)?$/.exec(
    key.slice(from, start),
  )
  const found = before && findWeekday(before[0])
  return found ? { ...found, start: from + before.index, end: from + before.index + found.end } : undefined
}

function findBeforePlan({ plan, places }: Evidence): Finding[] {
  const { date } = plan
  if (date === null) return []
  const found: Finding[] = []
  const add = (at: string, day: CivilDate, vi: string, en: string) => {
    if (day >= date) return
    found.push(
      makeFinding('date-before-plan', at, places.spansAt(at), {
        title: { vi: 'Ngày trước ngày ban hành', en: 'A day before the plan’s own' },
        message: {
          vi: `${vi} vào ngày ${formatDate(day)}, trước ngày ban hành ${formatDate(date)}.`,
          en: `${en} ${formatDate(day)}, before the plan was issued on ${formatDate(date)}.`,
        },
        mends: [outsideMend('Kiểm tra lại ngày, nhất là năm', 'Check the day, above all the year')],
      }),
    )
  }
  plan.events.forEach((event, at) => {
    const day = parseIsoDate(event.start.slice(0, 10))
    if (day) add(`/events/${at}/start`, day, 'Sự kiện diễn ra', 'The event takes place on')
  })
  plan.tasks.forEach((task, at) => {
    if (task.due) add(`/tasks/${at}/due`, task.due, 'Nhiệm vụ đến hạn', 'The task is due on')
  })
  return found
}
