import type { Expected, ExpectedEvent, ExpectedReport, ExpectedTask } from './expected.ts'

/**
 * How near a reading comes to the answer, as `../shared/corpus/README.md` lays it down: words settle a match,
 * never case, marks or spacing; a list is worth its F1 (twice the hits over everything found and everything
 * wanted); a single value is worth one or nothing.
 */

/** The part of a plan that is measured; dates as ISO, absent as null. */
export interface Reading {
  kind: string | null
  superior: string | null
  issuer: string | null
  number: string | null
  place: string | null
  date: string | null
  subject: string | null
  bases: { number: string | null; date: string | null; issuer: string | null }[]
  citations: string[]
  sections: { path: string; title: string }[]
  purposes: unknown[]
  requirements: unknown[]
  events: {
    start: string
    place: string | null
    programme: { title: string; by: string | null; minutes: number | null }[]
    participants: string[]
  }[]
  materials: unknown[]
  tasks: { text: string; lead: string[]; with: string[]; due: string | null }[]
  reports: { from: string[]; to: string[]; due: string | null }[]
  recipients: { name: string; note: string | null }[]
  signatory: { authority: string | null; position: string | null; name: string | null }
}

export interface Measurement {
  /** 0–1 for each field, in a fixed order. A field that the answer says nothing about is left out. */
  scores: Map<string, number>
  /** What was missed, was too much or differs, one line each. */
  misses: string[]
}

/** The key under which two printed phrases are one: no marks, case, mark-up or white space, one kind of quote and dash. */
export function matchKey(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .replaceAll(/[*_#]+/g, '')
    .replaceAll(/[“”‘’']/g, '"')
    .replaceAll(/\s*[-–—]\s*/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[\s"+-]+/, '')
    .replace(/[\s"/.,;:]+$/, '')
}

function wordsOf(phrase: string): Set<string> {
  return new Set(matchKey(phrase).match(/[\p{L}\p{N}]+/gu) ?? [])
}

/** Dice's coefficient of the two sets of words. */
export function shareWords(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  if (left.size === 0 || right.size === 0) return left.size === right.size ? 1 : 0
  const shared = [...left].filter((word) => right.has(word)).length
  return (2 * shared) / (left.size + right.size)
}

function isSame(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : matchKey(a) === matchKey(b)
}

function isNear(a: string | null, b: string | null, least: number): boolean {
  return isSame(a, b) || (a !== null && b !== null && shareWords(a, b) >= least)
}

interface Pairing<F, W> {
  hits: number
  missed: W[]
  surplus: F[]
}

/** Gives each wanted thing the first of the found ones that fits and isn't taken. */
function pair<F, W>(
  found: readonly F[],
  wanted: readonly W[],
  fits: (found: F, wanted: W) => boolean,
): Pairing<F, W> {
  const surplus = [...found]
  const missed: W[] = []
  for (const want of wanted) {
    const at = surplus.findIndex((candidate) => fits(candidate, want))
    if (at < 0) missed.push(want)
    else surplus.splice(at, 1)
  }
  return { hits: wanted.length - missed.length, missed, surplus }
}

function harmonic(hits: number, found: number, wanted: number): number {
  return found + wanted === 0 ? 1 : (2 * hits) / (found + wanted)
}

/** How well one list of bodies answers another. */
function scoreBodies(found: string[], wanted: string[]): number {
  return harmonic(pair(found, wanted, (f, w) => isNear(f, w, 0.8)).hits, found.length, wanted.length)
}

/** The same, where the answer allows a second list. */
function scoreEither(found: string[], wanted: string[], or: string[]): number {
  return Math.max(scoreBodies(found, wanted), or.length > 0 ? scoreBodies(found, or) : 0)
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Measures one reading. */
export function measureReading(reading: Reading, expected: Expected): Measurement {
  const sheet = new Sheet()
  measureHead(sheet, reading, expected)
  measureReferences(sheet, reading, expected)
  measureOutline(sheet, reading, expected)
  measureEvents(sheet, reading, expected)
  measureTasks(sheet, reading, expected)
  measureReports(sheet, reading, expected)
  measureFoot(sheet, reading, expected)
  return { scores: sheet.scores, misses: sheet.misses }
}

class Sheet {
  readonly scores = new Map<string, number>()
  readonly misses: string[] = []

  note(field: string, words: string): void {
    this.misses.push(`${field}: ${words}`)
  }

  /** Enters the F1 of a pairing, and lists what is behind it. */
  enterList<F, W>(field: string, pairing: Pairing<F, W>): void {
    const { hits, missed, surplus } = pairing
    this.scores.set(field, harmonic(hits, hits + surplus.length, hits + missed.length))
    for (const want of missed) this.note(field, `missed ${JSON.stringify(want)}`)
    for (const extra of surplus) this.note(field, `too much ${JSON.stringify(extra).slice(0, 300)}`)
  }

  enterValue(field: string, right: boolean, found: unknown, wanted: unknown): void {
    this.scores.set(field, right ? 1 : 0)
    if (!right) this.note(field, `${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
  }
}

function measureHead(sheet: Sheet, reading: Reading, expected: Expected): void {
  for (const field of ['kind', 'issuer', 'superior', 'place'] as const) {
    sheet.enterValue(field, isNear(reading[field], expected[field], 0.9), reading[field], expected[field])
  }
  for (const field of ['number', 'date'] as const) {
    sheet.enterValue(field, isSame(reading[field], expected[field]), reading[field], expected[field])
  }
  const shared = shareWords(reading.subject ?? '', expected.subject ?? '')
  sheet.enterValue('subject', shared >= 0.95, reading.subject, expected.subject)
}

function measureReferences(sheet: Sheet, reading: Reading, expected: Expected): void {
  sheet.enterList(
    'bases',
    pair(reading.bases, expected.bases, (found, wanted) =>
      wanted.number === null
        ? found.number === null && isNear(found.issuer, wanted.issuer, 0.5)
        : isSame(found.number, wanted.number) &&
          isSame(found.date, wanted.date) &&
          isNear(found.issuer, wanted.issuer, 0.75),
    ),
  )
  sheet.enterList('citations', pair([...new Set(reading.citations)], expected.citations, isSame))
}

function measureOutline(sheet: Sheet, reading: Reading, expected: Expected): void {
  const free = new Set(expected.sections.filter((section) => section.optional).map((section) => section.path))
  sheet.enterList(
    'sections',
    pair(
      reading.sections.filter((section) => section.title !== '' && !free.has(section.path)),
      expected.sections.filter((section) => !section.optional),
      (found, wanted) =>
        found.path === wanted.path &&
        (matchKey(found.title).startsWith(matchKey(wanted.title)) || isNear(found.title, wanted.title, 0.85)),
    ),
  )
  const likeness = (a: number, b: number): number => (a === b ? 1 : Math.min(a, b) / Math.max(a, b))
  const [purposes, requirements] = [reading.purposes.length, reading.requirements.length]
  const score =
    expected.requirements === null
      ? Math.max(likeness(purposes, expected.purposes), likeness(requirements, expected.purposes))
      : (likeness(purposes, expected.purposes) + likeness(requirements, expected.requirements)) / 2
  sheet.scores.set('purposes', score)
  if (score < 1) {
    sheet.note(
      'purposes',
      `${purposes} + ${requirements}, not ${expected.purposes} + ${expected.requirements ?? '-'}`,
    )
  }
}

function measureEvents(sheet: Sheet, reading: Reading, expected: Expected): void {
  const found = reading.events.filter(
    (event) => !expected.optionalEvents.some((start) => event.start.startsWith(start)),
  )
  sheet.enterList(
    'events',
    pair(
      found,
      expected.events,
      (event, wanted) => event.start === wanted.start && isNear(event.place, wanted.place, 0.7),
    ),
  )
  if (expected.events.length === 0) return
  const details = expected.events.flatMap((wanted) => {
    const event = found.find((candidate) => candidate.start === wanted.start)
    return event === undefined ? [0] : scoreEventDetails(sheet, event, wanted)
  })
  sheet.scores.set('eventDetails', meanOf(details))
}

/** Marks of an event: the programme's F1 and, where any are wanted, the share of the participants that were found. */
function scoreEventDetails(sheet: Sheet, event: Reading['events'][number], wanted: ExpectedEvent): number[] {
  const holds = (whole: string | null, part: string): boolean =>
    matchKey(whole ?? '').includes(matchKey(part))
  const programme = pair(
    event.programme,
    wanted.programme,
    (line, want) =>
      holds(line.title, want.title) &&
      (want.minutes === null || want.minutes === line.minutes) &&
      (want.by === null || holds(line.by, want.by)),
  )
  const people = pair(event.participants, wanted.participants, holds)
  for (const line of programme.missed) sheet.note('programme', `missed ${JSON.stringify(line)}`)
  for (const line of programme.surplus) sheet.note('programme', `too much ${JSON.stringify(line)}`)
  for (const who of people.missed) sheet.note('participants', `missed «${who}»`)
  const agenda = harmonic(programme.hits, event.programme.length, wanted.programme.length)
  return wanted.participants.length === 0 ? [agenda] : [agenda, people.hits / wanted.participants.length]
}

function measureTasks(sheet: Sheet, reading: Reading, expected: Expected): void {
  const left = [...reading.tasks]
  const marks = { lead: [] as number[], with: [] as number[], due: [] as number[] }
  let hits = 0
  for (const wanted of expected.tasks) {
    const task = takeTask(left, wanted)
    if (task === undefined) {
      sheet.note('tasks', `missed «${wanted.anchor}»`)
      for (const mark of Object.values(marks)) mark.push(0)
      continue
    }
    hits += 1
    const lead = scoreEither(task.lead, wanted.lead, wanted.leadOr)
    const together = scoreBodies(task.with, wanted.with)
    const due = task.due === wanted.due || wanted.dueOr.includes(task.due)
    marks.lead.push(lead)
    marks.with.push(together)
    marks.due.push(due ? 1 : 0)
    const about = (found: unknown, want: unknown): string =>
      `of «${wanted.anchor}»: ${JSON.stringify(found)} instead of ${JSON.stringify(want)}`
    if (lead < 1) sheet.note('task.lead', about(task.lead, wanted.lead))
    if (together < 1) sheet.note('task.with', about(task.with, wanted.with))
    if (!due) sheet.note('task.due', about(task.due, wanted.due))
  }
  const surplus = left.filter(
    (task) => !expected.optionalTasks.some((words) => matchKey(task.text).includes(matchKey(words))),
  )
  for (const task of surplus) sheet.note('tasks', `too much «${task.text.slice(0, 120)}»`)
  sheet.scores.set('tasks', harmonic(hits, hits + surplus.length, expected.tasks.length))
  if (expected.tasks.length === 0) return
  for (const [field, values] of Object.entries(marks)) sheet.scores.set(`task.${field}`, meanOf(values))
}

/** Takes out the task that holds the anchor; of several, the one whose leads fit best. */
function takeTask(left: Reading['tasks'], wanted: ExpectedTask): Reading['tasks'][number] | undefined {
  const anchor = matchKey(wanted.anchor)
  let best: { at: number; fit: number } | undefined
  for (const [at, task] of left.entries()) {
    if (!matchKey(task.text).includes(anchor)) continue
    const fit = scoreEither(task.lead, wanted.lead, wanted.leadOr)
    if (best === undefined || fit > best.fit) best = { at, fit }
  }
  return best === undefined ? undefined : left.splice(best.at, 1)[0]
}

function measureReports(sheet: Sheet, reading: Reading, expected: Expected): void {
  const enough = 0.66
  const fits = (found: Reading['reports'][number], wanted: ExpectedReport): boolean =>
    found.due === wanted.due &&
    scoreEither(found.from, wanted.from, wanted.fromOr) >= enough &&
    (wanted.to.length === 0 || scoreBodies(found.to, wanted.to) >= enough)
  const pairing = pair(reading.reports, expected.reports, fits)
  const surplus = pairing.surplus.filter(
    (report) =>
      !expected.optionalReports.some((words) =>
        report.from.some((from) => matchKey(from).includes(matchKey(words))),
      ),
  )
  sheet.enterList('reports', { ...pairing, surplus })
}

function measureFoot(sheet: Sheet, reading: Reading, expected: Expected): void {
  sheet.enterList(
    'recipients',
    pair(
      reading.recipients,
      expected.recipients,
      (found, wanted) => isNear(found.name, wanted.name, 0.9) && isSame(found.note, wanted.note),
    ),
  )
  const parts = (['authority', 'position', 'name'] as const).map((part) => {
    const right = isSame(reading.signatory[part], expected.signatory[part])
    if (!right) {
      sheet.note(
        `signatory.${part}`,
        `${JSON.stringify(reading.signatory[part])} instead of ${JSON.stringify(expected.signatory[part])}`,
      )
    }
    return right ? 1 : 0
  })
  sheet.scores.set('signatory', meanOf(parts))
}
