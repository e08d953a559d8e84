import { parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'

/**
 * What a person says a document holds: the answer that a reading is measured against. The shape is the one
 * that `../shared/corpus/gold` has, so that both can be measured alike.
 */
export interface Expected {
  kind: string
  superior: string | null
  issuer: string | null
  number: string | null
  place: string | null
  date: string | null
  subject: string | null
  bases: ExpectedBasis[]
  citations: string[]
  sections: ExpectedSection[]
  /** How many items; where one heading holds purposes and requirements, all are here and `requirements` is null. */
  purposes: number
  requirements: number | null
  events: ExpectedEvent[]
  /** Beginnings of the starts of events that a reader may find or leave. */
  optionalEvents: string[]
  /** How many materials are to be studied; null where nobody counted. */
  materials: number | null
  tasks: ExpectedTask[]
  /** Words of paragraphs that may be read as tasks, or not. */
  optionalTasks: string[]
  reports: ExpectedReport[]
  /** Words of senders whose reports may be found or left. */
  optionalReports: string[]
  recipients: { name: string; note: string | null }[]
  signatory: { authority: string | null; position: string | null; name: string | null }
}

export interface ExpectedBasis {
  number: string | null
  date: string | null
  issuer: string | null
}

export interface ExpectedSection {
  path: string
  /** The beginning of the title is enough. */
  title: string
  /** Readers may differ on whether this is a heading. */
  optional: boolean
}

export interface ExpectedEvent {
  title: string
  start: string
  place: string | null
  programme: { title: string; by: string | null; minutes: number | null }[]
  participants: string[]
}

export interface ExpectedTask {
  /** Words that stand in this task and in no other. */
  anchor: string
  lead: string[]
  leadOr: string[]
  with: string[]
  due: string | null
  /** Days (or none) that serve as well: where a paragraph names the days of two works, readers may differ. */
  dueOr: (string | null)[]
}

export interface ExpectedReport {
  from: string[]
  fromOr: string[]
  to: string[]
  due: string | null
}

type Json = Record<string, unknown>

/** Reads one answer, strictly: an unknown key, a wrong type or an impossible date is an error that names its place. */
export function readExpected(json: string): Expected {
  const whole: unknown = JSON.parse(json)
  const faults: string[] = []
  const reader = new AnswerReader(faults)
  const expected = reader.readWhole(whole)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return expected
}

class AnswerReader {
  private readonly faults: string[]

  constructor(faults: string[]) {
    this.faults = faults
  }

  readWhole(value: unknown): Expected {
    const of = this.readObject(value, '', [
      ...['file', 'kind', 'superior', 'issuer', 'number', 'place', 'date', 'subject', 'bases', 'citations'],
      ...['sections', 'purposes', 'requirements', 'events', 'optionalEvents', 'materials', 'tasks'],
      ...['optionalTasks', 'reports', 'optionalReports', 'recipients', 'signatory'],
    ])
    const { signatory: signed } = of
    const signatory = this.readObject(signed, 'signatory', ['authority', 'position', 'name'])
    return {
      kind: this.readText(of, 'kind', '') ?? this.fault('kind', 'must be said', ''),
      superior: this.readText(of, 'superior', ''),
      issuer: this.readText(of, 'issuer', ''),
      number: this.readText(of, 'number', ''),
      place: this.readText(of, 'place', ''),
      date: this.readDate(of, 'date', ''),
      subject: this.readText(of, 'subject', ''),
      bases: this.readList(of, 'bases', (item, at) => {
        const basis = this.readObject(item, at, ['number', 'date', 'issuer'])
        return {
          number: this.readText(basis, 'number', at),
          date: this.readDate(basis, 'date', at),
          issuer: this.readText(basis, 'issuer', at),
        }
      }),
      citations: this.readTexts(of, 'citations', ''),
      sections: this.readList(of, 'sections', (item, at) => {
        const section = this.readObject(item, at, ['path', 'title', 'optional'])
        const { optional } = section
        return {
          path: this.readSaid(section, 'path', at),
          title: this.readSaid(section, 'title', at),
          optional: optional === true,
        }
      }),
      purposes: this.readCount(of, 'purposes') ?? 0,
      requirements: this.readCount(of, 'requirements'),
      events: this.readList(of, 'events', (item, at) => this.readEvent(item, at)),
      optionalEvents: this.readTexts(of, 'optionalEvents', ''),
      materials: this.readCount(of, 'materials'),
      tasks: this.readList(of, 'tasks', (item, at) => {
        const task = this.readObject(item, at, ['anchor', 'lead', 'leadOr', 'with', 'due', 'dueOr'])
        return {
          anchor: this.readSaid(task, 'anchor', at),
          lead: this.readTexts(task, 'lead', at),
          leadOr: this.readTexts(task, 'leadOr', at),
          with: this.readTexts(task, 'with', at),
          due: this.readDate(task, 'due', at),
          dueOr: this.readList(task, 'dueOr', (day, place) => this.readDate({ day }, 'day', place), at),
        }
      }),
      optionalTasks: this.readTexts(of, 'optionalTasks', ''),
      reports: this.readList(of, 'reports', (item, at) => {
        const report = this.readObject(item, at, ['from', 'fromOr', 'to', 'due'])
        return {
          from: this.readTexts(report, 'from', at),
          fromOr: this.readTexts(report, 'fromOr', at),
          to: this.readTexts(report, 'to', at),
          due: this.readDate(report, 'due', at),
        }
      }),
      optionalReports: this.readTexts(of, 'optionalReports', ''),
      recipients: this.readList(of, 'recipients', (item, at) => {
        const recipient = this.readObject(item, at, ['name', 'note'])
        return { name: this.readSaid(recipient, 'name', at), note: this.readText(recipient, 'note', at) }
      }),
      signatory: {
        authority: this.readText(signatory, 'authority', 'signatory'),
        position: this.readText(signatory, 'position', 'signatory'),
        name: this.readText(signatory, 'name', 'signatory'),
      },
    }
  }

  private readEvent(item: unknown, at: string): ExpectedEvent {
    const event = this.readObject(item, at, ['title', 'start', 'place', 'programme', 'participants'])
    const start = this.readSaid(event, 'start', at)
    const [day = '', hour] = start.split('T')
    if (!parseIsoDate(day) || (hour !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(hour))) {
      this.fault(`${at}/start`, `no such time: ${start}`, '')
    }
    return {
      title: this.readSaid(event, 'title', at),
      start,
      place: this.readText(event, 'place', at),
      programme: this.readList(
        event,
        'programme',
        (line, place) => {
          const entry = this.readObject(line, place, ['title', 'by', 'minutes'])
          const { minutes } = entry
          return {
            title: this.readSaid(entry, 'title', place),
            by: this.readText(entry, 'by', place),
            minutes: typeof minutes === 'number' ? minutes : null,
          }
        },
        at,
      ),
      participants: this.readTexts(event, 'participants', at),
    }
  }

  private fault<T>(at: string, words: string, instead: T): T {
    this.faults.push(`${at}: ${words}`)
    return instead
  }

  private readObject(value: unknown, at: string, keys: string[]): Json {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.fault(at, 'must be an object', {})
    }
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) this.fault(`${at}/${key}`, 'no such key', null)
    }
    return { ...value }
  }

  private readList<T>(of: Json, key: string, read: (item: unknown, at: string) => T, within = ''): T[] {
    const value = of[key] ?? []
    const at = `${within}/${key}`
    if (!Array.isArray(value)) return this.fault(at, 'must be a list', [])
    return value.map((item, index) => read(item, `${at}/${index}`))
  }

  private readTexts(of: Json, key: string, within: string): string[] {
    return this.readList(
      of,
      key,
      (item, at) => (typeof item === 'string' && item !== '' ? item : this.fault(at, 'must be words', '')),
      within,
    )
  }

  private readText(of: Json, key: string, within: string): string | null {
    const value = of[key] ?? null
    if (value === null || (typeof value === 'string' && value !== '')) return value
    return this.fault(`${within}/${key}`, 'must be words or null', null)
  }

  private readSaid(of: Json, key: string, within: string): string {
    return this.readText(of, key, within) ?? this.fault(`${within}/${key}`, 'must be said', '')
  }

  private readDate(of: Json, key: string, within: string): string | null {
    const value = this.readText(of, key, within)
    if (value !== null && !parseIsoDate(value)) this.fault(`${within}/${key}`, `no such day: ${value}`, null)
    return value
  }

  private readCount(of: Json, key: string): number | null {
    const value = of[key] ?? null
    if (value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0)) return value
    return this.fault(`/${key}`, 'must be a count or null', null)
  }
}
