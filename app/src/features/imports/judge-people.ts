import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { personSortKey } from '@trienkhai/vietnamese/compare.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { findPerson } from './find-person.ts'
import {
  type Judged,
  type KnownMembership,
  type KnownPerson,
  lastsOn,
  partyStatuses,
  sameText,
  stateOf,
} from './judging.ts'
import type { BookEntry, Finding, OrganisationBook } from './organisation-book.ts'
import type { ParsedRow } from './parse-row.ts'
import type { Problem, Remark } from './schema.ts'

/** What all rows of an import are judged by. */
export interface JudgingGround {
  readonly today: CivilDate
  readonly book: OrganisationBook
  /** Where memberships and posts come on sheets of their own, those of the sheet of people only tell people apart. */
  readonly otherSheets: { readonly posts: boolean; readonly memberships: boolean }
  /** Bodies that a row of the file would bring, were it not wrong: id → its row. */
  readonly wrongBodies: ReadonlyMap<string, number>
}

/** What becomes of memberships: the end of one, the start of another. */
export type MembershipEffect =
  | { readonly do: 'end'; readonly id: string; readonly on: CivilDate; readonly as: string }
  | {
      readonly do: 'add'
      readonly id: string
      readonly organisation: string
      readonly status: string
      readonly from: CivilDate
    }

const details = ['bornOn', 'sex', 'phone', 'email', 'partyCard', 'joinedOn', 'officialOn'] as const

/** Judges one row of the sheet of people. `newIds` are two ids to be used where something is made. */
export function judgePersonRow(
  row: ParsedRow,
  known: readonly KnownPerson[],
  ground: JudgingGround,
  decision: string | null,
  newIds: readonly [person: string, membership: string],
): Judged {
  const problems: Problem[] = [...row.problems]
  const remarks: Remark[] = [...row.remarks]
  const body = findRightBody(row, ground, problems, remarks)
  const nameKey = row.said['name'] === undefined ? null : spellingKey(row.said['name'])
  const found = findPerson(row, known, {
    codeColumn: 'id',
    organisationId: body?.id ?? null,
    decision,
    today: ground.today,
  })
  if (found.is === 'unsure') problems.push(found.problem)
  const person = found.is === 'known' ? found.person : undefined
  const card = row.said['partyCard']
  const holder = known.find(
    (each) => each.inArea && card !== undefined && each.partyCard === card && each.id !== person?.id,
  )
  if (holder && found.is !== 'unsure')
    problems.push({ column: 'partyCard', reason: 'taken', detail: holder.fullName })

  const changes: Record<string, [string | null, string | null]> = {}
  if (person) {
    const name = row.said['name']
    if (name !== undefined && !sameText(person.fullName, name)) changes['name'] = [person.fullName, name]
    for (const key of details) {
      const said = row.said[key]
      const isSame = key === 'bornOn' ? saysNoMore(row, person) : sameText(person[key], said ?? null)
      if (said === undefined || isSame) continue
      changes[key] = [person[key], said]
    }
    checkOrder(row, person, problems)
  }
  const effects = ground.otherSheets.memberships
    ? []
    : judgeMembership(row, person, body, ground.today, newIds[1], problems, changes)
  if (!person && found.is === 'new') needPlace(row, body, effects, ground, problems)
  return {
    state: stateOf(!person, problems, changes),
    target: person?.id ?? newIds[0],
    facts: {
      ...row.said,
      bornKnownTo: row.bornKnownTo,
      body: body?.id ?? null,
      ...(row.said['name'] === undefined ? {} : { sortKey: personSortKey(row.said['name']) }),
      effects,
      // So that it can be taken back.
      ...(changes['name'] && person ? { sortKeyBefore: personSortKey(person.fullName) } : {}),
      ...(changes['bornOn'] && person ? { bornKnownBefore: person.bornKnownTo } : {}),
    },
    problems,
    remarks,
    changes,
    nameKey,
    bornOn: row.said['bornOn'] ?? null,
  }
}

/** The body that a row names by its code or in words. */
export function findBody(
  row: ParsedRow,
  book: OrganisationBook,
  problems: Problem[],
  remarks: Remark[],
  columns: { code: string; words: string } = { code: 'organisationId', words: 'organisation' },
): BookEntry | undefined {
  const code = row.said[columns.code]
  if (code !== undefined) {
    const entry = book.get(code)
    if (!entry) problems.push({ column: columns.code, reason: 'unknown-code' })
    const named = row.said[columns.words]
    const meant = entry && named !== undefined && named !== entry.name ? book.find(named) : undefined
    // Somebody changed the name and left the code, or the other way round: which of the two is not ours to guess.
    if (meant?.ok && meant.entry.id !== code) problems.push({ column: columns.words, reason: 'code-differs' })
    return entry
  }
  const words = row.said[columns.words]
  if (words === undefined) return undefined
  const found: Finding = book.find(words)
  if (!found.ok) {
    const { ok: _, ...problem } = found
    problems.push({ column: columns.words, ...problem })
    return undefined
  }
  if (found.withoutMarks) remarks.push({ column: columns.words, remark: 'without-marks' })
  return found.entry
}

/** The same, where a body that comes with a wrong row of the file will not do. */
export function findRightBody(
  row: ParsedRow,
  ground: JudgingGround,
  problems: Problem[],
  remarks: Remark[],
): BookEntry | undefined {
  const body = findBody(row, ground.book, problems, remarks)
  const wrongRow = body && ground.wrongBodies.get(body.id)
  if (wrongRow === undefined) return body
  problems.push({ column: 'organisation', reason: 'organisation-wrong', detail: String(wrongRow) })
  return undefined
}

const knownLetters = { day: 10, month: 7, year: 4 } as const

/** A year typed where no more is known, or where the whole day is, says nothing new. */
function saysNoMore(row: ParsedRow, person: KnownPerson): boolean {
  const born = row.said['bornOn']
  if (born === undefined || person.bornOn === null) return false
  const letters = knownLetters[row.bornKnownTo]
  return (
    letters <= knownLetters[person.bornKnownTo] && person.bornOn.slice(0, letters) === born.slice(0, letters)
  )
}

/** Full membership that would come before joining, where the sheet says only one of the two. */
function checkOrder(row: ParsedRow, person: KnownPerson, problems: Problem[]): void {
  const joined = row.said['joinedOn'] ?? person.joinedOn
  const official = row.said['officialOn'] ?? person.officialOn
  if (joined === null || official === null || joined <= official) return
  if (problems.some(({ reason }) => reason === 'before-other')) return
  const column = row.said['officialOn'] === undefined ? 'joinedOn' : 'officialOn'
  problems.push({ column, reason: 'before-other', detail: column === 'joinedOn' ? 'officialOn' : 'joinedOn' })
}

/** Somebody new has to belong somewhere, or nobody would ever see them. */
function needPlace(
  row: ParsedRow,
  body: BookEntry | undefined,
  effects: readonly MembershipEffect[],
  ground: JudgingGround,
  problems: Problem[],
): void {
  if (effects.length > 0 || ground.otherSheets.posts || ground.otherSheets.memberships) return
  const isNamed = ['organisation', 'organisationId'].some(
    (column) => row.said[column] !== undefined || problems.some((problem) => problem.column === column),
  )
  if (!body && !isNamed) problems.push({ column: 'organisation', reason: 'missing' })
  if (row.said['status'] === undefined && !problems.some(({ column }) => column === 'status'))
    problems.push({ column: 'status', reason: 'status-needed' })
}

function judgeMembership(
  row: ParsedRow,
  person: KnownPerson | undefined,
  body: BookEntry | undefined,
  today: CivilDate,
  newId: string,
  problems: Problem[],
  changes: Record<string, [string | null, string | null]>,
): MembershipEffect[] {
  const status = row.said['status']
  if (status === undefined || !body) return []
  const isParty = partyStatuses.includes(status)
  const from = (row.said['fromOn'] ?? (isParty ? startOf(row, status) : undefined)) as CivilDate | undefined
  const current = person?.memberships.find(
    (each) =>
      (lastsOn(each, today) || each.fromOn > today) &&
      (isParty ? partyStatuses.includes(each.status) : each.organisationId === body.id),
  )
  const add = (day: CivilDate): MembershipEffect => ({
    do: 'add',
    id: newId,
    organisation: body.id,
    status,
    from: day,
  })
  if (!current) {
    const day = from ?? today
    const earlier = person?.memberships.find(
      (each) =>
        (isParty ? partyStatuses.includes(each.status) : each.organisationId === body.id) &&
        each.toOn !== null &&
        each.toOn >= day,
    )
    if (earlier) problems.push({ column: 'fromOn', reason: 'overlaps', detail: describeMembership(earlier) })
    if (person) changes['status'] = [null, status]
    return [add(day)]
  }
  if (current.organisationId === body.id && current.status === status) return []
  // It says where somebody is, who is known to be elsewhere: a transfer, of which the day must be known.
  const day = row.said['fromOn'] as CivilDate | undefined
  const begins = current.status === 'probationary' && status === 'official' ? (day ?? from) : day
  if (begins === undefined || begins <= current.fromOn || !current.inArea) {
    problems.push({
      column: current.organisationId === body.id ? 'status' : 'organisation',
      reason: 'overlaps',
      ...(current.inArea ? { detail: describeMembership(current) } : {}),
    })
    return []
  }
  const clashing = person?.memberships.find(
    (each) =>
      each !== current &&
      isParty &&
      partyStatuses.includes(each.status) &&
      each.toOn !== null &&
      each.toOn >= begins,
  )
  if (clashing) problems.push({ column: 'fromOn', reason: 'overlaps', detail: describeMembership(clashing) })
  if (current.organisationId !== body.id) changes['organisation'] = [current.organisationName, body.name]
  if (current.status !== status) changes['status'] = [current.status, status]
  return [
    {
      do: 'end',
      id: current.id,
      on: addDays(begins, -1),
      as: current.organisationId === body.id ? 'became-official' : 'transferred',
    },
    add(begins),
  ]
}

/** Since when somebody is what they are, where the sheet doesn't say since when they are here. */
function startOf(row: ParsedRow, status: string): string | undefined {
  return status === 'official' ? (row.said['officialOn'] ?? row.said['joinedOn']) : row.said['joinedOn']
}

/** `Chi bộ thôn 1 · 2020-02-01`: where and since when, for the sentence of a problem. */
const describeMembership = (membership: KnownMembership): string =>
  `${membership.organisationName} · ${membership.fromOn}`
