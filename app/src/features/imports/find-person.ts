import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold, spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { showDate } from '#features/shell/format.ts'
import { type KnownPerson, lastsOn } from './judging.ts'
import type { ParsedRow } from './parse-row.ts'
import type { Problem } from './schema.ts'

export type FoundPerson =
  | { readonly is: 'known'; readonly person: KnownPerson }
  | { readonly is: 'new' }
  | { readonly is: 'unsure'; readonly problem: Problem }

/** What decides who a row means, beside what it says. */
export interface PersonQuestion {
  /** The column that holds a person's code: `id` on the sheet of people, `personId` elsewhere. */
  readonly codeColumn: 'id' | 'personId'
  /** The body that the row names, where it is known. */
  readonly organisationId: string | null
  /** What somebody decided: 'new', or an id. */
  readonly decision: string | null
  readonly today: CivilDate
}

/**
 * Whom a row means: by the code; else by name and birth date; else by the name within the body. Who only resembles (the
 * same name in the same body with another birth date, the same phone or card, the same name without marks and birth
 * date) is left to somebody's decision.
 */
export function findPerson(
  row: ParsedRow,
  known: readonly KnownPerson[],
  { codeColumn, organisationId, decision, today }: PersonQuestion,
): FoundPerson {
  const people = known.filter((person) => person.inArea || person.row !== undefined)
  const code = row.said[codeColumn]
  if (code !== undefined) {
    const person = people.find(({ id }) => id === code)
    return person ? { is: 'known', person } : unsure(codeColumn, 'unknown-code')
  }
  if (decision === 'new') return { is: 'new' }
  const decided = decision === null ? undefined : people.find(({ id }) => id === decision)
  if (decided) return { is: 'known', person: decided }

  const name = spellingKey(row.said['name'] ?? '')
  const named = people.filter((person) => spellingKey(person.fullName) === name)
  const born = row.said['bornOn']
  const sameDay = born === undefined ? [] : named.filter((person) => isSameDay(person, row, born))
  const inBody = named.filter((person) => belongsTo(person, organisationId, today))
  for (const group of [sameDay, inBody.filter((person) => couldBeBorn(person, row, born))]) {
    const [only] = group
    if (group.length === 1 && only) return { is: 'known', person: only }
    if (group.length > 1) return unsure('name', 'several-people', group)
  }
  const alike = people.filter(
    (person) =>
      inBody.includes(person) ||
      (row.said['phone'] !== undefined &&
        fold(person.fullName) === fold(row.said['name'] ?? '') &&
        phoneKey(person.phone) === phoneKey(row.said['phone'])) ||
      (row.said['partyCard'] !== undefined && person.partyCard === row.said['partyCard']) ||
      (born !== undefined &&
        fold(person.fullName) === fold(row.said['name'] ?? '') &&
        isSameDay(person, row, born)),
  )
  return alike.length > 0 ? unsure('name', 'likely-double', alike) : { is: 'new' }
}

function unsure(column: string, reason: Problem['reason'], people: readonly KnownPerson[] = []): FoundPerson {
  const shown = people.slice(0, 5).map((person) => ({ id: person.id, text: describePerson(person) }))
  return { is: 'unsure', problem: { column, reason, ...(shown.length > 0 ? { people: shown } : {}) } }
}

/** Enough of a person to tell them from others of the same name. */
function describePerson(person: KnownPerson): string {
  const places = [
    ...person.memberships.filter(({ toOn, inArea }) => toOn === null && inArea),
    ...person.posts.filter(({ toOn, inArea }) => toOn === null && inArea),
  ]
  const born =
    person.bornOn === null
      ? null
      : person.bornKnownTo === 'day'
        ? showDate(person.bornOn)
        : person.bornKnownTo === 'month'
          ? `${person.bornOn.slice(5, 7)}/${person.bornOn.slice(0, 4)}`
          : person.bornOn.slice(0, 4)
  return [person.fullName, born, places[0]?.organisationName].filter(Boolean).join(', ')
}

const partLength = { day: 10, month: 7, year: 4 } as const

/** The same birth date, as far as both are known; a year alone is no proof. */
function isSameDay(person: KnownPerson, row: ParsedRow, born: string): boolean {
  const letters = partLength[row.bornKnownTo]
  return (
    person.bornOn?.slice(0, letters) === born.slice(0, letters) &&
    person.bornKnownTo === row.bornKnownTo &&
    row.bornKnownTo !== 'year'
  )
}

function couldBeBorn(person: KnownPerson, row: ParsedRow, born: string | undefined): boolean {
  if (born === undefined || person.bornOn === null) return true
  const length = Math.min(partLength[person.bornKnownTo], partLength[row.bornKnownTo])
  return person.bornOn.slice(0, length) === born.slice(0, length)
}

function belongsTo(person: KnownPerson, organisationId: string | null, today: CivilDate): boolean {
  return [...person.memberships, ...person.posts].some(
    (term) => term.organisationId === organisationId && (lastsOn(term, today) || term.fromOn > today),
  )
}

const phoneKey = (phone: string | null | undefined): string =>
  (phone ?? '').replace(/[^0-9+]/g, '').replace(/^(\+84|0084)/, '0')
