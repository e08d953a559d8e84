import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { findPerson } from './find-person.ts'
import { findRightBody, type JudgingGround } from './judge-people.ts'
import { type Judged, type KnownPerson, sameText, stateOf } from './judging.ts'
import type { BookEntry } from './organisation-book.ts'
import type { ParsedRow } from './parse-row.ts'
import type { Changes, Problem, Remark } from './schema.ts'

/** A post or a membership as it is known, in the words of both sheets. */
interface KnownTerm {
  readonly id: string
  readonly person: KnownPerson
  readonly organisationId: string
  readonly organisationName: string
  /** The title, or the status. */
  readonly what: string
  readonly fromOn: CivilDate
  readonly toOn: CivilDate | null
  /** The decision, or as what it ended. */
  readonly more: string | null
  readonly inArea: boolean
}

const columnsOf = {
  posts: { what: 'title', more: 'decision' },
  memberships: { what: 'status', more: 'endedAs' },
} as const

/** Judges one row of the sheets of posts and of memberships. `newId` is used where it is a new one. */
export function judgeTermRow(
  kind: 'posts' | 'memberships',
  row: ParsedRow,
  known: readonly KnownPerson[],
  ground: JudgingGround,
  decision: string | null,
  newId: string,
): Judged {
  const problems: Problem[] = [...row.problems]
  const remarks: Remark[] = [...row.remarks]
  const columns = columnsOf[kind]
  const code = row.said['id']
  const terms = known.flatMap((person) => listTerms(kind, person))
  const own = code === undefined ? undefined : terms.find((term) => term.id === code && term.inArea)
  // What has ended may have been in a body that has ended, too, and stays there.
  const body = staysWhere(own, row) ? undefined : findRightBody(row, ground, problems, remarks)
  if (code !== undefined && !own) problems.push({ column: 'id', reason: 'unknown-code' })
  const person =
    own?.person ?? (code === undefined ? whoIs(row, known, body, ground, decision, problems) : undefined)
  const term =
    own ??
    terms.find(
      (each) =>
        each.person === person &&
        each.organisationId === body?.id &&
        sameText(each.what, row.said[columns.what] ?? null) &&
        each.fromOn === row.said['fromOn'],
    )
  const changes: Changes = term ? compare(kind, row, body, term, problems) : {}
  return {
    state: stateOf(!term, problems, changes),
    target: term?.id ?? newId,
    facts: {
      ...row.said,
      person: person?.id ?? null,
      body: (body?.id ?? term?.organisationId) || null,
      // The whole of it as it will be: what the row doesn't say stays.
      what: row.said[columns.what] ?? term?.what ?? null,
      fromOn: row.said['fromOn'] ?? term?.fromOn ?? null,
      toOn: row.said['toOn'] ?? term?.toOn ?? null,
      more: row.said[columns.more] ?? term?.more ?? null,
      // So that it can be taken back.
      ...(changes['organisation'] && term ? { bodyBefore: term.organisationId } : {}),
    },
    problems,
    remarks,
    changes,
    nameKey: null,
    bornOn: null,
  }
}

function staysWhere(term: KnownTerm | undefined, { said }: ParsedRow): boolean {
  if (!term) return false
  const { organisationId, organisation } = said
  return (
    organisationId === term.organisationId &&
    (organisation === undefined || sameText(organisation, term.organisationName))
  )
}

function whoIs(
  row: ParsedRow,
  known: readonly KnownPerson[],
  body: BookEntry | undefined,
  ground: JudgingGround,
  decision: string | null,
  problems: Problem[],
): KnownPerson | undefined {
  if (row.said['personId'] === undefined && row.said['name'] === undefined) return undefined
  const question = {
    codeColumn: 'personId',
    organisationId: body?.id ?? null,
    decision,
    today: ground.today,
  } as const
  const found = findPerson(row, known, question)
  if (found.is === 'known') return notWrong(found.person, problems)
  if (found.is === 'unsure') {
    problems.push(found.problem)
    return undefined
  }
  // Without a birth date, and new in the body: whoever is called so and is the only one, wherever they are.
  const name = spellingKey(row.said['name'] ?? '')
  const named = known.filter(
    (person) => (person.inArea || person.row !== undefined) && spellingKey(person.fullName) === name,
  )
  const [only] = named
  if (row.said['bornOn'] === undefined && named.length === 1 && only) return notWrong(only, problems)
  problems.push(
    named.length > 1 && row.said['bornOn'] === undefined
      ? {
          column: 'name',
          reason: 'several-people',
          people: named.slice(0, 5).map(({ id, fullName }) => ({ id, text: fullName })),
        }
      : { column: 'name', reason: 'unknown-person' },
  )
  return undefined
}

/** Somebody who comes with a wrong row of the file will not come. */
function notWrong(person: KnownPerson, problems: Problem[]): KnownPerson | undefined {
  if (!person.isWrong) return person
  problems.push({ column: 'name', reason: 'person-wrong', detail: String(person.row) })
  return undefined
}

function listTerms(kind: 'posts' | 'memberships', person: KnownPerson): KnownTerm[] {
  return kind === 'posts'
    ? person.posts.map((post) => ({ ...post, person, what: post.title, more: post.decision }))
    : person.memberships.map((one) => ({ ...one, person, what: one.status, more: one.endedAs }))
}

function compare(
  kind: 'posts' | 'memberships',
  row: ParsedRow,
  body: BookEntry | undefined,
  term: KnownTerm,
  problems: Problem[],
): Record<string, [string | null, string | null]> {
  const columns = columnsOf[kind]
  const changes: Record<string, [string | null, string | null]> = {}
  const pairs: [string, string | null][] = [
    [columns.what, term.what],
    ['fromOn', term.fromOn],
    ['toOn', term.toOn],
    [columns.more, term.more],
  ]
  for (const [key, before] of pairs) {
    const said = row.said[key]
    if (said !== undefined && !sameText(before, said)) changes[key] = [before, said]
  }
  if (body && body.id !== term.organisationId) changes['organisation'] = [term.organisationName, body.name]
  const from = row.said['fromOn'] ?? term.fromOn
  const to = row.said['toOn'] ?? term.toOn
  if (to !== null && to < from && !problems.some(({ reason }) => reason === 'before-other'))
    problems.push({
      column: row.said['toOn'] === undefined ? 'fromOn' : 'toOn',
      reason: 'before-other',
      detail: row.said['toOn'] === undefined ? 'toOn' : 'fromOn',
    })
  return changes
}
