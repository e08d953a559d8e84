import { countWords, type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import { ancestors, type Node } from '../outline/outline.ts'
import { splitBodies } from './bodies.ts'
import { findLabels, isProgrammeLabel, type Label, nearestLabel } from './event-labels.ts'
import { placeAfter, placeOfLines } from './event-place.ts'
import { readEventTable } from './event-table.ts'
import { findDays, findMoments, type Moment } from './event-time.ts'
import { type AgendaRead, readProgrammeList, readProgrammeSections, readProgrammeTable } from './programme.ts'
import { kindOfTitle, titleKey } from './sections.ts'
import { isProgramme } from './task-table.ts'

export interface EventRead {
  node: Node
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

/** A time under such words is a term: when work is to be done, entries are taken, a movement runs. */
const term =
  /thuc hien|nhan (?:bai|tac pham|ho so)|hoan thanh|bao cao|du thi|trien khai|nop |thi dua|cao diem|kiem tra|nhan tac/

/**
 * What happens at a time: the labels Thời gian, Địa điểm, Thành phần, Chương trình gathered into events; rows of
 * a calendar; sentences that name hour, day and place.
 */
export function readEvents(all: readonly Node[], subject: string, year: number | undefined): EventRead[] {
  const labels = findLabels(all)
  const events: EventRead[] = []
  const calendars = new Set<Node>()
  for (const node of all) {
    const rows = node.table && readEventTable(node.table, year)
    if (!rows) continue
    calendars.add(node)
    for (const row of rows) {
      const place = row.place ?? labelledPlace(labels, node)
      events.push({ node, ...row, end: null, place, programme: [], participants: [] })
    }
  }
  for (const node of all) {
    const label = labels.find(
      (own) => own.kind === 'time' && own.entries.some((entry) => entry.node === node),
    )
    const line = label?.entries.find((entry) => entry.node === node)?.line ?? node.rest ?? node.line
    if (!line || line.text === '') continue
    for (const moment of momentsOf(line, label, year, calendars, all)) {
      const inline = placeAfter(line, moment.to) ?? placeBeside(line, moment.to, label)
      if (!label && !inline) continue
      const at = label ?? { node }
      events.push({
        node,
        title: titleOf(node, line, moment, subject, label),
        start: moment.start,
        startWords: moment.words,
        when: line,
        end: moment.end,
        place: inline ?? (at.node === node || label ? labelledPlace(labels, at.node) : undefined),
        programme: [],
        participants: [],
      })
    }
  }
  const order = new Map(all.map((node, at) => [node, at]))
  const unique = events
    .filter(
      (event, at) =>
        events.findIndex((other) => other.start === event.start && sameOrNone(other, event)) === at,
    )
    .sort((a, b) => (order.get(a.node) ?? 0) - (order.get(b.node) ?? 0))
  fillProgramme(unique, all, labels, calendars)
  fillPeople(unique, labels)
  return unique
}

const sameOrNone = (a: EventRead, b: EventRead): boolean =>
  !a.place || !b.place || a.place.text === b.place.text

/** `Dự kiến tổ chức từ ngày 07/3 đến ngày 08/3/2025 tại …`: held, not due. */
const held =
  /(?:du kien|duoc|se) (?:to chuc|dien ra|khai mac)[^.;]{0,40}$|\b(?:dien ra|khai mac)\b[^.;]{0,30}$/

/** `Sáng thứ Bảy, ngày 20/4/2024, tại …`: a part of the day is when people meet. */
const partOfDay = /^\W*(?:vao )?(?:buoi )?(?:sang|chieu|toi)\b[^.;:]{0,24}$/

/** The moments of a line: with an hour anywhere; a day alone only behind a label of time. */
function momentsOf(
  line: Line,
  label: Label | undefined,
  year: number | undefined,
  calendars: ReadonlySet<Node>,
  all: readonly Node[],
): Moment[] {
  const moments = findMoments(line, year)
  if (moments.length > 0) return moments
  const days = findDays(line, year)
  if (!label)
    return days &&
      days.days <= 4 &&
      (held.test(line.key.slice(0, days.from)) || partOfDay.test(line.key.slice(0, days.from)))
      ? [days]
      : []
  if (!days || term.test(label.node.line?.key.slice(0, 60) ?? '') || term.test(line.key.slice(0, days.from)))
    return []
  // A calendar under the same heading says more than a span of days.
  if (all.some((node) => calendars.has(node) && node.parent === label.node)) return []
  return days.days <= 4 ? [days] : []
}

/** `Thời gian, địa điểm: 07 giờ 30, ngày 04/11/2022 (thứ Sáu), Quảng trường …`: the place needs no "tại". */
function placeBeside(line: Line, from: number, label: Label | undefined): Words | undefined {
  if (!label || !/dia diem/.test(label.node.line?.key.slice(0, 60) ?? '')) return undefined
  const gap = /^(?:\s*\([^()]{1,24}\))?\s*[,;–-]\s*(?=\p{Lu})/u.exec(line.text.slice(from))
  return gap ? placeOfLines([sliceLine(line, from + gap[0].length)]) : undefined
}

function labelledPlace(labels: readonly Label[], node: Node): Words | undefined {
  const label = nearestLabel(labels, 'place', node)
  if (!label) return undefined
  const timed = label.entries
    .map((entry) => entry.line)
    .filter((line) => findMoments(line, undefined).length === 0)
  const inline = timed.map((line) => placeAfter(line, 0)).find((words) => words !== undefined)
  const both = label.kind === 'place' && /thoi gian/.test(label.node.line?.key ?? '')
  return both ? (inline ?? placeOfLines(timed)) : placeOfLines(timed)
}

const happening =
  /(?:^|\s)((?:hoi nghi|hoi thao|toa dam|le (?!\d)|buoi |sinh hoat|tap huan|ngay hoi|hoi thi|hop mat|cuoc hop|dai hoi|ra mat|phat dong|ngoai khoa|hoi trai|giai |dien tap|noi chuyen|tong duyet|dem hoi|lop |hoi dien|mit tinh|chung khao|vong chung ket|chung ket|so khao|vong (?:\d|[ivx]+|loai|so)|chuong trinh )[^,;.:]{0,90}?)(?=\s*(?:to chuc\b|duoc to chuc|du kien|luc\b|vao\b|tu\b|bat dau|[,;.:(]|$))/

/** The name of a happening: its own heading, the words before its moment, else the plan's subject. */
function titleOf(node: Node, line: Line, moment: Moment, subject: string, label: Label | undefined): Words {
  if (node.title && (!label || label.node !== node) && kindOfTitle(titleKey(node)) !== 'time')
    return node.title
  if (node.line && /^(?:dot|buoi|lop|ca|vong|hoi nghi|phien) [^:]{1,40}:/.test(node.line.key))
    return wordsOf(node.line, 0, node.line.text.indexOf(':'))
  const inside = [...line.key.slice(0, moment.from).matchAll(new RegExp(happening, 'g'))].at(-1)
  // "Phát động ngày 12/2" says no more than when it begins.
  if (
    inside?.[1] &&
    countWords(inside[1].replace(/\s(?:tu )?ngay\s*$/, '')) > (/^phat dong/.test(inside[1]) ? 2 : 1)
  ) {
    const at = inside.index + inside[0].indexOf(inside[1])
    return wordsOf(line, at, at + inside[1].length)
  }
  for (const above of ancestors(node.parent ?? node)) {
    if (!above.title || !above.line) continue
    const key = titleKey(above)
    if (happening.test(key) && kindOfTitle(key) !== 'carrying-out' && kindOfTitle(key) !== 'programme')
      return above.title
  }
  const colon = line.text.indexOf(':')
  if (!label && colon > 2 && colon < moment.from) return wordsOf(line, 0, colon)
  return { text: subject === '' ? line.text.slice(0, 80) : nameInSubject(subject), spans: [] }
}

/** `Tổ chức Hội nghị …; Tập huấn …; Phát động …` names the happening first: `Hội nghị …`. */
export function nameInSubject(subject: string): string {
  const [whole] = /^(?:“[^”]*”|"[^"]*"|[^;])+/u.exec(subject) ?? [subject]
  const held =
    /^(?:(?:về việc|v\/v)\s+)?(?:triển khai\s+)?(?:tổ chức|mở)\s+(?=(?:các\s+)?(?:hội|lễ|buổi|lớp|tọa đàm|toạ đàm|ngày|cuộc|đợt|đêm|giải|sinh hoạt|tập huấn|đại hội|chương trình|diễn đàn|gặp mặt)(?!\p{L}))/iu.exec(
      whole,
    )
  return whole.slice(held?.[0].length ?? 0).trim()
}

function fillProgramme(
  events: readonly EventRead[],
  all: readonly Node[],
  labels: readonly Label[],
  calendars: ReadonlySet<Node>,
): void {
  const [first] = events
  if (!first) return
  const tables = all.filter(
    (node) => node.table && !calendars.has(node) && (isProgramme(node.table) || underProgramme(node)),
  )
  tables.forEach((node, at) => {
    const event =
      events.find((own) => own.programme.length === 0 && sharesSection(own.node, node)) ??
      events[Math.min(at, events.length - 1)]
    if (event && node.table && event.programme.length === 0) event.programme = readProgrammeTable(node.table)
  })
  if (events.some((event) => event.programme.length > 0)) return
  const lists = labels.filter((label) => label.kind === 'programme')
  lists.forEach((list, at) => {
    const event =
      events.find((own) => own.programme.length === 0 && own.node.parent === list.node.parent) ??
      events[Math.min(at, events.length - 1)]
    if (event && event.programme.length === 0) event.programme = readProgrammeList(list.node)
  })
  if (events.some((event) => event.programme.length > 0)) return
  first.programme = readProgrammeSections(all)
}

function sharesSection(a: Node, b: Node): boolean {
  const above = new Set(ancestors(a).filter((node) => node.title && node.rank > 3))
  return ancestors(b).some((node) => above.has(node))
}

/** Whether a table stands right under a line such as "Chương trình hội nghị:". */
function underProgramme(node: Node): boolean {
  if (node.parent?.title && isProgrammeLabel(node.parent)) return true
  const siblings = node.parent?.children ?? []
  const before = siblings[siblings.indexOf(node) - 1]
  return before !== undefined && isProgrammeLabel(before)
}

function fillPeople(events: readonly EventRead[], labels: readonly Label[]): void {
  const people = labels.filter((label) => label.kind === 'people')
  const [only] = people
  for (const event of events) {
    // People named under another happening's heading are not this one's.
    const taken = (label: Label): boolean =>
      events.some(
        (other) =>
          other !== event &&
          other.node.parent?.title !== undefined &&
          (other.node.parent.rank > 3 || event.node.title !== undefined) &&
          other.node.parent === label.node.parent &&
          label.node.parent !== event.node.parent,
      )
    const near = people.find(
      (label) => label.node.parent === event.node.parent || label.node.parent === event.node,
    )
    const label =
      near ??
      (people.length === 1 ? only : (people.find((own) => sharesSection(own.node, event.node)) ?? only))
    if (label && (label === near || !taken(label))) event.participants = participantsOf(label)
    else event.participants = inlinePeople(event.when)
  }
}

/** Who is invited: an item each; a list on one line is parted at its semicolons, else at its commas. */
function participantsOf(label: Label): Words[] {
  const deep = label.entries.flatMap((entry) =>
    entry.node === label.node ? [] : entry.node.children.flatMap((child) => (child.line ? [child.line] : [])),
  )
  const lines = [
    ...label.entries.map((entry) =>
      entry.node.title && entry.node !== label.node ? (entry.node.rest ?? entry.line) : entry.line,
    ),
    ...deep,
  ]
  return lines.flatMap((line) => {
    if (/^(?:tran trong )?kinh moi\W*$|^gom\W*$|^cu the\W*$/.test(line.key) || /:$/.test(line.text)) return []
    if (lines.length > 2) return [wordsOf(line, 0, line.text.replace(/[\s;.,]+$/u, '').length)]
    return line.text.includes(';') ? partsAt(line, ';') : splitBodies(line, 0, line.text.length)
  })
}

/** `… tại Nhà văn hóa. Thành phần gồm: hội viên; đoàn viên.`: people in the sentence that says when. */
function inlinePeople(line: Line): Words[] {
  const match = /thanh phan(?: gom| tham du| tham gia)*\s*:?\s*(?=\p{L})/u.exec(line.key)
  if (!match) return []
  const from = match.index + match[0].length
  const stop = /[.)](?:\s|$)/.exec(line.key.slice(from))
  const part = sliceLine(line, from, stop ? from + stop.index : line.text.length)
  return part.text.includes(';') ? partsAt(part, ';') : splitBodies(part, 0, part.text.length)
}

function partsAt(line: Line, mark: string): Words[] {
  const parts: Words[] = []
  let start = 0
  for (let at = 0; at <= line.text.length; at++)
    if (at === line.text.length || line.text.charAt(at) === mark) {
      const words = wordsOf(line, start, start + line.text.slice(start, at).replace(/[\s.,]+$/u, '').length)
      if (words.text.length > 1) parts.push(words)
      start = at + 1
    }
  return parts
}
