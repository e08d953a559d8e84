import type { AgendaItem, DeadlineRule } from '@trienkhai/plan-reader/plan.ts'
import type { Span } from '@trienkhai/plan-reader/source-document.ts'
import { type CivilDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import type { Audience } from '#features/audiences/schema.ts'
import { type BeforeDay, type Reckoning, reckonDeadline } from './deadlines.ts'
import type { Review } from './review.ts'

/** A phrase as printed, in its part, with whom it stands for; null where it stands for nobody. */
export interface Party {
  role: 'lead' | 'with' | 'from' | 'invitee'
  phrase: string
  audience: Audience | null
}

export interface DraftTask {
  ordinal: number
  text: string
  product: string | null
  condition: string | null
  section: string | null
  deadline: DeadlineRule | null
  dueOn: CivilDate | null
  reckoning: Reckoning
  parties: Party[]
  spans: Span[]
  /** Nobody leads it, or nobody that the phrases stand for: the office follows it itself. */
  staysWithOffice: boolean
}

export interface DraftEvent {
  title: string
  startsOn: CivilDate
  /** `13:30`, where an hour is said. */
  startsAt: string | null
  endsOn: CivilDate | null
  endsAt: string | null
  place: string | null
  agenda: AgendaItem[]
  parties: Party[]
}

export interface DraftReport {
  ordinal: number
  text: string
  deadline: DeadlineRule | null
  dueOn: CivilDate | null
  reckoning: Reckoning
  parties: Party[]
  staysWithOffice: boolean
}

/** Something to look at before the launch; none of them but `nothing` stops it. */
export type LaunchProblem =
  | { kind: 'nothing' }
  | { kind: 'nobody'; phrase: string }
  | { kind: 'partly'; phrase: string; unmatched: string[] }
  | { kind: 'no-lead'; fieldId: string; text: string }
  | { kind: 'no-deadline'; fieldId: string; text: string }
  | { kind: 'event-without-day'; fieldId: string; text: string }
  /** Its day has gone by before the launch: it would be late at once. */
  | { kind: 'day-gone'; fieldId: string; text: string; day: CivilDate }
  | { kind: 'finding'; title: { vi: string; en: string } }

/** What a review becomes when it is launched. */
export interface LaunchDraft {
  tasks: DraftTask[]
  events: DraftEvent[]
  reports: DraftReport[]
  problems: LaunchProblem[]
  /** Whether any deadline says "trước ngày", so that the office's way of reckoning matters. */
  saysBefore: boolean
}

/** Whom phrases stand for, by their spelling key; `unmatched` names parts that fit nobody. */
export type Meanings = ReadonlyMap<string, { audience: Audience | null; unmatched: readonly string[] }>

/** Makes of a review what a launch will write. Pure: the same review, meanings and day give the same draft. */
export function draftLaunch(
  review: Review,
  meanings: Meanings,
  on: { launchedOn: CivilDate; beforeDay: BeforeDay },
): LaunchDraft {
  const problems: LaunchProblem[] = []
  const partiesOf = (role: Party['role'], phrases: readonly string[]): Party[] =>
    [...new Set(phrases)].map((phrase) => ({
      role,
      phrase,
      audience: meanings.get(spellingKey(phrase))?.audience ?? null,
    }))

  const noteDayGone = (fieldId: string, text: string, day: CivilDate): void => {
    if (day < on.launchedOn) problems.push({ kind: 'day-gone', fieldId, text, day })
  }

  const tasks = review.tasks.map(({ id, value, spans }, ordinal): DraftTask => {
    const parties = [...partiesOf('lead', value.lead), ...partiesOf('with', value.with)]
    const staysWithOffice = !parties.some(({ role, audience }) => role === 'lead' && audience)
    if (value.lead.length === 0) problems.push({ kind: 'no-lead', fieldId: id, text: value.text })
    const due = reckonDeadline(value, on)
    if (due.reckoning === 'none') problems.push({ kind: 'no-deadline', fieldId: id, text: value.text })
    else if (due.dueOn !== null) noteDayGone(id, value.text, due.dueOn)
    const { text, product, condition, section, deadline } = value
    return { ordinal, text, product, condition, section, deadline, ...due, parties, spans, staysWithOffice }
  })

  const events = review.events.flatMap(({ id, value }): DraftEvent[] => {
    const start = splitMoment(value.start)
    if (!start) {
      problems.push({ kind: 'event-without-day', fieldId: id, text: value.title })
      return []
    }
    const end = value.end === null ? undefined : splitMoment(value.end)
    noteDayGone(id, value.title, end?.day ?? start.day)
    return [
      {
        title: value.title,
        startsOn: start.day,
        startsAt: start.hour,
        endsOn: end?.day ?? null,
        endsAt: end?.hour ?? null,
        place: value.place,
        agenda: value.programme,
        parties: partiesOf('invitee', value.participants),
      },
    ]
  })

  const reports = review.reports.map(({ id, value }, ordinal): DraftReport => {
    const parties = partiesOf('from', value.from)
    const due = reckonDeadline(value, on)
    const staysWithOffice = !parties.some(({ audience }) => audience)
    if (due.dueOn !== null) noteDayGone(id, value.text, due.dueOn)
    return { ordinal, text: value.text, deadline: value.deadline, ...due, parties, staysWithOffice }
  })

  const phrases = new Set(
    [...tasks, ...events, ...reports].flatMap(({ parties }) => parties).map(({ phrase }) => phrase),
  )
  for (const phrase of phrases) {
    const meaning = meanings.get(spellingKey(phrase))
    if (!meaning?.audience) problems.push({ kind: 'nobody', phrase })
    else if (meaning.unmatched.length > 0)
      problems.push({ kind: 'partly', phrase, unmatched: [...meaning.unmatched] })
  }
  for (const finding of review.findings)
    if (finding.state === 'open' && finding.severity === 'error')
      problems.push({ kind: 'finding', title: finding.title })
  if (tasks.length + events.length + reports.length === 0) problems.unshift({ kind: 'nothing' })
  const saysBefore = [...review.tasks, ...review.reports].some(({ value }) => value.deadline?.before ?? false)
  return { tasks, events, reports, problems, saysBefore }
}

/** `2023-03-24T13:30`, or a day alone. */
function splitMoment(moment: string): { day: CivilDate; hour: string | null } | undefined {
  const [date = '', hour] = moment.split('T')
  const day = parseIsoDate(date)
  if (!day) return undefined
  return { day, hour: hour && /^([01]\d|2[0-3]):[0-5]\d$/.test(hour) ? hour : null }
}
