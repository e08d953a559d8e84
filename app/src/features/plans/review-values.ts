import type {
  AgendaItem,
  Basis,
  DeadlineRule,
  PlanEvent,
  Recipient,
  ReportDuty,
  Signatory,
  Task,
} from '@trienkhai/plan-reader/plan.ts'
import { formatDate, parseIsoDate, parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { HeadField, ReviewList } from './review.ts'

/** What people type for each kind of field, as plain text inputs; a page and its form agree by these names. */
export interface FieldInput {
  name: string
  kind: 'line' | 'lines' | 'text' | 'date' | 'time'
}

export type ValueOutcome =
  | { ok: true; value: unknown }
  | { ok: false; problems: Record<string, ValueProblem> }
export type ValueProblem = 'required' | 'no-such-day' | 'no-such-hour' | 'wrong-form'

type Kind = ReviewList | HeadField

const plain: FieldInput[] = [{ name: 'value', kind: 'text' }]
const inputs: Partial<Record<Kind, FieldInput[]>> = {
  number: [{ name: 'value', kind: 'line' }],
  kind: [{ name: 'value', kind: 'line' }],
  place: [{ name: 'value', kind: 'line' }],
  date: [{ name: 'value', kind: 'date' }],
  signatory: [
    { name: 'authority', kind: 'line' },
    { name: 'position', kind: 'line' },
    { name: 'name', kind: 'line' },
  ],
  bases: [
    { name: 'text', kind: 'text' },
    { name: 'number', kind: 'line' },
    { name: 'date', kind: 'date' },
    { name: 'issuer', kind: 'line' },
  ],
  events: [
    { name: 'title', kind: 'line' },
    { name: 'startDate', kind: 'date' },
    { name: 'startTime', kind: 'time' },
    { name: 'endDate', kind: 'date' },
    { name: 'endTime', kind: 'time' },
    { name: 'place', kind: 'line' },
    { name: 'participants', kind: 'lines' },
    { name: 'programme', kind: 'lines' },
  ],
  tasks: [
    { name: 'text', kind: 'text' },
    { name: 'lead', kind: 'lines' },
    { name: 'with', kind: 'lines' },
    { name: 'due', kind: 'date' },
    { name: 'deadline', kind: 'line' },
    { name: 'product', kind: 'line' },
  ],
  reports: [
    { name: 'text', kind: 'text' },
    { name: 'from', kind: 'lines' },
    { name: 'to', kind: 'lines' },
    { name: 'due', kind: 'date' },
    { name: 'deadline', kind: 'line' },
  ],
  recipients: [
    { name: 'name', kind: 'line' },
    { name: 'note', kind: 'line' },
  ],
}

/** The inputs of a kind of field, in order. */
export const inputsOf = (kind: Kind): FieldInput[] => inputs[kind] ?? plain

const day = (iso: string | null | undefined): string => {
  const date = iso ? parseIsoDate(iso.slice(0, 10)) : undefined
  return date ? formatDate(date) : ''
}
const hour = (start: string | null | undefined): string => start?.slice(11, 16) ?? ''
const perLine = (items: readonly string[]): string => items.join('\n')

/** A field's value as its inputs show it. */
export function inputTexts(kind: Kind, value: unknown): Record<string, string> {
  switch (kind) {
    case 'date':
      return { value: day(value as string | null) }
    case 'signatory': {
      const { authority, position, name } = value as Signatory
      return { authority: authority ?? '', position: position ?? '', name: name ?? '' }
    }
    case 'bases': {
      const basis = value as Basis
      return {
        text: basis.text,
        number: basis.number ?? '',
        date: day(basis.date),
        issuer: basis.issuer ?? '',
      }
    }
    case 'events': {
      const event = value as PlanEvent
      return {
        title: event.title,
        startDate: day(event.start),
        startTime: hour(event.start),
        endDate: day(event.end),
        endTime: hour(event.end),
        place: event.place ?? '',
        participants: perLine(event.participants),
        programme: perLine(
          event.programme.map(({ title, by, minutes }) =>
            [title, by ?? '', minutes ?? ''].join(' | ').replace(/[\s|]+$/u, ''),
          ),
        ),
      }
    }
    case 'tasks': {
      const task = value as Task
      return {
        text: task.text,
        lead: perLine(task.lead),
        with: perLine(task.with),
        due: day(task.due),
        deadline: task.deadline?.words ?? '',
        product: task.product ?? '',
      }
    }
    case 'reports': {
      const duty = value as ReportDuty
      return {
        text: duty.text,
        from: perLine(duty.from),
        to: perLine(duty.to),
        due: day(duty.due),
        deadline: duty.deadline?.words ?? '',
      }
    }
    case 'recipients': {
      const { name, note } = value as Recipient
      return { name, note: note ?? '' }
    }
    default:
      return { value: (value as string | null) ?? '' }
  }
}

/** The value that inputs say, or what is wrong with them. `before` supplies what the inputs don't show. */
export function valueFromInputs(kind: Kind, given: (name: string) => string, before: unknown): ValueOutcome {
  const problems: Record<string, ValueProblem> = {}
  const line = (name: string): string => given(name).replace(/\s+/gu, ' ').trim()
  const orNull = (name: string): string | null => line(name) || null
  const required = (name: string): string => {
    const text = line(name)
    if (!text) problems[name] = 'required'
    return text
  }
  const lines = (name: string): string[] =>
    given(name)
      .split('\n')
      .map((part) => part.replace(/\s+/gu, ' ').trim())
      .filter(Boolean)
  const date = (name: string) => {
    const text = line(name)
    if (!text) return null
    const found = parseVietnameseDate(text) ?? parseIsoDate(text)
    if (!found) problems[name] = 'no-such-day'
    return found ?? null
  }
  const time = (name: string): string | null => {
    const text = line(name)
    if (!text) return null
    const parts = /^([01]?\d|2[0-3])\s*[:hg.]\s*([0-5]\d)?$/iu.exec(text)
    if (!parts) problems[name] = 'no-such-hour'
    return parts ? `${parts[1]?.padStart(2, '0')}:${parts[2] ?? '00'}` : null
  }
  const moment = (dateName: string, timeName: string): string | null => {
    const [on, at] = [date(dateName), time(timeName)]
    return on && at ? `${on}T${at}` : on
  }
  const deadline = (earlier: DeadlineRule | null | undefined): DeadlineRule | null => {
    const [words, due] = [orNull('deadline'), date('due')]
    if (!words && !due) return null
    if (earlier && earlier.words === words && earlier.day === due) return earlier
    const kept = earlier && earlier.words === words ? earlier : undefined
    return {
      words: words ?? (due ? formatDate(due) : ''),
      kind: due ? 'day' : (kept?.kind ?? 'unclear'),
      day: due,
      before: kept?.before ?? false,
      every: kept?.every ?? null,
      onDay: kept?.onDay ?? null,
      onWeekday: kept?.onWeekday ?? null,
      hour: kept?.hour ?? null,
      after: kept?.after ?? null,
    }
  }

  const value = ((): unknown => {
    switch (kind) {
      case 'date':
        return date('value')
      case 'signatory':
        return {
          authority: orNull('authority'),
          position: orNull('position'),
          name: orNull('name'),
        } satisfies Signatory
      case 'bases':
        return {
          text: required('text'),
          number: orNull('number')?.replace(/\s+/gu, '') ?? null,
          date: date('date'),
          issuer: orNull('issuer'),
        } satisfies Basis
      case 'events': {
        const start = moment('startDate', 'startTime')
        if (!start && !problems['startDate']) problems['startDate'] = 'required'
        return {
          title: required('title'),
          start: start ?? '',
          end: moment('endDate', 'endTime'),
          place: orNull('place'),
          participants: lines('participants'),
          programme: lines('programme').map((item): AgendaItem => {
            const [title = '', by, minutes] = item.split('|').map((part) => part.trim())
            const count = Number(minutes)
            if (minutes && !Number.isInteger(count)) problems['programme'] = 'wrong-form'
            return { title, by: by || null, minutes: minutes ? count : null }
          }),
        } satisfies PlanEvent
      }
      case 'tasks': {
        const earlier = before as Task | null
        return {
          text: required('text'),
          lead: lines('lead'),
          with: lines('with'),
          due: date('due'),
          deadline: deadline(earlier?.deadline),
          product: orNull('product'),
          condition: earlier?.condition ?? null,
          section: earlier?.section ?? null,
        } satisfies Task
      }
      case 'reports':
        return {
          text: required('text'),
          from: lines('from'),
          to: lines('to'),
          due: date('due'),
          deadline: deadline((before as ReportDuty | null)?.deadline),
        } satisfies ReportDuty
      case 'recipients':
        return { name: required('name'), note: orNull('note') } satisfies Recipient
      case 'number':
        return orNull('value')?.replace(/\s+/gu, '') ?? null
      case 'purposes':
      case 'requirements':
      case 'materials':
        return required('value')
      default:
        return orNull('value')
    }
  })()
  return Object.keys(problems).length ? { ok: false, problems } : { ok: true, value }
}

/** The value of a field made from words of the document alone: the rest is for the person to fill in. */
export function valueFromWords(kind: Kind, words: string): unknown {
  const text = words.replace(/\s+/gu, ' ').trim()
  switch (kind) {
    case 'bases':
      return { text, number: null, date: null, issuer: null } satisfies Basis
    case 'events':
      return {
        title: text,
        start: '',
        end: null,
        place: null,
        programme: [],
        participants: [],
      } satisfies PlanEvent
    case 'tasks':
      return {
        text,
        lead: [],
        with: [],
        due: null,
        deadline: null,
        product: null,
        condition: null,
        section: null,
      } satisfies Task
    case 'reports':
      return { text, from: [], to: [], due: null, deadline: null } satisfies ReportDuty
    case 'recipients':
      return { name: text, note: null } satisfies Recipient
    case 'signatory':
      return { authority: null, position: null, name: text } satisfies Signatory
    case 'date': {
      const parts = /(\d{1,2})\D+(\d{1,2})\D+(\d{4})/u.exec(text)
      return parts ? (parseVietnameseDate(`${parts[1]}/${parts[2]}/${parts[3]}`) ?? null) : null
    }
    case 'number':
      return text.replace(/^số\s*:?\s*/iu, '').replace(/\s+/gu, '')
    default:
      return text
  }
}
