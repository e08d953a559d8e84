import { type CivilDate, parseIsoDate, parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { RecordFilters, RecordPlace } from '#features/record/schema.ts'
import { isId } from '#server/platform/ids.ts'
import { withoutNul } from '../form-text.ts'

/** What the filters of an address or a form ask for, and which days were typed as no days. */
export function filtersOf(given: URLSearchParams): { filters: RecordFilters; problems: ('from' | 'to')[] } {
  const textOf = (name: string): string =>
    withoutNul(given.get(name) ?? '')
      .trim()
      .slice(0, 200)
  const problems: ('from' | 'to')[] = []
  const dayOf = (name: 'from' | 'to'): CivilDate | null => {
    const typed = textOf(name)
    const day = parseVietnameseDate(typed) ?? parseIsoDate(typed)
    if (typed !== '' && !day) problems.push(name)
    return day ?? null
  }
  const [kind = '', id = ''] = textOf('subject').split(':')
  const filters = {
    search: textOf('q'),
    who: textOf('who'),
    operation: textOf('operation'),
    subjectKind: textOf('kind'),
    subject: kind !== '' && isId(id) ? { kind, id } : null,
    office: textOf('office'),
    from: dayOf('from'),
    to: dayOf('to'),
  }
  return { filters, problems }
}

/** The place in the record that an address asks for: `before` an entry's number, or `after` it. */
export function placeOf(given: URLSearchParams): RecordPlace {
  const numberOf = (name: string): number | undefined => {
    const text = given.get(name) ?? ''
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined
  }
  const olderThan = numberOf('before')
  if (olderThan !== undefined) return { olderThan }
  const newerThan = numberOf('after')
  return newerThan === undefined ? null : { newerThan }
}

/** The same filters as parts of an address; what asks for nothing is left out. */
export function partsOf(filters: RecordFilters): Record<string, string> {
  const { search, who, operation, subjectKind, subject, office, from, to } = filters
  const parts = {
    q: search,
    who,
    operation,
    kind: subjectKind,
    subject: subject ? `${subject.kind}:${subject.id}` : '',
    office,
    from: from ?? '',
    to: to ?? '',
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''))
}
