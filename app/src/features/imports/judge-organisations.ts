import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import type { Hierarchy } from '#features/organisations/schema.ts'
import { findBody } from './judge-people.ts'
import { type Judged, sameText, stateOf } from './judging.ts'
import { type BookEntry, OrganisationBook } from './organisation-book.ts'
import type { ParsedRow } from './parse-row.ts'
import type { Problem, Remark } from './schema.ts'

const hierarchyOf: Readonly<Record<string, Hierarchy>> = {
  government: 'government',
  department: 'government',
  police: 'government',
  military: 'government',
  'service-unit': 'government',
  school: 'government',
  'school-group': 'school',
  front: 'front',
  union: 'front',
  'union-branch': 'front',
  association: 'front',
}

/** A row of the sheet of organisations with the id that it gets where it is new. */
export interface OrganisationRowRead {
  readonly row: ParsedRow
  readonly newId: string
}

/**
 * Judges all rows of the sheet of organisations at once, since they name each other: a body's superior may be another
 * row of the file, above or below it. `known` are the bodies at and below the office.
 */
export function judgeOrganisationRows(
  rows: readonly OrganisationRowRead[],
  known: readonly BookEntry[],
  officeId: string,
): { judged: Judged[]; book: OrganisationBook } {
  const before = new OrganisationBook(known)
  const drafts = rows.map(({ row, newId }) => draftRow(row, newId, before))
  // What is called anew by its code is found under both names from here on.
  const book = new OrganisationBook(known)
  for (const { entry, matched, row } of drafts)
    if (entry && !row.passedOver && (!matched || !sameText(matched.name, entry.name))) book.add(entry)
  const placed = drafts.map((draft) => placeRow(draft, book, officeId))
  refuseCircles(placed, known, officeId)
  refuseTwice(placed)
  refuseWrongSuperiors(placed)
  const judged = placed.map(({ row, matched, parent, problems, remarks, newId, entry }) => {
    const changes = matched ? compare(row, matched, parent, before) : {}
    return {
      state: row.passedOver ? ('passed-over' as const) : stateOf(!matched, problems, changes),
      target: matched?.id ?? newId,
      facts: {
        ...row.said,
        parent: parent?.id ?? matched?.parentId ?? null,
        hierarchy: entry?.hierarchy ?? null,
      },
      problems,
      remarks,
      changes,
      nameKey: row.said['name'] === undefined ? null : spellingKey(row.said['name']),
      bornOn: null,
    }
  })
  return { judged, book }
}

interface Draft {
  readonly row: ParsedRow
  readonly newId: string
  readonly matched: BookEntry | undefined
  readonly entry: BookEntry | undefined
  readonly problems: Problem[]
  readonly remarks: Remark[]
}

/** Which known body a row stands for: by its code, else by its name in its place. */
function draftRow(row: ParsedRow, newId: string, before: OrganisationBook): Draft {
  const problems: Problem[] = [...row.problems]
  const name = row.said['name'] ?? ''
  let matched: BookEntry | undefined
  if (row.said['id'] !== undefined) {
    matched = before.get(row.said['id'])
    if (!matched) problems.push({ column: 'id', reason: 'unknown-code' })
  } else {
    const named = name === '' ? [] : before.named(name)
    const here = named.filter((entry) => isPlaced(entry, row, before))
    if (here.length === 1) matched = here[0]
    else if (here.length > 1)
      problems.push({
        column: 'name',
        reason: 'several-organisations',
        detail: here
          .slice(0, 3)
          .map((entry) => before.fullName(entry))
          .join('; '),
      })
  }
  const kind = row.said['kind'] ?? matched?.kind ?? 'cell'
  const entry: BookEntry | undefined =
    name === '' && !matched
      ? undefined
      : {
          id: matched?.id ?? newId,
          name: name === '' ? (matched?.name ?? '') : name,
          abbreviation: row.said['abbreviation'] ?? matched?.abbreviation ?? null,
          parentId: matched?.parentId ?? null,
          kind,
          hierarchy: matched?.hierarchy ?? hierarchyOf[kind] ?? 'party',
          unitCode: row.said['unitCode'] ?? matched?.unitCode ?? null,
          row: row.number,
        }
  return { row, newId, matched, entry, problems, remarks: [...row.remarks] }
}

/** A row without a superior means the one of its name; with one, only the one that stands there. */
function isPlaced(entry: BookEntry, row: ParsedRow, before: OrganisationBook): boolean {
  const { parentId, parent } = row.said
  if (parentId !== undefined) return entry.parentId === parentId
  if (parent === undefined) return true
  const superior = entry.parentId === null ? undefined : before.get(entry.parentId)
  if (!superior) return false
  const found = before.find(parent)
  return found.ok ? found.entry.id === superior.id : spellingKey(superior.name) === spellingKey(parent)
}

interface Placed extends Draft {
  readonly parent: BookEntry | undefined
}

function placeRow(draft: Draft, book: OrganisationBook, officeId: string): Placed {
  const { row, matched, problems, remarks, newId } = draft
  if (row.passedOver) return { ...draft, parent: undefined }
  const saysParent = row.said['parentId'] !== undefined || row.said['parent'] !== undefined
  // The office itself may be a row of its own export: what stands above it is not for this import to say.
  if (!saysParent || matched?.id === officeId)
    return { ...draft, parent: matched ? undefined : book.get(officeId) }
  const found = findBody(row, book, problems, remarks, { code: 'parentId', words: 'parent' })
  if (found?.id === (matched?.id ?? newId)) {
    problems.push({ column: 'parent', reason: 'below-itself' })
    return { ...draft, parent: undefined }
  }
  return { ...draft, parent: found }
}

function refuseCircles(placed: readonly Placed[], known: readonly BookEntry[], officeId: string): void {
  const above = new Map(known.map(({ id, parentId }) => [id, parentId]))
  for (const { matched, newId, parent } of placed) if (parent) above.set(matched?.id ?? newId, parent.id)
  for (const { row, matched, newId, parent, problems } of placed) {
    if (!parent || row.passedOver) continue
    const own = matched?.id ?? newId
    let at: string | null | undefined = parent.id
    for (let steps = 0; at && at !== own && at !== officeId && steps < 60; steps++) at = above.get(at)
    if (at === own || (at && at !== officeId)) problems.push({ column: 'parent', reason: 'below-itself' })
  }
}

function refuseTwice(placed: readonly Placed[]): void {
  const first = new Map<string, number>()
  for (const { row, matched, newId, parent, problems } of placed) {
    if (row.passedOver || row.said['name'] === undefined) continue
    const keys = [`name ${parent?.id ?? matched?.parentId} ${spellingKey(row.said['name'])}`]
    if (matched) keys.push(`id ${matched.id ?? newId}`)
    const earlier = keys.map((key) => first.get(key)).find((number) => number !== undefined)
    if (earlier !== undefined)
      problems.push({ column: 'name', reason: 'twice-in-file', detail: String(earlier) })
    for (const key of keys) first.set(key, first.get(key) ?? row.number)
  }
}

/** A new body below a row that is wrong cannot be made either; its own subordinates follow. */
function refuseWrongSuperiors(placed: readonly Placed[]): void {
  const byId = new Map(placed.map((each) => [each.matched?.id ?? each.newId, each]))
  const isWrong = (each: Placed): boolean => each.problems.length > 0
  for (let found = true; found; ) {
    found = false
    for (const each of placed) {
      const superior = each.parent ? byId.get(each.parent.id) : undefined
      if (!superior || isWrong(each) || superior.matched || !isWrong(superior)) continue
      each.problems.push({
        column: 'parent',
        reason: 'organisation-wrong',
        detail: String(superior.row.number),
      })
      found = true
    }
  }
}

function compare(
  row: ParsedRow,
  matched: BookEntry,
  parent: BookEntry | undefined,
  before: OrganisationBook,
): Record<string, [string | null, string | null]> {
  const changes: Record<string, [string | null, string | null]> = {}
  for (const key of ['name', 'kind', 'abbreviation', 'unitCode'] as const) {
    const said = row.said[key]
    if (said !== undefined && !sameText(matched[key], said)) changes[key] = [matched[key], said]
  }
  if (parent && parent.id !== matched.parentId) {
    const old = matched.parentId === null ? undefined : before.get(matched.parentId)
    changes['parent'] = [old?.name ?? null, parent.name]
  }
  return changes
}
