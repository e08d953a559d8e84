import { formatDate, parseIsoDate, vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { formatNumber } from '@trienkhai/vietnamese/numbers.ts'

export { formatNumber }

/** `23/11/2026`, for a day as the database gives it; what is no day is shown as it stands. */
export function showDate(day: string | null | undefined): string {
  const date = day ? parseIsoDate(day) : undefined
  return date ? formatDate(date) : (day ?? '')
}

/** `23/11/2026 13:30`, where Vietnam's clocks stand. */
export function showMoment(moment: Date | string): string {
  const instant = new Date(moment)
  const local = new Date(instant.getTime() + 7 * 3_600_000).toISOString()
  return `${formatDate(vietnamDate(instant))} ${local.slice(11, 16)}`
}
