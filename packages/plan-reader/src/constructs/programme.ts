import type { Grid } from '../lines/flow.ts'
import { type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import { startsLikeBody } from './bodies.ts'
import { findHours } from './date-words.ts'
import { titleKey } from './sections.ts'

export interface AgendaRead {
  title: Words
  by: Words | undefined
  minutes: number | null
}

const duration = /(?:thoi luong|thoi gian)?\s*:?\s*\(?(\d{1,3})\s*(?:phut|p\b|')/

/** `90 phút`, `1 giờ 30 phút`, `8h00 - 8h15`: how long, in minutes. */
export function readMinutes(key: string): number | null {
  const hours = findHours(key)
  if (
    hours.length >= 2 &&
    hours[0] &&
    hours[1] &&
    hours[1].minutes > hours[0].minutes &&
    /[-–]|den/.test(key.slice(hours[0].end, hours[1].start))
  )
    return hours[1].minutes - hours[0].minutes
  const match = duration.exec(key)
  return match?.[1] ? Number(match[1]) : null
}

/** The items of a programme's table: `TT | Nội dung | Thực hiện`, `Thời gian | Nội dung | Người thực hiện`. */
export function readProgrammeTable(grid: Grid): AgendaRead[] {
  const head = grid.rows.findIndex((row) =>
    row.some((cell) => /noi dung|chuong trinh|hoat dong|chuyen de/.test(cell.line?.key ?? '')),
  )
  const heads = grid.rows[head]?.map((cell) => cell.line?.key ?? '') ?? []
  const titleAt = heads.findIndex((key) => /noi dung|hoat dong|chuong trinh|chuyen de/.test(key))
  const byAt = heads.findIndex(
    (key, at) =>
      at !== titleAt &&
      /thuc hien|phu trach|nguoi|dam nhiem|trinh bay|chu tri|don vi|dieu hanh|bao cao vien|giang vien|dien gia/.test(
        key,
      ),
  )
  const timeAt = heads.findIndex((key) => /thoi gian|gio|thoi luong/.test(key))
  const items: AgendaRead[] = []
  for (const row of grid.rows.slice(head + 1)) {
    const title = row[titleAt < 0 ? 1 : titleAt]?.line
    if (!title || /^\(?\d{1,2}\)?$/.test(title.text)) continue
    const by = byAt < 0 ? undefined : row[byAt]?.line
    const time = timeAt < 0 ? undefined : row[timeAt]?.line
    items.push({ title: wordsOf(title), by: by && wordsOf(by), minutes: time ? readMinutes(time.key) : null })
  }
  return withMinutesToNext(items, grid, titleAt, timeAt, head)
}

/** Where each row says only when it begins, it lasts until the next one. */
function withMinutesToNext(
  items: AgendaRead[],
  grid: Grid,
  titleAt: number,
  timeAt: number,
  head: number,
): AgendaRead[] {
  if (timeAt < 0 || titleAt < 0 || items.some((item) => item.minutes !== null)) return items
  const starts = grid.rows.slice(head + 1).map((row) => findHours(row[timeAt]?.line?.key ?? '')[0]?.minutes)
  if (starts.length !== items.length) return items
  return items.map((item, at) => {
    const [from, to] = [starts[at], starts[at + 1]]
    return from !== undefined && to !== undefined && to > from ? { ...item, minutes: to - from } : item
  })
}

/** The items of a programme written as a list: `- 8h00 - 8h15: Đón tiếp đại biểu;`, `+ Khai mạc (15 phút)`. */
export function readProgrammeList(node: Node): AgendaRead[] {
  const items: AgendaRead[] = []
  const own = node.title ? node.rest : undefined
  const lines = node.children.flatMap((child) => (child.line ? [child.line] : []))
  if (own && lines.length === 0 && /;/.test(own.text)) lines.push(...partsOf(own))
  lines.forEach((line, at) => {
    const item = readAgendaLine(line)
    if (!item) return
    if (item.minutes === null) {
      const [start] = findHours(line.key.slice(0, 24))
      const [next] = findHours(lines[at + 1]?.key.slice(0, 24) ?? '')
      if (start && next && start.start < 6 && next.minutes > start.minutes)
        item.minutes = next.minutes - start.minutes
    }
    items.push(item)
  })
  return items
}

function partsOf(line: Line): Line[] {
  const parts: Line[] = []
  let from = 0
  for (let at = 0; at <= line.text.length; at++)
    if (at === line.text.length || line.text.charAt(at) === ';') {
      const part = sliceLine(line, from, at)
      if (part.text !== '') parts.push(part)
      from = at + 1
    }
  return parts
}

function readAgendaLine(line: Line): AgendaRead | undefined {
  const minutes = readMinutes(line.key)
  const hours = findHours(line.key.slice(0, 40))
  let from = 0
  if (hours[0] && hours[0].start <= 5) {
    const last = hours[1] && hours[1].start < 26 ? hours[1] : hours[0]
    from = last.end + (/^[\s:.\-–)]+/u.exec(line.text.slice(last.end))?.[0].length ?? 0)
  }
  let to = line.text.length
  const tail = /\s*[([]?(?:thời gian|thời lượng)?\s*:?\s*\d{1,3}\s*(?:phút|')[)\]]?[\s.;]*$/iu.exec(line.text)
  if (tail && tail.index > from) to = tail.index
  const by =
    /\s*(?:\(|-\s|–\s|[,;.]\s*)(?:thực hiện|phụ trách|người thực hiện|do|người trình bày|trình bày|chủ trì)\s*:?\s+([^()]{3,120})\)?\s*[.;]?$/iu.exec(
      line.text.slice(from, to),
    )
  const byWords = by?.[1]
    ? wordsOf(
        line,
        from + by.index + by[0].indexOf(by[1]),
        from + by.index + by[0].indexOf(by[1]) + by[1].length,
      )
    : undefined
  // "Báo cáo sơ kết (Ban Tuyên giáo Huyện ủy)": a body in brackets at the end does it.
  const bracket = by ? null : /\s*\(([^()]{3,90})\)[\s.;]*$/u.exec(line.text.slice(from, to))
  if (bracket?.[1] && startsLikeBody(bracket[1])) {
    const at = from + bracket.index + bracket[0].indexOf(bracket[1])
    return {
      title: wordsOf(line, from, from + bracket.index),
      by: wordsOf(line, at, at + bracket[1].length),
      minutes,
    }
  }
  // "Báo cáo sơ kết - Đồng chí Phó Bí thư": whoever stands behind the last dash does it.
  const dash = by ? null : /\s[-–]\s+([^-–;]{3,120})[\s.;]*$/u.exec(line.text.slice(from, to))
  if (dash?.[1] && startsLikeBody(dash[1])) {
    const at = from + dash.index + dash[0].indexOf(dash[1])
    return {
      title: wordsOf(line, from, from + dash.index),
      by: wordsOf(line, at, at + dash[1].replace(/[\s.;]+$/u, '').length),
      minutes,
    }
  }
  const title = wordsOf(line, from, by ? from + by.index : to)
  return title.text.length < 2 ? undefined : { title, by: byWords, minutes }
}

/**
 * A programme told in sections: `1.1. Sinh hoạt chuyên đề … Thời lượng: 90 phút`. Each section with a duration
 * is an item of it.
 */
export function readProgrammeSections(all: readonly Node[]): AgendaRead[] {
  const items: AgendaRead[] = []
  for (const node of all) {
    if (!node.title || node.rank < 4) continue
    const timed = node.children.find((child) => child.line && /^thoi luong\s*:?\s*\d/.test(child.line.key))
    if (!timed?.line) continue
    const by = node.children.find(
      (child) =>
        child.line && /^(?:nguoi thuc hien|phu trach|bao cao vien|nguoi trinh bay)\s*:/.test(child.line.key),
    )?.line
    items.push({
      title: titleKey(node) === '' ? wordsOf(timed.line) : node.title,
      by: by && wordsOf(by, by.text.indexOf(':') + 1),
      minutes: readMinutes(timed.line.key),
    })
  }
  return items
}
