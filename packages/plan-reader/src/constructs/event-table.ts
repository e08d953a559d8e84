import type { Grid, GridCell } from '../lines/flow.ts'
import { type Line, type Words, wordsOf } from '../lines/line.ts'
import { findDates, findHours, formatMinutes } from './date-words.ts'
import { findDays } from './event-time.ts'

export interface EventRow {
  title: Words
  start: string
  startWords: Words
  when: Line
  place: Words | undefined
}

/**
 * A table with a day in each row and an hour or a place beside it: a calendar of sessions
 * (`STT | Khối phố | Thời gian | Địa điểm`, `Ngày | Buổi | Nội dung | Giảng viên`). Undefined for other tables.
 */
export function readEventTable(grid: Grid, year: number | undefined): EventRow[] | undefined {
  const heads = grid.rows[0]?.map((cell) => cell.line?.key ?? '') ?? []
  const rows = grid.rows.slice(1).filter((row) => row.some((cell) => cell.line))
  if (
    rows.length === 0 ||
    heads.some((key) => /chu tri|phoi hop|san pham|hoan thanh|tien do|han |trach nhiem/.test(key))
  )
    return undefined
  const placeAt = heads.findIndex((key) => /dia diem|noi to chuc|^tai$/.test(key))
  const dated = rows.filter((row) => dateCell(row, year))
  const timed = rows.filter((row) =>
    row.some((cell) => cell.line && cell.line.text.length < 60 && findHours(cell.line.key).length > 0),
  )
  if (dated.length < Math.max(1, rows.length * 0.6)) return undefined
  if (placeAt < 0 && timed.length < rows.length * 0.6) return undefined
  const dateAt = dated[0]?.findIndex((cell) => cell === dateCell(dated[0] ?? [], year)) ?? -1
  const titleAt = titleColumn(heads, dateAt, placeAt)
  return dated.flatMap((row) => {
    const cell = dateCell(row, year)
    const title = row[titleAt]?.line
    const days = cell?.line && findDays(cell.line, year)
    if (!cell?.line || !days || !title) return []
    const [hour] = row.flatMap((own, column) =>
      own.line && column !== titleAt ? findHours(own.line.key) : [],
    )
    const place = placeAt < 0 ? undefined : row[placeAt]?.line
    return [
      {
        title: wordsOf(title),
        start: hour ? `${days.start}T${formatMinutes(hour.minutes)}` : days.start,
        startWords: wordsOf(cell.line),
        when: cell.line,
        place: place && wordsOf(place),
      },
    ]
  })
}

function dateCell(row: readonly GridCell[], year: number | undefined): GridCell | undefined {
  return row.find(
    (cell) =>
      cell.line && cell.line.text.length < 80 && findDates(cell.line.key).some((date) => date.date ?? year),
  )
}

function titleColumn(heads: readonly string[], dateAt: number, placeAt: number): number {
  const named = heads.findIndex((key) => /noi dung|chuyen de|hoat dong|ten |bai|hoi nghi|su kien/.test(key))
  if (named >= 0) return named
  return heads.findIndex(
    (key, at) =>
      at !== dateAt && at !== placeAt && !/^(?:stt|tt|so tt|thoi gian|ngay|gio|buoi|thu)$/.test(key),
  )
}
