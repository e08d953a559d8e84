import { formatOfficialDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { CitedPlan } from './drafting.ts'

const officialDay = (day: string | null): string | null => {
  const date = day ? parseIsoDate(day) : undefined
  return date ? formatOfficialDate(date) : null
}

/** `Kế hoạch số 12-KH/ĐU, ngày 06/02/2026`: a plan by its number; `Kế hoạch` where it has none. */
export function citePlan({ number, issuedOn }: CitedPlan): string {
  const day = officialDay(issuedOn)
  return ['Kế hoạch', number ? ` số ${number}` : '', day ? `${number ? ',' : ''} ngày ${day}` : ''].join('')
}

/**
 * What the plan is about, as words behind `về`: `tổ chức học tập chuyên đề năm 2026`. A subject printed in capitals
 * is brought down; one that names something keeps its capitals.
 */
export function subjectOf({ subject }: CitedPlan): string {
  const words = subject
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(?:kế hoạch\s+)?(?:v\/v|về việc|về)\s+/iu, '')
    .replace(/[.;,\s]+$/u, '')
  const isShouted = words === words.toUpperCase() && words !== words.toLowerCase()
  if (isShouted) return words.toLowerCase()
  const [first = '', second = ''] = words
  // `Tổ chức …` starts a line in the plan; `UBND …` and `Đảng bộ …` are names.
  const isName = second === second.toUpperCase() || /^(?:Đảng|Nghị quyết|Chỉ thị|Quốc|Tết|Nhà)/u.test(words)
  return isName ? words : first.toLowerCase() + words.slice(1)
}

/** `Kế hoạch số 12-KH/ĐU, ngày 06/02/2026 về học tập chuyên đề năm 2026` */
export function citePlanInFull(plan: CitedPlan): string {
  const subject = subjectOf(plan)
  return subject ? `${citePlan(plan)} về ${subject}` : citePlan(plan)
}
