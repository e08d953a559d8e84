import { type CivilDate, daysBetween } from '@trienkhai/vietnamese/civil-date.ts'
import { type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import { ancestors, type Node } from '../outline/outline.ts'
import { splitBodies } from './bodies.ts'
import { findDates, findHours, formatMinutes } from './date-words.ts'
import { type AgendaRead, readProgrammeList, readProgrammeSections, readProgrammeTable } from './programme.ts'
import { kindOfTitle, titleKey } from './sections.ts'
import { isProgramme } from './task-table.ts'

export interface EventRead {
  title: Words
  start: string
  startWords: Words
  /** The line that said when: for the weekday and the slot. */
  when: Line
  end: string | null
  place: Words | undefined
  programme: AgendaRead[]
  participants: Words[]
}

interface Label {
  node: Node
  kind: 'time' | 'place' | 'people' | 'programme'
  /** The words after the label on its line, or the lines under it. */
  lines: Line[]
}

const timeLabel =
  /^(?:\W*)(?:ve )?thoi gian(?: (?:to chuc|khai mac|dien ra|hoi nghi|du kien|hop|sinh hoat|tap huan|bat dau))*(?:,? dia diem)?(?=\s*[:,]|$)|^(?:dot|buoi|ngay|lop|ca|vong|hoi nghi) (?:thu )?(?:\d{1,2}|nhat|hai|ba|[ivx]+)(?=\s*[:(,])|^khai mac\s*:/
const placeLabel = /^(?:\W*)(?:ve )?dia diem(?: (?:to chuc|hoi nghi|tap huan|hop|thuc hien))?(?=\s*[:,]|$)/
const peopleLabel =
  /^(?:\W*)(?:ve )?(?:thanh (?:phan|tham)|dai bieu|khach moi|doi tuong tham (?:gia|du)|thanh vien tham du)[^:]{0,40}(?=\s*:|$)/
const programmeLabel =
  /^(?:\W*)(?:noi dung,? )?(?:chuong trinh|tien trinh|kich ban)(?! (?:hanh dong|cong tac|muc tieu|phoi hop|giao duc|to chuc thuc hien|cua))[^:]{0,50}(?=\s*:|$)/

/** Time that is a term, not an event: when work is to be done, entries are taken, a movement runs. */
const termTitle =
  /thuc hien|nhan (?:bai|tac pham|ho so)|hoan thanh|bao cao|du thi|trien khai|nop|phat dong thi dua|cao diem|kiem tra/

/**
 * What happens at a time: the labels Thời gian, Địa điểm, Thành phần, Chương trình gathered into events. A second
 * day under another "Thời gian" begins another event; place, people and programme said once hold for all.
 */
export function readEvents(all: readonly Node[], subject: string, year: number | undefined): EventRead[] {
  const labels = all.flatMap(labelOf)
  const times = labels.filter((label) => label.kind === 'time')
  const events: EventRead[] = []
  for (const time of times) {
    const scope = scopeOf(time.node)
    for (const line of time.lines) {
      const when = readWhen(line, year)
      if (!when) continue
      if (termTitle.test(time.node.line?.key.slice(0, 50) ?? '') && !when.hour) continue
      const near = (kind: Label['kind']) => nearest(labels, kind, time.node, scope)
      const place = near('place')
      if (when.days > 12 && !when.hour) continue
      if (when.days > 0 && !when.hour && !place) continue
      const inline = placeInline(line)
      events.push({
        title: eventTitle(time.node, subject, line),
        start: when.start,
        startWords: when.words,
        when: line,
        end: when.end,
        place: inline ?? (place && readPlace(place.lines)),
        programme: [],
        participants: [],
      })
    }
  }
  const unique = events.filter(
    (event, at) =>
      events.findIndex((other) => other.start === event.start && other.place?.text === event.place?.text) ===
      at,
  )
  fillProgramme(unique, all, labels)
  fillPeople(unique, labels)
  return unique
}

function labelOf(node: Node): Label[] {
  const line = node.line
  if (!line || line.text === '') return []
  const key = node.title ? titleKey(node) : line.key
  const kind = timeLabel.test(key)
    ? 'time'
    : placeLabel.test(key)
      ? 'place'
      : peopleLabel.test(key)
        ? 'people'
        : programmeLabel.test(key) && (node.title || line.text.length < 120)
          ? 'programme'
          : undefined
  if (!kind) {
    if (
      node.title &&
      /thoi gian/.test(key) &&
      node.rank >= 3 &&
      !node.children.some((child) => labelKind(child))
    )
      return [{ node, kind: 'time', lines: linesOf(node) }]
    return []
  }
  const both = kind === 'time' && /dia diem/.test(key)
  if (both && node.children.some((child) => labelKind(child))) return []
  const lines = linesOf(node)
  return both
    ? [
        { node, kind, lines },
        {
          node,
          kind: 'place',
          lines: lines.filter((own) => findDates(own.key).length === 0 || /\btai\b/.test(own.key)),
        },
      ]
    : [{ node, kind, lines }]
}

function labelKind(node: Node): boolean {
  const key = node.line?.key ?? ''
  return timeLabel.test(key) || placeLabel.test(key)
}

/** The words of a label: behind its colon, else under it. */
function linesOf(node: Node): Line[] {
  const lines: Line[] = []
  const line = node.line
  if (node.title) {
    if (node.rest) lines.push(node.rest)
  } else if (line) {
    const colon = line.text.indexOf(':')
    const rest = colon >= 0 && colon < 60 ? sliceLine(line, colon + 1) : line
    if (rest.text !== '') lines.push(rest)
  }
  for (const child of node.children) if (child.line && child.line.text !== '') lines.push(child.line)
  return lines
}

/** The heading whose parts describe one happening. */
function scopeOf(node: Node): Node | undefined {
  return node.parent
}

/** The label of a kind nearest to a time: beside it, else in the sections around. */
function nearest(
  labels: readonly Label[],
  kind: Label['kind'],
  node: Node,
  scope: Node | undefined,
): Label | undefined {
  const of = labels.filter((label) => label.kind === kind)
  return (
    of.find((label) => label.node === node) ??
    of.find((label) => label.node.parent === node) ??
    of.find((label) => label.node.parent === scope) ??
    of.find((label) => ancestors(label.node).includes(scope?.parent ?? node)) ??
    (of.length === 1 ? of[0] : undefined)
  )
}

interface When {
  start: string
  end: string | null
  hour: boolean
  /** How many days it takes beyond the first. */
  days: number
  words: Words
}

/** `13h30, ngày 24 tháng 3 năm 2023 (thứ sáu)`, `từ 08 giờ ngày 09/4/2024`, `ngày 10 - 12/5/2024`. */
export function readWhen(line: Line, year: number | undefined): When | undefined {
  const dates = findDates(line.key).filter(
    (found) => found.date !== undefined || (found.year === undefined && year !== undefined),
  )
  const first = dates[0]
  if (!first) return undefined
  const before = line.key.slice(Math.max(0, first.start - 30), first.start)
  if (/(?:truoc|cham nhat|het|muon nhat|han)\s*(?:la\s*)?(?:ngay\s*)?$/.test(before)) return undefined
  if (/\b(?:so|ky|ban hanh)\b[^,]*$/.test(before) && /[/]/.test(before)) return undefined
  const date = dateOf(first, year)
  if (!date) return undefined
  const second = dates.find(
    (found) =>
      found.start > first.end &&
      /den|[-–]|\bva\b/.test(line.key.slice(first.end, found.start)) &&
      found.start - first.end < 60,
  )
  const last = second && dateOf(second, year)
  const hours = findHours(line.key).filter(
    (hour) => hour.start > first.start - 45 && hour.start < first.end + 45,
  )
  const [from, to] = hours
  const hour = from === undefined ? '' : `T${formatMinutes(from.minutes)}`
  const endHour =
    to && to.minutes > (from?.minutes ?? 0) && /den|[-–]/.test(line.key.slice(from?.end ?? 0, to.start))
      ? `T${formatMinutes(to.minutes)}`
      : ''
  const days = last && last > date ? daysBetween(date, last) : 0
  const end = days > 0 ? `${last}${endHour}` : endHour ? `${date}${endHour}` : null
  const start = Math.min(first.start, from?.start ?? first.start)
  return {
    start: `${date}${hour}`,
    end,
    hour: hour !== '',
    days,
    words: wordsOf(line, start, Math.max(first.end, from?.end ?? 0)),
  }
}

function dateOf(
  found: ReturnType<typeof findDates>[number],
  year: number | undefined,
): CivilDate | undefined {
  if (found.date) return found.date
  if (found.year !== undefined || year === undefined) return undefined
  const text = `${year}-${String(found.month).padStart(2, '0')}-${String(found.day).padStart(2, '0')}`
  return found.impossible ? undefined : (text as CivilDate)
}

function readPlace(lines: readonly Line[]): Words | undefined {
  const line = lines.find((own) => own.text.length > 2)
  if (!line) return undefined
  const from = /^(?:tai|du kien(?: tai)?|to chuc tai)\s+/.exec(line.key)?.[0].length ?? 0
  const stop = /[.;](?:\s|$)|\s*\((?!.{0,30}\)\s*\p{L})|,\s*dia chi\s*:?/u.exec(line.key.slice(from))
  return wordsOf(line, from, stop ? from + stop.index : line.text.length)
}

/** `… ngày 09/4/2024 tại Hội trường UBND xã.` */
function placeInline(line: Line): Words | undefined {
  const match =
    /(?:,|;|\)|\d|\.)\s*(?:dia diem\s*:?\s*)?tai\s+(?=\p{Lu})/u.exec(
      line.key.replace(/[a-z]/g, (letter) => letter),
    ) ?? /[\d),.;]\s*tai\s+(?=\S)|dia diem\s*:\s*(?:tai\s+)?/.exec(line.key)
  if (!match) return undefined
  const from = match.index + match[0].length
  if (!/^\p{Lu}/u.test(line.text.slice(from))) return undefined
  const stop = /[.;](?:\s|$)|\s*\(|,\s*(?:dia chi|vao|bat dau|tu \d)/.exec(line.key.slice(from))
  return wordsOf(line, from, stop ? from + stop.index : line.text.length)
}

const happening =
  /^(?:to chuc\s+)?((?:hoi nghi|hoi thao|toa dam|le |sinh hoat|tap huan|ngay hoi|hoi thi|hop mat|buoi |dot |chuong trinh|cuoc thi|dai hoi|ra mat|phat dong|ngoai khoa|hoi trai|giai ))/

/** The name of a happening: of the section it stands in, else of the plan's subject. */
function eventTitle(node: Node, subject: string, line: Line): Words {
  if (node.line && /^(?:dot|buoi|lop|ca|vong|hoi nghi) /.test(node.line.key)) {
    const colon = node.line.text.indexOf(':')
    return wordsOf(node.line, 0, colon > 0 ? colon : Math.min(node.line.text.length, 60))
  }
  for (const above of ancestors(node.parent ?? node)) {
    if (!above.title || !above.line) continue
    const key = titleKey(above)
    if (happening.test(key) && kindOfTitle(key) !== 'carrying-out') return above.title
  }
  return { text: subject === '' ? line.text.slice(0, 60) : subject, spans: [] }
}

function fillProgramme(events: readonly EventRead[], all: readonly Node[], labels: readonly Label[]): void {
  const [first] = events
  if (!first) return
  const tables = all.filter(
    (node) =>
      node.table &&
      (isProgramme(node.table) ||
        (node.parent && programmeLabel.test(titleKey(node.parent))) ||
        followsProgramme(node)),
  )
  const lists = labels.filter((label) => label.kind === 'programme')
  for (const event of events) {
    const own = events.length === 1 ? tables[0] : tables[events.indexOf(event)]
    if (own?.table) event.programme = readProgrammeTable(own.table)
  }
  if (events.some((event) => event.programme.length > 0)) return
  lists.forEach((list, at) => {
    const event = events[Math.min(at, events.length - 1)]
    if (event && event.programme.length === 0) event.programme = readProgrammeList(list.node)
  })
  if (events.some((event) => event.programme.length > 0)) return
  first.programme = readProgrammeSections(all)
}

/** Whether a table stands right under a line such as "Chương trình hội nghị:". */
function followsProgramme(node: Node): boolean {
  const siblings = node.parent?.children ?? []
  const before = siblings[siblings.indexOf(node) - 1]
  return (
    before?.line !== undefined &&
    before.line.text.length < 120 &&
    programmeLabel.test(before.title ? titleKey(before) : before.line.key)
  )
}

function fillPeople(events: readonly EventRead[], labels: readonly Label[]): void {
  const people = labels.filter((label) => label.kind === 'people')
  for (const event of events) {
    const label =
      people.length === 1
        ? people[0]
        : people.find(
            (own) => own.node.parent === labels.find((time) => time.lines.includes(event.when))?.node.parent,
          )
    const chosen = label ?? people[0]
    if (chosen)
      event.participants =
        chosen.node.title && kindOfTitle(titleKey(chosen.node)) === 'time' ? [] : participantsOf(chosen)
  }
}

/** Who is invited: an item each; a list on one line is parted at its commas and semicolons. */
function participantsOf(label: Label): Words[] {
  const deep = label.node.children.flatMap((child) => (child.line ? [child, ...child.children] : []))
  const lines =
    label.lines.length > 0 && deep.length === 0
      ? label.lines
      : [
          ...(label.node.title ? (label.node.rest ? [label.node.rest] : []) : label.lines.slice(0, 1)),
          ...deep.flatMap((child) => child.line ?? []),
        ]
  const unique = lines.filter(
    (line, at) => lines.findIndex((other) => other.pieces[0]?.start === line.pieces[0]?.start) === at,
  )
  return unique.flatMap((line) => {
    if (/^(?:tran trong )?kinh moi\W*$|^gom\W*$|^cu the\W*$/.test(line.key) || /:$/.test(line.text)) return []
    if (unique.length > 2) return [wordsOf(line, 0, line.text.replace(/[\s;.,]+$/u, '').length)]
    return splitBodies(line, 0, line.text.length)
  })
}
